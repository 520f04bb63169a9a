"""Tests of reading Parquet: its own types where they fit, findings by row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.model.shop import FolderSource
from tests.data.customer_files import WITH_PETS, problems, read, shop_from

SHOP = shop_from(FolderSource("customers"), WITH_PETS)


def write(root: Path, table: str, columns: dict[str, Any]) -> None:
    folder = root / "customers"
    folder.mkdir(exist_ok=True)
    pq.write_table(pa.table(columns), folder / f"{table}.parquet")
    if table != "customers":
        pq.write_table(pa.table({"customer_id": ["C-1"]}), folder / "customers.parquet")


@pytest.mark.parametrize(
    ("column", "values", "known"),
    [
        ("name", pa.array([1234], pa.int32()), "1234"),
        ("name", pa.array(["e\u0301"]), "é"),
        ("name", pa.array(["a"]).dictionary_encode(), "a"),
        ("paws", pa.array([4], pa.uint8()), 4),
        ("paws", pa.array([Decimal("4.00")], pa.decimal128(9, 2)), 4),
        ("paws", pa.array(["4"]), 4),
        ("cost", pa.array([Decimal("12.5000")], pa.decimal128(20, 4)), Decimal("12.50")),
        ("cost", pa.array([Decimal("1200.00")], pa.decimal128(38, 2)), Decimal("1200.00")),
        ("cost", pa.array([1200], pa.int64()), Decimal("1200.00")),
        ("cost", pa.array(["12.5"]), Decimal("12.50")),
        ("adopted_on", pa.array([date(2026, 5, 1)]), date(2026, 5, 1)),
        ("adopted_on", pa.array([datetime(2026, 5, 1, 23, 30)]), date(2026, 5, 1)),  # noqa: DTZ001  the shop's clock
        ("adopted_on", pa.array([datetime(2026, 5, 1, 23, 30, tzinfo=UTC)]), date(2026, 5, 2)),
        ("seen_at", pa.array([datetime(2026, 5, 1, 23, 30, tzinfo=UTC)]), datetime(2026, 5, 2, 1, 30)),  # noqa: DTZ001
        ("seen_at", pa.array([date(2026, 5, 1)]), datetime(2026, 5, 1)),  # noqa: DTZ001
        ("seen_at", pa.array([1_777_671_000_000_000_000], pa.timestamp("ns")), datetime(2026, 5, 1, 21, 30)),  # noqa: DTZ001
        ("tame", pa.array([1], pa.int8()), True),
        ("likes", pa.array([[" tea; green ", "", None]]), ["tea; green"]),
        ("likes", pa.array([[]], pa.list_(pa.string())), None),
        ("likes", pa.array(["tea; beads"]), ["tea", "beads"]),
    ],
)
def test_a_type_that_fits_is_taken(tmp_path: Path, column: str, values: pa.Array, known: object) -> None:
    write(tmp_path, "pets", {"pet_id": ["P-1"], column: values})
    (row,) = read(tmp_path, SHOP, "pets")
    assert row[column] == known


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("cost", pa.array([12.5]), "column 'cost' holds floating point numbers, not money"),
        ("paws", pa.array([4.0]), "column 'paws' holds floating point numbers, not integer"),
        ("name", pa.array([True]), "column 'name' holds yes or no, not text"),
        ("name", pa.array([b"a"]), "column 'name' holds values of a type that sitegen does not know, not text"),
        ("adopted_on", pa.array([20260501]), "column 'adopted_on' holds whole numbers, not date"),
        ("likes", pa.array([[1]]), "column 'likes' holds values of a type that sitegen does not know, not list"),
        ("moon", pa.array([date(2026, 5, 1)]), "column 'moon' holds dates, not lunar"),
    ],
)
def test_a_type_that_does_not_fit_is_refused(tmp_path: Path, column: str, values: pa.Array, message: str) -> None:
    write(tmp_path, "pets", {"pet_id": ["P-1"], column: values})
    (found,) = problems(tmp_path, SHOP)
    assert found.startswith(f"customers/pets.parquet: {message}\nhint: ")


def test_values_that_no_calendar_and_no_purse_holds_are_findings_with_their_row(tmp_path: Path) -> None:
    columns = {
        "pet_id": ["P-1", "P-2", "P-2"],
        "cost": pa.array([Decimal("1.005"), None, Decimal(1000000000000)], pa.decimal128(20, 3)),
        "adopted_on": pa.array([2**31 - 1, None, -(2**31)], pa.int32()).cast(pa.date32()),
        "name": ["a\0b", "", None],
        "moon": ["13-01", None, None],
    }
    write(tmp_path, "pets", columns)
    file = "customers/pets.parquet"
    found = [line.partition("\n")[0] for line in problems(tmp_path, SHOP)]
    assert {line.rpartition(" is ")[0] or line for line in found} >= {
        f"{file}:1: 'adopted_on'",
        f"{file}:1: 'cost'",
        f"{file}:1: 'moon'",
        f"{file}:3: 'adopted_on'",
        f"{file}:3: 'cost'",
    }
    assert f"{file}:1: 'name' holds a sign that no text has: 'a\\x00b'" in found
    assert f"{file}:3: duplicate pet id 'P-2', first in row 2" in found
    assert len(found) == 7


def test_a_path_with_signs_of_a_pattern_is_only_a_path(tmp_path: Path) -> None:
    root = tmp_path / "shop[1] *?"
    root.mkdir()
    write(root, "pets", {"pet_id": ["P-1"]})
    (root / "customers" / "stores.csv").write_text("store_id,name\nS-1,Hamburg\n")
    assert [row["pet_id"] for row in read(root, SHOP, "pets")] == ["P-1"]
    assert [row["store_id"] for row in read(root, SHOP, "stores")] == ["S-1"]


def test_a_table_in_parts_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "customers", {"customer_id": ["C-1"]})
    (tmp_path / "customers" / "pets.parquet").mkdir()
    assert problems(tmp_path, SHOP) == [
        "customers/pets.parquet: 'pets.parquet' is a folder\nhint: write the table into one file"
    ]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "pets", {"pet_id": [f"P-{number}" for number in range(5000)]})
    file = tmp_path / "customers" / "pets.parquet"
    whole = file.read_bytes()
    file.write_bytes(whole[:100] + bytes(200) + whole[300:])
    assert [found.partition("\n")[0] for found in problems(tmp_path, SHOP)] == [
        "customers/pets.parquet: the file cannot be read as Parquet"
    ]
