"""A newcomer's first hour: the wheel in a fresh environment, README's commands one after the other, then a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import threading
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.build.test_wheel import made_wheel

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


class Newcomer:
    """Somebody with an empty folder, and a terminal that says what each command says."""

    def __init__(self, home: Path, environment: Path) -> None:
        self.at = home
        kept = {name: value for name, value in os.environ.items() if name in {"LANG", "LC_ALL", "TMPDIR"}}
        self.env = {**kept, "PATH": f"{environment / 'bin'}:/usr/bin:/bin", "HOME": str(home)}

    def types(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.at, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """The wheel is installed as it is; what it needs comes from the environment of the tests, which is far quicker."""
    folder = tmp_path_factory.mktemp("newcomer")
    venv.create(folder / "environment", with_pip=False)
    python = folder / "environment" / "bin" / "python"
    into = Path(_says(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    (into / "of-the-tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    wheel = made_wheel(folder)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--ignore-installed", str(wheel)], check=True, capture_output=True)
    (folder / "home").mkdir()
    return Newcomer(folder / "home", folder / "environment")


def _says(python: Path, program: str) -> str:
    return subprocess.run([python, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def host(folder: Path) -> Iterator[str]:
    """Any web server, with the folder and nothing else."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_newcomer_goes_from_an_empty_folder_to_a_member_who_is_in(newcomer: Newcomer, browser: Browser) -> None:
    program = newcomer.types("python", "-c", "import sitegen; print(sitegen.__file__)").strip()
    assert not Path(program).is_relative_to(ROOT)
    assert "cd shop" in newcomer.types("sitegen", "init", "shop", "--name", "Our first shop")
    home, newcomer.at = newcomer.at, newcomer.at / "shop"
    # Another machine's repository must not be what answers.
    assert not (home / "content").exists()

    newcomer.types("sitegen", "build")
    newcomer.types("sitegen", "check", "--strict")
    newcomer.types("sitegen", "keys", "new")
    newcomer.env["SITEGEN_KEY_FILE"] = ".sitegen/keys"
    newcomer.types("sitegen", "build")
    link = newcomer.types("sitegen", "members", "link", "C-01")
    newcomer.types("sitegen", "deploy", "../public")
    assert "nothing is wrong" in newcomer.types("sitegen", "verify", "../public")

    public = [path.read_text(encoding="utf-8") for path in (home / "public").rglob("*.html")]
    assert public
    assert not [text for text in public if "crooked lid</td>" in text or "Ada" in text]
    code = re.search(r"#([0-9A-Za-z]+)$", link, re.MULTILINE)
    assert code
    with host(home / "public") as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}/")
        expect(page.locator("h1")).to_have_text("Our first shop")
        page.goto("about:blank")
        page.goto(f"{address}/#{code[1]}")
        expect(page.locator(".member-home h1")).to_have_text("Welcome, Ada")
        expect(page.get_by_role("link", name="What is in the cupboard")).to_be_visible()
        expect(page.get_by_text("For you as a Gold member")).to_be_visible()
