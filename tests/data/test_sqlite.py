"""Tests of reading SQLite: what its columns like to hold, findings by key."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.column import Column, Kind, Table
from sitegen.model.shop import SqliteSource
from sitegen.model.table import STANDARD, Schema
from tests.data.customer_files import WITH_PETS, problems, read, shop_from

SHOP = shop_from(SqliteSource("shop.sqlite"), WITH_PETS)
CUSTOMERS = "CREATE TABLE customers (customer_id INTEGER PRIMARY KEY); INSERT INTO customers VALUES (1);"


def write(root: Path, script: str) -> None:
    with closing(sqlite3.connect(root / "shop.sqlite")) as file:
        file.executescript(CUSTOMERS + script)


@pytest.mark.parametrize("declared", ["DECIMAL(14, 2)", "NUMERIC", "TEXT", "INTEGER", ""])
def test_an_amount_comes_back_as_it_was_written(tmp_path: Path, declared: str) -> None:
    amounts = ("0.1", "12.5", "-999999999999.99", "123456789012.34", "7", "0.29")
    rows = ", ".join(f"('P-{number}', {amount})" for number, amount in enumerate(amounts))
    write(tmp_path, f"CREATE TABLE pets (pet_id, cost {declared}); INSERT INTO pets VALUES {rows};")
    known = {row["pet_id"]: row["cost"] for row in read(tmp_path, SHOP, "pets")}
    assert known == {f"P-{number}": Decimal(amount) for number, amount in enumerate(amounts)}


def test_a_view_is_a_table_and_numbers_may_be_ids(tmp_path: Path) -> None:
    write(
        tmp_path,
        """CREATE TABLE animals (number INTEGER, owner INTEGER, secret BLOB);
        INSERT INTO animals VALUES (7, 1, x'00');
        CREATE VIEW pets AS SELECT number AS pet_id, owner AS customer_id FROM animals;""",
    )
    (row,) = read(tmp_path, SHOP, "pets")
    assert (row["pet_id"], row["customer_id"]) == ("7", "1")


def test_a_column_may_have_the_name_of_a_word_of_sql(tmp_path: Path) -> None:
    columns = (Column("group", Kind.TEXT, "", required=True), Column("order", Kind.DATE, ""))
    table = Table("select", "", ("group",), columns)
    write(tmp_path, """CREATE TABLE "select" ("group", "order"); INSERT INTO "select" VALUES ('a', '2026-05-01');""")
    shop = shop_from(SqliteSource("shop.sqlite"), Schema((*STANDARD.tables, table)))
    assert [row["group"] for row in read(tmp_path, shop, "select")] == ["a"]


def test_cells_that_cannot_be_are_findings_with_their_key(tmp_path: Path) -> None:
    write(
        tmp_path,
        """CREATE TABLE pets (pet_id TEXT, name, paws INTEGER, adopted_on DATE, cost NUMERIC, customer_id);
        INSERT INTO pets VALUES
        ('P-1', CAST(x'61ff' AS TEXT), 'four', 1777671000, 1e300, 1),
        ('P-2', 'a' || char(0) || 'b', 4.5, 'infinity', 9e999, 2),
        ('P-3', x'ff', NULL, '', 'NaN', NULL);""",
    )
    place = "shop.sqlite, table 'pets', pet_id"
    assert sorted(line.partition("\n")[0] for line in problems(tmp_path, SHOP)) == [
        f"{place} 'P-1': 'adopted_on' is '1777671000', not a date",
        f"{place} 'P-1': 'cost' is '1.0e+300', not an amount",
        f"{place} 'P-1': 'paws' is 'four', not a whole number",
        f"{place} 'P-1': a text of this row is not UTF-8",
        f"{place} 'P-2': 'adopted_on' is 'infinity', not a date",
        f"{place} 'P-2': 'cost' is 'Inf', not an amount",
        f"{place} 'P-2': 'customer_id' is '2', which is not in customers",
        f"{place} 'P-2': 'name' holds a sign that no text has: 'a\\x00b'",
        f"{place} 'P-2': 'paws' is '4.5', not a whole number",
        f"{place} 'P-3': 'cost' is 'NaN', not an amount",
        f"{place} 'P-3': a text of this row is not UTF-8",
    ]


def test_a_file_that_somebody_is_writing_to_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.data.sources.sqlite_file.PATIENCE", 0.1)
    write(tmp_path, "")
    with closing(sqlite3.connect(tmp_path / "shop.sqlite")) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unusable, match=r"shop\.sqlite cannot be read: database is locked"):
            read(tmp_path, SHOP, "customers")


def test_reading_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "")
    before = (tmp_path / "shop.sqlite").read_bytes()
    read(tmp_path, SHOP, "customers")
    assert (tmp_path / "shop.sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["shop.sqlite"]
