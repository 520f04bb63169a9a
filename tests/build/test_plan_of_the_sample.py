"""The sample shop's plan: on every day each candidate is planned or left out, once, with one reason."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.audience.calendar.due import Period, period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import each_day, shift, shift_days
from sitegen.build.people import People, open_people
from sitegen.build.plan import Plan, make_plan, occasions_of
from sitegen.build.reading import read_shop
from sitegen.data.engine import Row
from sitegen.model.campaign import EachGift, EveryYear
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.project import Project
from sitegen.model.rule import Unit
from sitegen.model.segment import EVERYONE
from sitegen.model.shop import Cap

ROOT = Path(__file__).parents[2]
FIRST = date(2026, 9, 8)
YEAR = 365
MONTHS = 12
Line = tuple[str, str, str]
"""Edition, channel, customer."""
CAPS = (
    Cap(MessageClass.PROMOTION, "week", 1),
    Cap(MessageClass.CARE, "week", 2),
    Cap(MessageClass.CARE, "month", 3),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The sample shop and its customers on a day; `facts`, `members` and `occasions` are read once."""

    project: Project
    people: People
    facts: tuple[Row, ...]
    members: Mapping[str, Row]
    occasions: Occasions


def read(project: Project, people: People) -> Opened:
    """The shop with what the slow way asks of its customers."""
    facts = people.engine.ask(people.facts.select("customer_id", "birthday", "member_since"))
    members = {row["customer_id"]: row for row in people.engine.ask(people.members)}
    return Opened(project, people, tuple(facts), members, occasions_of(project, people.engine))


@contextmanager
def opened(today: date) -> Iterator[Opened]:
    """The shop in the repository."""
    project = read_shop(ROOT)
    with open_people(ROOT, project, today) as people:
        yield read(project, people)


@pytest.fixture(scope="module")
def sample() -> Iterator[Opened]:
    """The shop on the first day of the sample year, opened once."""
    with opened(FIRST) as shop:
        yield shop


def planned(shop: Opened, first: date, last: date) -> Plan:
    """The plan without a ledger; what the engine kept for an earlier plan is forgotten."""
    engine = shop.people.engine
    for name in engine.connection.con.sql("SHOW TABLES").fetchall():
        if name[0] in ("decided", "deliveries"):
            engine.connection.raw_sql(f"DROP TABLE {name[0]}")
    return make_plan(ROOT / "nowhere", shop.project, shop.people, first, last)


def candidates(shop: Opened, first: date, last: date) -> Counter[Line]:
    """Who should be asked about, edition by edition and person by person; "*" for whichever channel is chosen."""
    days = period(first, last, None, shop.project.shop.catch_up)
    found: Counter[Line] = Counter()
    for campaign in shop.project.campaigns:
        if isinstance(campaign.timing, EachGift):
            found.update((f"{campaign.id}/gift/{number}", "card", giver) for number, giver in gifts_due(shop, days))
        due = [slot for slot in slots(campaign, shop.project.shop, shop.occasions, days) if slot.due]
        if not due:
            continue
        audience = [row for row in shop.facts if shop.members[row["customer_id"]][campaign.audience or EVERYONE]]
        column = campaign.timing.fact.replace(" ", "_") if isinstance(campaign.timing, EveryYear) else ""
        for slot in {slot.edition: slot for slot in due}.values() if campaign.first_of else due:
            found.update(
                (slot.edition, "*" if campaign.first_of else slot.channel.value, row["customer_id"])
                for row in audience
                if not column or (row[column] and celebrates(row[column], slot.celebrated))
            )
    return found


def gifts_due(shop: Opened, days: Period) -> Iterator[tuple[str, str]]:
    """Number and giver of each gift whose card leaves in these days."""
    lead = timedelta(shop.project.shop.lead(Channel.CARD))
    for row in shop.people.engine.ask(shop.people.engine.tables["gifts"]):
        if days.since <= max(row["send_on"] - lead, row["asked_on"] + timedelta(1)) <= days.last:
            yield row["gift_id"], row["customer_id"]


def celebrates(born: date, day: date) -> bool:
    """Whether a yearly day is kept on that day; the 29th of February on the 28th in most years."""
    if (born.month, born.day) == (2, 29) and not isleap(day.year):
        return (day.month, day.day) == (2, 28)
    return (born.month, born.day) == (day.month, day.day)


def lines(shop: Opened, plan: Plan) -> Counter[Line]:
    """The lines of both halves; each exclusion must say why, with a code and in words, and each line as well."""
    found: Counter[Line] = Counter()
    first_of = {campaign.id for campaign in shop.project.campaigns if campaign.first_of}
    for table in (plan.planned, plan.excluded):
        for row in shop.people.engine.ask(table):
            channel = "*" if row["campaign"] in first_of else row["channel"]
            found[row["edition"], channel, row["customer_id"]] += 1
            assert row["reason"]
            assert row.get("code", "planned")
    return found


def agreed(shop: Opened, first: date, last: date) -> Plan:
    """The plan, in which planned + left out are the candidates, each once."""
    plan = planned(shop, first, last)
    found = lines(shop, plan)
    assert found == candidates(shop, first, last)
    assert set(found.values()) <= {1}
    return plan


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.integers(0, YEAR - 1), st.integers(0, 40), st.booleans())
def test_on_any_days_planned_and_left_out_are_the_candidates(
    sample: Opened, start: int, more: int, capped: bool
) -> None:
    shop = replace(sample.project.shop, caps=CAPS if capped else ())
    first = FIRST + timedelta(start)
    agreed(replace(sample, project=replace(sample.project, shop=shop)), first, first + timedelta(more))


@pytest.mark.slow
def test_the_whole_year_at_once_leaves_nobody_unheard_and_holds_back_by_caps(sample: Opened) -> None:
    capped = replace(sample, project=replace(sample.project, shop=replace(sample.project.shop, caps=CAPS)))
    last = FIRST + timedelta(YEAR - 1)
    held = agreed(capped, FIRST, last).excluded
    assert sample.people.engine.count(held.filter(held["code"] == "capped")) > 0


@pytest.mark.slow
@pytest.mark.parametrize("month", range(MONTHS))
def test_on_every_day_of_the_year_planned_and_left_out_are_the_candidates(month: int) -> None:
    """Month by month from the first day of the sample year, each with the facts of its own first day."""
    first, after = shift(FIRST, month, Unit.MONTHS), shift(FIRST, month + 1, Unit.MONTHS)
    with opened(first) as shop:
        for today in each_day(first, shift_days(after, -1)):
            agreed(shop, today, today)
