"""Tests of the engine: streams, kept tables, rows from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ibis
import pytest

from sitegen.data.engine import Engine, Limits, open_customers
from sitegen.errors import Unusable
from sitegen.model.shop import FolderSource
from tests.data.customer_files import shop_from


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over five customers."""
    lines = "".join(f"C-{number},{number * 100}.50\n" for number in range(1, 6))
    (tmp_path / "customers.csv").write_text(f"customer_id,income\n{lines}")
    with open_customers(tmp_path, shop_from(FolderSource("."))) as opened:
        yield opened


def test_rows_come_in_batches_of_at_most_the_asked_size(engine: Engine) -> None:
    asked = engine.tables["customers"].select("customer_id").order_by("customer_id")
    batches = list(engine.rows(asked, batch=2))
    assert [row["customer_id"] for batch in batches for row in batch] == ["C-1", "C-2", "C-3", "C-4", "C-5"]
    assert max(map(len, batches)) <= 2


def test_too_little_memory_ends_in_a_message(tmp_path: Path) -> None:
    (tmp_path / "customers.csv").write_text("customer_id\nC-1\n")
    with pytest.raises(Unusable, match=r"needs more than 300MB of memory\nhint: give it more in site\.yaml"):
        overfill(tmp_path)


def overfill(folder: Path) -> None:
    with open_customers(folder, shop_from(FolderSource(".")), limits=Limits(memory="300MB")) as engine:
        engine.connection.raw_sql("SET max_temp_directory_size = '1MB'")
        numbers = ibis.range(10_000_000).unnest().name("number").as_table()
        engine.keep("many", numbers.mutate(text=numbers.number.cast("string") + "x" * 200))


def test_a_kept_table_may_have_the_name_of_a_table_of_the_shop(engine: Engine) -> None:
    kept = engine.keep("orders", engine.tables["customers"].select("customer_id"))
    assert (engine.count(kept), engine.count(engine.tables["orders"])) == (5, 0)


def test_two_streams_and_a_question_do_not_disturb_each_other(engine: Engine) -> None:
    asked = engine.tables["customers"].select("customer_id").order_by("customer_id")
    pairs = [
        (one["customer_id"], other["customer_id"], engine.count(asked))
        for (one,), (other,) in zip(engine.rows(asked, 1), engine.rows(asked, 1), strict=True)
    ]
    assert pairs == [(f"C-{number}", f"C-{number}", 5) for number in range(1, 6)]


def test_a_kept_table_holds_what_was_computed(engine: Engine) -> None:
    customers = engine.tables["customers"]
    kept = engine.keep("rich", customers.filter(customers.income > 300).select("customer_id"))
    assert engine.count(kept) == 3


def test_a_sum_of_whole_numbers_streams_as_a_whole_number(engine: Engine) -> None:
    customers = engine.tables["customers"]
    ((row,),) = engine.rows(customers.aggregate(all=customers.income.cast("int64").sum()))
    assert isinstance(row["all"], int)


def test_a_table_made_in_python_has_to_be_kept_before_it_is_streamed(engine: Engine) -> None:
    made = ibis.memtable({"day": [date(2026, 9, 25)]})
    with pytest.raises(ValueError, match="keep a table made in Python"):
        list(engine.rows(made))
    assert list(engine.rows(engine.keep("days", made.select("day")))) == [({"day": date(2026, 9, 25)},)]


def test_rows_from_outside_become_a_table(engine: Engine) -> None:
    rows = ((f"E-{number}", date(2026, 1, 1) if number else None) for number in range(25_000))
    taken = engine.take("editions", {"edition": "string", "day": "date"}, rows)
    assert engine.count(taken) == 25_000
    assert engine.count(taken.filter(taken.day.isnull())) == 1


def test_no_rows_from_outside_are_an_empty_table(engine: Engine) -> None:
    assert engine.count(engine.take("nothing", {"edition": "string"}, ())) == 0
