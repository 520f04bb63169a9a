"""One customer leaves: nothing of theirs stays in any kind of source, and nothing else changes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from sitegen.content.shop.shop_file import shop_of
from sitegen.data.engine import open_customers
from sitegen.data.leaving import erasing
from sitegen.data.leaving.belongings import belongings, ties
from sitegen.errors import Unusable
from sitegen.model.column import Column, Kind, Table
from sitegen.model.shop import FolderSource, Shop, SqliteSource
from sitegen.model.table import STANDARD, TABLES, Schema

SAMPLE = Path(__file__).parents[2]
TODAY = date(2026, 9, 8)
LEAVES = "C-00001"
SHOP = replace(shop_of(SAMPLE), source=FolderSource("customers"))


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every tenth customer of the sample shop, with all that is theirs: what takes a tenth of the time."""
    folder = tmp_path_factory.mktemp("some") / "customers"
    shutil.copytree(SAMPLE / "content" / "customers", folder)
    gone = {f"C-{number:05d}" for number in range(1, 1201) if number % 10 != 1}
    for _ in ("what names them", "what names their orders and complaints"):
        for path in folder.glob("*.csv"):
            lines = path.read_text().splitlines()
            kept = [line for line in lines if gone.isdisjoint(line.split(","))]
            gone |= {line.partition(",")[0] for line in {*lines} - {*kept} if line.startswith(("O-", "B-"))}
            path.write_text("\n".join(kept) + "\n")
    return folder


@pytest.fixture
def root(some: Path, tmp_path: Path) -> Path:
    shutil.copytree(some, tmp_path / "shop" / "customers")
    return tmp_path / "shop"


def let_go(root: Path, shop: Shop = SHOP, customer_id: str = LEAVES) -> dict[str, int]:
    with open_customers(root, shop) as engine:
        found = belongings(engine, shop.schema, customer_id)
        counted = dict(erasing.counts(engine, shop.schema, found))
        bars = erasing.barred(engine, customer_id)
    erasing.erase(root, shop, found, bars, (TODAY, ""))
    return counted


@dataclass(frozen=True, slots=True)
class Erased:
    """A shop from which somebody was erased: how many rows of theirs there were, and how many of all are left."""

    root: Path
    counted: dict[str, int]
    left: dict[str, int]


