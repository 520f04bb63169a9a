"""Ask the engine for the advisers: who they are, and in which store."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with

OWN = ("adviser_id", "first_name", "last_name", "title", "email", "phone", "languages", "photo", "store_id")
STORE = ("store.name", "store.street", "store.city", "store.postcode", "store.country", "store.phone")


def adviser_rows(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """One row for each adviser in the order of their ids: OWN, `full name`, and STORE by its paths."""
    rows = rows_with(tables, "advisers", (*OWN, *STORE))
    named = rows.mutate(**{"full name": full_name(rows["first_name"], rows["last_name"])})
    return named.select(*OWN, "full name", *STORE).order_by("adviser_id")
