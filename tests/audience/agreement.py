"""Hold engines against the oracle: the same conditions, segments and own facts over the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.language.phrases import forms
from sitegen.audience.selection.compile import condition_value
from sitegen.audience.selection.membership import PRIMARY, members
from sitegen.audience.selection.ranks import find_cuts, rank_keys
from sitegen.model.rule import All, Condition, FactSpec
from sitegen.model.segment import Segment
from sitegen.model.table import STANDARD
from tests.audience.drawn_facts import Trade
from tests.audience.drawn_rules import FACTS, PLACE, SCHEMA, Case, Row, conditions_of, values_of
from tests.audience.engines import Engine
from tests.audience.oracle.own_facts import reckoned
from tests.audience.oracle.rules import condition_holds, members_of, primary_of
from tests.servers.postgres import types_of


def forms_agree(engines: Sequence[Engine], fact: FactSpec, today: date) -> None:
    """Every form of phrase about a fact says the same of every value, null included."""
    rows: list[Row] = [
        {"customer_id": f"c{number:03d}", fact.column: value} for number, value in enumerate(values_of(fact, today))
    ]
    asked = [condition for form in forms(fact.kind) for condition in conditions_of(form, fact, today)]
    _conditions_agree(engines, asked, rows, today)


def one_of_each_form_agrees(engines: Sequence[Engine], today: date) -> None:
    """One phrase of each form about each fact says the same: for engines that take long to answer."""
    most = max(len(values_of(fact, today)) for fact in FACTS)
    rows: list[Row] = [
        {"customer_id": f"c{number:03d}", **{fact.column: _nth(values_of(fact, today), number) for fact in FACTS}}
        for number in range(most)
    ]
    asked = [conditions_of(form, fact, today)[-1] for fact in FACTS for form in forms(fact.kind)]
    _conditions_agree(engines, asked, rows, today)


def _nth(values: Sequence[Any], number: int) -> Any:
    return values[number % len(values)]


def _conditions_agree(engines: Sequence[Engine], asked: Sequence[Condition], rows: Sequence[Row], today: date) -> None:
    expected = [[condition_holds(condition, row, rows, today) for condition in asked] for row in rows]
    for engine in engines:
        wrong = [
            f"{type(engine).__name__}: {condition.phrase} of {row[condition.fact.column]!r} is {said}, not {holds}"
            for row, right, told in zip(rows, expected, _values(engine, asked, rows, today), strict=True)
            for condition, holds, said in zip(asked, right, told, strict=True)
            if holds != said
        ]
        assert not wrong, "\n".join(wrong[:20])


def _values(engine: Engine, asked: Sequence[Condition], rows: Sequence[Row], today: date) -> list[list[bool | None]]:
    """What the engine says of each row to each condition."""
    known = engine.put("facts", SCHEMA, rows)
    whole = Segment("all", "all", "", All(tuple(asked)), PLACE)
    cuts = find_cuts(engine.ask, rank_keys((whole,)), known)
    values = {f"c{number}": condition_value(one, known, today, cuts) for number, one in enumerate(asked)}
    answer = engine.ask(known.select("customer_id", **values).order_by("customer_id"))
    return [[row[name] for name in values] for row in answer]


def members_agree(engines: Sequence[Engine], case: Case) -> None:
    """The segments have the same members, and each customer the same primary segment."""
    found = members_of(case.segments, case.rows, case.today)
    expected = [
        {
            "customer_id": customer,
            **{name: customer in ids for name, ids in found.items()},
            PRIMARY: primary_of(case.segments, found, customer),
        }
        for customer in sorted(row["customer_id"] for row in case.rows)
    ]
    for engine in engines:
        known = engine.put("facts", SCHEMA, case.rows)
        cuts = find_cuts(engine.ask, rank_keys(case.segments), known)
        told = engine.ask(members(case.segments, known, case.today, cuts).order_by("customer_id"))
        assert told == expected, f"{type(engine).__name__} says\n{told}\nnot\n{expected}"


def own_facts_agree(engines: Sequence[Engine], trade: Trade) -> None:
    """The own facts of each customer are the same."""
    expected = [reckoned(fact, trade.tables, STANDARD, trade.today) for fact in trade.facts]
    scope = Scope(frozenset(fact.column for fact in trade.facts))
    for engine in engines:
        tables: dict[str, Any] = {
            name: engine.put(name, types_of(STANDARD.table(name)), rows) for name, rows in trade.tables.items()
        }
        found = engine.ask(facts(tables, trade.facts, None, trade.today, scope))
        told = [{row["customer_id"]: row[fact.column] for row in found} for fact in trade.facts]
        assert told == expected, f"{type(engine).__name__} says\n{told}\nnot\n{expected}"
