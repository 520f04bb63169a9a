"""Tests of opening some tables of the customer file: the others are passed over, wherever they lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sitegen.data.engine import open_customers, open_tables
from sitegen.data.remembered import with_ledger
from sitegen.errors import Mistakes
from sitegen.model.ledger import Form, Submission
from sitegen.model.shop import PostgresSource, Shop, Source, SqliteSource
from sitegen.model.table import STANDARD, Schema
from sitegen.send.ledger import open_ledger, submit
from tests.data.customer_files import shop_from, write_csv, write_parquet, write_sqlite
from tests.plain_shop import SHOP
from tests.servers.postgres import Server

DAY = date(2026, 9, 1)
BROKEN = b"order_id,nonsense\n\xff\xfe,1,2,3\n"
PRODUCTS = "product_id,name,price\nP-1,Sheet,100.00\n"
LINES = "order_id,line,product_id,quantity,price\nO-1,1,P-1,3,80.00\nO-1,2,P-9,1,80.00\n"
ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "customers": [{"customer_id": "C-1"}],
    "points": [{"customer_id": "C-1", "entry": 1, "day": DAY, "kind": "earned", "points": -3}],
    "loans": [
        {"loan_id": "L-1", "customer_id": "C-1", "item": "umbrella", "deposit": Decimal("5.50"), "lent_on": DAY},
    ],
    "events": [{"event_id": "E-1", "title": "Tea", "starts_at": datetime(2026, 10, 4, 18, 30)}],  # noqa: DTZ001
    "attendances": [{"event_id": "E-7", "customer_id": "C-9"}],
}


def write(root: Path, **files: str | bytes) -> None:
    (root / "customers").mkdir(exist_ok=True)
    for name, content in files.items():
        path = root / "customers" / f"{name}.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def problems(root: Path, names: set[str], shop: Shop = SHOP, database: str = "") -> list[str]:
    with pytest.raises(Mistakes) as caught, open_tables(root, shop, names, database):
        pass
    return [str(problem).partition("\n")[0] for problem in caught.value.problems]


def test_no_other_table_is_read_not_even_the_customers(tmp_path: Path) -> None:
    write(tmp_path, products=PRODUCTS, orders=BROKEN)
    (tmp_path / "customers" / "stores.csv").mkdir()
    with open_tables(tmp_path, SHOP, {"products"}) as engine:
        assert set(engine.tables) == {"products"}
        assert [row["name"] for row in engine.ask(engine.tables["products"])] == ["Sheet"]


def test_a_table_without_a_file_is_empty(tmp_path: Path) -> None:
    write(tmp_path, products=PRODUCTS)
    with open_tables(tmp_path, SHOP, {"products", "events"}) as engine:
        assert engine.ask(engine.tables["events"]) == []


def test_a_mistake_has_its_line_and_column_as_ever(tmp_path: Path) -> None:
    write(tmp_path, customers="customer_id\nC-1\n", products=PRODUCTS + "P-2,Plaid,dear\nP-1,Rug,9.00\n")
    found = problems(tmp_path, {"products"})
    assert found == [
        "customers/products.csv:3:11: 'price' is 'dear', not an amount",
        "customers/products.csv:4:1: duplicate product id 'P-1', first on line 2",
    ]
    with pytest.raises(Mistakes) as caught, open_customers(tmp_path, SHOP):
        pass
    assert [str(problem).partition("\n")[0] for problem in caught.value.problems] == found


def test_references_are_looked_after_among_the_opened_tables_alone(tmp_path: Path) -> None:
    write(tmp_path, products=PRODUCTS, order_lines=LINES)
    assert problems(tmp_path, {"products", "order_lines"}) == [
        "customers/order_lines.csv:3:7: 'product_id' is 'P-9', which is not in products"
    ]
    with open_tables(tmp_path, SHOP, {"order_lines"}) as engine:
        assert engine.count(engine.tables["order_lines"]) == 2


def test_a_misspelt_file_does_not_pass_for_an_absent_table(tmp_path: Path) -> None:
    write(tmp_path, prodcts=PRODUCTS)
    assert problems(tmp_path, {"products"}) == ["customers/prodcts.csv: no table is called 'prodcts'"]


@pytest.mark.parametrize("write_source", [write_csv, write_parquet, write_sqlite])
def test_every_source_gives_the_same_few_tables(
    tmp_path: Path, write_source: Callable[[Path, Mapping[str, Sequence[Mapping[str, Any]]], Schema], Source]
) -> None:
    shop = shop_from(write_source(tmp_path, ROWS, STANDARD))
    with open_tables(tmp_path, shop, {"loans", "events"}) as engine:
        assert set(engine.tables) == {"loans", "events"}
        assert [(row["loan_id"], row["deposit"]) for row in engine.ask(engine.tables["loans"])] == [
            ("L-1", Decimal("5.50"))
        ]
    assert len(problems(tmp_path, {"events", "attendances"}, shop)) == 1


def test_a_broken_table_of_a_database_is_passed_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as file:
        file.executescript(
            "CREATE TABLE products (product_id, name, price); CREATE VIEW orders AS SELECT json('{') AS order_id;"
        )
    with open_tables(tmp_path, shop_from(SqliteSource("shop.sqlite")), {"products"}) as engine:
        assert engine.count(engine.tables["products"]) == 0


def test_a_server_is_asked_for_these_tables_alone(postgres: Server) -> None:
    url = postgres.create("some_tables")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE products (product_id text, name text, price numeric)")
        connection.execute("INSERT INTO products VALUES ('P-1', 'Sheet', 100), ('P-2', NULL, 7)")
        connection.execute("CREATE VIEW orders AS SELECT 1/0 AS order_id")
    shop = shop_from(PostgresSource())
    assert problems(Path("nowhere"), {"products"}, shop, url) == [
        "postgres table 'products', product_id 'P-2': 'name' is empty"
    ]


def test_the_ledger_adds_to_the_opened_tables_and_to_no_other(tmp_path: Path) -> None:
    write(tmp_path, suggestions="suggestion_id,customer_id,given_on\nG-1,C-1,2026-08-01\n")
    at = "2026-09-02T12:00:00Z"
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        submit(ledger, Submission("G-2", Form.SUGGESTION, "C-2", "", "event", {"words": "A walk."}, at))
        submit(ledger, Submission("K-1", Form.COMPLAINT, "C-2", "", "quality", {"words": "It shrank."}, at))
    with open_tables(tmp_path, SHOP, {"suggestions"}) as opened:
        engine = with_ledger(opened, SHOP, tmp_path / "ledger.sqlite")
        assert set(engine.tables) == {"suggestions"}
        found = engine.ask(engine.tables["suggestions"].order_by("suggestion_id"))
        assert [(row["suggestion_id"], row["text"]) for row in found] == [("G-1", None), ("G-2", "A walk.")]
