"""`sitegen plan`: what leaves, what caps hold back, and what has changed since the last plan."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.ledger import Preference
from sitegen.publish.hold import hold
from sitegen.send.ledger import open_ledger, prefer

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
DAY = "2026-09-08"


def edit(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file of the shop."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(path: Path, lines: str) -> None:
    """Write below what stands in a file of the shop."""
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def plan_of(done: Done) -> Any:
    """The document of `plan --json`."""
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_the_first_plan_says_that_it_is_the_first(shop: Path, inside: Sitegen) -> None:
    done = inside("plan", "--on", DAY, at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert "No plan was stored yet: the next one can be compared with this one." in done.stdout
    assert (shop / ".sitegen" / "plan.parquet").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_the_next_plan_says_what_came_and_what_went(shop: Path, inside: Sitegen) -> None:
    assert plan_of(inside("plan", "--on", DAY, "--json", at=shop))["since"] is None
    customers = shop / "content" / "customers" / "customers.csv"
    edit(customers, "C-3,Cleo,Marsh,cleo.marsh@mail.example.com,,", "C-3,Cleo,Marsh,,+49 40 1000 003,")
    made = plan_of(inside("plan", "--on", DAY, "--json", "--campaign", "autumn-mail", at=shop))
    gone = {"campaign": "autumn-mail", "channel": "mail", "added": 0, "gone": 1}
    assert made["since"] == {"plan": [DAY, DAY], "days": [DAY, DAY], "changes": [gone]}
    done = inside("plan", "--on", f"{DAY}..2026-09-09", at=shop)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert "Changed since the plan for 8 September 2026, on the days of both (8 September 2026)" in done.stdout
    assert ["autumn-mail", "mail", "0", "1"] in lines
    assert ["autumn-text", "text", "1", "0"] in lines
    done = inside("plan", "--on", DAY, at=shop)
    assert "Nothing has changed since the plan for 8 September 2026 to 9 September 2026" in done.stdout


@pytest.mark.slow
def test_a_plan_of_other_days_cannot_be_compared(shop: Path, inside: Sitegen) -> None:
    inside("plan", "--on", "2026-09-07", at=shop)
    done = inside("plan", "--on", DAY, at=shop)
    assert "Nothing to compare: the plan for 7 September 2026 has no day in common with this one." in done.stdout
    inside("plan", "--on", "2026-09-07", at=shop)
    since = plan_of(inside("plan", "--on", DAY, "--json", at=shop))["since"]
    assert since == {"plan": ["2026-09-07", "2026-09-07"], "days": None, "changes": []}


def test_a_build_stores_its_plan_too(shop: Path, inside: Sitegen) -> None:
    assert inside("build", "--on", DAY, "--only", "work", "--quiet", at=shop).returncode == 0
    since = plan_of(inside("plan", "--on", DAY, "--json", at=shop))["since"]
    assert since == {"plan": [DAY, DAY], "days": [DAY, DAY], "changes": []}


def test_caps_hold_back_and_say_what_goes_first(shop: Path, inside: Sitegen) -> None:
    add(shop / "content" / "site.yaml", "caps:\n  care:\n    week: 1\n    month: 5\n  promotion: {day: 1}\n")
    done = inside("plan", "--on", DAY, at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "autumn-mail mail at most 1 greeting a week, and 'autumn-card' goes first 1" in lines
    assert [line for line in lines if line.startswith("at most")] == [
        "at most 1 promotion a day 0",
        "at most 1 greeting a week 3",
        "at most 5 greetings a month 0",
    ]
    assert lines[-1].endswith("= 7 candidates")


def test_what_the_ledger_remembers_keeps_messages_from_those_who_asked(shop: Path, inside: Sitegen) -> None:
    before = plan_of(inside("plan", "--on", DAY, "--json", at=shop))
    mails = {row["customer_id"]: row for row in before["planned"] if row["campaign"] == "autumn-mail"}
    assert {row["leaves_at"] for row in mails.values()} == {"2026-09-08T07:00:00Z"}
    (first, second), at = sorted(mails)[:2], "2026-09-01T08:00:00Z"
    with open_ledger(shop / ".sitegen" / "ledger.sqlite") as ledger:
        prefer(ledger, Preference(first, "pause", "2026-12-01", at))
        prefer(ledger, Preference(second, "channel:mail", "off", at))
    after = plan_of(inside("plan", "--on", DAY, "--json", at=shop))
    told = {row["customer_id"]: row["code"] for row in after["excluded"] if row["campaign"] == "autumn-mail"}
    assert (told[first], told[second]) == ("paused", "channel-off")
    assert len(after["planned"]) + len(after["excluded"]) == len(before["planned"]) + len(before["excluded"])


def test_personal_data_stays_out_of_the_plan(shop: Path, inside: Sitegen) -> None:
    said = inside("plan", "--on", DAY, "--json", at=shop).stdout + inside("plan", "--on", DAY, at=shop).stdout
    stored = (shop / ".sitegen" / "plan.parquet").read_bytes()
    for private in ("Ada", "Holm", "ada.holm", "Gartenweg", "+49 40 1000"):
        assert private not in said
        assert private.encode() not in stored


def test_whoever_is_erased_is_gone_from_the_stored_plan(shop: Path, inside: Sitegen) -> None:
    assert inside("plan", "--on", DAY, at=shop).returncode == 0
    stored = shop / ".sitegen" / "plan.parquet"
    assert b"C-1" in stored.read_bytes()
    done = inside("erase", "C-1", "--yes", at=shop)
    assert done.returncode == 0, done.stderr
    assert b"C-1" not in stored.read_bytes()
    assert b"C-2" in stored.read_bytes()


def test_a_plan_beside_a_running_build_is_shown_and_not_stored(shop: Path, inside: Sitegen) -> None:
    with hold(shop):
        done = inside("plan", "--on", DAY, at=shop)
    assert (done.returncode, done.stderr) == (
        0,
        "note: this plan was not stored, because a build of this shop is running\n",
    )
    assert "autumn-mail" in done.stdout
    assert not (shop / ".sitegen" / "plan.parquet").exists()


def test_a_day_without_messages_says_so_in_words(shop: Path, inside: Sitegen) -> None:
    done = inside("plan", "--on", "2027-03-03", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing is due on 3 March 2027: no campaign has a message for anybody then.\n")
    assert "Planned" not in done.stdout
