"""Read `list:` and `sort:` of a section's own page."""

from __future__ import annotations

from typing import cast

from sitegen.content.keys import Keys
from sitegen.model.lists import SORTS, Listing, Sort


def read_listing(keys: Keys) -> Listing | None:
    """How the page lists what lies beside and below it; None where it does not."""
    listed = keys.yes_no("list", False)
    sort = cast("Sort", keys.one_of("sort", SORTS, "date"))
    if keys.node("sort") and not listed:
        message = "'sort' says how a list is sorted, but this page has none"
        keys.problems.append(keys.place("sort").problem("no-list", message, "add 'list: yes', or remove 'sort'"))
    return Listing(sort) if listed else None
