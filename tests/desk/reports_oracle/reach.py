"""Say whether an address of somebody is suppressed: by its hash, as the customer file keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.desk.sample import tables
from tests.shop.permission import address_hash


def suppressed(person: Any, first: date, last: date) -> bool:
    """Whether an address of theirs was suppressed between two days, both included."""
    mine = {(channel, address_hash(address)) for channel, address in addresses(person).items() if address}
    return any(
        (row["channel"], row["address_hash"]) in mine and first <= row["since"] <= last
        for row in tables()["suppressions"]
    )


def addresses(person: Any) -> dict[str, str | None]:
    """The normal form of each address: small letters and single spaces; of a number its digits."""
    phone = (person["phone"] or "").replace(" ", "")
    post = [" ".join((person[name] or "").lower().split()) for name in ("street", "postcode", "country")]
    return {
        "mail": (person["email"] or "").lower() or None,
        "text": phone or None,
        "call": phone or None,
        "card": "|".join(post) if person["street"] else None,
    }
