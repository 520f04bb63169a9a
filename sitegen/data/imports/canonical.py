"""Bring the text of a cell into the one form in which two of the same value are equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from unicodedata import normalize

from sitegen.data.checking.kinds import PATTERNS
from sitegen.model.column import Kind


def canonical(text: str, kind: Kind) -> str | None:
    """The text as `working.text_of` writes its value; None where it can't be read as its kind."""
    text = normalize("NFC", text)
    if kind is Kind.TEXT:
        return text
    if kind is Kind.LIST:
        return ";".join(item for part in text.split(";") if (item := part.strip()))
    if not re.search(PATTERNS[kind], text):
        return None
    return _canonical(text, kind)


def _canonical(text: str, kind: Kind) -> str | None:
    form = _FORMS.get(kind)
    try:
        return form(text) if form else text
    except ValueError:
        return None


def _money(text: str) -> str:
    whole, _, cents = text.partition(".")
    sign = "-" if whole.startswith("-") and (int(whole) or cents.strip("0")) else ""
    return f"{sign}{abs(int(whole))}.{cents:0<2}"


_FORMS: Mapping[Kind, Callable[[str], str]] = MappingProxyType(
    {
        Kind.INTEGER: lambda text: str(int(text)),
        Kind.MONEY: _money,
        Kind.YES_NO: lambda text: "yes" if text.lower() in ("yes", "true", "1") else "no",
        Kind.DATE: lambda text: date.fromisoformat(text).isoformat(),
        Kind.YEARLY: lambda text: date.fromisoformat(text).isoformat(),
        Kind.TIME: lambda text: f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M}",
    }
)
