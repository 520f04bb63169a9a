"""Read the days and the instant of a run: the only place that looks at the clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sitegen.errors import Mistakes, Problem, Unusable

LONGEST = 366


def _clock() -> datetime:
    return datetime.now(UTC)


class Days(click.ParamType[tuple[date, date]]):
    """A calendar day, or two with `..` between them."""

    name = "DATE|DATE..DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        """The first and the last day."""
        if isinstance(value, tuple):
            return value
        first_text, dots, last_text = str(value).partition("..")
        try:
            first = date.fromisoformat(first_text)
            last = date.fromisoformat(last_text) if dots else first
        except ValueError:
            self.fail(f"'{value}' is not a day like 2026-09-25 or 2026-09-08..2026-10-07", param, ctx)
        if not 0 <= (last - first).days < LONGEST:
            self.fail(f"'{value}' must go forward, by a year at most", param, ctx)
        return first, last


class Day(Days):
    """One calendar day."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        """The day as the first and the last."""
        if ".." in str(value):
            self.fail(f"'{value}' are several days; write one, like 2026-09-25", param, ctx)
        return super().convert(value, param, ctx)


@dataclass(frozen=True, slots=True)
class When:
    """The days of a run, and its instant in Unix seconds."""

    first: date
    last: date
    instant: int


def when(root: Path, days: tuple[date, date] | None, clock: Callable[[], datetime] = _clock) -> When:
    """The days that were asked for, else today by the shop's clock, wherever the machine and its zone are.

    The instant is SOURCE_DATE_EPOCH, else the first of the days that were asked for (midnight in the shop's zone),
    else now.
    """
    zone = shop_zone(root)
    now = clock().astimezone(zone)
    first, last = days or (now.date(), now.date())
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdigit():
            raise Unusable(f"SOURCE_DATE_EPOCH is '{epoch}'\nhint: it must be whole seconds since 1970")
        return When(first, last, int(epoch))
    moment = datetime.combine(first, time(), zone) if days else now
    return When(first, last, int(moment.timestamp()))


def today(zone: str, clock: Callable[[], datetime] = _clock) -> date:
    """Today by a clock in that time zone, for what has no shop yet; SOURCE_DATE_EPOCH's day where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else clock()
    return now.astimezone(ZoneInfo(zone)).date()


def shop_zone(root: Path) -> ZoneInfo:
    """The shop's time zone; UTC where site.yaml names none, for whoever reads the shop next tells that mistake."""
    from sitegen.content.folder import SHOP_FILE, read_text
    from sitegen.content.shop.shop_file import read_shop
    from sitegen.content.yaml_tree import read_yaml

    problems: list[Problem] = []
    try:
        shop = read_shop(read_yaml(read_text(root / SHOP_FILE, root), SHOP_FILE), problems)
    except Mistakes:
        return ZoneInfo("UTC")
    unknown = any(problem.code == "bad-timezone" for problem in problems)
    return ZoneInfo("UTC" if unknown else shop.timezone or "UTC")


def wall_clock() -> datetime:
    """Now, as the clock on this machine's wall says, with its zone."""
    return _clock().astimezone()
