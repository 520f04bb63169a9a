"""Make the contact of each adviser out of the customer file: who they are, and in which store."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from sitegen.audience.facts.facts import full_name
from sitegen.audience.facts.rows import rows_with
from sitegen.model.shop import Shop
from sitegen.programme.contact_card import Contact

OWN = ("adviser_id", "first_name", "last_name", "title", "email", "phone", "languages", "photo", "store_id")
STORE = ("store.name", "store.street", "store.city", "store.postcode", "store.country", "store.phone")


def adviser_rows(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """One row for each adviser in the order of their ids: OWN, `full name`, and STORE by its paths."""
    rows = rows_with(tables, "advisers", (*OWN, *STORE))
    named = rows.mutate(**{"full name": full_name(rows["first_name"], rows["last_name"])})
    return named.select(*OWN, "full name", *STORE).order_by("adviser_id")


def contact_of(row: Mapping[str, object], shop: Shop, page: str) -> Contact:
    """The contact of an adviser's row; `page` is the address of the page of advisers.

    Who has no telephone is reached by the store's, then by the shop's; who has no store stands at the shop's address.
    """
    said = {name: str(value) for name, value in row.items() if value is not None and not isinstance(value, list)}
    languages = row.get("languages")
    there = bool(said.get("store.street") or said.get("store.city"))
    home = shop.address
    return Contact(
        uid=f"{shop.url.rstrip('/')}/#adviser-{said['adviser_id']}",
        full_name=said.get("full name", ""),
        given_name=said.get("first_name", ""),
        family_name=said.get("last_name", ""),
        organisation=shop.name,
        title=said.get("title", ""),
        phone=said.get("phone") or said.get("store.phone") or shop.phone,
        email=said.get("email", ""),
        street=said.get("store.street", "") if there else home.street,
        city=said.get("store.city", "") if there else home.city,
        postcode=said.get("store.postcode", "") if there else home.postcode,
        country=said.get("store.country", "") if there else home.country,
        url=page,
        languages=tuple(map(str, languages)) if isinstance(languages, list) else (),
    )
