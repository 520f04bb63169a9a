"""Show the people of the shop: who they are, how to reach them, and a contact card to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.model.goods import Adviser, Shelf, Store
from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.model.shop import Shop
from sitegen.programme.contact_card import contact_card, contact_of
from sitegen.programme.parts.goods_words import known
from sitegen.programme.parts.names import language_names
from sitegen.programme.parts.ways import telephone

STORE = "store"


@dataclass(frozen=True, slots=True)
class AdviserView:
    """An adviser in the reader's language; what is unknown is "". `photo` is what `picture` takes, `phone_link` `link`.

    `store` is the name of theirs, "" too where all are of the same store because the line asks for it.

    `vcard` is the text of their contact card, and `file_name` what its file is called.
    """

    name: str
    title: str
    store: str
    photo: str
    languages: tuple[str, ...]
    phone: str
    phone_link: str
    email: str
    file_name: str
    vcard: str


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text see them."""
    return ()


def part(on: On, arguments: Arguments) -> Part:
    """All of them in the order of their ids, or those of one store."""
    stores = {store.id: store for store in on.goods.stores}
    wanted = arguments.get(STORE, "")
    known(STORE, filter(None, (wanted,)), stores, "store")
    team = (one for one in on.goods.advisers if wanted in ("", one.store_id))
    return Part(tuple(_view(on, one, stores.get(one.store_id), named=not wanted) for one in team))


def _view(on: On, adviser: Adviser, store: Store | None, named: bool) -> AdviserView:
    phone = adviser.phone or (store.phone if store else "") or on.shop.phone
    return AdviserView(
        name=adviser.full_name,
        title=on.said(adviser.title),
        store=on.said(store.name) if store and named else "",
        photo=f"/assets/{adviser.photo}" if adviser.photo else "",
        languages=language_names(adviser.languages, on.language),
        phone=phone,
        phone_link=telephone(phone),
        email=adviser.email,
        file_name=f"advisers/{re.sub('[^A-Za-z0-9-]', '-', adviser.id)}.vcf",
        vcard=contact_card(contact_of(_row(adviser, store), on.shop, _home(on.shop))),
    )


def _row(adviser: Adviser, store: Store | None) -> dict[str, object]:
    """The adviser as `contact_of` wants them: as the row of a table."""
    own: dict[str, object] = {
        "adviser_id": adviser.id,
        "full name": adviser.full_name,
        "first_name": adviser.first_name,
        "last_name": adviser.last_name,
        "title": adviser.title,
        "phone": adviser.phone,
        "email": adviser.email,
        "languages": list(adviser.languages),
    }
    if store is None:
        return own
    there = ("street", "city", "postcode", "country", "phone")
    return own | {f"store.{name}": getattr(store, name) for name in there}


def _home(shop: Shop) -> str:
    return f"{shop.url.rstrip('/')}/"


MAKER = Maker("", ("title", STORE), shows(Shelf.ADVISERS, Shelf.STORES), rules, part)