@pytest.fixture(scope="module")
def erased(some: Path, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    """Some of the sample shop without whoever leaves; tests must leave it as it is."""
    root = tmp_path_factory.mktemp("erased")
    shutil.copytree(some, root / "customers")
    counted = let_go(root)
    return Erased(root, counted, remaining(root, SHOP))


def lines(root: Path) -> dict[str, list[str]]:
    return {path.name: path.read_text().splitlines() for path in sorted((root / "customers").glob("*.csv"))}


def test_a_customer_who_leaves_is_named_nowhere_and_nothing_else_changes(some: Path, erased: Erased) -> None:
    before, after = lines(some.parent), lines(erased.root)
    orders, complaints = (
        {line.split(",")[0] for line in before[name] if f",{LEAVES}," in line}
        for name in ("orders.csv", "complaints.csv")
    )
    theirs = orders | complaints

    assert erased.counted["customers"] == 1
    assert erased.counted["orders"] == len(orders) > 3
    assert erased.counted["order_lines"] > 3
    for name, kept in after.items():
        gone, added = set(before[name]) - set(kept), set(kept) - set(before[name])
        assert not any(LEAVES in line for line in kept), name
        if name != "suppressions.csv":
            assert all(LEAVES in line or theirs & set(line.split(",")) for line in gone), name
            assert all(line.startswith(("E-", "V-")) for line in added), (name, added)
    assert erased.left["customers"] == len(before["customers.csv"]) - 2 > 100


def test_only_hashes_of_their_addresses_are_kept(some: Path, erased: Erased) -> None:
    before = set(lines(some.parent)["suppressions.csv"])
    added = [line.split(",") for line in lines(erased.root)["suppressions.csv"] if line not in before]
    assert {row[0] for row in added} <= {"mail", "text", "card"}
    assert added
    assert all(len(row[1]) == 64 and row[2:] == ["erased", "2026-09-08"] for row in added)


def test_an_address_that_somebody_else_has_too_is_not_barred(tmp_path: Path) -> None:
    people = "customer_id,email,phone\n1,ann@example.org,+49 40 66969 001\n2,ANN@example.org,\n"
    root = little(tmp_path, customers=people)
    with open_customers(root, SHOP) as engine:
        bars = erasing.barred(engine, "1")
    assert {bar.channel.value: bool(bar.shared) for bar in bars} == {"mail": True, "text": False}
    let_go(root, SHOP, "1")
    barred = lines(root)["suppressions.csv"][1:]
    assert [line.partition(",")[0] for line in barred] == ["text"]
    assert barred[0].endswith(",erased,2026-09-08")


@pytest.mark.slow
def test_erasing_again_after_a_crash_on_the_way_ends_it(
    root: Path, erased: Erased, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = erasing.erase_from_csv, []

    def stumble(*given: object) -> int:
        calls.append(given)
        if len(calls) == 9:
            raise KeyboardInterrupt
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(erasing, "erase_from_csv", stumble)
    with pytest.raises(KeyboardInterrupt):
        let_go(root)
    with open_customers(root, SHOP) as engine:
        assert engine.count(engine.tables["customers"]) > 0
    let_go(root)
    assert lines(root) == lines(erased.root)


def test_cells_that_only_mention_them_are_emptied(tmp_path: Path) -> None:
    events = "event_id,title,starts_at,speaker_id\nE-1,Tea,2026-09-07 18:00,{}\nE-2,Wool,2026-09-08 18:00,2\n"
    root = little(tmp_path, events=events.format("1"))
    let_go(root, SHOP, "1")
    assert lines(root)["events.csv"] == events.format("").splitlines()


def as_parquet(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        columns = path.read_text().splitlines()[0].split(",")
        texts = pa_csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True)
        parse = pa_csv.ParseOptions(newlines_in_values=True)
        pq.write_table(pa_csv.read_csv(path, convert_options=texts, parse_options=parse), path.with_suffix(".parquet"))
        path.unlink()


def as_sqlite(root: Path) -> None:
    with closing(sqlite3.connect(root / "shop.sqlite")) as connection, connection:
        for path in (root / "customers").glob("*.csv"):
            columns = path.read_text().splitlines()[0].split(",")
            declared = ", ".join(f'"{name}" TEXT' for name in columns)
            connection.execute(f'CREATE TABLE "{path.stem}" ({declared})')
            texts = pa_csv.ConvertOptions(column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True)
            parse = pa_csv.ParseOptions(newlines_in_values=True)
            rows = pa_csv.read_csv(path, convert_options=texts, parse_options=parse).to_pylist()
            marks = ", ".join("?" * len(columns))
            connection.executemany(f'INSERT INTO "{path.stem}" VALUES ({marks})', [tuple(row.values()) for row in rows])


def parquet(root: Path) -> Shop:
    as_parquet(root / "customers")
    return SHOP


def sqlite(root: Path) -> Shop:
    as_sqlite(root)
    return replace(SHOP, source=SqliteSource("shop.sqlite"))


# In each run the tests below prove it on two customers.
@pytest.mark.slow
@pytest.mark.parametrize("source", [parquet, sqlite])
def test_other_sources_lose_the_same_rows(root: Path, erased: Erased, source: Callable[[Path], Shop]) -> None:
    shop = source(root)
    assert let_go(root, shop) == erased.counted
    assert remaining(root, shop) == erased.left


def little(root: Path, **tables: str) -> Path:
    """A shop with a table of customers and these others."""
    (root / "customers").mkdir(parents=True)
    tables = {"customers": "customer_id,email\n1,ann@example.org\n2,ben@example.org\n", **tables}
    for name, text in tables.items():
        (root / "customers" / f"{name}.csv").write_bytes(text.encode())
    return root


@pytest.mark.parametrize("source", [parquet, sqlite])
def test_the_last_row_of_a_table_goes_too(tmp_path: Path, source: Callable[[Path], Shop]) -> None:
    root = little(tmp_path, orders="order_id,customer_id,ordered_at,amount\no1,1,2026-09-01,20.00\n")
    shop = source(root)
    assert let_go(root, shop, "1") == {"customers": 1, "orders": 1}
    left = remaining(root, shop)
    assert (left["customers"], left["orders"], left["suppressions"]) == (1, 0, 1)


@pytest.mark.parametrize("source", [lambda root: SHOP, parquet, sqlite])
def test_a_hash_that_is_kept_already_is_not_kept_twice(tmp_path: Path, source: Callable[[Path], Shop]) -> None:
    mark = sha256(b"ann@example.org").hexdigest()
    barred = f"channel,address_hash,reason,since\r\nmail,{mark},unsubscribed,2026-05-01\r\n"
    root = little(tmp_path, suppressions=barred)
    shop = source(root)
    let_go(root, shop, "1")
    assert remaining(root, shop)["suppressions"] == 1


def test_a_hash_is_added_with_the_line_ends_of_the_file(tmp_path: Path) -> None:
    barred = f"channel,address_hash,reason,since\r\nmail,{'0' * 64},unsubscribed,2026-05-01\r\n"
    root = little(tmp_path, suppressions=barred)
    let_go(root, SHOP, "1")
    mark = sha256(b"ann@example.org").hexdigest()
    written = (root / "customers" / "suppressions.csv").read_bytes().decode()
    assert written == f"{barred}mail,{mark},erased,2026-09-08\r\n"


def test_who_stands_in_a_view_is_not_said_to_be_gone(tmp_path: Path) -> None:
    shop = sqlite(little(tmp_path))
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as connection, connection:
        connection.execute("ALTER TABLE customers RENAME TO people")
        connection.execute("CREATE VIEW customers AS SELECT * FROM people")
    with pytest.raises(Unusable, match="cannot modify customers because it is a view"):
        let_go(tmp_path, shop, "1")
    assert remaining(tmp_path, shop)["customers"] == 2


def remaining(root: Path, shop: Shop) -> dict[str, int]:
    with open_customers(root, shop) as engine:
        return {table.name: engine.count(engine.tables[table.name]) for table in TABLES}


def test_every_table_with_a_customer_is_tied_to_them_and_leaves_before_what_it_refers_to() -> None:
    order = [tie.table.name for tie in ties(STANDARD)]
    assert {table.name for table in TABLES if table.customer} <= set(order)
    assert order.index("order_lines") > order.index("orders") > order.index("customers") == 0
    assert "events" in order
    assert "products" not in order


def test_a_table_of_the_shops_own_is_tied_too() -> None:
    pets = Table(
        "pets",
        "Animals",
        ("pet_id",),
        (
            Column("pet_id", Kind.TEXT, "number", required=True),
            Column("customer_id", Kind.TEXT, "owner", refers_to="customers"),
        ),
        customer="customer_id",
    )
    visits = Table(
        "visits",
        "Visits of animals",
        ("visit_id",),
        (
            Column("visit_id", Kind.TEXT, "number", required=True),
            Column("pet_id", Kind.TEXT, "which", required=True, refers_to="pets"),
        ),
    )
    order = [tie.table.name for tie in ties(Schema((*TABLES, pets, visits)))]
    assert order.index("visits") > order.index("pets")
