"""`sitegen init`: the first thing anybody sees of sitegen."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.build.beginning import shop as beginning
from sitegen.content.folder import theme_names
from tests.cli.conftest import Sitegen, clean_environment

DAY = ("--on", "2026-09-08")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_shop_is_clean(inside: Sitegen, tmp_path: Path, language: str) -> None:
    made = inside("init", "shop", "--language", language, *DAY, at=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    checked = inside("check", "--strict", *DAY, at=tmp_path / "shop")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "warning" not in checked.stdout


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_shop_builds_in_full_at_once(inside: Sitegen, tmp_path: Path, language: str) -> None:
    inside("init", "shop", "--language", language, *DAY, at=tmp_path)
    shop = tmp_path / "shop"
    built = inside("build", *DAY, "--quiet", "--strict", at=shop)
    assert built.returncode == 0, built.stderr
    assert (shop / "output/site/index.html").is_file()
    assert {path.name for path in (shop / "output/mail/2026").iterdir()} == {"birthday", "winter-oolong"}
    excluded = (shop / "output/work/plan/excluded.csv").read_text(encoding="utf-8")
    assert "no-email" in excluded
    assert "no-consent" in excluded
    cards = shop / "output/cards/2026/thank-you-card"
    assert (cards / "cards-001.pdf").read_bytes().startswith(b"%PDF-1.6")
    # The header, and everybody of the last year who has an address.
    assert len((cards / "manifest.csv").read_text(encoding="utf-8").splitlines()) == 1 + 11


def test_it_says_in_three_lines_what_comes_next(inside: Sitegen, tmp_path: Path) -> None:
    made = inside("init", "our shop", *DAY, at=tmp_path)
    after = made.stdout.partition("Next:\n")[2].splitlines()
    assert after[0] == "  cd 'our shop'"
    assert [line.split()[:2] for line in after[1:3]] == [["sitegen", "serve"], ["sitegen", "members"]]


def test_the_name_and_the_editor_are_there(inside: Sitegen, tmp_path: Path) -> None:
    inside("init", "shop", "--name", "Tea: “hot” & 'cold' # 1", *DAY, at=tmp_path)
    shop = tmp_path / "shop"
    assert "name: \"Tea: “hot” & 'cold' # 1\"\n" in (shop / "content/site.yaml").read_text(encoding="utf-8")
    schemas = json.loads((shop / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert schemas["./.sitegen/schemas/site.json"] == ["content/site.yaml"]
    assert all((shop / path).is_file() for path in schemas)
    assert (shop / ".sitegen").stat().st_mode & 0o77 == 0


def test_a_folder_with_something_in_it_is_left_alone(inside: Sitegen, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = inside("init", ".", at=tmp_path)
    assert done.returncode != 0
    assert "is not empty: 'notes.txt' is in it" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_shop_is_never_begun_twice(inside: Sitegen, tmp_path: Path) -> None:
    inside("init", "shop", *DAY, at=tmp_path)
    done = inside("init", "shop", *DAY, at=tmp_path)
    assert done.returncode != 0
    assert "there is a shop in" in done.stderr


def test_a_folder_that_only_git_knows_will_do(inside: Sitegen, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = inside("init", ".", *DAY, at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "  cd " not in done.stdout
    assert (tmp_path / "content/site.yaml").is_file()
    assert not [path for path in tmp_path.parent.iterdir() if ".new-" in path.name]


def test_what_fails_halfway_leaves_nothing(inside: Sitegen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(root: Path) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(beginning, "write_schemas", full)
    done = inside("init", "shop", *DAY, at=tmp_path)
    assert done.returncode != 0
    assert "no space left on device" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_fails_while_it_is_moved_in_is_taken_out_again(
    inside: Sitegen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop/.git").mkdir(parents=True)
    rename = Path.rename

    def stops(self: Path, target: Path) -> Path:
        if self.name == "content":
            raise OSError(28, "no space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stops)
    done = inside("init", "shop", *DAY, at=tmp_path)
    assert "no space left on device" in done.stderr
    assert [path.name for path in (tmp_path / "shop").iterdir()] == [".git"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--theme", "heart"), "did you mean 'hearth'?"),
        (("--language", "fr"), "'fr' is not one of 'en', 'zh'"),
        (("--name", "two\nlines"), "at most 80 letters, in one line"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    inside: Sitegen, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    done = inside("init", "shop", *options, at=tmp_path)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("theme", [name for name in theme_names(Path(__file__).parent) if name != "hearth"])
def test_a_new_shop_may_wear_every_theme_that_comes_along(inside: Sitegen, tmp_path: Path, theme: str) -> None:
    made = inside("init", "shop", "--theme", theme, *DAY, at=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    checked = inside("check", "--strict", *DAY, at=tmp_path / "shop")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_its_workflow_installs_this_version_and_git_never_sees_its_customers(inside: Sitegen, tmp_path: Path) -> None:
    inside("init", "shop", *DAY, at=tmp_path)
    shop = tmp_path / "shop"
    workflow = (shop / ".github/workflows/site.yml").read_text(encoding="utf-8")
    assert f"sitegen[postgres]=={__version__}\n" in workflow
    # What looks like one of our own places to fill in is the workflow's.
    assert "${{ secrets.SITEGEN_CARD_KEY }}" in workflow
    ignored = (shop / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/content/customers/", "/output/", "/.sitegen/"} <= set(ignored)


def test_on_a_terminal_it_asks_for_what_was_not_said(tmp_path: Path) -> None:
    terminal, its_end = pty.openpty()
    command = [sys.executable, "-m", "sitegen", "init", "shop", *DAY]
    with subprocess.Popen(
        command, cwd=tmp_path, env=clean_environment(), stdin=its_end, stdout=its_end, stderr=its_end
    ) as asked:
        os.close(its_end)
        os.write(terminal, b"Our shop\nzh\n")
        said = b""
        # Linux ends the reading with an error when nobody holds the other end any more.
        with suppress(OSError):
            while piece := os.read(terminal, 4096):
                said += piece
    os.close(terminal)
    assert asked.returncode == 0, said.decode()
    assert "What is the shop called? [My shop]: " in said.decode()
    written = (tmp_path / "shop/content/site.yaml").read_text(encoding="utf-8")
    assert 'name: "Our shop"\n' in written
    assert "language: zh " in written
