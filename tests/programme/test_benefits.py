"""Tests of benefits: when they are open, whose they are, and what they concede."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.rules import parse_segments
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.benefit import Always, Benefit, Gives
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.concession import ConcessionKind, Days, Goods, Who
from sitegen.model.occasion import FixedDay, Occasion
from sitegen.model.segment import Segment
from sitegen.programme.benefits.concessions import concessions
from sitegen.programme.benefits.opening import OpenBenefit, days_around, open_benefits, open_days, own_days
from sitegen.programme.benefits.rules import has_earned, open_to
from sitegen.programme.prices.newcomers import RULE

BIRTHDAY = Benefit("birthday", "On your birthday", EveryYear("birthday"), Gives(Decimal(3)), Who(("Gold",)), after=6)
CARNATIONS = Benefit("carnations", "Carnations", OnOccasion("mothers-day"), Gives(gift="carnations"), before=2)
QUILTS = Benefit(
    "quilts",
    "A pouch",
    Always(),
    Gives(gift="a pouch"),
    goods=Goods(groups=("quilts",), products=("P-1", "P-2")),
    pieces=2,
    days=(Days(date(2026, 9, 1), date(2026, 12, 24)),),
)
OCCASIONS = Occasions()
MOTHERS_DAY = date(2026, 5, 10)


def named(found: tuple[OpenBenefit, ...]) -> list[tuple[str, date | None, date | None]]:
    return [(one.benefit.name, one.days.first, one.days.last) for one in found]


def on_day(benefit: Benefit, on: date) -> tuple[OpenBenefit, ...]:
    return open_benefits((benefit,), days_around((benefit,), OCCASIONS, on), on)


def test_a_benefit_is_open_around_its_occasion() -> None:
    first, last = date(2026, 5, 8), MOTHERS_DAY
    for day in (first, last):
        assert on_day(CARNATIONS, day) == (OpenBenefit(CARNATIONS, Days(first, last), MOTHERS_DAY),)
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        assert on_day(CARNATIONS, day) == ()


def test_a_birthday_benefit_follows_each_customers_own_day_over_the_turn_of_the_year() -> None:
    for on, is_open in ((date(2026, 12, 28), False), (date(2026, 12, 29), True), (date(2027, 1, 4), True)):
        found = open_benefits((BIRTHDAY,), {"birthday": own_days(12, 29, on)}, on)
        assert bool(found) == is_open
    assert open_benefits((BIRTHDAY,), {}, date(2026, 12, 29)) == ()


def test_who_was_born_on_29_february_celebrates_on_the_28th() -> None:
    on = date(2027, 2, 28)
    (found,) = open_benefits((BIRTHDAY,), {"birthday": own_days(2, 29, on)}, on)
    assert found.day == on


def test_a_benefit_without_an_occasion_is_open_on_its_days_and_what_closes_first_comes_first() -> None:
    on = date(2026, 10, 1)
    national = Benefit("leaflet", "", OnOccasion("national-day"), Gives(gift="a leaflet"), after=6)
    benefits = (QUILTS, national, CARNATIONS)
    found = open_benefits(benefits, days_around(benefits, OCCASIONS, on), on)
    assert named(found) == [("leaflet", on, date(2026, 10, 7)), ("quilts", date(2026, 9, 1), date(2026, 12, 24))]


def test_a_benefit_is_never_open_outside_its_own_days() -> None:
    until = Benefit(
        "short", "", OnOccasion("mothers-day"), Gives(gift="x"), after=30, days=(Days(last=date(2026, 5, 12)),)
    )
    assert on_day(until, date(2026, 5, 12))[0].days == Days(MOTHERS_DAY, date(2026, 5, 12))
    assert on_day(until, date(2026, 5, 13)) == ()


def test_of_two_occasions_that_overlap_the_benefit_is_told_once() -> None:
    weekly = Occasions((Occasion("tea", FixedDay(5, 1)),))
    long = Benefit("tea", "", OnOccasion("tea"), Gives(gift="tea"), before=60, after=60)
    days = {"tea": (date(2026, 5, 1), date(2026, 6, 1))}
    assert [one.day for one in open_benefits((long,), days, date(2026, 5, 20))] == [date(2026, 5, 1)]
    assert days_around((long,), weekly, date(2026, 5, 20)) == {"tea": (date(2026, 5, 1),)}


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60), st.integers(0, 60), st.sampled_from(range(5))
)
def test_a_benefit_is_open_exactly_on_the_days_that_it_says(on: date, before: int, after: int, which: int) -> None:
    name = ("mothers-day", "national-day", "mid-autumn", "new-year", "easter")[which]
    benefit = Benefit("b", "", OnOccasion(name), Gives(gift="x"), before=before, after=after)
    days = OCCASIONS.days(name, on - timedelta(days=100), on + timedelta(days=100))
    expected = any(day - timedelta(days=before) <= on <= day + timedelta(days=after) for day in days)
    assert bool(on_day(benefit, on)) == expected
    assert any(span.contains(on) for span in open_days(benefit, OCCASIONS, on)) == expected


def parsed(rule: str) -> Segment:
    lines = "\n".join(f"    {line}" for line in rule.splitlines())
    other = "  satisfied:\n    all:\n      - orders: at least 1\n"
    tree = read_yaml(f"segments:\n  whose:\n{lines}\n{other}", "segments.yaml")
    segments, _, problems = parse_segments([tree], CATALOGUE)
    assert problems == ()
    return segments[0]


@pytest.mark.parametrize(
    ("benefit", "rule"),
    [
        (
            BIRTHDAY,
            "all:\n  - tier: is Gold\n  - any:\n      - birthday: within last 6 days\n",
        ),
        (CARNATIONS, "all:\n  - customer id: is known\n"),
        (
            Benefit("b", "", EveryYear("lunar birthday"), Gives(gift="x"), Who(("Silver", "Gold"), "satisfied"), 3, 1),
            (
                'all:\n  - tier: "one of [Silver, Gold]"\n  - segment: is satisfied\n  - any:\n'
                "      - lunar birthday: within last 1 day\n      - lunar birthday: within next 3 days\n"
            ),
        ),
        (
            Benefit("b", "", EveryYear("birthday"), Gives(gift="x"), Who(("Gold: the first",))),
            'all:\n  - tier: "is Gold: the first"\n  - any:\n      - birthday: is today\n',
        ),
    ],
)
def test_whoever_may_have_a_benefit_is_a_rule_that_can_be_read(benefit: Benefit, rule: str) -> None:
    assert open_to(benefit) == rule
    assert parsed(rule).id == "whose"


def test_who_has_earned_a_benefit_bought_so_many_pieces_of_one_of_its_goods() -> None:
    rule = has_earned(QUILTS, date(2026, 9, 1), date(2026, 9, 30))
    assert rule == (
        "all:\n  - customer id: is known\n  - any:\n"
        "      - bought: {at least: 1, within last: 29 days, with: {quantity: at least 2, product.group: is quilts}}\n"
        "      - bought: {at least: 1, within last: 29 days, with: {quantity: at least 2,"
        ' product_id: "one of [P-1, P-2]"}}\n'
    )
    assert parsed(rule).id == "whose"
    assert parsed(has_earned(BIRTHDAY, date(2026, 9, 1), date(2026, 9, 1))).id == "whose"
    assert parsed(RULE).id == "whose"


def test_only_discounts_are_concessions_and_birthdays_are_told_apart() -> None:
    on = date(2026, 9, 30)
    mother = Benefit("mother", "", OnOccasion("mothers-day"), Gives(Decimal(4)), before=2)
    birthday, day = concessions((BIRTHDAY, CARNATIONS, QUILTS, mother), OCCASIONS, on)
    assert (birthday.kind, birthday.name, birthday.percent, birthday.days) == (
        ConcessionKind.BIRTHDAY,
        "birthday",
        Decimal(3),
        (Days(),),
    )
    assert (day.kind, day.days) == (ConcessionKind.BENEFIT, (Days(date(2027, 5, 7), date(2027, 5, 9)),))
