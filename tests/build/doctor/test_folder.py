"""What the doctor says of keys, of git and of the theme."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build.doctor.checks import Check, State
from sitegen.build.doctor.folder import git_checks, key_checks, theme_checks
from sitegen.build.doctor.machine import machine_checks
from sitegen.model.shop import PostgresSource
from tests.plain_shop import SHOP

HEARTH = Path(__file__).parents[3] / "themes" / "hearth"
IGNORED = "/.sitegen/\n/output/\n/customers/\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".sitegen").mkdir(mode=0o700)
    (tmp_path / ".sitegen" / "dev-keys").write_text("SITEGEN_CARD_KEY=x\n")
    (tmp_path / ".sitegen" / "dev-keys").chmod(0o600)
    return tmp_path


def bad(checks: list[Check]) -> list[tuple[str, State]]:
    return [(check.name, check.state) for check in checks if check.state is not State.OK]


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y.z", *arguments], cwd=root, check=True)


def test_keys_that_only_their_owner_reads_are_fine(root: Path) -> None:
    assert bad(list(key_checks(root, None, dev=False))) == []


def test_keys_that_others_may_read_are_problems(root: Path, tmp_path: Path) -> None:
    (root / ".sitegen").chmod(0o755)
    (root / ".sitegen" / "dev-keys").chmod(0o640)
    mine = tmp_path / "keys.env"
    mine.write_text("")
    mine.chmod(0o604)
    found = list(key_checks(root, mine, dev=False))
    assert bad(found) == [
        (".sitegen", State.PROBLEM),
        (".sitegen/dev-keys", State.PROBLEM),
        ("key file", State.PROBLEM),
    ]
    assert all("chmod" in check.todo for check in found if check.state is State.PROBLEM)


def test_development_keys_are_a_warning(root: Path) -> None:
    assert bad(list(key_checks(root, None, dev=True))) == [("keys", State.WARNING)]


def test_outside_a_repository_nothing_is_said_of_git(root: Path) -> None:
    assert list(git_checks(root, SHOP)) == []


def test_what_git_would_carry_away_is_told(root: Path) -> None:
    git(root, "init", "--quiet")
    assert ("git", State.PROBLEM) in bad(list(git_checks(root, SHOP)))
    (root / ".gitignore").write_text(IGNORED)
    assert bad(list(git_checks(root, SHOP))) == []
    (root / ".gitignore").write_text(IGNORED.replace("/customers/\n", ""))
    assert bad(list(git_checks(root, SHOP))) == [("git", State.WARNING)]
    assert bad(list(git_checks(root, replace(SHOP, source=PostgresSource())))) == []


def test_keys_that_were_committed_are_told_although_they_are_ignored_now(root: Path) -> None:
    git(root, "init", "--quiet")
    git(root, "add", ".sitegen/dev-keys")
    (root / ".gitignore").write_text(IGNORED)
    (told,) = [check for check in git_checks(root, SHOP) if check.state is State.PROBLEM]
    assert told.said == ".sitegen/ is in the repository"
    assert "new keys" in told.todo


def test_our_own_theme_asks_no_other_host(root: Path) -> None:
    assert bad(list(theme_checks(root, "hearth"))) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("site/base.html", '<p>ours</p>\n<script async src="https://analytics.example/a.js"></script>'),
        ("site/base.html", "\n<link rel=stylesheet href=//fonts.example/css>"),
        ("static/site.css", 'p { color: red }\n@import url("https://fonts.example/css");'),
        ("static/site.css", "\n.hero { background: url(http://pictures.example/a.jpg) }"),
        ("static/chat.js", '\nimport { chat } from "https://chat.example/chat.js";'),
    ],
)
def test_what_a_theme_asks_of_other_hosts_is_told_with_its_line(root: Path, file: str, text: str) -> None:
    theme = root / "themes" / "mine"
    shutil.copytree(HEARTH, theme)
    (theme / file).write_text(text)
    (told,) = [check for check in theme_checks(root, "mine") if check.state is State.PROBLEM]
    assert told.said == f"themes/mine/{file}:2 asks another host"


def test_a_theme_that_is_not_there_is_a_problem(root: Path) -> None:
    assert bad(list(theme_checks(root, "nowhere"))) == [("theme", State.PROBLEM)]


def test_programs_that_are_missing_are_warnings() -> None:
    assert bad(list(machine_checks(lambda name: None))) == [("rsync", State.WARNING), ("ssh", State.WARNING)]
    assert bad(list(machine_checks(lambda name: f"/usr/bin/{name}"))) == []
