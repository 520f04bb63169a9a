"""New list prices count from their day, whether the file of products knows of them already or not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.product import Product
from sitegen.programme.prices.changes import PriceChange, on_day, price_on

DAYS = [date(2026, 9, day) for day in (1, 8, 15)]


def change(day: date, price: int, former: int | None = None, product: str = "P-1") -> PriceChange:
    return PriceChange(product, day, Decimal(price), None if former is None else Decimal(former))


@pytest.mark.parametrize(("today", "price"), [("2026-09-14", 299), ("2026-09-15", 319), ("2026-12-01", 319)])
def test_a_file_that_was_written_before_the_change_costs_the_new_price_from_its_day_on(today: str, price: int) -> None:
    (found,) = on_day([Product("P-1", "Quilt", Decimal(299))], [change(DAYS[2], 319, 299)], date.fromisoformat(today))
    assert found.price == price


def test_a_file_that_was_written_after_the_change_stands() -> None:
    assert price_on(Decimal(319), [change(DAYS[2], 319, 299)]) == 319


def test_a_file_that_says_a_third_price_is_younger_than_the_list() -> None:
    assert price_on(Decimal(305), [change(DAYS[2], 319, 299)]) == 305


def test_a_change_without_a_former_price_follows_the_one_before_it() -> None:
    assert price_on(Decimal(299), [change(DAYS[0], 310, 299), change(DAYS[1], 305)]) == 305


def test_the_changes_of_another_product_change_nothing() -> None:
    (found,) = on_day([Product("P-2", "Sheet", Decimal(299))], [change(DAYS[0], 1, 299)], DAYS[2])
    assert found.price == 299


@given(st.lists(st.integers(1, 50), min_size=1, max_size=5, unique=True), st.data())
def test_whenever_the_file_was_written_the_price_of_a_day_is_that_of_the_last_change(
    prices: list[int], data: st.DataObject
) -> None:
    days = [date(2026, 1, 1 + number) for number in range(len(prices))]
    changes = [change(day, new, old) for day, old, new in zip(days[1:], prices, prices[1:], strict=False)]
    today = data.draw(st.integers(0, len(prices) - 1))
    written = data.draw(st.integers(0, today))
    (found,) = on_day([Product("P-1", "Quilt", Decimal(prices[written]))], changes, days[today])
    assert found.price == prices[today]
