"""Coupons go to whom they are due, once, while there are any; their codes can be read aloud and not be guessed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa
from hypothesis import given as examples_of
from hypothesis import strategies as st

from sitegen.audience.facts.rows import TYPES
from sitegen.model.concession import Concession, ConcessionKind, Per
from sitegen.model.coupons import FIRST_ORDER, CouponGives, CouponRule
from sitegen.model.table import table
from sitegen.programme.coupons.code import ALPHABET, BYTES, read, spelled
from sitegen.programme.coupons.concessions import concessions
from sitegen.programme.coupons.due import GIFT, coupons_left, due, given, occasion_days
from tests.examples import examples

TODAY = date(2026, 9, 8)
TEA = CouponRule("thanks", FIRST_ORDER, CouponGives(thing="tea", cost=Decimal(4)), "a pot of tea", 60)
CONNECTION = ibis.duckdb.connect()
SECRETS = st.binary(min_size=BYTES, max_size=BYTES)


def memory(name: str, rows: list[dict[str, Any]]) -> ibis.Table:
    columns = table(name).columns
    schema = ibis.schema({column.name: TYPES[column.kind] for column in columns})
    named = [{column.name: row.get(column.name) for column in columns} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(named, schema=schema.to_pyarrow()), schema=schema)


def shop(orders: list[tuple[str, int]], coupons: list[dict[str, Any]] | None = None) -> Mapping[str, ibis.Table]:
    """Customers C-1 to C-5, their orders by days ago, and coupons they have."""
    return {
        "customers": memory("customers", [{"customer_id": f"C-{number}"} for number in range(1, 6)]),
        "orders": memory(
            "orders",
            [
                {"order_id": f"O-{number}", "customer_id": who, "ordered_at": TODAY - timedelta(days=ago)}
                for number, (who, ago) in enumerate(orders)
            ],
        ),
        "coupons": memory("coupons", coupons or []),
    }


def owed(
    tables: Mapping[str, ibis.Table],
    rule: CouponRule = TEA,
    room: tuple[int, int] = (0, 99),
    named: tuple[date, ...] = (),
    chosen: ibis.Table | None = None,
) -> list[tuple[str, int, bool]]:
    """Whom the rule owes something, the days since the occasion, and whether it is the gift."""
    rows = CONNECTION.to_pyarrow(due(tables, rule, occasion_days(rule, TODAY, named), room, chosen)).to_pylist()
    return [(row["customer_id"], (TODAY - row["day"]).days, row["gift"]) for row in rows]


def coupon(who: str, ago: int, rule: str = "thanks", **more: Any) -> dict[str, Any]:
    start = TODAY - timedelta(days=ago)
    row = {"customer_id": who, "code": f"{who}-{ago}", "gives": "tea", "valid_from": start, "rule": rule}
    return row | {"valid_until": start + timedelta(days=59)} | more


def test_who_ordered_for_the_first_time_within_the_days_gets_a_coupon_by_day() -> None:
    tables = shop([("C-1", 3), ("C-2", 14), ("C-3", 15), ("C-4", 0), ("C-4", 200)])
    assert owed(tables) == [("C-2", 14, False), ("C-1", 3, False)]


def test_the_small_gift_goes_first_and_the_coupon_is_for_those_for_whom_there_is_none() -> None:
    tables = shop([("C-1", 3), ("C-2", 9), ("C-3", 5)])
    assert owed(tables, room=(2, 99)) == [("C-2", 9, True), ("C-3", 5, True), ("C-1", 3, False)]


def test_when_the_budget_is_used_up_the_latest_get_nothing_yet() -> None:
    tables = shop([("C-1", 3), ("C-2", 9), ("C-3", 5)])
    assert owed(tables, room=(0, 2)) == [("C-2", 9, False), ("C-3", 5, False)]
    assert owed(tables, room=(0, 0)) == []


def test_who_has_had_it_or_its_gift_gets_no_other() -> None:
    tables = shop([("C-1", 3), ("C-2", 3), ("C-3", 3)], [coupon("C-1", 3), coupon("C-2", 3, f"thanks{GIFT}")])
    assert owed(tables) == [("C-3", 3, False)]
    assert owed(shop([("C-3", 3)], [coupon("C-3", 3, "another rule")])) == [("C-3", 3, False)]


def test_on_a_day_that_is_everybodys_all_who_are_meant_get_one_up_to_their_limit() -> None:
    rule = CouponRule("moon", "mid-autumn", CouponGives(thing="tea"), "tea", 60, within=3, per_customer=2)
    meant = ibis.memtable([("C-1",), ("C-2",)], schema={"customer_id": "string"})
    before = [coupon("C-1", 365, "moon"), coupon("C-2", 365, "moon"), coupon("C-2", 730, "moon")]
    days = (TODAY - timedelta(days=4), TODAY - timedelta(days=2), TODAY + timedelta(days=1))
    assert owed(shop([], before), rule, named=days, chosen=meant) == [("C-1", 2, False)]
    assert owed(shop([], before), rule, named=days[:1], chosen=meant) == []


def test_what_ran_out_unused_is_free_again() -> None:
    rows = [coupon("C-1", 90), coupon("C-2", 90, used_on=TODAY - timedelta(days=80)), coupon("C-3", 10)]
    (row,) = CONNECTION.to_pyarrow(given(shop([], rows), TEA, TODAY)).to_pylist()
    assert row == {"number": 2}


def test_limits_of_number_and_money_leave_the_smaller_room() -> None:
    gives = CouponGives(amount=Decimal(10))
    rule = CouponRule("x", FIRST_ORDER, gives, "ten off", 60, in_all=7, budget=Decimal("59.99"))
    assert [coupons_left(rule, number) for number in (0, 3, 5, 9)] == [5, 2, 0, 0]


@examples(12)
@examples_of(
    orders=st.lists(st.tuples(st.sampled_from([f"C-{number}" for number in range(1, 6)]), st.integers(0, 20))),
    room=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_importing_what_is_due_leaves_only_those_for_whom_there_was_no_room(
    orders: list[tuple[str, int]], room: tuple[int, int]
) -> None:
    first = {who: max(ago for one, ago in orders if one == who) for who, _ in orders}
    waiting = sorted((-ago, who) for who, ago in first.items() if ago <= TEA.within)
    gifts, coupons = room
    expected = [(who, -ago, turn < gifts) for turn, (ago, who) in enumerate(waiting[: gifts + coupons])]
    found = owed(shop(orders), room=room)
    assert found == expected
    had = [coupon(who, ago, f"thanks{GIFT}" if gift else "thanks") for who, ago, gift in found]
    assert owed(shop(orders, had)) == [(who, -ago, False) for ago, who in waiting[gifts + coupons :]]


@examples_of(SECRETS)
def test_a_code_is_read_as_it_was_spelled_however_people_write_it(secret: bytes) -> None:
    code = spelled(secret)
    assert len(code) == 14
    assert read(code) == read(code.lower().replace("-", " ")) == read(code.replace("-", "")) == code


@examples_of(SECRETS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(secret: bytes, at: int, other: str) -> None:
    code = spelled(secret).replace("-", "")
    wrong = code[:at] + other + code[at + 1 :]
    assert (read(wrong) is None) == (wrong != code)


@examples_of(SECRETS, st.integers(0, 10))
def test_two_neighbours_that_changed_places_are_always_noticed(secret: bytes, at: int) -> None:
    code = spelled(secret).replace("-", "")
    wrong = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert (read(wrong) is None) == (wrong != code)


def test_no_character_looks_like_another_and_none_makes_words() -> None:
    assert not set("01258AEIOULSB") & set(ALPHABET)
    assert len(set(ALPHABET)) == 23
    assert read("TEA-16") is None


def test_codes_of_other_bytes_are_other_codes() -> None:
    generator = random.Random(1)
    assert len({spelled(generator.randbytes(BYTES)) for _ in range(2000)}) == 2000


def test_only_coupons_with_a_value_are_concessions() -> None:
    percent = CouponRule("p", FIRST_ORDER, CouponGives(percent=Decimal(5)), "five off", 60, least=Decimal(50))
    assert concessions([TEA, percent]) == (
        Concession(ConcessionKind.COUPON, "p", Decimal(5), per=Per.ORDER, least=Decimal(50), one_of="coupon"),
    )
