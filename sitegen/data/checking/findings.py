"""Find the cells of a table that the declaration does not allow, set by set, in the engine."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.data.answer import answer
from sitegen.data.checking.checks import further_checks, told
from sitegen.data.checking.kinds import EXPECTED, refused, typed
from sitegen.data.checking.points_ledger import LEDGER, said, untrue_rows
from sitegen.data.functions import sign
from sitegen.data.sources.sheet import ROW, Reject, Sheet, Spot
from sitegen.model.column import Column, Kind

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

LIMIT = 20
"""Findings that are told one by one for each column; the rest is a number."""

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one cell; `earlier` is the cell that it repeats."""

    spot: Spot
    code: str
    message: str
    hint: str = ""
    earlier: Spot | None = None


def findings(connection: Backend, sheet: Sheet, sheets: Mapping[str, Sheet]) -> tuple[Finding, ...]:
    """Everything that is wrong inside one file; `sheets` are the files that it may refer to."""
    codes = _codes(sheet, sheets)
    counts = _counts(connection, sheet, codes)
    found = list(_structure(sheet.rejects))
    for name, count in counts.items():
        if count and name == ROW:
            found += _duplicates(connection, sheet, count)
        elif count:
            found += _column(connection, sheet, sheet.table.column(name), (codes[name], count))
    if sheet.table.name == LEDGER and not found:
        found += _ledger(connection, sheet)
    return tuple(found)


def _ledger(connection: Backend, sheet: Sheet) -> tuple[Finding, ...]:
    """Rows of the points ledger that can't be true."""
    rows, count = untrue_rows(connection, sheet, LIMIT + 1)
    found: list[Finding] = []
    for row in rows:
        column, message, hint = said(row)
        found.append(Finding(Spot(row[ROW], sheet.columns.index(column)), row["code"], message, hint))
    return _told(tuple(found), count, "in 'points'")


def _structure(rejects: tuple[Reject, ...]) -> tuple[Finding, ...]:
    found = tuple(
        Finding(Spot(reject.record, reject.field, reject=True), reject.code, reject.message, reject.hint)
        for reject in rejects
    )
    return _told(found[: LIMIT + 1], len(found), "broken rows")


def _told(first: tuple[Finding, ...], count: int, what: str) -> tuple[Finding, ...]:
    """The first findings, and a number for the rest, at the place of the one that is told no more."""
    if count <= LIMIT:
        return first
    return (*first[:LIMIT], Finding(first[LIMIT].spot, "and-more", f"… and {count - LIMIT} more {what}"))


def _codes(sheet: Sheet, sheets: Mapping[str, Sheet]) -> Mapping[str, ir.StringValue]:
    """For each column that can be wrong, the name of what is wrong with a cell, null where nothing is."""
    return {
        column.name: ibis.cases(*checks, else_=ibis.null("string"))
        for column in sheet.table.columns
        if column.name in sheet.columns and (checks := _checks(sheet, column, sheets))
    }


def _counts(connection: Backend, sheet: Sheet, codes: Mapping[str, ir.StringValue]) -> Mapping[str, int]:
    """Wrong cells by column, and under ROW the rows that repeat a key, all in one scan."""
    wrong = {name: code.count() for name, code in codes.items()}
    key = _key(sheet)
    whole = ibis.and_(*(part.notnull() for part in key.values()))
    wrong[ROW] = whole.sum().fill_null(0) - ibis.struct(key).nunique(where=whole)
    return answer(connection, sheet.texts.aggregate(**wrong))[0]


def _key(sheet: Sheet) -> Mapping[str, ir.Value]:
    """The columns that make a row unique; the header has them all, for a key is required."""
    return {name: typed(sheet.texts[name], sheet.table.column(name).kind) for name in sheet.table.key}


def _checks(sheet: Sheet, column: Column, sheets: Mapping[str, Sheet]) -> list[tuple[ir.BooleanValue, str]]:
    """What may be wrong with a cell, the first that holds counts: a condition and its code."""
    text = sheet.texts[column.name]
    checks = []
    if text.type().is_string():
        checks.append((text.contains(sign(0)), "nul"))
    if column.kind in EXPECTED and (text.type().is_string() or text.type().is_temporal()):
        checks.append((refused(text, column.kind), "bad-value"))
    if column.required:
        checks.append((text.isnull(), "missing-value"))
    if column.allowed:
        checks.append((_not_allowed(text, column), "not-allowed"))
    checks += further_checks(sheet.texts, sheet.table, column)
    target = sheets.get(column.refers_to)
    # Rows that could not be read would make every reference to them a second mistake.
    if target is not None and not target.rejects:
        key = target.table.column(target.table.key[0])
        keys = typed(target.texts[key.name], key.kind)
        known = typed(text, column.kind).isin(target.texts.filter(keys.notnull()).select(key=keys).key)
        checks.append((text.notnull() & ~known, "no-such-row"))
    return checks


