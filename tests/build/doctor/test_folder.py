"""What the doctor says of keys, of git and of the theme."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build.doctor.checks import Check, State
from sitegen.build.doctor.folder import git_checks, key_checks, room_checks, theme_checks
from sitegen.build.doctor.machine import machine_checks, zone_checks
from sitegen.model.shop import PostgresSource
from sitegen.publish.hold import hold
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


def test_every_finding_says_why_it_matters_and_what_to_do(root: Path) -> None:
    (root / ".sitegen").chmod(0o755)
    (root / ".sitegen" / "dev-keys").chmod(0o640)
    git(root, "init", "--quiet")
    found = [*key_checks(root, root / "nowhere.env", dev=True), *git_checks(root, SHOP), *theme_checks(root, "none")]
    told = [check for check in found if check.state is not State.OK]
    assert len(told) >= 7
    assert all(check.why and check.todo for check in told)


def test_a_key_file_that_is_named_and_missing_is_a_problem(root: Path) -> None:
    assert bad(list(key_checks(root, root / "nowhere.env", dev=False))) == [("key file", State.PROBLEM)]


def test_customers_that_are_in_the_repository_are_told(root: Path) -> None:
    git(root, "init", "--quiet")
    (root / ".gitignore").write_text(IGNORED)
    (root / "customers").mkdir()
    (root / "customers" / "customers.csv").write_text("customer_id\n")
    git(root, "add", "--force", "customers")
    (told,) = [check for check in git_checks(root, SHOP) if check.state is State.WARNING]
    assert told.said == "customers/ is in the repository"
    assert "git rm -r --cached customers" in told.todo


@pytest.mark.parametrize(
    ("bounds", "state"), [('">=0.1,<99"', None), ('">=98,<99"', State.PROBLEM), ("", State.WARNING)]
)
def test_the_bounds_of_a_theme_are_held_against_this_version(root: Path, bounds: str, state: State | None) -> None:
    theme = root / "themes" / "mine"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("parent: hearth\n" + (f"sitegen: {bounds}\n" if bounds else ""))
    assert bad(list(theme_checks(root, "mine"))) == ([("theme", state)] if state else [])


def test_a_build_that_runs_is_told_and_one_that_has_ended_is_not(root: Path) -> None:
    assert "lock" not in [name for name, _ in bad(list(room_checks(root)))]
    with hold(root):
        assert ("lock", State.WARNING) in bad(list(room_checks(root)))
    # The file stays behind; nobody holds it.
    assert (root / ".sitegen" / "build.lock").is_file()
    assert "lock" not in [name for name, _ in bad(list(room_checks(root)))]


def test_little_room_is_a_warning_and_none_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((500_000_000, State.WARNING), (1_000_000, State.PROBLEM)):
        usage = shutil.disk_usage(root)._replace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda path, usage=usage: usage)
        assert ("disk", state) in bad(list(room_checks(root)))


def test_a_time_zone_that_the_machine_does_not_know_is_a_problem() -> None:
    assert bad(list(zone_checks("Europe/London"))) == []
    assert bad(list(zone_checks("Europe/Atlantis"))) == [("time zones", State.PROBLEM)]


@pytest.mark.parametrize(
    ("programs", "root", "said"),
    [
        ({"apt-get"}, True, "apt-get install libpango-1.0-0"),
        ({"apt-get", "sudo"}, False, "sudo apt-get install libpango-1.0-0"),
        ({"apt-get"}, False, "ask whoever looks after this machine for: apt-get install libpango-1.0-0"),
        ({"brew"}, False, "brew install pango"),
        (set(), True, "install Pango 1.44 or newer"),
    ],
)
def test_a_machine_without_pango_hears_what_it_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], programs: set[str], root: bool, said: str
) -> None:
    load = importlib.import_module

    def bare(name: str, package: str | None = None) -> object:
        if name == "weasyprint":
            sys.stdout.write("----- a banner of many lines")
            raise OSError("cannot load library 'libgobject-2.0-0'\nand more")
        return load(name, package)

    monkeypatch.setattr(importlib, "import_module", bare)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    found = {check.name: check for check in machine_checks(lambda name: name if name in programs else None)}
    assert found["Pango"].state is State.WARNING
    assert found["Pango"].said == "is missing: cannot load library 'libgobject-2.0-0'"
    assert found["Pango"].todo.startswith(said)
    assert capsys.readouterr().out == ""


def test_an_old_python_is_told_with_the_way_to_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    (told,) = [check for check in machine_checks(lambda name: name) if check.state is State.PROBLEM]
    assert "python3.11 -m venv" in told.todo
