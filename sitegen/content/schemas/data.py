"""Describe `data:` of content/site.yaml: where the customers are, and a shop's own columns and tables."""

from __future__ import annotations

from sitegen.content.schemas.forms import Json, group, named, text, word, words, yes_no
from sitegen.model.column import Kind
from sitegen.model.table import STANDARD


def data() -> Json:
    """The schema of `data:`."""
    keys = {
        "folder": text("A folder of CSV or Parquet tables.", "content/customers"),
        "sqlite": text("A SQLite file instead, by its path from the shop's folder."),
        "postgres": text("A schema of a PostgreSQL database instead; its address is SITEGEN_DATABASE_URL.", "public"),
        "memory": text("What the data engine may use.", "1GB", "4GB"),
        "columns": named(
            f"Columns that the shop adds to a table: {', '.join(table.name for table in STANDARD.tables)}.",
            named("Columns of this table, by name.", _column()),
        ),
        "tables": named("Tables of the shop's own, by name.", _table()),
    }
    return group("Where the customers are. Without it: the CSV tables of content/customers/.", keys)


def _table() -> Json:
    keys = {
        "meaning": text("What a row is; rules and their explanations say it."),
        "key": words("The columns that tell its rows apart."),
        "day": text("The column with the day of a row, so that rules may say `within last 30 days`."),
        "columns": named("Its columns, by name.", _column()),
    }
    return group("A table. A column ending in _id that refers to customers makes its rows theirs.", keys, ("columns",))


def _column() -> Json:
    keys = {
        "type": word("What stands in it.", Kind),
        "meaning": text("What it means, in a few words."),
        "unit": text("What it counts: stars, days, EUR."),
        "required": yes_no("Whether every row has a value.", False),
        "allowed": words("The only values, for texts and lists."),
        "refers_to": text("The table whose key it holds; its name then ends in _id."),
        "personal": yes_no("Whether it says something about a person: it is erased with them.", False),
    }
    return group("A column.", keys, ("type",))
