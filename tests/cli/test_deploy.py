"""`sitegen deploy` and `sitegen verify` on the real command line, to a folder."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.cli.main import run
from tests.cli.conftest import copy_of_the_small_shop, run_sitegen

NAMES = ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY", "SITEGEN_RECEIVER_KEY")
KEYS = {name: base64.b64encode(bytes([65 + number]) * 32).decode() for number, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Here = Callable[..., Done]


@pytest.fixture(scope="module")
def real_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shop's site, built with real keys; tests must leave it as it is."""
    shop = copy_of_the_small_shop(tmp_path_factory.mktemp("real"))
    done = run_sitegen("build", "--on", "2026-09-08", "--only", "site", "--quiet", at=shop, env=KEYS)
    assert done.returncode == 0, done.stderr
    return shop


@pytest.fixture
def own_shop(real_shop: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(real_shop, tmp_path / "own"))


@pytest.fixture
def sitegen(own_shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The command line in the shop's folder, without the seconds that a process of its own takes."""
    monkeypatch.chdir(own_shop)

    def here(*arguments: str, keys: bool = False) -> Done:
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
            if keys:
                monkeypatch.setenv(name, KEYS[name])
        code = run([*arguments])
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return here


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_deploy_brings_the_site_and_nothing_else_and_reads_it_back(own_shop: Path, sitegen: Here) -> None:
    www = own_shop.parent / "www" / "shop"
    count = len(files(own_shop / "output" / "site"))
    tried = sitegen("deploy", str(www), "--dry-run")
    assert tried.returncode == 0, tried.stderr
    assert f"{count} new, 0 changed, 0 to delete, 0 as they are" in tried.stdout
    assert "Nothing was changed there." in tried.stdout
    assert not www.parent.exists()

    done = sitegen("deploy", str(www))
    assert done.returncode == 0, done.stderr
    assert f"read back: all {count} files are right." in done.stdout
    assert files(www) == files(own_shop / "output" / "site")

    # The same with the content key at hand: then it is audited once more.
    again = sitegen("deploy", str(www), keys=True)
    assert again.returncode == 0, again.stderr
    assert "looking for leaks" in again.stderr
    assert f"0 new, 0 changed, 0 to delete, {count} as they are" in again.stdout
    assert not (own_shop / ".sitegen" / "dev-keys").exists()


def test_goal_25_verify_finds_one_flipped_one_missing_and_one_strange_file(own_shop: Path, sitegen: Here) -> None:
    www = own_shop.parent / "www"
    shutil.copytree(own_shop / "output" / "site", www)
    good = sitegen("verify", str(www))
    assert (good.returncode, good.stdout.count("nothing is wrong.")) == (0, 1)

    flipped = www / "index.html"
    content = bytearray(flipped.read_bytes())
    content[100] ^= 1
    flipped.write_bytes(content)
    (www / "404.html").unlink()
    (www / "notes.txt").write_text("x")
    bad = sitegen("verify", str(www))
    assert bad.returncode == 1
    assert bad.stderr.splitlines()[-3:] == [
        "404.html: is not there",
        "index.html: has other bytes than those that were built",
        "notes.txt: is there, but was never built",
    ]
    said = json.loads(sitegen("verify", str(www), "--json").stdout)
    assert [one["kind"] for one in said["findings"]] == ["missing", "changed", "extra"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("verify", "nowhere"), 2, "there is no folder 'nowhere'"),
        (("verify", "https://u:p@shop.example"), 2, "holds a name or a password"),
        (("verify", "http://127.0.0.1:9"), 1, "does not answer"),
        (("deploy", "s3://bucket"), 2, "can't deploy to 's3://' yet"),
        (("deploy", "ssh://u:geheim@shop.example/srv"), 2, "use an ssh key"),
        (("deploy", "."), 2, "holds the shop itself"),
        (("deploy", "output/site"), 2, "holds the shop itself"),
        (("deploy", "content/www"), 2, "holds the shop itself"),
    ],
)
def test_what_cannot_be_is_told_in_words(arguments: tuple[str, ...], code: int, words: str, sitegen: Here) -> None:
    done = sitegen(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "geheim" not in done.stderr


def test_a_build_with_development_keys_does_not_go_out(own_shop: Path, sitegen: Here) -> None:
    record = own_shop / "output" / "build.json"
    record.write_text(record.read_text(encoding="utf-8").replace('"dev": false', '"dev": true'), encoding="utf-8")
    done = sitegen("deploy", "../www")
    assert done.returncode == 1
    assert "made with development keys" in done.stderr
    assert not (own_shop.parent / "www").exists()


def test_without_a_build_or_with_half_of_one_nothing_goes_out(own_shop: Path, sitegen: Here) -> None:
    record = own_shop / "output" / "build.json"
    value = json.loads(record.read_text(encoding="utf-8"))
    www = str(own_shop.parent / "www")
    del value["site"]["sg/site.json"]
    record.write_text(json.dumps(value), encoding="utf-8")
    assert "has no keyrings" in sitegen("deploy", www).stderr
    record.write_text("{", encoding="utf-8")
    assert "build.json is damaged" in sitegen("deploy", www).stderr
    record.unlink()
    assert "there is no build in output/" in sitegen("deploy", www).stderr
    assert "there is no build in output/" in sitegen("verify", str(own_shop)).stderr


def test_a_build_whose_files_were_changed_afterwards_does_not_go_out(own_shop: Path, sitegen: Here) -> None:
    site = own_shop / "output" / "site"
    (site / "index.html").write_text("changed")
    (site / "404.html").unlink()
    (site / ".well-known").mkdir()
    (site / ".well-known" / "secrets.txt").write_text("x")
    done = sitegen("deploy", str(own_shop.parent / "www"))
    assert done.returncode == 1
    assert "output/site/index.html: this file was changed after it was built" in done.stderr
    assert "output/site/404.html: this file was built, but is missing" in done.stderr
    assert "output/site/.well-known/secrets.txt: this file was never built" in done.stderr
    assert "3 mistakes" in done.stderr
    assert not (own_shop.parent / "www").exists()


def test_goal_1_a_leak_stops_a_deploy_with_exit_code_5(own_shop: Path, sitegen: Here) -> None:
    """Somebody narrows a page's audience, and does not build again."""
    page = next(
        path for path in (own_shop / "content" / "pages").rglob("*.md") if "audience: public" in path.read_text()
    )
    page.write_text(
        page.read_text(encoding="utf-8").replace("audience: public", "audience: everyone"), encoding="utf-8"
    )
    done = sitegen("deploy", str(own_shop.parent / "www"), keys=True)
    assert done.returncode == 5, done.stderr
    assert "nothing was deployed" in done.stderr
    assert not (own_shop.parent / "www").exists()


def test_what_is_no_site_of_this_shop_is_never_overwritten(own_shop: Path, sitegen: Here) -> None:
    home = own_shop.parent / "home"
    home.mkdir()
    (home / "thesis.txt").write_text("years of work")
    done = sitegen("deploy", str(home))
    assert done.returncode == 1
    assert "holds no site of ours (there is 'thesis.txt')" in done.stderr
    assert files(home) == {"thesis.txt": b"years of work"}

    other = own_shop.parent / "other"
    assert sitegen("deploy", str(other)).returncode == 0
    lock = own_shop / "sitegen.lock"
    value = json.loads(lock.read_text(encoding="utf-8"))
    lock.write_text(json.dumps({**value, "site_id": "ab" * 16}), encoding="utf-8")
    done = sitegen("deploy", str(other))
    assert done.returncode == 1
    assert "of another site than sitegen.lock names" in done.stderr
