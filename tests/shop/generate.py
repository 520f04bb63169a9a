"""Make the customer file of the sample shop: python -m tests.shop.generate writes content/customers/."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sitegen.content.shop.shop_file import shop_of
from sitegen.model.column import Table
from tests.shop.care import care
from tests.shop.complaint_desk import complaint_desk
from tests.shop.coupons import coupons
from tests.shop.desk import desk
from tests.shop.gifts import gifts
from tests.shop.people import children, customers
from tests.shop.permission import permissions
from tests.shop.places import Row, advisers, stores
from tests.shop.products import products
from tests.shop.protection import price_changes, with_what_is_unsold
from tests.shop.repairs import repairs
from tests.shop.trade import trade
from tests.shop.weather import weather

SEED = "lantern-and-loom"
ROOT = Path(__file__).parents[2]
CUSTOMER_FILE = ROOT / "content" / "customers"
TABLES = shop_of(ROOT).schema.tables
"""The tables that sitegen knows, and the shop's own."""


def generate(folder: Path) -> None:
    """Write one CSV file for each declared table: UTF-8, LF, sorted by key; the same bytes on each run."""
    rows = _rows()
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        (folder / f"{table.name}.csv").write_bytes(_csv(table, rows[table.name]))


def _rows() -> dict[str, list[Row]]:
    people = customers(SEED)
    traded = trade(SEED, people)
    cared = care(SEED, people, traded["orders"])
    cared |= complaint_desk(SEED, people, cared["complaints"])
    seen = traded | cared | {"weather": weather(SEED)}
    return {
        "customers": people,
        "children": children(SEED, people),
        "advisers": advisers(),
        "stores": stores(),
        "products": products(),
        **traded,
        "order_lines": with_what_is_unsold(people, traded["orders"], traded["order_lines"]),
        "price_changes": price_changes(),
        **cared,
        **desk(SEED, people, seen),
        **permissions(SEED, people),
        "coupons": coupons(SEED, people),
        "gifts": gifts(traded["orders"]),
        "repairs": repairs(SEED, people),
        "weather": seen["weather"],
    }


def _csv(table: Table, rows: list[Row]) -> bytes:
    text = io.StringIO()
    names = [column.name for column in table.columns]
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    for row in sorted(rows, key=lambda row: _key(table, row)):
        writer.writerow(row)
    return text.getvalue().encode()


def _key(table: Table, row: Row) -> tuple[tuple[int, str], ...]:
    """Numbers in a key sort as numbers, so that line 10 follows line 9."""
    return tuple((int(row[name]) if row[name].isdigit() else 0, row[name]) for name in table.key)


if __name__ == "__main__":
    generate(CUSTOMER_FILE)
