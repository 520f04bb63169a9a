"""Exit codes and words for what is asked in the wrong way or in the wrong place."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]


def test_an_unknown_verb_is_a_usage_error(inside: Sitegen, tmp_path: Path) -> None:
    assert inside("dance", at=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--on", "yesterday"], "'yesterday' is not a day like 2026-09-25"),
        (["build", "--on", "2026-09-08..2026-09-01"], "must go forward"),
        (["build", "--only", "pages,postcards"], "unknown part 'postcards'; known are: pages, keyrings, mail"),
        (["plan", "--on", "2026-02-30"], "'2026-02-30' is not a day"),
        (["members", "link"], "Missing argument 'CUSTOMER'"),
        (["serve", "--port", "99999"], "99999"),
    ],
)
def test_a_wrong_option_is_a_usage_error(shop: Path, inside: Sitegen, arguments: list[str], said: str) -> None:
    done = inside(*arguments, at=shop)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (shop / "output").exists()


@pytest.mark.parametrize(
    "arguments", [["build"], ["plan"], ["serve"], ["segments", "list"], ["members", "link", "C-1"]]
)
def test_outside_a_shop_every_verb_says_so(tmp_path: Path, inside: Sitegen, arguments: list[str]) -> None:
    done = inside(*arguments, at=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("no shop here: neither this folder nor one above it holds content/site.yaml\nhint: ")
    assert list(tmp_path.iterdir()) == []


def test_a_verb_works_from_any_folder_of_the_shop(shop: Path, inside: Sitegen) -> None:
    done = inside("build", "--on", "2026-09-08", "--only", "pages", "--quiet", at=shop / "content" / "pages" / "care")
    assert (done.returncode, done.stderr) == (0, "")
    assert (shop / "output" / "site" / "index.html").is_file()
    assert not (shop / "content" / "pages" / "care" / "output").exists()


def test_the_closing_lines_say_what_was_made(shop: Path, inside: Sitegen) -> None:
    done = inside("build", "--on", "2026-09-08", "--only", "site,mail", at=shop)
    assert done.returncode == 0
    assert done.stdout.startswith("Built for 8 September 2026, with development keys.\n")
    assert re.search(r"^  customers +3$", done.stdout, re.MULTILINE)
    assert re.search(r"^  mail +3$", done.stdout, re.MULTILINE)
    assert re.search(r"^Done in [0-9.]+ s\.$", done.stdout, re.MULTILINE)
    assert "reading customers ..." in done.stderr


def test_plan_as_json_is_one_document_and_nothing_else(built_shop: Path, inside: Sitegen) -> None:
    done = inside("plan", "--on", "2026-09-08", "--json", at=built_shop)
    assert (done.returncode, done.stderr) == (0, "")
    plan = json.loads(done.stdout)
    assert {row["campaign"] for row in plan["planned"]} == {"autumn-mail", "autumn-text", "autumn-card"}
    assert [(row["customer_id"], row["code"]) for row in plan["excluded"]] == [("C-3", "no-phone")]


def test_plan_names_a_campaign_that_was_misspelt(built_shop: Path, inside: Sitegen) -> None:
    done = inside("plan", "--on", "2026-09-08", "--campaign", "autumn-mial", at=built_shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no campaign 'autumn-mial'\nhint: did you mean 'autumn-mail'?\n"


def test_plan_as_a_table_adds_up(built_shop: Path, inside: Sitegen) -> None:
    done = inside("plan", "--on", "2026-09-08", at=built_shop)
    assert "6 planned + 1 left out = 7 candidates" in done.stdout


def test_a_members_link_is_told_in_three_lines(built_shop: Path, inside: Sitegen) -> None:
    done = inside("members", "link", "C-1", "--port", "8123", at=built_shop)
    assert (done.returncode, done.stderr) == (0, "")
    code, link, preview = done.stdout.splitlines()
    assert re.fullmatch(r"code     [0-9A-Za-z]+(-[0-9A-Za-z]+)+", code)
    assert link.startswith("link     https://members.smallloom.example/#")
    assert preview.startswith("preview  http://127.0.0.1:8123/#")
    assert link.partition("#")[2] == preview.partition("#")[2]


def test_there_is_no_link_for_an_unknown_customer(built_shop: Path, inside: Sitegen) -> None:
    done = inside("members", "link", "C-404", at=built_shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no customer 'C-404' in the customer file\nhint: ids are case-sensitive\n"


def test_source_date_epoch_is_the_builds_own_time(shop: Path, inside: Sitegen) -> None:
    done = inside(
        "build", "--on", "2026-09-08", "--only", "pages", "--quiet", at=shop, env={"SOURCE_DATE_EPOCH": "1700000000"}
    )
    assert done.returncode == 0
    assert json.loads((shop / "output" / "build.json").read_text())["built"] == "2023-11-14T22:13:20Z"
    assert {path.stat().st_mtime for path in (shop / "output" / "site").rglob("*")} == {1_700_000_000}


def test_a_source_date_epoch_that_is_no_number_is_told(shop: Path, inside: Sitegen) -> None:
    done = inside("build", "--on", "2026-09-08", at=shop, env={"SOURCE_DATE_EPOCH": "tomorrow"})
    assert done.returncode == 1
    assert done.stderr.startswith("SOURCE_DATE_EPOCH is 'tomorrow'\nhint: ")


def on_a_terminal(command: list[str], at: Path, env: dict[str, str]) -> str:
    """What the command shows on a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=at, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux's way to say that the other end is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def test_no_color_is_honoured_on_a_terminal(shop: Path, environment: Callable[..., dict[str, str]]) -> None:
    command = [sys.executable, "-m", "sitegen", "build", "--on", "2026-09-08", "--only", "pages"]
    colour = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7])(?:;\d+)*m")
    assert colour.search(on_a_terminal(command, shop, environment(TERM="xterm-256color")))
    assert not colour.search(on_a_terminal(command, shop, environment(TERM="xterm-256color", NO_COLOR="1")))
