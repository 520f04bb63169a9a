"""Say which address a channel has, in the form in which one is recognised however it was typed."""

from __future__ import annotations

import ibis

from sitegen.model.channel import Channel
from sitegen.model.postal import WITH_POSTCODE, WITHOUT_CITY

EMAIL_KEY, PHONE_KEY = "email_key", "phone_key"
"""Columns that the data room adds to the customers: the normal forms of e-mail and telephone."""

POSTAL = ("street", "postcode", "city", "country")
"""Of what a letter needs to arrive: which of it, each country says for itself."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
PLAIN_EMAIL = rf"{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"
"""An ASCII address as nearly all are (RFC 5322 dot-atom, a domain of two labels): its normal form is itself in lower
case. To be matched whole; `plain_email` also looks at the lengths."""

LONGEST, LONGEST_LOCAL, CODED = 254, 64, "xn--"
"""Limits of RFC 5321, and what a label in Punycode begins with: only a library knows whether it is a good one."""


def address_of(customers: ibis.Table, channel: Channel) -> ibis.Value:
    """The normalised address of a channel, null where it is missing, incomplete, or none that can be written to.

    An e-mail address is lower-cased, its domain in ASCII; a telephone number is in E.164; a postal address is
    street, postcode ("" where the country has none) and country, lower-cased, joined by | and with single spaces (the
    wording of the suppressions table). The data room makes the first two (`data.normal_forms`); customers who did not
    come from there have only those that are plain: an ASCII address, the digits of a number.
    """
    match channel:
        case Channel.MAIL:
            return customers[EMAIL_KEY] if EMAIL_KEY in customers.columns else plain_email(customers["email"])
        case Channel.TEXT:
            return customers[PHONE_KEY] if PHONE_KEY in customers.columns else _digits(customers["phone"])
        case Channel.CARD:
            parts = [_spaced(customers[part].fill_null("")) for part in ("street", "postcode", "country")]
            return ibis.ifelse(_is_complete(customers), ibis.literal("|").join(parts), ibis.null("string"))
        case Channel.PAGE:
            return ibis.null("string")


def is_written(customers: ibis.Table, channel: Channel) -> ibis.Value:
    """Whether anything is written where the address of a channel stands, be it good or not."""
    if channel is Channel.CARD:
        return _is_complete(customers)
    columns = {Channel.MAIL: ("email",), Channel.TEXT: ("phone",), Channel.PAGE: ()}[channel]
    return ibis.and_(*(_is_there(customers[part]) for part in columns))


def _is_complete(customers: ibis.Table) -> ibis.Value:
    """Whether a postal address has the parts without which no letter arrives in its country.

    Regions are left to the print shop, which knows their names: where one is missing it refuses the card.
    """
    country = customers["country"].fill_null("").strip().upper()
    return ibis.and_(
        _is_there(customers["street"]),
        country != "",
        _is_there(customers["postcode"]) | country.notin(sorted(WITH_POSTCODE)),
        _is_there(customers["city"]) | country.isin(sorted(WITHOUT_CITY)),
    )


def _is_there(column: ibis.Value) -> ibis.Value:
    return column.strip().nullif("").notnull()


def plain_email(text: ibis.Value) -> ibis.Value:
    """The normal form of an address that is plain, null of any other."""
    stripped = text.strip()
    form = stripped.lower()
    fits = (stripped.length() <= LONGEST) & (stripped.find("@") <= LONGEST_LOCAL) & ~form.contains(CODED)
    return ibis.ifelse(fits & stripped.re_search(f"^{PLAIN_EMAIL}$"), form, ibis.null("string"))


def address_hash(address: ibis.Value) -> ibis.Value:
    """SHA-256 of a normalised address, 64 hex digits."""
    return address.hexdigest("sha256")


def _digits(column: ibis.Value) -> ibis.Value:
    digits = column.re_replace("[^0-9]", "").nullif("")
    return ibis.ifelse(column.strip().startswith("+"), ibis.literal("+") + digits, digits)


def _spaced(column: ibis.Value) -> ibis.Value:
    return column.lower().re_replace(r"\s+", " ").strip()
