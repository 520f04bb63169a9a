"""Bring lists of texts into one form, whatever program wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from sitegen.data.functions import nfc

if TYPE_CHECKING:
    import ibis.expr.types as ir

SEPARATOR = "\x1f"
"""Between the items of a list on its way out of a database: the sign for just that, which no keyboard has."""


def text_items(items: ir.ArrayValue) -> ir.ArrayValue:
    """A list without blanks around its items and without empty ones; null where nothing is left."""
    kept = items.map(lambda item: nfc(item.strip())).filter(lambda item: item != "")
    return ibis.ifelse(kept.length() > 0, kept, ibis.null("array<string>"))
