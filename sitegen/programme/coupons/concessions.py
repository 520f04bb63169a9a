"""Say which concessions coupons grant, for the guard against stacking."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.model.concession import Concession, ConcessionKind, Per
from sitegen.model.coupons import CouponRule


def concessions(rules: Iterable[CouponRule]) -> tuple[Concession, ...]:
    """Those with a value, taken off the order once; a thing is no concession.

    An order of the least sum is assumed: that is where an amount weighs most. `most`, which only makes a coupon
    smaller, is left out.
    """
    return tuple(
        Concession(
            ConcessionKind.COUPON,
            rule.name,
            rule.gives.percent,
            rule.gives.amount,
            per=Per.ORDER,
            who=rule.who,
            goods=rule.goods,
            least=rule.least,
            one_of="coupon",
            place=rule.place,
        )
        for rule in rules
        if rule.gives.percent or rule.gives.amount
    )
