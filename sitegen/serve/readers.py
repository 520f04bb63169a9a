"""Whom the preview is seen as: the code of a customer's card, or of an invented member of an audience."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sitegen.build.guests import guest_id
from sitegen.build.order import Order
from sitegen.model.segment import PUBLIC
from sitegen.protect.member_link import Revoked, member_link


def code(
    root: Path, order: Order, who: str, audiences: frozenset[str], is_customer: Callable[[str], bool]
) -> str | None:
    """The code that opens the door as `who`, "" for the public; None where nobody goes by that name.

    Only with development keys are there invented members.
    """
    from sitegen.build.keys import open_lock  # noqa: PLC0415 - the server starts without it

    if who == PUBLIC:
        return ""
    is_audience, card_key = who in audiences, order.roots.card
    if card_key is None or not (order.guests if is_audience else is_customer(who)):
        return None
    member = guest_id(who) if is_audience else who
    lock = open_lock(root, order.roots, order.dev, order.entropy).lock
    try:
        return member_link(card_key, lock, member, "").spelled
    except Revoked:
        return None
