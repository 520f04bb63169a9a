"""The arithmetic of the source: "80% of the profits are brought by 20% of the customers", found exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.ranks import find_cuts, rank_keys
from sitegen.model.table import STANDARD
from tests.audience.engines import Engine
from tests.audience.little_shop import segments
from tests.servers.postgres import types_of

TODAY = date(2026, 9, 8)
CUSTOMERS = tuple(f"C-{number:03d}" for number in range(25))
FIFTH = ("C-003", "C-008", "C-011", "C-019", "C-024")
EIGHTY_TWENTY = {customer: Decimal(16 if customer in FIFTH else 1) for customer in CUSTOMERS}
"""A fifth of the customers, 5 of 25, bring 80 of 100."""


@settings(max_examples=4)
@given(st.permutations(CUSTOMERS))
def test_the_fifth_that_brings_four_fifths_is_found_in_any_order_of_rows(
    engines: Sequence[Engine], order: list[str]
) -> None:
    assert _first(engines, "top customers bringing 80%", EIGHTY_TWENTY, order) == set(FIFTH)
    assert _first(engines, "top 20%", EIGHTY_TWENTY, order) == set(FIFTH)


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("top customers bringing 80.0001%", {*FIFTH, "C-000"}),
        ("top customers bringing 79.9999%", set(FIFTH)),
        ("top customers bringing 64%", set(FIFTH[:4])),
        ("top customers bringing 64.01%", set(FIFTH)),
        ("top customers bringing 100%", set(CUSTOMERS)),
        ("top 20.0001%", {*FIFTH, "C-000"}),
        ("top 7", {*FIFTH, "C-000", "C-001"}),
        ("top 4", set(FIFTH[:4])),
    ],
)
def test_ties_go_to_the_first_customer_ids(engines: Sequence[Engine], phrase: str, first: set[str]) -> None:
    assert _first(engines, phrase, EIGHTY_TWENTY, CUSTOMERS[::-1]) == first


def test_cents_decide_and_losses_bring_nothing(engines: Sequence[Engine]) -> None:
    profits = dict.fromkeys(CUSTOMERS, Decimal("0.01")) | {"C-009": Decimal("0.96"), "C-004": Decimal("-5.00")}
    profits |= {"C-020": Decimal(0)}
    # 0.96 and 22 cents are 1.18, of which 80 per cent are 0.944.
    assert _first(engines, "top customers bringing 80%", profits, CUSTOMERS) == {"C-009"}
    assert _first(engines, "top customers bringing 82%", profits, CUSTOMERS) == {"C-009", "C-000"}
    everybody = set(CUSTOMERS) - {"C-004", "C-020"}
    assert _first(engines, "top customers bringing 100%", profits, CUSTOMERS) == everybody


def test_where_all_bring_the_same_four_fifths_are_four_fifths_of_them(engines: Sequence[Engine]) -> None:
    same = dict.fromkeys(CUSTOMERS, Decimal("33.33"))
    assert _first(engines, "top customers bringing 80%", same, CUSTOMERS[::-1]) == set(CUSTOMERS[:20])


def _first(engines: Sequence[Engine], phrase: str, profits: Mapping[str, Decimal], order: Sequence[str]) -> set[str]:
    """Those who come first by the profit of their orders, which all engines agree on."""
    (gold,) = segments(f"segments:\n  gold: {{all: [{{profit last year: {phrase}}}]}}\n")
    orders: list[dict[str, Any]] = [
        {"order_id": f"{customer} {part}", "customer_id": customer, "ordered_at": TODAY, "profit": profit}
        for customer in order
        for part, profit in enumerate((profits[customer] - Decimal("0.5"), Decimal("0.5")))
    ]
    rows = {"customers": [{"customer_id": customer, "class": "customer"} for customer in order], "orders": orders}
    answers = []
    for engine in engines:
        tables = {name: engine.put(name, types_of(STANDARD.table(name)), given) for name, given in rows.items()}
        known = facts(tables, (), None, TODAY, Scope(frozenset({"class", "profit_last_year"})))
        table = members((gold,), known, TODAY, find_cuts(engine.ask, rank_keys((gold,)), known))
        answers.append({row["customer_id"] for row in engine.ask(table) if row["gold"]})
    assert all(answer == answers[0] for answer in answers)
    return answers[0]
