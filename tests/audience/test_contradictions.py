"""Segments that nobody can be in: found without data, and never told of a segment that somebody is in."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.reading.contradictions import check_reachable
from tests.audience.little_shop import TODAY, Row, messages, segments
from tests.audience.oracle.rules import members_of

UNREACHABLE = [
    "all: [{orders: at least 5}, {orders: less than 2}]",
    "all: [{orders: more than 2}, {orders: less than 3}]",
    "all: [{orders: is 2.5}]",
    "all: [{orders: is 2}, {orders: is 3}]",
    "all: [{total spent: between 1 and 2}, {total spent: more than 2}]",
    "all: [{ordered: {less than: 0}}]",
    "all: [{ordered: {at least: 2, within last: 8 days}}, {ordered: {none, within last: 8 days}}]",
    "all: [{country: is DE}, {country: is AT}]",
    'all: [{country: "one of [DE, AT]"}, {country: "one of [CN, NO]"}]',
    'all: [{country: "one of [DE, AT]"}, {country: starts with N}]',
    "all: [{country: is DE}, {country: is not DE}]",
    "all: [{country: is DE}, {country: is empty}]",
    "all: [{class: is staff}], none: [{class: is staff}]",
    "all: [{orders: at least 5}], none: [{orders: at least 2}]",
    'all: [{country: is DE}], none: [{country: "one of [DE, AT]"}]',
    "all: [{class: is customer}, {segment: is staff}]",
    "all: [{segment: is owner}, {segment: is staff}]",
    "all: [{segment: is everyone}, {segment: is not everyone}]",
    "none: [{segment: is everyone}]",
    "none: [{segment: is not x}, {segment: is x}]",
    "all: [{birthday: is known}, {birthday: is empty}], unknown: include",
    "all: [{last order: within last 30 days}, {last order: more than 30 days ago}]",
    "all: [{last order: within last 4 weeks}, {last order: more than 30 days ago}]",
    "all: [{last order: within last 2 months}, {last order: more than 2 months ago}]",
    "all: [{last order: is today}, {last order: is yesterday}]",
    "all: [{last order: before 2026-01-01}, {last order: after 2026-01-01}]",
    "all: [{last order: on 2026-01-01}, {last order: after 2026-01-01}]",
    "all: [{company address: yes}, {company address: no}]",
    'all: [{interests: has beads}, {interests: "has none of [beads, linen]"}]',
    'all: [{interests: "has all of [beads, linen]"}, {interests: "has none of [beads]"}]',
    "all: [{interests: is empty}, {interests: has beads}]",
    "all: [{country: is DE}], any: [{country: is AT}, {country: is empty}]",
    "all: [{country: is DE}, {any: [{all: [{orders: is 1}, {country: is AT}]}, {country: is NO}]}]",
    "all: [{none: [{any: [{country: is DE}, {orders: is 1}]}]}, {orders: is 1}]",
    "none: [{none: [{country: is DE}]}, {country: is DE}]",
]
REACHABLE = [
    "all: [{orders: at least 5}, {orders: less than 2}], unknown: include",
    "any: [{orders: at least 5}, {orders: less than 2}]",
    "all: [{orders: at least 2}, {orders: at most 2}]",
    "all: [{total spent: more than 2}, {total spent: less than 3}]",
    "all: [{country: is not DE}, {country: is empty}]",
    'all: [{interests: "has none of [beads]"}, {interests: is empty}]',
    "all: [{last order: within last 31 days}, {last order: more than 4 weeks ago}]",
    "all: [{last order: within last 5 weeks}, {last order: more than 1 month ago}]",
    "all: [{last order: before 2026-01-01}, {last order: within last 30 days}]",
    "all: [{orders: at least 2}], none: [{orders: at least 5}]",
    "none: [{orders: at least 2}, {orders: is known}]",
    "all: [{ordered: {none, within last: 8 days}}, {ordered: {at least: 1, within last: 9 days}}]",
    "all: [{birthday: is today}, {birthday: is tomorrow}]",
    "all: [{country: is DE}], any: [{country: is AT}, {orders: is 1}]",
    "none: [{class: is staff}, {class: is owner}]",
]


def unreachable(*rules: str) -> list[str]:
    lines = [f"  s{number}: {{{rule}}}\n" for number, rule in enumerate(rules)]
    text = f"segments:\n  x: {{all: [{{tags: has x}}]}}\n{''.join(lines)}"
    return [
        said.partition("nobody can be in '")[2].partition("'")[0] for said in messages(check_reachable(segments(text)))
    ]


@pytest.mark.parametrize("rule", UNREACHABLE)
def test_a_rule_that_nobody_can_keep_is_told(rule: str) -> None:
    assert unreachable(rule) == ["s0"]


@pytest.mark.parametrize("rule", REACHABLE)
def test_a_rule_that_somebody_may_keep_is_not_told(rule: str) -> None:
    assert unreachable(rule) == []


def test_conditions_of_other_segments_count_too() -> None:
    found = check_reachable(
        segments("""
        segments:
          silver: {all: [{total spent: between 1000 and 2999.99}]}
          gold: {all: [{total spent: at least 3000}]}
          both:
            all:
              - segment: is silver
              - segment: is gold
    """)
    )
    (said,) = messages(found)
    assert said == (
        "4:3: nobody can be in 'both': these exclude each other: "
        "total spent between 1000 and 2999.99; total spent at least 3000\n"
        "hint: look at line 2 and line 3; where one of them is enough, write them below 'any:'"
    )


def test_who_asks_for_an_empty_segment_is_not_reached_either() -> None:
    found = check_reachable(
        segments("""
        segments:
          second: {all: [{segment: is first}, {orders: is 1}]}
          first: {all: [{orders: is 1.5}]}
    """)
    )
    assert messages(found) == [
        "3:3: nobody can be in 'first': this is never true: orders is 1.5\nhint: look at line 3",
        "2:3: nobody can be in 'second': nobody can be in 'first'\nhint: look at line 2",
    ]


PHRASES = {
    "orders": [
        *("at least 2", "more than 2", "at most 2", "less than 2", "less than 1.5", "between 1 and 3", "is 2", "is 3"),
        *("top 2", "top 50%", "is known", "is empty"),
    ],
    "total spent": ["at least 2.5", "more than 2.5", "at most 2.5", "less than 2.5", "is 2.5", "is empty", "is known"],
    "last order": [
        *("within last 30 days", "within last 1 month", "within last 5 weeks", "more than 30 days ago"),
        *("more than 1 month ago", "more than 4 weeks ago", "is today", "is yesterday", "this month", "is empty"),
        *("before 2026-08-08", "after 2026-08-08", "on 2026-08-08", "within next 1 day", "is tomorrow"),
    ],
    "country": [
        *("is DE", "is not DE", "one of [DE, AT]", "one of [AT, NO]", "starts with d", "contains E", "is known"),
        *("ends with t", "is empty", "matches domain de"),
    ],
    "company address": ["yes", "no", "is known", "is empty"],
    "interests": [
        *("has beads", "has any of [beads, linen]", "has all of [beads, linen]", "has none of [beads]", "is empty"),
        *("has none of [beads, linen]", "is known"),
    ],
    "class": ["is staff", "is owner", "is not staff", "one of [staff, owner]", "is empty"],
    "segment": ["is staff", "is not staff", "is owner", "is everyone", "is first", "is not first"],
}
VALUES: dict[str, list[Any]] = {
    "orders": [None, 0, 1, 2, 3, 4],
    "total_spent": [None, Decimal("2.49"), Decimal("2.50"), Decimal("2.51")],
    "last_order": [None, *(date(2026, 8, day) for day in (3, 4, 7, 8, 9, 10, 11)), date(2026, 9, 7), TODAY],
    "country": [None, "", "DE", "AT", "NO", "de"],
    "company_address": [None, True, False],
    "interests": [None, [], ["beads"], ["linen"], ["beads", "linen"], ["tea"]],
    "class": [None, "customer", "staff", "owner"],
}
CONDITIONS = st.sampled_from(sorted(PHRASES)).flatmap(
    lambda fact: st.sampled_from(PHRASES[fact]).map(lambda phrase: f'{{{fact}: "{phrase}"}}')
)


def _grouped(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda word, lines: f"{{{word}: [{', '.join(lines)}]}}",
        st.sampled_from(["all", "all", "any", "none"]),
        st.lists(parts, min_size=1, max_size=3),
    )


RULES = st.lists(st.recursive(CONDITIONS, _grouped, max_leaves=6), min_size=2, max_size=4)


def _customers() -> list[Row]:
    """Everybody who differs in one or two columns from one of a few plain customers."""
    plain = [
        {name: values[-1] for name, values in VALUES.items()},
        {name: values[2] for name, values in VALUES.items()},
    ]
    rows: list[Row] = [dict.fromkeys(VALUES)]
    for one in plain:
        rows += [{**one, name: value} for name, values in VALUES.items() for value in values]
    return [{**row, "customer_id": f"{number:03d}"} for number, row in enumerate(rows)]


CUSTOMERS = _customers()


@given(RULES, st.sampled_from(["leave out", "include"]))
def test_whoever_is_called_unreachable_has_no_members(parts: list[str], policy: str) -> None:
    found = segments(f"""
        segments:
          first: {{all: [{{orders: at least 2}}, {{country: is DE}}], unknown: include}}
          drawn: {{all: [{", ".join(parts)}], unknown: {policy}}}
    """)
    if check_reachable(found):
        assert members_of(found, CUSTOMERS, TODAY)["drawn"] == set()


def test_own_facts_that_count_are_never_negative() -> None:
    found = segments("""
        facts:
          bought beads: {count of: order_lines, where: {product.group: is beads}}
          beads for: {sum of: orders.amount}
        segments:
          a: {all: [{bought beads: less than 0}]}
          b: {all: [{beads for: less than 0}]}
    """)
    assert [problem.line for problem in check_reachable(found)] == [5]
