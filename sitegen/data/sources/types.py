"""Say which types of other stores fit which kind of column."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sitegen.errors import Problem
from sitegen.model.column import Column, Kind
from sitegen.model.tree import Place


class Form(StrEnum):
    """How a store keeps a column, in words for people."""

    TEXT = "text"
    WHOLE = "whole numbers"
    DECIMAL = "decimal numbers"
    FLOAT = "floating point numbers"
    DAY = "dates"
    MOMENT = "timestamps"
    ZONED = "timestamps with a time zone"
    YES_NO = "yes or no"
    TEXTS = "lists of texts"
    OTHER = "values of a type that sitegen does not know"


FITS: Mapping[Kind, tuple[Form, ...]] = MappingProxyType(
    {
        Kind.TEXT: (Form.TEXT, Form.WHOLE),
        Kind.INTEGER: (Form.WHOLE, Form.DECIMAL, Form.TEXT),
        Kind.MONEY: (Form.DECIMAL, Form.WHOLE, Form.TEXT),
        Kind.DATE: (Form.DAY, Form.MOMENT, Form.ZONED, Form.TEXT),
        Kind.TIME: (Form.MOMENT, Form.ZONED, Form.DAY, Form.TEXT),
        Kind.YES_NO: (Form.YES_NO, Form.WHOLE, Form.TEXT),
        Kind.LIST: (Form.TEXTS, Form.TEXT),
        Kind.YEARLY: (Form.DAY, Form.MOMENT, Form.ZONED, Form.TEXT),
        Kind.LUNAR: (Form.TEXT,),
    }
)
"""The forms that a kind can be read from. Text is read as in a CSV file; a moment where a day is asked for counts as
its day by the shop's clock.
"""


def misfit(column: Column, form: Form, place: Place) -> Problem | None:
    """What is wrong with a column that is kept in that form, None where it fits."""
    if form in FITS[column.kind]:
        return None
    message = f"column '{column.name}' holds {form}, not {column.kind}"
    if column.kind is Kind.MONEY and form is Form.FLOAT:
        return place.problem("float-money", message, "money is decimal: keep it as decimal(14, 2), or as text")
    fits = ", ".join(FITS[column.kind])
    return place.problem("wrong-type", message, f"what fits: {fits}")
