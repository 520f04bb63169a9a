"""A small shop that other systems' exports are imported into."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen.content.shop.shop_file import shop_of
from sitegen.data.checking.normal_forms import home_country
from sitegen.data.engine import open_customers
from sitegen.data.imports.duplicates import Notice
from sitegen.data.imports.merging import Circumstances
from sitegen.data.imports.rejected import write_rejected
from sitegen.data.imports.run import Prepared, prepare, write

EXPORTS = Path(__file__).parent / "exports"
BASE = Path(__file__).parents[1] / "broken" / "base"
TODAY = date(2026, 9, 8)

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its plan, its notices, and its file of rejected rows."""

    prepared: Prepared
    notices: tuple[Notice, ...]
    rejected: Path | None

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """New, updated and unchanged rows by table."""
        found = self.prepared.counts().items()
        return {table: (count.new, count.updated, count.unchanged) for table, count in found}

    def reasons(self) -> dict[int, str]:
        """Why rows were rejected, by their lines."""
        return {one.row.line: one.reason for one in self.prepared.rejected}


def small_shop(folder: Path) -> Path:
    """A copy of the smallest good shop: Ada (C-1), Ben (C-2) and Cleo (C-3), two orders."""
    shop = folder / "shop"
    shutil.copytree(BASE, shop)
    return shop


def bring(shop: Path, file: Path | str, system: str, into: str = "", dry_run: bool = False) -> Imported:
    """Import a file; a name is one of EXPORTS, which is copied beside the shop first."""
    path = file if isinstance(file, Path) else Path(shutil.copy(EXPORTS / file, shop))
    model = shop_of(shop)
    with open_customers(shop, model) as engine:
        about = Circumstances(engine, model.schema, home_country(model), TODAY, system)
        prepared = prepare(about, (path, path.name), into)
    notices = write(prepared, shop, model, dry_run)
    return Imported(prepared, notices, None if dry_run else write_rejected(prepared.source, prepared.rejected))


def table(shop: Path, name: str) -> list[Row]:
    """The rows of a table, without the cells that are empty."""
    with (shop / "content" / "customers" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return [{column: text for column, text in row.items() if text} for row in csv.DictReader(stream)]


def row(shop: Path, name: str, key: str) -> Row:
    """The row of a table whose first column holds the key."""
    return next(found for found in table(shop, name) if next(iter(found.values())) == key)


def folder_bytes(shop: Path) -> dict[str, bytes]:
    """Every file of the customer folder."""
    return {path.name: path.read_bytes() for path in sorted((shop / "content" / "customers").iterdir())}


def written(shop: Path, name: str, text: str) -> Path:
    """A file of that content beside the shop."""
    path = shop / name
    path.write_bytes(text.encode())
    return path
