"""Tests of reading the ledger, as the sending room writes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sitegen.data.engine import Engine, open_tables
from sitegen.data.ledger import deliveries, last_day
from sitegen.errors import Unusable
from sitegen.model.channel import Channel
from sitegen.model.ledger import DELIVERY_COLUMNS, Delivery, State
from sitegen.send.ledger import open_ledger, record


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over one customer."""
    (tmp_path / "customers.csv").write_text("customer_id\nC-1\n")
    with open_tables(tmp_path, "customers") as opened:
        yield opened


def write(path: Path, *states: State) -> None:
    """A ledger with one delivery of each state, a day apart."""
    with open_ledger(path) as ledger:
        for number, state in enumerate(states, 1):
            day = date(2026, 9, number)
            key, customer = f"{number:064}", f"C-{number}"
            record(
                ledger,
                Delivery("wish", "wish/2026-09-25", Channel.MAIL, key, customer, state, day, "2026-09-01T10:00:00Z"),
            )


def test_a_shop_that_never_sent_anything_has_an_empty_ledger(engine: Engine, tmp_path: Path) -> None:
    table = deliveries(engine, tmp_path / "none.sqlite")
    assert table.columns == DELIVERY_COLUMNS
    assert engine.count(table) == 0
    assert last_day(tmp_path / "none.sqlite") is None
    assert not (tmp_path / "none.sqlite").exists()


def test_whatever_may_have_left_counts_as_sent(engine: Engine, tmp_path: Path) -> None:
    write(tmp_path / "ledger.sqlite", *State)
    table = deliveries(engine, tmp_path / "ledger.sqlite").order_by("customer_id")
    found = [row["customer_id"] for batch in engine.rows(table) for row in batch]
    counted = (State.CLAIMED, State.ACCEPTED, State.PRINTED, State.UNKNOWN)
    assert found == [f"C-{number}" for number, state in enumerate(State, 1) if state in counted]


def test_the_last_day_is_the_latest_day_of_which_something_left(tmp_path: Path) -> None:
    write(tmp_path / "ledger.sqlite", State.ACCEPTED, State.PRINTED, State.REFUSED)
    assert last_day(tmp_path / "ledger.sqlite") == date(2026, 9, 2)


def test_reading_leaves_the_ledger_as_it_was(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    write(path, State.ACCEPTED)
    before = path.read_bytes()
    assert engine.count(deliveries(engine, path)) == 1
    assert path.read_bytes() == before


def test_a_file_that_is_no_ledger_is_named(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_text("a letter, not a ledger, and long enough to be read as a page " * 20)
    with pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read"):
        last_day(tmp_path / "ledger.sqlite")
    with pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read"):
        deliveries(engine, tmp_path / "ledger.sqlite")
