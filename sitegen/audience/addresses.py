"""Normalise addresses, so that one is recognised however it was typed."""

from __future__ import annotations

import ibis

from sitegen.model.channel import Channel

POSTAL = ("street", "postcode", "city", "country")
"""What a letter needs to arrive."""


def address_of(customers: ibis.Table, channel: Channel) -> ibis.Value:
    """The normalised address of a channel, null where it is missing or incomplete.

    An e-mail address is stripped and lower-cased; a telephone number keeps its digits and a leading +; a postal
    address is street, postcode and country, lower-cased, joined by | and with single spaces (the wording of the
    suppressions table). Text is taken as composed (NFC), as the customer file is read.
    """
    match channel:
        case Channel.MAIL:
            return customers["email"].strip().lower().nullif("")
        case Channel.TEXT:
            return _phone(customers["phone"])
        case Channel.CARD:
            complete = ibis.and_(*(customers[part].strip().nullif("").notnull() for part in POSTAL))
            parts = [_spaced(customers[part]) for part in ("street", "postcode", "country")]
            return ibis.ifelse(complete, ibis.literal("|").join(parts), ibis.null("string"))
        case Channel.PAGE:
            return ibis.null("string")


def address_hash(address: ibis.Value) -> ibis.Value:
    """SHA-256 of a normalised address, 64 hex digits."""
    return address.hexdigest("sha256")


def _phone(column: ibis.Value) -> ibis.Value:
    digits = column.re_replace("[^0-9]", "").nullif("")
    return ibis.ifelse(column.strip().startswith("+"), ibis.literal("+") + digits, digits)


def _spaced(column: ibis.Value) -> ibis.Value:
    return column.lower().re_replace(r"\s+", " ").strip()
