"""Count by week who came, who came back and who was lost, and on which days the shop grew past 10, 100, 1,000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import ibis

from sitegen.model.report import Window
from sitegen.programme.reports.compared import days_between
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import within
from sitegen.programme.reports.spells import spells

WEEKS = 26
STONES = tuple(10**power for power in range(1, 9))
"""Milestones. Source: "from 0-10, from 10-100, accumulate their own old customers"."""


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday: how many ordered for the first time, again after they were lost, and became lost."""

    monday: date
    new: int
    back: int
    lost: int

    @property
    def net(self) -> int:
        """By how many customers the shop grew."""
        return self.new + self.back - self.lost


@dataclass(frozen=True, slots=True)
class Bucket:
    """The weeks in order, and how many customers there were on the evening before the first one."""

    before: int
    weeks: tuple[Week, ...]


def weeks_window(today: date) -> Window:
    """The last WEEKS whole weeks: the last one ends today where today is a Sunday."""
    sunday = today - timedelta(days=today.isoweekday() % 7)
    return Window(sunday, sunday - timedelta(days=7 * WEEKS - 1))


def bucket(ground: Ground) -> Bucket:
    """What came in and what leaked in the weeks until the day."""
    window = weeks_window(ground.today)
    assert window.first is not None
    rows, monday = spells(ground), ibis.date(window.first)
    days = ibis.union(
        rows.filter(rows["turn"] == 0).select(kind=ibis.literal("new"), day="day"),
        rows.filter(rows["back"].notnull()).select(kind=ibis.literal("back"), day="back"),
        rows.filter(rows["lost"].notnull()).select(kind=ibis.literal("lost"), day="lost"),
    )
    # Who came less who went before the first week: those who were customers then. They all stand in week -1.
    days = days.filter(days["day"] <= ibis.date(window.last))
    days = days.mutate(week=ibis.ifelse(within(days["day"], window), days_between(monday, days["day"]) // 7, -1))
    counted = days.group_by("kind", "week").aggregate(customers=days.count())
    found = {(row["kind"], row["week"]): row["customers"] for row in ground.ask(counted)}
    several = [[found.get((kind, week), 0) for kind in ("new", "back", "lost")] for week in range(-1, WEEKS)]
    weeks = tuple(Week(window.first + timedelta(days=7 * number), *counts) for number, counts in enumerate(several[1:]))
    return Bucket(several[0][0] + several[0][1] - several[0][2], weeks)


def milestones(ground: Ground) -> tuple[Mapping[int, date], Mapping[int, date]]:
    """On which day each of STONES was reached: by customers with an order, and by those who ordered on a second day."""
    rows = spells(ground)
    rows = rows.filter(rows["turn"] < 2)
    place = ibis.row_number().over(ibis.window(group_by="turn", order_by=[rows["day"], rows["customer_id"]])) + 1
    rows = rows.select("turn", "day", place=place)
    told = ground.ask(rows.filter(rows["place"].isin(STONES)).order_by("turn", "place"))
    first, second = ({row["place"]: row["day"] for row in told if row["turn"] == turn} for turn in (0, 1))
    return first, second
