"""Find out which export a file is, by its columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from sitegen.data.imports import klaviyo, mailchimp, shopify, woocommerce
from sitegen.data.imports.exports import CustomerExport, Export
from sitegen.errors import Mistakes
from sitegen.model.tree import Place

EXPORTS: Mapping[str, tuple[Export, ...]] = MappingProxyType(
    {
        "shopify": (shopify.CUSTOMERS, shopify.ORDERS),
        "woocommerce": (woocommerce.CUSTOMERS, woocommerce.ORDERS),
        "mailchimp": (mailchimp.SUBSCRIBED, mailchimp.UNSUBSCRIBED, mailchimp.CLEANED, mailchimp.NON_SUBSCRIBED),
        "klaviyo": (klaviyo.PROFILES,),
    }
)
"""The exports of each system."""


def recognise(system: str, file: str, columns: Iterable[str]) -> Export:
    """The export of that system which a file is. Raises Mistakes with the columns that are missing."""
    names = tuple(columns)
    known = {name.casefold() for name in names}
    fitting = [export for export in EXPORTS[system] if all(need.casefold() in known for need in export.needs)]
    if fitting:
        return min(fitting, key=lambda export: _doubt(export, file, known))
    near = min(EXPORTS[system], key=lambda export: _farness(export, known))
    place = Place(file, 1)
    raise Mistakes(
        place.problem("missing-column", f"column '{need}' is missing: {near.what} has it", _hint(need, names))
        for need in _missing(near, known)
    )


def _doubt(export: Export, file: str, known: set[str]) -> int:
    """How little the file's name and columns speak for one of several exports that have the same columns."""
    if not isinstance(export, CustomerExport) or not (export.file_begins or export.marks):
        return 2
    if export.file_begins and PurePath(file).name.casefold().startswith(export.file_begins):
        return 0
    return 1 if any(mark.casefold() in known for mark in export.marks) else 3


def _farness(export: Export, known: set[str]) -> tuple[float, int]:
    missing = len(_missing(export, known))
    return missing / len(export.needs), missing


def _missing(export: Export, known: set[str]) -> list[str]:
    return [need for need in export.needs if need.casefold() not in known]


def _hint(need: str, names: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(need, names, 1)
    return f"did you mean '{close[0]}'?" if close else "export the file again, and leave its first line as it is"
