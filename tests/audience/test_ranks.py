"""Cuts: the last one in is found exactly, and who comes before that one is in."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.selection.compile import condition_value
from sitegen.audience.selection.ranks import NO_CUTS, Cut, Cuts, RankKey, find_cuts, rank_keys
from sitegen.model.rule import Condition, RankPhrase, TopBringing, TopCount, TopPercent, leaves
from tests.audience.little_shop import TODAY, Row, rule, segments, typed
from tests.examples import examples

FACTS = ibis.schema({"customer_id": "string", "orders": "int64", "total_spent": "decimal(18, 2)"})
ENGINE = ibis.duckdb.connect()
Value = Decimal | int | None


def answer(question: ibis.Table) -> list[Row]:
    """The rows of a small question."""
    rows: list[Row] = ENGINE.to_pyarrow(question).to_pylist()
    return rows


def table(values: list[Value], fact: str = "total spent") -> ibis.Table:
    """Customers 000, 001, … with these values, and the ids in an order that says nothing."""
    column = fact.replace(" ", "_")
    rows: list[Row] = [{"customer_id": f"{number:03d}", column: value} for number, value in enumerate(values)]
    return typed(FACTS, sorted(rows, key=lambda row: str(row["customer_id"])[::-1]))


def found(condition: str, values: list[Value]) -> tuple[list[bool | None], Cut | None]:
    """What each customer's condition is worth, and the cut."""
    (leaf,) = leaves(rule(condition))
    assert isinstance(leaf, Condition)
    facts = table(values, leaf.fact.name)
    assert isinstance(leaf.phrase, TopPercent | TopCount | TopBringing)
    key = RankKey(leaf.fact.column, leaf.phrase)
    cuts = find_cuts(answer, (key,), facts)
    told = facts.select("customer_id", held=condition_value(leaf, facts, TODAY, cuts))
    by_id = {row["customer_id"]: row["held"] for row in answer(told)}
    return [by_id[name] for name in sorted(by_id)], cuts.of(key.column, key.phrase)


def expected(phrase: RankPhrase, values: list[Value]) -> tuple[list[bool | None], Cut | None]:
    """The same by sorting everybody and walking down."""
    known = sorted((-value, number) for number, value in enumerate(values) if value is not None)
    positive = sum(-value for value, _ in known if value < 0)
    inside: list[int] = []
    brought = Fraction(0)
    for minus, number in known:
        match phrase:
            case TopCount(count):
                fits = len(inside) < count
            case TopPercent(percent):
                fits = Fraction(len(inside)) < len(known) * Fraction(percent) / 100
            case TopBringing(percent):
                fits = minus < 0 and brought < Fraction(positive) * Fraction(percent) / 100
        if not fits:
            break
        inside.append(number)
        brought -= Fraction(minus)
    held = [None if value is None else number in inside for number, value in enumerate(values)]
    if not inside:
        return held, None
    last = values[inside[-1]]
    assert last is not None
    return held, Cut(last, f"{inside[-1]:03d}", len(inside), len(known))


FEW = st.sampled_from([Decimal("-1.5"), Decimal("-0.01"), Decimal(0), Decimal("0.01"), Decimal("7.49"), Decimal("7.5")])
MONEY = st.one_of(st.none(), FEW, st.decimals(-100, 10**6, places=2))
PHRASES = st.one_of(
    st.builds(TopCount, st.integers(1, 15)),
    st.builds(TopPercent, st.decimals("0.0001", 100, places=4)),
    st.builds(TopBringing, st.decimals("0.0001", 100, places=4)),
    st.builds(TopBringing, st.sampled_from([Decimal(20), Decimal(50), Decimal(80), Decimal(100)])),
)


def said(phrase: RankPhrase) -> str:
    """The phrase as people write it."""
    match phrase:
        case TopCount(count):
            return f"top {count}"
        case TopPercent(percent):
            return f"top {percent:f}%"
        case TopBringing(percent):
            return f"top customers bringing {percent:f}%"


