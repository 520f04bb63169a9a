"""Prices are kept in both directions: the engine finds the same lines as a plain reading of the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.rows import TYPES
from sitegen.model.concession import Goods
from sitegen.model.prices import STEPS, Rounding, RoundingMode
from sitegen.model.relationship import PriceProtection
from sitegen.model.table import table
from sitegen.programme.money import rounded
from sitegen.programme.relationship.notes import CreditNote, KeptPrice, credit_note, kept_price, letters
from sitegen.programme.relationship.protection import fallen, risen
from tests.examples import examples

START = date(2026, 1, 1)
CENT = Rounding()
BOTH = PriceProtection(uncollected=30, unsold=60)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order with what counts of its order."""

    day: int
    price: Decimal = Decimal(100)
    quantity: int = 3
    product: str = "P-1"
    status: str | None = "delivered"
    delivered: int | None = None
    collected: int | None = None
    unsold: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A new list price."""

    day: int
    price: Decimal
    former: Decimal | None = None
    product: str = "P-1"


def on(day: int) -> date:
    """The day by its number."""
    return START + timedelta(days=day)


def some_day(day: int | None) -> date | None:
    return None if day is None else on(day)


def memory(name: str, rows: list[dict[str, Any]]) -> ibis.Table:
    """A declared table with these rows, unknown where a row says nothing."""
    columns = table(name).columns
    schema = ibis.schema({column.name: TYPES[column.kind] for column in columns})
    named = [{column.name: row.get(column.name) for column in columns} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(named, schema=schema.to_pyarrow()), schema=schema)


def tables(lines: list[Line], changes: list[Change]) -> Mapping[str, ibis.Table]:
    """A customer file with an order for each line."""
    orders = [
        {
            "order_id": f"O-{number}",
            "customer_id": f"C-{number % 3}",
            "ordered_at": on(line.day),
            "delivered_on": some_day(line.delivered),
            "status": line.status,
        }
        for number, line in enumerate(lines)
    ]
    goods = [
        {
            "order_id": f"O-{number}",
            "line": 1,
            "product_id": line.product,
            "quantity": line.quantity,
            "price": line.price,
            "collected_on": some_day(line.collected),
            "unsold": line.unsold,
        }
        for number, line in enumerate(lines)
    ]
    priced = [
        {"product_id": one.product, "day": on(one.day), "price": one.price, "former": one.former} for one in changes
    ]
    products = [{"product_id": "P-1", "group": "quilts"}, {"product_id": "P-2"}]
    return {
        "orders": memory("orders", orders),
        "order_lines": memory("order_lines", goods),
        "price_changes": memory("price_changes", priced),
        "products": memory("products", products),
    }


CONNECTION = ibis.duckdb.connect()


def ask(expression: ibis.Table) -> list[dict[str, Any]]:
    rows = CONNECTION.to_pyarrow(expression).to_pylist()
    return sorted(rows, key=lambda row: (row["customer_id"], row["order_id"], row.get("day", START)))


def notes(
    lines: list[Line], changes: list[Change], last: int, protection: PriceProtection = BOTH, first: int = 0
) -> list[CreditNote]:
    rows = ask(fallen(tables(lines, changes), protection, (on(first), on(last))))
    return [credit_note(row, CENT) for row in rows]


def kept(lines: list[Line], changes: list[Change], day: int, protection: PriceProtection = BOTH) -> list[KeptPrice]:
    rows = ask(risen(tables(lines, changes), protection, on(day)))
    return [kept_price(row, protection, CENT) for row in rows]


FALL = Change(10, Decimal(80), Decimal(100))
RISE = Change(10, Decimal(120), Decimal(100))


def test_goods_that_were_taken_and_not_sold_are_credited_when_their_price_falls() -> None:
    assert notes([Line(1, unsold=2)], [FALL], 12) == [
        CreditNote(
            "CN-20260111-O-0-1", on(10), "C-0", "O-0", 1, "P-1", 2, Decimal(100), Decimal("80.00"), Decimal("40.00")
        )
    ]


def test_goods_that_are_sold_or_not_taken_yet_are_not_credited() -> None:
    sold, silent = Line(1, unsold=0), Line(1, unsold=None)
    waiting, late = Line(1, unsold=2, status="paid"), Line(1, unsold=2, collected=11)
    assert notes([sold, silent, waiting, late], [FALL], 12) == []


def test_a_customer_keeps_their_discount_when_the_price_falls() -> None:
    (note,) = notes([Line(1, price=Decimal(95), unsold=1)], [FALL], 12)
    assert (note.old, note.new, note.credit) == (Decimal(95), Decimal("76.00"), Decimal("19.00"))


def test_a_price_that_rose_and_falls_to_what_it_was_credits_nothing() -> None:
    changes = [RISE, Change(20, Decimal(100)), Change(30, Decimal(90))]
    assert [(note.day, note.credit) for note in notes([Line(1, unsold=1)], changes, 40)] == [(on(30), Decimal("10.00"))]


def test_goods_that_were_ordered_too_long_ago_are_not_credited() -> None:
    assert len(notes([Line(1, unsold=1)], [Change(61, Decimal(80), Decimal(100))], 70)) == 1
    assert notes([Line(1, unsold=1)], [Change(62, Decimal(80), Decimal(100))], 70) == []


def test_a_cancelled_order_is_credited_nothing_and_keeps_no_price() -> None:
    lines = [Line(1, unsold=1, status="cancelled"), Line(1, unsold=1, status="returned", delivered=2)]
    assert notes(lines, [FALL], 12) == []
    assert kept(lines, [RISE], 12) == []


def test_goods_that_are_not_collected_keep_their_price_when_it_rises() -> None:
    assert kept([Line(1, status="paid")], [RISE], 12) == [
        KeptPrice("C-0", "O-0", 1, "P-1", 3, Decimal(100), Decimal("120.00"), on(31))
    ]


def test_goods_that_are_collected_or_of_whose_order_nothing_is_known_keep_nothing() -> None:
    lines = [Line(1, status="paid", collected=9), Line(1, status="sent", delivered=9), Line(1, status=None), Line(1)]
    assert kept(lines, [RISE], 12) == []


def test_goods_that_are_collected_later_keep_their_price_until_then() -> None:
    assert len(kept([Line(1, status="delivered", collected=13)], [RISE], 12)) == 1


def test_a_kept_price_ends_after_its_days() -> None:
    assert len(kept([Line(1, status="paid")], [RISE], 31)) == 1
    assert kept([Line(1, status="paid")], [RISE], 32) == []


def test_other_goods_are_not_protected() -> None:
    only = PriceProtection(unsold=60, uncollected=30, goods=Goods(groups=("quilts",)))
    lines = [Line(1, unsold=1), Line(1, unsold=1, product="P-2")]
    changes = [FALL, Change(10, Decimal(80), Decimal(100), "P-2")]
    assert [note.product_id for note in notes(lines, changes, 12, only)] == ["P-1"]


def test_only_those_are_protected_who_are_meant() -> None:
    meant = ibis.memtable([("C-1",)], schema={"customer_id": "string"})
    some = tables([Line(1, unsold=1), Line(1, unsold=1)], [FALL])
    rows = ask(fallen(some, BOTH, (on(0), on(12)), meant))
    assert [row["customer_id"] for row in rows] == ["C-1"]


def test_without_a_former_price_the_price_that_was_paid_counts() -> None:
    (note,) = notes([Line(1, price=Decimal(95), unsold=1)], [Change(10, Decimal(80))], 12)
    assert (note.old, note.new) == (Decimal(95), Decimal("80.00"))


def test_letters_bring_the_notes_of_a_customer_together() -> None:
    found = notes([Line(1, unsold=1), Line(2, unsold=2), Line(3), Line(4, unsold=3)], [FALL], 12)
    assert [(one.customer_id, len(one.notes), one.total) for one in letters(found)] == [
        ("C-0", 2, Decimal("80.00")),
        ("C-1", 1, Decimal("40.00")),
    ]


def _mark(line: Line, price: Decimal, at_order: Decimal, rounding: Rounding) -> Decimal:
    return rounded(line.price * price / at_order, rounding)


def plain_notes(
    lines: list[Line], changes: list[Change], days: tuple[int, int], unsold: int, rounding: Rounding
) -> list[tuple[str, Decimal]]:
    """What the sentence says, line by line and change by change."""
    found = []
    for number, line in enumerate(lines):
        taken = line.collected if line.collected is not None else line.delivered
        if taken is None and line.status not in {"paid", "sent"}:
            taken = line.day
        pieces = min(line.unsold or 0, line.quantity)
        ordered = sorted((one for one in changes if one.product == line.product), key=lambda one: one.day)
        later = [one for one in ordered if one.day > line.day]
        if not later or taken is None or not pieces or line.status in {"returned", "cancelled"} or line.day > days[1]:
            continue
        index = ordered.index(later[0])
        before = ordered[index - 1].price if index else None
        at_order = lowest = later[0].former or before or line.price
        for one in later:
            known = days[0] <= one.day <= days[1]
            if one.price < lowest and known and taken <= one.day <= line.day + unsold:
                old = min(line.price, _mark(line, lowest, at_order, rounding))
                new = min(old, _mark(line, one.price, at_order, rounding))
                found.append((f"CN-{on(one.day):%Y%m%d}-O-{number}-1", pieces * (old - new)))
            lowest = min(lowest, one.price)
    return sorted(found)


MONEY = st.decimals(Decimal(1), Decimal(500), places=2)
DAYS = st.integers(0, 100)
MAYBE = st.none() | DAYS
LINES = st.lists(
    st.builds(
        Line,
        day=DAYS,
        price=MONEY,
        quantity=st.integers(1, 4),
        product=st.sampled_from(["P-1", "P-2"]),
        status=st.sampled_from([None, "paid", "sent", "delivered", "returned", "cancelled"]),
        delivered=MAYBE,
        collected=MAYBE,
        unsold=st.none() | st.integers(0, 5),
    ),
    max_size=5,
)
CHANGES = st.lists(
    st.builds(Change, day=DAYS, price=MONEY, former=st.none() | MONEY, product=st.sampled_from(["P-1", "P-2"])),
    max_size=5,
    unique_by=lambda one: (one.product, one.day),
)
ROUNDING = st.builds(Rounding, st.sampled_from(RoundingMode), st.sampled_from(STEPS))


@examples(30)
@given(lines=LINES, changes=CHANGES, days=st.tuples(DAYS, DAYS).map(sorted), unsold=st.integers(0, 90), by=ROUNDING)
def test_the_engine_credits_what_a_plain_reading_of_the_sentence_credits(
    lines: list[Line], changes: list[Change], days: list[int], unsold: int, by: Rounding
) -> None:
    protection = PriceProtection(unsold=unsold)
    rows = ask(fallen(tables(lines, changes), protection, (on(days[0]), on(days[1]))))
    found = [credit_note(row, by) for row in rows]
    assert sorted((note.number, note.credit) for note in found) == plain_notes(
        lines, changes, (days[0], days[1]), unsold, by
    )
    assert all(note.credit >= 0 for note in found)


@examples(12)
@given(lines=LINES, changes=CHANGES, middle=DAYS)
def test_two_runs_credit_what_one_credits_under_the_same_numbers(
    lines: list[Line], changes: list[Change], middle: int
) -> None:
    whole = notes(lines, changes, 100)
    parts = [*notes(lines, changes, middle), *notes(lines, changes, 100, first=middle + 1)]
    assert sorted(note.number for note in whole) == sorted(note.number for note in parts)
    assert {note.number: note for note in whole} == {note.number: note for note in parts}
    assert len({note.number for note in whole}) == len(whole)
