"""Tests of reading the ledger, as the sending room writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import ibis
import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.ledger import deliveries, last_day
from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import DELIVERY_TYPES, Delivery, State
from sitegen.send.ledger import open_ledger, record
from tests.plain_shop import SHOP


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over one customer."""
    (tmp_path / "customers").mkdir()
    (tmp_path / "customers" / "customers.csv").write_text("customer_id\nC-1\n")
    with open_customers(tmp_path, SHOP) as opened:
        yield opened


def write(path: Path, *states: State) -> None:
    """A ledger with one delivery of each state, a day apart."""
    with open_ledger(path) as ledger:
        for number, state in enumerate(states, 1):
            day = date(2026, 9, number)
            key, customer = f"{number:064}", f"C-{number}"
            wish = Delivery(
                campaign="wish",
                edition="wish/2026-09-25",
                channel=Channel.CARD,
                address_key=key,
                customer_id=customer,
                state=state,
                day=day,
                message_class=MessageClass.CARE,
                claimed_at="2026-09-01T10:00:00Z",
                design="moon-rabbit",
            )
            record(ledger, wish)


def test_a_shop_that_never_sent_anything_has_an_empty_ledger(engine: Engine, tmp_path: Path) -> None:
    table = deliveries(engine, tmp_path / "none.sqlite")
    assert table.schema() == ibis.schema(DELIVERY_TYPES)
    assert engine.count(table) == 0
    assert last_day(tmp_path / "none.sqlite") is None
    assert not (tmp_path / "none.sqlite").exists()


def test_whatever_may_have_left_counts_as_sent(engine: Engine, tmp_path: Path) -> None:
    write(tmp_path / "ledger.sqlite", *State)
    table = deliveries(engine, tmp_path / "ledger.sqlite").order_by("customer_id")
    found = [row["customer_id"] for batch in engine.rows(table) for row in batch]
    counted = (State.CLAIMED, State.ACCEPTED, State.PRINTED, State.UNKNOWN)
    assert found == [f"C-{number}" for number, state in enumerate(State, 1) if state in counted]


def test_a_delivery_tells_what_caps_and_designs_ask_for(engine: Engine, tmp_path: Path) -> None:
    write(tmp_path / "ledger.sqlite", State.PRINTED)
    (row,) = engine.ask(deliveries(engine, tmp_path / "ledger.sqlite"))
    assert row == {
        "campaign": "wish",
        "edition": "wish/2026-09-25",
        "channel": "card",
        "customer_id": "C-1",
        "day": date(2026, 9, 1),
        "message_class": "care",
        "design": "moon-rabbit",
    }


def test_a_ledger_of_another_version_is_named_with_what_it_lacks(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TABLE deliveries "
            "(campaign TEXT, edition TEXT, channel TEXT, customer_id TEXT, state TEXT, day TEXT)"
        )
    with pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' .* no 'message_class' and 'design'\nhint: another"):
        deliveries(engine, path)
    assert last_day(path) is None


def test_a_database_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bills (day TEXT)")
    with pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read: it has no table 'deliveries'"):
        last_day(path)


def test_a_day_that_is_none_is_named(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    write(path, State.ACCEPTED)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE deliveries SET day = 'soon'")
    with pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read: 'soon' is no day"):
        deliveries(engine, path)


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
