"""Today is the shop's day, and a plan is the same wherever the machine stands."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from sitegen.cli.days import when

Sitegen = Callable[..., subprocess.CompletedProcess[str]]


def in_zone(shop: Path, zone: str) -> Path:
    """The shop, moved to that zone."""
    site = shop / "content" / "site.yaml"
    text = site.read_text(encoding="utf-8")
    assert "timezone: Europe/Berlin" in text
    site.write_text(text.replace("timezone: Europe/Berlin", f"timezone: {zone}"), encoding="utf-8")
    return shop


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("clock", ["00:00", "00:30", "12:00", "23:30", "23:59"])
def test_today_is_the_day_on_the_shops_own_calendar(shop: Path, zone: str, clock: str) -> None:
    there = datetime.fromisoformat(f"2026-09-08T{clock}").replace(tzinfo=ZoneInfo(zone))
    at = when(in_zone(shop, zone), None, lambda: there.astimezone(UTC))
    assert (at.first, at.last, at.instant) == (date(2026, 9, 8), date(2026, 9, 8), int(there.timestamp()))


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Santiago", date(2026, 9, 6), 23),  # its midnight does not exist
        ("Asia/Shanghai", date(2026, 3, 29), 24),
    ],
)
def test_a_day_on_which_the_clocks_change_is_one_day(shop: Path, zone: str, day: date, hours: int) -> None:
    at_home = in_zone(shop, zone)
    first = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    instants = [first + timedelta(hours=hour) for hour in range(-1, hours + 1)]
    days = [when(at_home, None, iter([instant]).__next__).first for instant in instants]
    assert days == [day - timedelta(1), *[day] * hours, day + timedelta(1)]


def test_the_instant_of_days_that_were_asked_for_is_midnight_at_the_shop(shop: Path) -> None:
    days = (date(2026, 9, 8), date(2026, 9, 10))
    at = when(in_zone(shop, "Pacific/Kiritimati"), days, lambda: datetime(2030, 1, 1, tzinfo=UTC))
    assert (at.first, at.last) == days
    assert datetime.fromtimestamp(at.instant, UTC) == datetime(2026, 9, 7, 10, tzinfo=UTC)


FILES = {
    "campaigns/birthday.md": """
        ---
        title: Happy birthday
        kind: birthday
        audience: everyone
        channels: [mail]
        every: birthday
        subject: A very happy birthday
        ---
        Today is your birthday, and we wish you that all you hope for comes true.
        """,
    "campaigns/came.md": """
        ---
        title: Thank you for coming
        kind: thanks
        audience: {all: [{came: is 2}]}
        channels: [mail]
        on: 2026-09-08
        subject: It was good to see you
        ---
        Thank you for coming, so late in the evening.
        """,
    "segments/came.yaml": """
        facts:
          came: {count of: attendances, within last: 1 days}
        """,
    "customers/events.csv": """
        event_id,title,starts_at
        E-1,Tea at midnight,2026-09-07 00:00
        E-2,Tea at night,2026-09-08 23:59
        E-3,Tea too early,2026-09-06 23:59
        E-4,Tea tomorrow,2026-09-09 00:00
        """,
    "customers/attendances.csv": """
        event_id,customer_id
        E-1,C-1
        E-2,C-1
        E-3,C-1
        E-4,C-1
        E-3,C-2
        E-4,C-2
        """,
    "customers/customers.csv": """
        customer_id,email,birthday
        C-1,one@mail.example.com,1980-09-08
        C-2,two@mail.example.com,1996-02-29
        C-3,three@mail.example.com,1980-09-09
        """,
}


@pytest.mark.slow
def test_a_plan_is_the_same_in_every_zone_of_the_machine(shop: Path, sitegen: Sitegen) -> None:
    (shop / "content/customers/orders.csv").unlink()
    for name, text in FILES.items():
        (shop / "content" / name).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    plans = []
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        done = sitegen("plan", "--on", "2026-09-08", "--json", at=shop, env={"TZ": zone})
        assert (done.returncode, done.stderr) == (0, "")
        (shop / ".sitegen/plan.parquet").unlink()
        plans.append(done.stdout)
    assert plans[0] == plans[1]
    planned = [(line["campaign"], line["customer_id"]) for line in json.loads(plans[0])["planned"]]
    assert [line for line in planned if line[0] in {"birthday", "came"}] == [("birthday", "C-1"), ("came", "C-1")]
