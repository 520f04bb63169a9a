"""Each folder here is one mistake: files that differ from base/, and the exact words that the shop's owner reads."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cli.main import run
from sitegen.content.error_codes import explained

HERE = Path(__file__).parent
MISTAKES = sorted(folder.name for folder in HERE.iterdir() if (folder / "expected.txt").is_file())
# Only a build that has made nearly everything meets these.
LATE = ("card-", "mail-")
EACH = [pytest.param(one, marks=pytest.mark.slow) if one.startswith(LATE) else one for one in MISTAKES]
COMMAND = ["build", "--on", "2026-09-08", "--quiet"]
OURS = {"expected.txt", "expected_exit", "command"}
LEAST = {
    "content/segments": 70,
    "content/campaigns": 60,
    "content/pages": 50,
    "content/messages": 5,
    "content/customers": 35,
    "content/site.yaml": 60,
    "content/data": 4,
    "content/programme": 6,
    "content/law.yaml": 2,
    "themes": 15,
}
"""Folders at least that change a part of the shop: mistakes of all parts are held."""
MORE = re.compile(r"`sitegen explain ([a-z0-9-]+)` tells more\n$")
"""The line below all mistakes. `command` holds another command than COMMAND, for what only a check tells."""


def shop_with(mistake: str, folder: Path) -> Path:
    shop = folder / "shop"
    shutil.copytree(HERE / "base", shop)
    if mistake:
        shutil.copytree(HERE / mistake, shop, dirs_exist_ok=True, ignore=lambda _, names: OURS.intersection(names))
    return shop


def build(shop: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *COMMAND],
        cwd=shop,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def command(mistake: str) -> list[str]:
    file = HERE / mistake / "command"
    return file.read_text(encoding="utf-8").split() if file.exists() else COMMAND


def former_output(shop: Path) -> None:
    for path in ("site/index.html", "site/sg/site.json", "mail/letter/2026-09-01/C-1.eml", "build.json"):
        file = shop / "output" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{path} of yesterday\n")
        os.utime(file, (1_700_000_000, 1_700_000_000))


def lock_of(shop: Path) -> bytes:
    lock = shop / "sitegen.lock"
    return lock.read_bytes() if lock.exists() else b""


def everything_in(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
            path.stat().st_mtime_ns if path.is_file() else 0,
        )
        for path in folder.rglob("*")
    }


def test_the_base_shop_has_no_mistake(tmp_path: Path) -> None:
    shop = shop_with("", tmp_path)
    done = build(shop)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    made = {path.relative_to(shop / "output").parts[0] for path in (shop / "output").rglob("*") if path.is_file()}
    assert made == {"build.json", "site", "host", "mail", "cards", "texts", "work"}


@pytest.mark.parametrize("mistake", EACH)
def test_a_mistake_is_told_with_place_and_hint_and_leaves_output_alone(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = shop_with(mistake, tmp_path)
    former_output(shop)
    before, lock = everything_in(shop / "output"), lock_of(shop)
    for name in [name for name in os.environ if name.startswith("SITEGEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(shop)

    # In this process: two hundred interpreters that each import the engine would take minutes.
    left = run(command(mistake))

    code = HERE / mistake / "expected_exit"
    said = capsys.readouterr()
    more = MORE.search(said.err)
    assert said.err[: more.start() if more else None] == (HERE / mistake / "expected.txt").read_text(encoding="utf-8")
    assert bool(more) == ("nothing was written" in said.err)
    assert more is None or explained(more[1]), f"{more[1]} is not explained"
    assert left == (int(code.read_text()) if code.exists() else 1)
    assert said.out == ""
    assert everything_in(shop / "output") == before
    assert lock_of(shop) == lock


def test_every_folder_of_a_mistake_says_what_it_expects() -> None:
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders - {"base"} == set(MISTAKES)


def test_three_hundred_mistakes_of_all_parts_of_a_shop_are_held() -> None:
    held = {part: sum((HERE / mistake / part).exists() for mistake in MISTAKES) for part in LEAST}
    assert {part: number for part, number in held.items() if number < LEAST[part]} == {}
    assert len(MISTAKES) >= 300
