"""What pages show of the customer file: read by a process of its own, and kept while its files stay as they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sitegen.build.goods import asked, goods, question_of
from sitegen.build.pages.goods_file import FILE, Filled, begun, forget_shelves, keep_shelves, kept_shelves
from sitegen.build.shelves import goods_on
from sitegen.data.engine import open_tables
from sitegen.errors import Mistakes, Unusable
from sitegen.model.column import Column, Kind
from sitegen.model.gathering import Gatherings, Ideas
from sitegen.model.goods import NO_GOODS, Goods, Shelf, Store
from sitegen.model.ledger import Form, Submission
from sitegen.model.prices import Prices, Unsold
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import PostgresSource, SqliteSource
from sitegen.model.table import Schema
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.send.ledger import open_ledger, submit
from tests.plain_shop import SHOP

SAMPLE = Path(__file__).parents[2] / "content" / "customers"
TODAY = date(2026, 9, 26)
ALL = frozenset(Shelf)
LONGER_THAN_A_TICK = 0.05
PROGRAMME = Programme(
    prices=Prices(unsold=Unsold(90, 60)), gatherings=Gatherings(Place(""), ideas=Ideas(60, "gatherings"))
)
PROJECT = Project(SHOP, (), (), (), (), PROGRAMME, Theme("", "", {}, {}, {}, ()), {})
QUESTION = question_of(PROGRAMME, TODAY)
FILES = {
    "products": "product_id,name,group,price,stock\nP-1,Sheet,linen,100.00,4\nP-2,Plaid,throws,80.00,\n",
    "orders": "order_id,customer_id,ordered_at,amount,status\nO-1,C-9,2026-09-01,160.00,paid\n"
    "O-2,C-9,2026-09-02,100.00,returned\n",
    "order_lines": "order_id,line,product_id,quantity,price\nO-1,1,P-2,2,80.00\nO-2,1,P-1,1,100.00\n",
    "events": "event_id,title,starts_at,seats,speaker_id\nE-1,Tea,2026-10-04 18:30,2,C-9\n",
    "attendances": "event_id,customer_id,status,party,answered_on\nE-1,C-9,accepted,1,2026-09-01\n",
    "suggestions": "suggestion_id,customer_id,given_on,about,text\nG-1,C-9,2026-09-01,event,A walk.\n",
    "advisers": "adviser_id,first_name,last_name,store_id,languages\nA-1,月,沈,hamburg,zh;en\n",
    "stores": "store_id,name,city\nhamburg,Hamburg,\n",
}


STORES = frozenset({Shelf.STORES})


def write(root: Path) -> Path:
    (root / "customers").mkdir()
    for table, text in FILES.items():
        (root / "customers" / f"{table}.csv").write_text(text, encoding="utf-8")
    settle()
    return root


def settle() -> None:
    """Wait until no later change of a file can have the stamp of an earlier one."""
    time.sleep(LONGER_THAN_A_TICK)


def change(root: Path, table: str, old: str, new: str) -> None:
    path = root / "customers" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    settle()


def kept_at(root: Path) -> int:
    """When the file of kept goods was written: another time, another reading."""
    return (root / FILE).stat().st_mtime_ns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Goods]:
    """A shop whose goods were read, for tests that change nothing."""
    root = write(tmp_path_factory.mktemp("goods"))
    return root, goods(root, PROJECT, ALL, TODAY)


def test_the_shelves_of_a_shop_hold_what_its_file_says_and_no_customer(read: tuple[Path, Goods]) -> None:
    root, found = read
    sheet, plaid = found.products
    assert (sheet.id, sheet.price, sheet.stock, sheet.sold, sheet.last_sold) == ("P-1", Decimal(100), 4, 0, None)
    assert (plaid.sold, plaid.last_sold, type(plaid.sold)) == (2, date(2026, 9, 1), int)
    (tea,) = found.gatherings
    assert (tea.coming, tea.places_left) == (1, 1)
    (shen,) = found.advisers
    assert (shen.full_name, shen.languages, shen.store_id, shen.phone) == ("沈月", ("zh", "en"), "hamburg", "")
    assert [(one.id, one.city) for one in found.stores] == [("hamburg", "")]
    assert [(one.text, one.customer_id) for one in found.ideas] == [("A walk.", "")]
    assert "C-9" not in repr(found)
    assert b"C-9" not in (root / FILE).read_bytes()


def test_of_files_that_stayed_the_same_nothing_is_read_again(read: tuple[Path, Goods]) -> None:
    root, first = read
    before, loaded = kept_at(root), set(sys.modules)
    assert goods(root, PROJECT, ALL, TODAY) == first
    assert goods(root, PROJECT, STORES, TODAY) == Goods(stores=first.stores)
    assert kept_at(root) == before
    assert not {name.partition(".")[0] for name in set(sys.modules) - loaded} & {"duckdb", "ibis", "pyarrow"}


def test_a_changed_row_is_seen_and_no_other_shelf_is_read_again(root: Path) -> None:
    asks = {shelf: asked(root, SHOP, QUESTION.tables(shelf), QUESTION).said for shelf in (Shelf.STORES, Shelf.ADVISERS)}
    marked = (Store("kept", "as it was read"),)
    keep_shelves(root, {shelf: Filled(said, marked) for shelf, said in asks.items()})
    change(root, "advisers", "A-1", "A-2")
    found = goods(root, PROJECT, frozenset(asks), TODAY)
    assert (found.stores, [one.id for one in found.advisers]) == (marked, ["A-2"])
    assert kept_shelves(root)[Shelf.ADVISERS].things == found.advisers


def same_length_and_time(root: Path) -> None:
    path = root / "customers/products.csv"
    before = path.stat()
    change(root, "products", "100.00", "200.00")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "a row": (lambda root: change(root, "products", "100.00", "99.00"), True),
    "a row of the same length, its time put back": (same_length_and_time, True),
    "a row out of which sales are counted": (lambda root: change(root, "orders", "returned", "paid"), True),
    "a file of a name that no table has": (lambda root: (root / "customers/prodcts.csv").write_text(""), True),
    "a table that is gone": (lambda root: (root / "customers/order_lines.csv").unlink(), True),
    "a table of another shelf": (lambda root: change(root, "stores", "Hamburg", "Altona"), False),
}


@pytest.mark.parametrize(("make", "seen"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_files_is_another_question(root: Path, make: Callable[[Path], object], seen: bool) -> None:
    tables = QUESTION.tables(Shelf.PRODUCTS)
    before = asked(root, SHOP, tables, QUESTION)
    make(root)
    assert (asked(root, SHOP, tables, QUESTION) != before) is seen


def test_another_day_poll_zone_or_table_is_another_question(root: Path) -> None:
    column = Column("colour", Kind.TEXT, "what it looks like")
    schema = Schema(tuple(replace(one, columns=(*one.columns, column)) for one in SHOP.schema.tables))
    tables = QUESTION.tables(Shelf.IDEAS)
    several = [
        asked(root, shop, tables, question).said
        for shop, question in (
            (SHOP, QUESTION),
            (SHOP, replace(QUESTION, today=date(2026, 9, 27))),
            (SHOP, replace(QUESTION, ideas=Ideas(60, "another"))),
            (replace(SHOP, timezone="Asia/Shanghai"), QUESTION),
            (replace(SHOP, schema=schema), QUESTION),
        )
    ]
    assert len(set(several)) == 5


def test_what_was_written_just_now_may_not_be_kept(root: Path) -> None:
    assert asked(root, SHOP, ("stores",), QUESTION).may_be_kept(begun(root))
    (root / "customers/stores.csv").write_text(FILES["stores"])
    assert not asked(root, SHOP, ("stores",), QUESTION).may_be_kept(begun(root))


def test_sales_are_counted_only_where_unsold_goods_are_shown(root: Path) -> None:
    (root / "customers/orders.csv").write_text("nonsense\n")
    plain = replace(PROJECT, programme=Programme())
    products = goods(root, plain, frozenset({Shelf.PRODUCTS}), TODAY).products
    assert [(one.id, one.sold, one.last_sold) for one in products] == [("P-1", 0, None), ("P-2", 0, None)]


def test_a_mistake_has_its_line_and_nothing_is_kept_of_it(root: Path) -> None:
    change(root, "products", "P-2,Plaid,throws,80.00", "P-2,Plaid,throws,dear")
    with pytest.raises(Mistakes) as caught:
        goods(root, PROJECT, ALL, TODAY)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("customers/products.csv", 3, 18)
    assert (problem.code, problem.message) == ("bad-value", "'price' is 'dear', not an amount")
    assert not (root / FILE).exists()


def test_a_source_that_cannot_be_reached_says_so(tmp_path: Path) -> None:
    project = replace(PROJECT, shop=replace(SHOP, source=PostgresSource()))
    with pytest.raises(Unusable, match="SITEGEN_DATABASE_URL is not set"):
        goods(tmp_path, project, ALL, TODAY)


def test_a_process_that_ends_early_is_told_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.build.apart._answer", os.abort)
    with pytest.raises(Unusable, match="the process that reads the customer file ended early"):
        goods(root, PROJECT, STORES, TODAY)


def test_who_asks_for_no_shelf_leaves_no_trace(tmp_path: Path) -> None:
    assert goods(tmp_path, PROJECT, frozenset(), TODAY) is NO_GOODS
    assert list(tmp_path.iterdir()) == []


def test_an_answer_in_the_ledger_takes_a_chair(root: Path) -> None:
    tables = QUESTION.tables(Shelf.GATHERINGS)
    before = asked(root, SHOP, tables, QUESTION)
    with open_ledger(root / SHOP.ledger) as ledger:
        answer = {"answer": "yes", "party": "1"}
        submit(ledger, Submission("R-1", Form.RSVP, "C-2", "", "E-1", answer, "2026-09-02T12:00:00Z"))
    assert asked(root, SHOP, tables, QUESTION) != before
    assert goods(root, PROJECT, frozenset({Shelf.GATHERINGS}), TODAY).gatherings[0].places_left == 0


def test_a_row_of_a_sqlite_file_is_seen_while_it_stands_in_its_log(tmp_path: Path) -> None:
    project = replace(PROJECT, shop=replace(SHOP, source=SqliteSource("shop.sqlite")))
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as file:
        file.executescript(
            "PRAGMA journal_mode = wal; CREATE TABLE stores (store_id, name); INSERT INTO stores VALUES ('a', 'A');"
        )
        settle()
        assert [one.name for one in goods(tmp_path, project, ALL, TODAY).stores] == ["A"]
        before = kept_at(tmp_path)
        assert [one.name for one in goods(tmp_path, project, ALL, TODAY).stores] == ["A"]
        assert kept_at(tmp_path) == before
        question = asked(tmp_path, project.shop, ("stores",), QUESTION)
        file.executescript("UPDATE stores SET name = 'B'")
        assert asked(tmp_path, project.shop, ("stores",), QUESTION) != question


def test_a_damaged_memory_counts_for_nothing(root: Path) -> None:
    keep_shelves(root, {Shelf.STORES: Filled("a question", (Store("a", "A"),))})
    assert set(kept_shelves(root)) == {Shelf.STORES}
    (root / FILE).write_bytes((root / FILE).read_bytes()[:-9])
    assert kept_shelves(root) == {}
    forget_shelves(root)
    forget_shelves(root)
    assert kept_shelves(root) == {}


def test_an_engine_that_is_open_already_says_the_same(read: tuple[Path, Goods], tmp_path: Path) -> None:
    tables = {name for shelf in ALL for name in QUESTION.tables(shelf)}
    with open_tables(read[0], SHOP, tables) as engine:
        assert goods_on(engine, ALL, QUESTION) == read[1]
    # A shop that has none of these tables.
    with open_tables(tmp_path, SHOP, tables) as engine:
        assert goods_on(engine, ALL, QUESTION) == NO_GOODS


@pytest.mark.slow
def test_the_sample_shop_has_its_goods_although_the_customers_are_not_read(tmp_path: Path) -> None:
    names = [name for shelf in ALL for name in QUESTION.tables(shelf)]
    (tmp_path / "customers").mkdir()
    for name in names:
        shutil.copy(SAMPLE / f"{name}.csv", tmp_path / "customers")
    found = goods(tmp_path, PROJECT, ALL, TODAY)
    assert all(getattr(found, shelf) for shelf in Shelf)
    assert [one.day for one in found.gatherings] == sorted(one.day for one in found.gatherings)
