"""Turn the cells of a sheet into typed values, and say which texts cannot be turned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.rows import TYPES
from sitegen.model.column import Kind

if TYPE_CHECKING:
    import ibis.expr.types as ir

EXPECTED: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.INTEGER: ("a whole number", "write a number like 1200, without points, commas or spaces"),
        Kind.MONEY: ("an amount", "write an amount like 1234.50: a point before the cents, no commas"),
        Kind.DATE: ("a date", "write a date like 2026-09-30"),
        Kind.TIME: ("a date and time", "write a date and time like 2026-09-30 18:30"),
        Kind.YES_NO: ("yes or no", "write yes or no"),
        Kind.YEARLY: ("a date", "write a date like 2026-09-30"),
        Kind.LUNAR: ("a day of the lunar calendar", "write month and day like 08-15, or 06L-15 in a leap month"),
    }
)
"""What a kind is called in a message, and how it is written. Any text is a text or a list."""

PATTERNS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.INTEGER: r"^[+-]?[0-9]{1,18}$",
        Kind.MONEY: r"^[+-]?[0-9]{1,12}(\.[0-9]{1,2})?$",
        Kind.DATE: r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$",
        Kind.TIME: r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?$",
        Kind.YES_NO: r"^(?i:yes|no|true|false|1|0)$",
        Kind.YEARLY: r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$",
        Kind.LUNAR: r"^(0[1-9]|1[0-2])L?-(0[1-9]|[12][0-9]|30)$",
    }
)
# The engine's own casts are kinder than a customer file can bear: it reads 2026/9/3 and rounds 12.345.


_FIRST, _LAST = date(1000, 1, 1), date(9999, 12, 31)
"""Days that four digits of a year can name; a store's own type may hold others, and infinity."""


def typed(cell: ir.Value, kind: Kind) -> ir.Value:
    """The value of a cell; unknown (null) where the cell is empty or can't be read as its kind.

    What is no text is of its kind already.
    """
    if kind is Kind.TEXT or not cell.type().is_string():
        return cell
    if kind is Kind.LIST:
        items = cell.split(";").map(lambda item: item.strip()).filter(lambda item: item != "")
        return ibis.ifelse(items.length() > 0, items, ibis.null(TYPES[kind]))
    stripped = cell.strip()
    readable = ibis.ifelse(stripped.re_search(PATTERNS[kind]), stripped, ibis.null("string"))
    if kind is Kind.YES_NO:
        return readable.lower().isin(("yes", "true", "1"))
    return readable.try_cast(TYPES[kind])


def refused(cell: ir.Value, kind: Kind) -> ir.BooleanValue:
    """Whether a cell holds something that is not of its kind; not true for an empty cell."""
    if not cell.type().is_string():
        return _beyond(cell)
    if kind in (Kind.DATE, Kind.TIME, Kind.YEARLY):
        return cell.notnull() & typed(cell, kind).isnull()
    # The other patterns let nothing through that the cast refuses, and a null stays null.
    return ~cell.strip().re_search(PATTERNS[kind])


def _beyond(cell: ir.Value) -> ir.BooleanValue:
    """Whether a day or moment lies where no calendar of a shop reaches."""
    if not cell.type().is_temporal():
        return ibis.literal(False)
    return (cell < ibis.literal(_FIRST)) | (cell >= ibis.literal(_LAST) + ibis.interval(days=1))
