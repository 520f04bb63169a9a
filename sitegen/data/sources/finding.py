"""Choose the reader for a shop's source."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.data.sources.folder import read_folder
from sitegen.data.sources.postgres import read_postgres
from sitegen.data.sources.sheet import Found
from sitegen.data.sources.sqlite_file import read_sqlite
from sitegen.model.shop import FolderSource, PostgresSource, Shop, SqliteSource

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def find(connection: Backend, root: Path, shop: Shop, database: str, names: Collection[str] | None = None) -> Found:
    """The sheets of the shop in `root`. `database` is the address of the PostgreSQL database, which is a secret;
    `names` say which tables are read, all where None.
    """
    timezone = _known_zone(shop.timezone)
    match shop.source:
        case FolderSource(folder):
            return read_folder(connection, root / folder, folder, (shop.schema, timezone), names)
        case SqliteSource(file):
            return read_sqlite(connection, root / file, file, shop.schema, names)
        case PostgresSource(schema):
            return read_postgres(connection, database, schema, (shop.schema, timezone), names)


def _known_zone(name: str) -> str:
    """The zone, UTC where nobody knows it: that is told where site.yaml is read."""
    try:
        return ZoneInfo(name or "UTC").key
    except (KeyError, ValueError, OSError):
        return "UTC"
