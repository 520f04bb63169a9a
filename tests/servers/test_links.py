"""Another program follows every link and anchor of the served public site, and finds none that leads nowhere."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.visits import House
from tests.golden.sample_shop import Shop
from tests.servers import nginx

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample")]
# GPL: run as a program in an environment of its own, and part of neither the product nor its tests.
CHECKER = "linkchecker==10.6.0"
SETTINGS = "[checking]\nmaxrequestspersecond=100\n[AnchorCheck]\n"


@pytest.fixture(scope="module")
def checker(pytestconfig: pytest.Config) -> Path:
    """The program, in an environment of its own in pytest's cache."""
    folder = pytestconfig.cache.mkdir("pip-" + CHECKER.partition("=")[0])
    program = folder / "bin" / "linkchecker"
    if not program.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", CHECKER], check=True, capture_output=True)
    return program


@pytest.fixture
def site(sample: Shop, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the sample shop's site, and its address behind nginx with the rules that the build wrote."""
    root = Path(shutil.copytree(sample.site, tmp_path / "site"))
    with nginx.running(root, sample.root / "output" / "host" / "nginx.conf") as origin:
        yield root, f"{origin}/"


def followed(checker: Path, home: str, folder: Path) -> tuple[set[str], set[str]]:
    """The addresses below `home` that it came to, and what is wrong: each broken link, and the page that it is on."""
    settings = folder / "settings.ini"
    settings.write_text(SETTINGS, encoding="utf-8")
    quiet = ["--no-status", "--no-robots", "--verbose", "--output", "csv"]
    command = [str(checker), "--config", str(settings), *quiet, home]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter=";"))
    assert rows, done.stderr
    wrong = [row for row in rows if row["valid"] != "True" or row["warningstring"]]
    return (
        {row["url"].partition("#")[0].removeprefix(home) for row in rows if row["url"].startswith(home)},
        {f"{row['parentname']}: {row['urlname']}: {row['warningstring'] or row['result']}" for row in wrong},
    )


def test_no_link_and_no_anchor_of_the_public_site_leads_nowhere(
    checker: Path, site: tuple[Path, str], sample: Shop, tmp_path: Path
) -> None:
    _, home = site
    seen, wrong = followed(checker, home, tmp_path)
    assert wrong == set()
    assert set(House(sample, home, []).public_paths()) <= seen


def test_a_broken_link_and_a_broken_anchor_are_found(checker: Path, site: tuple[Path, str], tmp_path: Path) -> None:
    root, home = site
    page = root / "about" / "index.html"
    text = page.read_text(encoding="utf-8")
    links = '<a href="/no/such/page/">one</a> <a href="/stores/#no-such-anchor">two</a></main>'
    page.write_text(text.replace("</main>", links), encoding="utf-8")
    _, wrong = followed(checker, home, tmp_path)
    assert {line.split(": ")[1] for line in wrong} == {"/no/such/page/", "/stores/#no-such-anchor"}
