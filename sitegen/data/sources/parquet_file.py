"""Read one Parquet file into the engine, its own types kept where they fit the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import ibis
import ibis.expr.datatypes as dt

from sitegen.audience.facts.rows import TYPES
from sitegen.data.functions import local_time, nfc
from sitegen.data.kept import kept
from sitegen.data.sources.columns import column_problems
from sitegen.data.sources.lists import text_items
from sitegen.data.sources.paths import literal_path
from sitegen.data.sources.sheet import ROW, Sheet, Spot
from sitegen.data.sources.types import Form, misfit
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.table import Table
from sitegen.model.tree import Place

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

_TRAILING_ZEROS = r"\.?0+$"


def read_parquet_file(
    connection: Backend, path: Path, place: Place, shop: tuple[Table, str]
) -> Sheet | tuple[Problem, ...]:
    """Read a file. `place` names it for people; `shop` is what the table is declared as, and the shop's time zone."""
    table, timezone = shop
    texts_name = f"texts of {table.name}"
    hint = "write it again, or save the table as CSV"
    try:
        view = connection.read_parquet(literal_path(path), table_name=f"file of {table.name}", hive_partitioning=False)
        problems = _problems(view, place, table)
        if problems:
            return problems
        texts = kept(connection, texts_name, view)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        return (place.problem("unreadable", "the file cannot be read as Parquet", hint),)
    written = {name: _staged(texts[name], table.column(name).kind, timezone) for name in texts.columns}
    named = texts.select(texts.rowid().name(ROW), **written)
    where = partial(parquet_places, place.file)
    return Sheet(table, place.file, tuple(written), named, where, texts_name, counts="in row")


def parquet_places(file: str, spots: Iterable[Spot]) -> Mapping[Spot, Place]:
    """The row of each spot, counted from 1: a Parquet file has no lines."""
    return {spot: Place(file, spot.row + 1) for spot in spots}


def _problems(view: ibis.Table, place: Place, table: Table) -> tuple[Problem, ...]:
    wrong = column_problems([(name, place) for name in view.columns], place, table)
    known = [column for column in table.columns if column.name in view.columns]
    misfits = (misfit(column, _form(view[column.name].type()), place) for column in known)
    return (*wrong, *(problem for problem in misfits if problem))


def _form(type_: dt.DataType) -> Form:
    if isinstance(type_, dt.Timestamp):
        return Form.ZONED if type_.timezone else Form.MOMENT
    if isinstance(type_, dt.Array):
        return Form.TEXTS if type_.value_type.is_string() else Form.OTHER
    forms = {
        dt.String: Form.TEXT,
        dt.UUID: Form.TEXT,
        dt.Integer: Form.WHOLE,
        dt.Decimal: Form.DECIMAL,
        dt.Floating: Form.FLOAT,
        dt.Date: Form.DAY,
        dt.Boolean: Form.YES_NO,
    }
    return next((form for kind, form in forms.items() if isinstance(type_, kind)), Form.OTHER)


def _staged(value: ir.Value, kind: Kind, timezone: str) -> ir.Value:
    """The value as a sheet holds it: of its kind where none can be lost, else as text, which is read like CSV."""
    match _form(value.type()), kind:
        case Form.TEXT, _:
            text = nfc(value.cast("string"))
            return text.nullif("")
        case Form.TEXTS, _:
            return text_items(value)
        case (Form.DAY | Form.MOMENT | Form.ZONED) as form, _:
            local = local_time(timezone, value) if form is Form.ZONED else value
            return local.cast(TYPES[kind])
        case Form.YES_NO, _:
            return value
        case Form.DECIMAL, Kind.MONEY if _fits(value.type()):
            return value.cast(TYPES[kind])
        case form, _:
            text = value.cast("string")
            return text.re_replace(_TRAILING_ZEROS, "") if form is Form.DECIMAL and value.type().scale else text


def _fits(type_: dt.Decimal) -> bool:
    """Whether every value of a decimal type is an amount: twelve digits before the point, two behind it."""
    return bool(type_.scale <= 2 and type_.precision - type_.scale <= 12)
