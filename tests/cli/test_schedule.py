"""`sitegen schedule`: the days to build again, for people, scripts, calendars and cron."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calendars import events

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
PAGE = """\
---
title: 100 % linen
publish_on: 2026-10-25
expire_on: 2026-10-26
---
Soft.
"""


@pytest.fixture
def asked(shop: Path, inside: Sitegen) -> Callable[..., str]:
    """The schedule of a shop with one page for one day, from 20 October on."""
    (shop / "content/pages/linen.md").write_text(PAGE, encoding="utf-8")

    def schedule(*more: str) -> str:
        done = inside("schedule", "--on", "2026-10-20", "--days", "10", *more, at=shop)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return schedule


def test_it_says_when_and_why_and_names_the_file(asked: Callable[..., str]) -> None:
    assert asked() == (
        "2026-10-25 00:00 (Europe/Berlin)\n"
        "  the page '100 % linen' appears (content/pages/linen.md)\n"
        "2026-10-26 00:00 (Europe/Berlin)\n"
        "  the page '100 % linen' leaves the site (content/pages/linen.md)\n"
    )


def test_as_json_it_is_one_document(asked: Callable[..., str]) -> None:
    document = json.loads(asked("--format", "json"))
    assert (document["zone"], document["first"], document["last"]) == ("Europe/Berlin", "2026-10-20", "2026-10-29")
    assert [(one["at"], one["what"], one["file"]) for one in document["changes"]] == [
        ("2026-10-25T00:00:00+02:00", "appears", "content/pages/linen.md"),
        ("2026-10-26T00:00:00+01:00", "leaves", "content/pages/linen.md"),
    ]


def test_as_a_calendar_it_has_an_event_for_each_change(asked: Callable[..., str]) -> None:
    found = events(asked("--format", "ics"))
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt.isoformat()) for one in found] == [
        ("the page '100 % linen' appears", "2026-10-25T00:00:00+02:00"),
        ("the page '100 % linen' leaves the site", "2026-10-26T00:00:00+01:00"),
    ]


def test_for_cron_it_has_a_line_for_each_day_in_the_shops_zone(asked: Callable[..., str], shop: Path) -> None:
    lines = asked("--format", "cron").splitlines()
    assert lines[2] == "CRON_TZ=Europe/Berlin"
    assert lines[3:] == [
        "# the page '100 % linen' appears",
        f"0 0 25 10 *\tcd {shop} && sitegen build --quiet",
        "# the page '100 % linen' leaves the site",
        f"0 0 26 10 *\tcd {shop} && sitegen build --quiet",
    ]


def test_where_nothing_changes_it_says_so(shop: Path, inside: Sitegen) -> None:
    done = inside("schedule", "--on", "2027-06-02", "--days", "3", at=shop)
    assert (done.returncode, done.stdout) == (0, "nothing changes by itself from 2027-06-02 to 2027-06-04\n")


def test_it_reads_no_customer_and_writes_nothing(shop: Path, inside: Sitegen) -> None:
    (shop / "content/customers/customers.csv").unlink()
    before = sorted(path for path in shop.rglob("*"))
    assert inside("schedule", "--on", "2026-09-08", at=shop).returncode == 0
    assert sorted(path for path in shop.rglob("*")) == before


def test_a_mistake_in_the_shop_is_told_as_ever(shop: Path, inside: Sitegen) -> None:
    (shop / "content/pages/linen.md").write_text("---\ntitle: A\npublish_on: soon\n---\n", encoding="utf-8")
    done = inside("schedule", at=shop)
    assert done.returncode == 1
    assert "content/pages/linen.md:3:13: 'publish_on' can't be 'soon'" in done.stderr
