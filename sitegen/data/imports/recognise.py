"""Find out which export a file is, by its columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sitegen.data.imports import klaviyo, mailchimp, shopify, woocommerce
from sitegen.data.imports.exports import Export
from sitegen.errors import Mistakes
from sitegen.model.tree import Place

EXPORTS: Mapping[str, tuple[Export, ...]] = MappingProxyType(
    {
        "shopify": (shopify.CUSTOMERS, shopify.ORDERS),
        "woocommerce": (woocommerce.CUSTOMERS, woocommerce.ORDERS),
        "mailchimp": (mailchimp.UNSUBSCRIBED, mailchimp.CLEANED, mailchimp.NON_SUBSCRIBED, mailchimp.SUBSCRIBED),
        "klaviyo": (klaviyo.PROFILES,),
    }
)
"""The exports of each system; where one's columns are another's too, the more demanding comes first."""


def recognise(system: str, file: str, columns: Iterable[str]) -> Export:
    """The export of that system which a file is. Raises Mistakes with the columns that are missing."""
    names = tuple(columns)
    known = {name.casefold() for name in names}
    fitting = [export for export in EXPORTS[system] if all(need.casefold() in known for need in export.needs)]
    found = next((export for export in fitting if _named(export, file)), None)
    if found is not None:
        return found
    near = min(EXPORTS[system], key=lambda export: _farness(export, known))
    place = Place(file, 1)
    raise Mistakes(
        place.problem("missing-column", f"column '{need}' is missing: {near.what} has it", _hint(need, names))
        for need in _missing(near, known)
    )


def _named(export: Export, file: str) -> bool:
    begins = getattr(export, "file_begins", "")
    return not begins or file.rpartition("/")[2].casefold().startswith(begins)


def _farness(export: Export, known: set[str]) -> tuple[float, int]:
    missing = len(_missing(export, known))
    return missing / len(export.needs), missing


def _missing(export: Export, known: set[str]) -> list[str]:
    return [need for need in export.needs if need.casefold() not in known]


def _hint(need: str, names: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(need, names, 1)
    return f"did you mean '{close[0]}'?" if close else "export the file again, and leave its first line as it is"
