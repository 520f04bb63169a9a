"""Make the plan of a shop, store it, and say what has changed since the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.facts.weather import weather_days
from sitegen.audience.plan.plan import PlanInputs, decide, split
from sitegen.build.people import People
from sitegen.data import ledger, stored_plan
from sitegen.data.engine import Engine
from sitegen.data.stored_plan import STORED_PLAN
from sitegen.model.occasion import WeatherDay
from sitegen.model.project import Project

LINE = ("edition", "channel", "customer_id")
"""What makes a line of a plan the same line in another one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan and its exclusions, materialised: PLAN_COLUMNS and EXCLUSION_COLUMNS of sitegen.model.plan."""

    planned: ibis.Table
    excluded: ibis.Table
    first: date
    last: date

    def only(self, campaign: str) -> Plan:
        """The part of one campaign."""
        return Plan(
            self.planned.filter(self.planned["campaign"] == campaign),
            self.excluded.filter(self.excluded["campaign"] == campaign),
            self.first,
            self.last,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """How many lines of a campaign and channel have come since the last plan, and how many have gone."""

    campaign: str
    channel: str
    added: int
    gone: int


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since the plan for the days from `first` to `last`, on the `days` that both plans cover.

    `days` is None where there is no such day.
    """

    first: date
    last: date
    days: tuple[date, date] | None
    changes: tuple[Change, ...]


def make_plan(root: Path, project: Project, people: People, first: date, last: date) -> Plan:
    """The plan for the days from `first` to `last`, with what the ledger remembers."""
    path = root / project.shop.ledger
    engine = people.engine
    inputs = PlanInputs(
        shop=project.shop,
        campaigns=project.campaigns,
        occasions=occasions_of(project, engine),
        segments=project.segments,
        facts=people.facts,
        members=people.members,
        values=people.values,
        tables=people.tables,
        deliveries=ledger.deliveries(engine, path),
        first=first,
        last=last,
        last_day=ledger.last_day(path),
        revoked=people.revoked,
        zones=people.zones,
    )
    made = split(engine.keep("decided", decide(inputs)))
    return Plan(made.planned, made.excluded, first, last)


def store_plan(root: Path, engine: Engine, plan: Plan) -> None:
    """Keep the plan for the next run to compare itself with. Raises Unusable where it can't be written."""
    stored_plan.store(engine, plan.planned, root / STORED_PLAN, (plan.first, plan.last))


def since_last(root: Path, engine: Engine, plan: Plan, campaign: str | None = None) -> Since | None:
    """What has changed since the plan that was stored last; None where there is none. Ask before storing this one.

    A line is an edition by a channel to a customer. With `campaign`, `plan` is the part of that one.
    """
    former = stored_plan.stored(engine, root / STORED_PLAN)
    if former is None:
        return None
    days = (max(plan.first, former.first), min(plan.last, former.last))
    if days[0] > days[1]:
        return Since(former.first, former.last, None, ())
    lines = former.planned if campaign is None else former.planned.filter(former.planned["campaign"] == campaign)
    return Since(former.first, former.last, days, _changes(engine, plan.planned, lines, days))


def _changes(engine: Engine, now: ibis.Table, before: ibis.Table, days: tuple[date, date]) -> tuple[Change, ...]:
    """The campaigns and channels in which a line of these days has come or gone."""
    now, before = (table.filter(table["day"].between(*map(ibis.date, days))) for table in (now, before))
    added = now.anti_join(before, LINE).select("campaign", "channel", come=ibis.literal(1))
    gone = before.anti_join(now, LINE).select("campaign", "channel", come=ibis.literal(0))
    both = added.union(gone)
    counted = both.group_by("campaign", "channel").aggregate(added=both["come"].sum(), lines=both.count())
    return tuple(
        Change(row["campaign"], row["channel"], int(row["added"]), int(row["lines"] - row["added"]))
        for row in engine.ask(counted.order_by("campaign", "channel"))
    )


def occasions_of(project: Project, engine: Engine) -> Occasions:
    """The shop's occasions, with the days of its weather table."""
    weather: dict[str, list[date]] = {}
    if any(isinstance(occasion.rule, WeatherDay) for occasion in project.programme.occasions):
        for row in engine.ask(weather_days(engine.tables)):
            weather.setdefault(row["condition"], []).append(row["day"])
    told = {condition: tuple(days) for condition, days in weather.items()}
    return Occasions(project.programme.occasions, project.shop.holiday_countries, told)
