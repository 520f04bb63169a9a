"""Read where a shop's customers are, from `data:` in site.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.content.keys import Keys
from sitegen.content.shop.schema_file import read_schema
from sitegen.model.shop import FolderSource, PostgresSource, Source, SqliteSource
from sitegen.model.table import STANDARD, Schema

SOURCES = ("folder", "sqlite", "postgres")
_SIZE = re.compile(r"([1-9][0-9]{0,3}) ?(MB|GB)", re.IGNORECASE)
MEMORY = "1GB"
LEAST = 256
"""Megabytes below which the engine can't hold even a small table."""


@dataclass(frozen=True, slots=True)
class Data:
    """What `data:` says; `memory` is what the engine may use."""

    source: Source
    schema: Schema
    memory: str


def read_data(keys: Keys) -> Data:
    """The source, the shop's own columns and tables, and the memory; what is wrong goes into the keys' problems."""
    inner = keys.keys("data")
    if inner is None:
        return Data(FolderSource(), STANDARD, MEMORY)
    data = Data(_source(inner), read_schema(inner), _memory(inner))
    inner.finish()
    return data


def _source(keys: Keys) -> Source:
    written = [name for name in SOURCES if keys.mapping.get(name) is not None]
    if len(written) > 1:
        message = f"the customers can't be in two sources, '{written[0]}' and '{written[1]}'"
        keys.problems.append(keys.place(written[1]).problem("two-sources", message, "keep one of them"))
    folder, file, schema = keys.text("folder", "content/customers"), keys.text("sqlite"), keys.text("postgres")
    match written[:1]:
        case ["sqlite"]:
            if not file:
                hint = "write its path from the folder that holds content/"
                keys.problems.append(keys.place("sqlite").problem("missing-value", "'sqlite' names no file", hint))
            return SqliteSource(file)
        case ["postgres"]:
            return PostgresSource(_schema(schema, keys))
        case _:
            return FolderSource(folder)


def _schema(name: str, keys: Keys) -> str:
    if not re.search(r"[:/@]", name):
        return name or "public"
    # An address holds a password, which no message may repeat.
    hint = "write 'postgres: public', and hand the address to sitegen in SITEGEN_DATABASE_URL: it is a secret"
    message = "'postgres' names a schema of the database, not its address"
    keys.problems.append(keys.place("postgres").problem("wrong-value", message, hint))
    return "public"


def _memory(keys: Keys) -> str:
    text = keys.text("memory", MEMORY)
    found = _SIZE.fullmatch(text)
    if found and int(found[1]) * (1 if found[2].upper() == "MB" else 1000) >= LEAST:
        return f"{found[1]}{found[2].upper()}"
    hint = f"write a size like 4GB, {LEAST}MB at least"
    keys.problems.append(keys.place("memory").problem("wrong-value", f"'memory' can't be '{text}'", hint))
    return MEMORY
