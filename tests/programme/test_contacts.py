"""Advisers' contacts: their own telephone and store first, else what is the shop's."""

from __future__ import annotations

from dataclasses import replace

from sitegen.programme.contact_card import Contact, contact_of
from sitegen.programme.contacts import adviser_rows
from tests.audience.little_shop import ask, tables
from tests.plain_shop import SHOP

PAGE = "https://shop.example/advisers/"


def contacts() -> list[Contact]:
    """The contacts of a shop with an adviser in a store and one without anything."""
    rows = tables(
        advisers=[
            {"adviser_id": "A-2", "first_name": "Wen", "last_name": None},
            {
                "adviser_id": "A-1",
                "first_name": "月",
                "last_name": "沈",
                "title": "Beads",
                "store_id": "suzhou",
                "email": "yue@shop.example",
                "phone": "+86 129 1",
                "languages": ["zh", "en"],
            },
        ],
        stores=[
            {
                "store_id": "suzhou",
                "name": "Suzhou",
                "street": "Pingjiang Road 112",
                "city": "Suzhou",
                "postcode": "215004",
                "country": "CN",
                "phone": "+86 129 2",
            }
        ],
    )
    shop = replace(SHOP, phone="+49 40 1")
    return [contact_of(row, shop, PAGE) for row in ask(adviser_rows(rows))]


def test_an_adviser_has_their_own_telephone_and_the_address_of_their_store() -> None:
    assert contacts()[0] == Contact(
        uid=f"{SHOP.url}/#adviser-A-1",
        full_name="沈月",
        given_name="月",
        family_name="沈",
        organisation=SHOP.name,
        title="Beads",
        phone="+86 129 1",
        email="yue@shop.example",
        street="Pingjiang Road 112",
        city="Suzhou",
        postcode="215004",
        country="CN",
        url=PAGE,
        languages=("zh", "en"),
    )


def test_an_adviser_of_whom_little_is_known_is_reached_by_the_shop() -> None:
    home = SHOP.address
    assert contacts()[1] == Contact(
        uid=f"{SHOP.url}/#adviser-A-2",
        full_name="Wen",
        given_name="Wen",
        organisation=SHOP.name,
        phone="+49 40 1",
        street=home.street,
        city=home.city,
        postcode=home.postcode,
        country=home.country,
        url=PAGE,
    )


def test_who_has_a_store_and_no_telephone_is_reached_by_the_stores() -> None:
    row = {"adviser_id": "A-3", "full name": "Yue", "store.phone": "+86 129 2", "store.city": "Suzhou"}
    assert (contact_of(row, SHOP, PAGE).phone, contact_of(row, SHOP, PAGE).street) == ("+86 129 2", "")
