"""Write an adviser's contact card as a vCard 4.0, for address books."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.model.shop import Shop

MOST_OCTETS = 75
"""Octets of a line, without its end (RFC 6350, 3.2)."""
ESCAPED = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Contact:
    """What a contact card says of an adviser; what is unknown is "". `uid` is a URI that names the card.

    Source: "issue a store contact card and inform customers of the name and mobile phone number of the shopping
    guide".
    """

    uid: str
    full_name: str
    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    url: str = ""
    note: str = ""
    languages: tuple[str, ...] = ()


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


def contact_card(contact: Contact) -> str:
    """The text of a .vcf file (RFC 6350): lines end with CR LF and are folded at 75 octets.

    The same contact gives the same text: there is no time in it.
    """
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_properties(contact), "END:VCARD"]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _properties(contact: Contact) -> Iterator[str]:
    yield f"FN:{_text(contact.full_name)}"
    if contact.given_name or contact.family_name:
        yield f"N:{_parts(contact.family_name, contact.given_name, '', '', '')}"
    if contact.organisation:
        yield f"ORG:{_text(contact.organisation)}"
    if contact.title:
        yield f"TITLE:{_text(contact.title)}"
    if contact.phone.startswith("+"):
        yield f'TEL;TYPE="work,cell";VALUE=uri:tel:+{re.sub("[^0-9]", "", contact.phone)}'
    elif contact.phone:
        yield f'TEL;TYPE="work,cell":{_text(contact.phone)}'
    if contact.email:
        yield f"EMAIL;TYPE=work:{_text(contact.email)}"
    if contact.street or contact.city:
        place = _parts("", "", contact.street, contact.city, "", contact.postcode, contact.country)
        yield f"ADR;TYPE=work:{place}"
    yield from (f"LANG;PREF={number}:{language}" for number, language in enumerate(contact.languages, 1))
    if contact.url:
        yield f"URL:{_line(contact.url)}"
    if contact.note:
        yield f"NOTE:{_text(contact.note)}"
    yield f"UID:{_text(contact.uid)}"


def _parts(*texts: str) -> str:
    return ";".join(map(_text, texts))


def _text(text: str) -> str:
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(ESCAPED)


def _line(text: str) -> str:
    return re.sub(r"\s", "", UNSEEN.sub("", text))


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, of which each but the first begins with a blank; no character is cut."""
    pieces, piece, octets = [], "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > MOST_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += character
        octets += size
    return "\r\n".join([*pieces, piece])
