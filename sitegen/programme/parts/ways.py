"""List the ways by which customers reach the shop, with what a link to each opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model.part import On


@dataclass(frozen=True, slots=True)
class Way:
    """A way by its word in the programme (call, mail, text, card, shop, form): `said` is a number, an address or "".

    `to` is what `link` takes, "" where there is nothing to open.
    """

    channel: str
    said: str = ""
    to: str = ""


def ways(on: On, channels: Iterable[str], form: str = "") -> tuple[Way, ...]:
    """The ways in their order, without those that the shop does not have; `form` is what `link` takes for one."""
    found = (_way(on, channel, form) for channel in channels)
    return tuple(way for way in found if way)


def telephone(number: str) -> str:
    """A number as a link, "" for none."""
    dialled = re.sub(r"[^+0-9]", "", number)
    return f"tel:{dialled}" if dialled else ""


def _way(on: On, channel: str, form: str) -> Way | None:
    shop = on.shop
    match channel:
        case "call":
            return Way(channel, shop.phone, telephone(shop.phone)) if shop.phone else None
        case "mail":
            return Way(channel, shop.sender.address, f"mailto:{shop.sender.address}")
        case "card":
            home = shop.address
            return Way(channel, ", ".join(filter(None, (home.street, f"{home.postcode} {home.city}".strip()))))
        case "form":
            return Way(channel, "", form) if form else None
        case _:
            return Way(channel)
