"""Tell the stacking guard what points take off a price: nothing, unless the switch is on."""

from __future__ import annotations

from sitegen.model.concession import Concession, ConcessionKind, Per
from sitegen.model.points import Points


def concessions(points: Points | None) -> tuple[Concession, ...]:
    """None, or with `as_price: yes` one: the largest part of an order that points may pay.

    Source: "the separation of services and discounts"; "If the two do not peel off, they will fall into a vicious
    circle".
    """
    if points is None or points.price is None:
        return ()
    price = points.price
    return (Concession(ConcessionKind.POINTS, "points", percent=price.most, per=Per.ORDER, place=price.place),)