@examples(60)
@given(PHRASES, st.lists(MONEY, max_size=14))
def test_the_cut_is_where_walking_down_the_whole_ranking_ends(phrase: RankPhrase, values: list[Value]) -> None:
    assert found(f"total spent: {said(phrase)}", values) == expected(phrase, values)


@examples(30)
@given(PHRASES, st.lists(st.one_of(st.none(), st.integers(-2, 4), st.integers(-(10**12), 10**12)), max_size=14))
def test_whole_numbers_have_cuts_too(phrase: RankPhrase, values: list[Value]) -> None:
    assert found(f"orders: {said(phrase)}", values) == expected(phrase, values)


def test_the_fifth_that_brings_four_fifths_of_the_profit_is_found_exactly() -> None:
    values: list[Value] = [*[Decimal(1)] * 20, *[Decimal(16)] * 5]
    held, cut = found("total spent: top customers bringing 80%", values)
    assert held == [False] * 20 + [True] * 5
    assert cut == Cut(Decimal("16.00"), "024", 5, 25)
    _, more = found("total spent: top customers bringing 80.0001%", values)
    assert more == Cut(Decimal("1.00"), "000", 6, 25)


@pytest.mark.parametrize("condition", ["top 2", "top 20%", "top customers bringing 20%"])
def test_of_equal_customers_the_first_by_id_are_in(condition: str) -> None:
    held, cut = found(f"total spent: {condition}", [Decimal("3.33")] * 10)
    assert held == [True] * 2 + [False] * 8
    assert cut == Cut(Decimal("3.33"), "001", 2, 10)


@pytest.mark.parametrize("condition", ["top 1", "top 0.0001%", "top customers bringing 0.0001%"])
def test_a_single_customer_is_the_first_of_all(condition: str) -> None:
    assert found(f"total spent: {condition}", [None, Decimal("0.01")]) == (
        [None, True],
        Cut(Decimal("0.01"), "001", 1, 1),
    )


@pytest.mark.parametrize("values", [[], [None], [Decimal(0), Decimal(-3)]])
def test_nobody_brings_a_share_of_nothing(values: list[Value]) -> None:
    held, cut = found("total spent: top customers bringing 80%", values)
    assert cut is None
    assert held == [None if value is None else False for value in values]


def test_each_ranking_is_asked_for_once() -> None:
    asked = segments("""
        segments:
          a: {all: [{total spent: top 20%}, {orders: top 3}, {none: [{total spent: top 20.0%}]}]}
          b: {any: [{total spent: top 3}, {total spent: at least 3}]}
    """)
    assert rank_keys(asked) == (
        RankKey("total_spent", TopPercent(Decimal(20))),
        RankKey("orders", TopCount(3)),
        RankKey("total_spent", TopCount(3)),
    )


def test_rules_without_rankings_ask_nothing() -> None:
    def refuse(_: ibis.Table) -> list[Row]:
        raise AssertionError

    assert find_cuts(refuse, (), table([])) == NO_CUTS == Cuts({})


def test_a_ranking_that_nobody_prepared_is_a_mistake_of_the_program() -> None:
    (leaf,) = leaves(rule("orders: top 3"))
    assert isinstance(leaf, Condition)
    with pytest.raises(KeyError):
        condition_value(leaf, table([]), TODAY, NO_CUTS)


def test_no_question_sorts_all_customers() -> None:
    values: list[Value] = [Decimal(number) for number in range(40)]
    facts = ENGINE.create_table("everybody", table(values))
    questions: list[str] = []

    def listen(question: ibis.Table) -> list[Row]:
        questions.append(str(ibis.to_sql(question, dialect="duckdb")))
        return answer(question)

    find_cuts(listen, (RankKey("total_spent", TopPercent(Decimal(20))),), facts)
    windows = [question for question in questions if " OVER " in question]
    assert windows
    assert all("GROUP BY" in question for question in windows)
    assert not any("LIMIT" in question for question in questions)