def _not_allowed(text: ir.Value, column: Column) -> ir.BooleanValue:
    if column.kind is not Kind.LIST:
        return ~text.isin(column.allowed)
    return typed(text, column.kind).filter(lambda item: ~item.isin(column.allowed)).length() > 0


def _column(
    connection: Backend, sheet: Sheet, column: Column, wrong: tuple[ir.StringValue, int]
) -> tuple[Finding, ...]:
    code, count = wrong
    rows = sheet.texts.select(ROW, text=sheet.texts[column.name].cast("string"), code=code)
    first = answer(connection, rows.filter(rows.code.notnull()).order_by(ROW).limit(LIMIT + 1))
    field = sheet.columns.index(column.name)
    found = tuple(_finding(Spot(row[ROW], field), row, sheet, column) for row in first)
    return _told(found, count, f"in '{column.name}'")


def _finding(spot: Spot, row: Mapping[str, Any], sheet: Sheet, column: Column) -> Finding:
    code, text = row["code"], _quoted(row["text"] or "")
    match code:
        case "bad-value":
            kind, hint = EXPECTED[column.kind]
            return Finding(spot, code, f"'{column.name}' is {text}, not {kind}", _shorter(row["text"], column) or hint)
        case "nul":
            return Finding(spot, code, f"'{column.name}' holds a sign that no text has: {text}", "remove the NUL sign")
        case "missing-value":
            return Finding(spot, code, f"'{column.name}' is empty", f"every row of {sheet.table.name} needs one")
        case "not-allowed":
            return Finding(spot, code, f"'{column.name}' cannot be {text}", _allowed(row["text"], column.allowed))
        case "no-such-row":
            message = f"'{column.name}' is {text}, which is not in {column.refers_to}"
            return Finding(spot, code, message, f"add it to {column.refers_to}, or correct it here")
        case _:
            said, hint = told(code, sheet.table, column.name, row["text"])
            return Finding(spot, code, f"'{column.name}' is {text}{said}", hint)


def _shorter(text: str, column: Column) -> str:
    """What to write where a date has a time of day behind it, else ""."""
    found = re.match(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9]{2}:", text)
    return f"write {found[1]}, without the time of day" if found and column.kind in (Kind.DATE, Kind.YEARLY) else ""


def _allowed(text: str, allowed: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(text.strip().lower(), allowed, 1)
    return f"did you mean '{close[0]}'?" if close else f"allowed: {', '.join(allowed)}"


def _quoted(text: str) -> str:
    """A cell in quotes, on one line and not too long for a message."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "'" + "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in shown) + "'"


def _duplicates(connection: Backend, sheet: Sheet, count: int) -> tuple[Finding, ...]:
    """Rows that repeat the key of an earlier row; a key that is not whole is another finding's business."""
    key = sheet.table.key
    whole = sheet.texts.select(ROW, **_key(sheet)).drop_null(list(key))
    numbered = whole.mutate(first=whole[ROW].min().over(group_by=list(key)))
    repeated = numbered.filter(numbered[ROW] > numbered.first).order_by(ROW).limit(LIMIT + 1)
    field = sheet.columns.index(key[0])
    shown = repeated.mutate(**{name: repeated[name].cast("string") for name in key})
    found = tuple(_duplicate(row, field, key) for row in answer(connection, shown))
    return _told(found, count, f"repeated in '{key[0]}'")


def _duplicate(row: Mapping[str, Any], field: int, key: tuple[str, ...]) -> Finding:
    named = ", ".join(f"{name.replace('_', ' ')} {_quoted(str(row[name]))}" for name in key)
    earlier = Spot(row["first"], field)
    hint = "each row needs a key of its own: change or remove one of them"
    return Finding(Spot(row[ROW], field), "duplicate", f"duplicate {named}", hint, earlier)
