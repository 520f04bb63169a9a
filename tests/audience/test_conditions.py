"""Conditions over real rows: what each phrase selects, and what a missing value is worth."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.spans import shift
from sitegen.audience.selection.compile import compile_rule
from sitegen.model.rule import Unit
from tests.audience.little_shop import TODAY, Row, ask, rule, segments, typed
from tests.examples import examples

FACTS = ibis.schema(
    {
        "customer_id": "string",
        "orders": "int64",
        "total_spent": "decimal(18, 2)",
        "last_order": "date",
        "birthday": "date",
        "lunar_birthday": "string",
        "email": "string",
        "country": "string",
        "company_address": "boolean",
        "interests": "array<string>",
    }
)
COLUMNS = {"company address": "company_address", "total spent": "total_spent", "last order": "last_order"}
COLUMNS["lunar birthday"] = "lunar_birthday"


def chosen(condition: str, values: Iterable[Any], today: date = TODAY) -> list[Any]:
    """Those of the values of the fact of which the condition holds."""
    fact = condition.partition(":")[0]
    column = COLUMNS.get(fact, fact)
    rows: list[Row] = [{"customer_id": f"{number:04d}", column: value} for number, value in enumerate(values)]
    facts = typed(FACTS, rows)
    holds = compile_rule(rule(condition), facts, today)
    return [row[column] for row in ask(facts.filter(holds).order_by("customer_id"))]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("orders: at least 2", [2, 3]),
        ("orders: more than 2", [3]),
        ("orders: at most 2", [0, 2]),
        ("orders: less than 2.5", [0, 2]),
        ("orders: between 2 and 3", [2, 3]),
        ("orders: is 0", [0]),
        ("orders: is known", [0, 2, 3]),
        ("orders: is empty", [None]),
    ],
)
def test_numbers(condition: str, holds: list[Any]) -> None:
    assert chosen(condition, [0, 2, 3, None]) == holds


def test_money_is_compared_to_the_cent() -> None:
    cents = [Decimal("999.99"), Decimal("1000.00"), Decimal("1000.01"), Decimal("0.10")]
    assert chosen("total spent: between 1000 and 1000.01", cents) == cents[1:3]
    assert chosen("total spent: is 0.1", cents) == [Decimal("0.10")]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("country: is NO", ["NO"]),
        ("country: is not NO", ["DE", "no", "München", ""]),
        ('country: "one of [NO, DE]"', ["NO", "DE"]),
        ("country: contains n", ["NO", "no", "München"]),
        ("country: contains MÜN", ["München"]),
        ("country: starts with N", ["NO", "no"]),
        ("country: ends with e", ["DE"]),
        ("country: is known", ["NO", "DE", "no", "München"]),
        ("country: is empty", ["", None]),
    ],
)
def test_texts(condition: str, holds: list[Any]) -> None:
    assert chosen(condition, ["NO", "DE", "no", "München", "", None]) == holds


def test_a_domain_matches_itself_and_what_lies_below_it() -> None:
    addresses = ["a@example.org", "b@Mail.Example.org", "c@notexample.org", "d@example.org.net", None]
    assert chosen("email: matches domain example.org", addresses) == addresses[:2]
    assert chosen("email: matches domain '@EXAMPLE.org'", addresses) == addresses[:2]


def test_yes_and_no() -> None:
    assert chosen("company address: yes", [True, False, None]) == [True]
    assert chosen("company address: no", [True, False, None]) == [False]


@pytest.mark.parametrize(
    ("phrase", "holds"),
    [
        ("has beads", [["beads"], ["linen", "beads"]]),
        ("has any of [beads, tea]", [["beads"], ["linen", "beads"]]),
        ("has all of [beads, linen]", [["linen", "beads"]]),
        ("has none of [beads]", [["linen"], []]),
        ("is empty", [[], None]),
        ("is known", [["beads"], ["linen", "beads"], ["linen"]]),
    ],
)
def test_lists(phrase: str, holds: list[Any]) -> None:
    assert chosen(f'interests: "{phrase}"', [["beads"], ["linen", "beads"], ["linen"], [], None]) == holds


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("within last 7 days", date(2026, 9, 1), TODAY),
        ("within last 1 month", date(2026, 8, 8), TODAY),
        ("within next 1 week", TODAY, date(2026, 9, 15)),
        ("is today", TODAY, TODAY),
        ("is yesterday", date(2026, 9, 7), date(2026, 9, 7)),
        ("this month", date(2026, 9, 1), date(2026, 9, 30)),
        ("more than 2 weeks ago", date(2026, 7, 1), date(2026, 8, 24)),
        ("before 2026-09-01", date(2026, 7, 1), date(2026, 8, 31)),
        ("after 2026-10-01", date(2026, 10, 2), date(2026, 10, 31)),
        ("on 2026-09-25", date(2026, 9, 25), date(2026, 9, 25)),
    ],
)
def test_dates(phrase: str, first: date, last: date) -> None:
    days = [date(2026, 7, 1) + timedelta(number) for number in range(123)]
    assert chosen(f"last order: {phrase}", [*days, None]) == [day for day in days if first <= day <= last]


@examples(20)
@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 40), st.sampled_from(Unit))
def test_a_past_day_is_either_within_the_last_or_more_than_that_ago(today: date, count: int, unit: Unit) -> None:
    edge = shift(today, -count, unit)
    days = [edge - timedelta(1), edge, today]
    within = chosen(f"last order: within last {count} {unit}", days, today)
    assert within == [day for day in days if day >= edge]
    assert chosen(f"last order: more than {count} {unit} ago", days, today) == days[: 3 - len(within)]


@examples(20)
@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 400))
def test_birthdays_come_within_the_next_days_as_a_calendar_says(today: date, count: int) -> None:
    born = [date(1984, 1, 1) + timedelta(number) for number in range(366)]
    ahead = [today + timedelta(number) for number in range(count + 1)]
    keys = {(day.month, day.day) for day in ahead}
    for year in {day.year for day in ahead if (day.month, day.day) == (2, 28)}:
        if year % 4:
            keys.add((2, 29))
    expected = [day for day in born if (day.month, day.day) in keys]
    assert chosen(f"birthday: within next {count} days", [*born, None], today) == expected


def test_a_birthday_on_29_february_is_on_the_28th_in_common_years() -> None:
    leap = date(2000, 2, 29)
    assert chosen("birthday: is today", [leap], date(2027, 2, 28)) == [leap]
    assert chosen("birthday: is today", [leap], date(2028, 2, 28)) == []
    assert chosen("birthday: is today", [leap], date(2028, 2, 29)) == [leap]
    assert chosen("birthday: this month", [leap], date(2027, 2, 1)) == [leap]


def test_lunar_birthdays_follow_the_moon() -> None:
    moons = ["08-15", "08-16", "08L-15", "07-30", None]
    assert chosen("lunar birthday: is today", moons, date(2026, 9, 25)) == ["08-15", "08L-15"]
    assert chosen("lunar birthday: within next 1 day", moons, date(2026, 9, 25)) == ["08-15", "08-16", "08L-15"]
    assert chosen("lunar birthday: this month", moons, date(2026, 9, 1)) == ["08-15", "08-16", "08L-15", "07-30"]


def test_a_missing_value_is_worth_what_the_segment_says() -> None:
    rows: list[Row] = [{"customer_id": "a", "orders": 1}, {"customer_id": "b"}]
    facts = typed(FACTS, rows)
    groups = {"plain": "all: [{orders: is 1}]", "none": "none: [{orders: is 1}]"}
    found = {
        (name, policy): [
            row["customer_id"]
            for row in ask(
                facts.filter(
                    compile_rule(segments(f"segments: {{x: {{{group}}}}}")[0].rule, facts, TODAY, policy)
                ).order_by("customer_id")
            )
        ]
        for name, group in groups.items()
        for policy in ("leave out", "include", "fail")
    }
    assert found == {
        ("plain", "leave out"): ["a"],
        ("plain", "include"): ["a", "b"],
        ("plain", "fail"): ["a"],
        ("none", "leave out"): ["b"],
        ("none", "include"): [],
        ("none", "fail"): ["b"],
    }


def test_the_same_rule_can_be_said_to_other_engines() -> None:
    facts = ibis.table(FACTS, name="facts")
    for line in ("total spent: at least 1000", "last order: within last 365 days", "birthday: within next 7 days"):
        for dialect in ("duckdb", "postgres", "bigquery"):
            assert "SELECT" in str(ibis.to_sql(facts.filter(compile_rule(rule(line), facts, TODAY)), dialect=dialect))
