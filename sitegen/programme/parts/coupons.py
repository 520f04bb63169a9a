"""Show readers the coupons that are theirs; where no record tells of them, how a coupon is redeemed."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows


@dataclass(frozen=True, slots=True)
class CouponsView:
    """`together`: more than one concession may meet, so a coupon counts beside others."""

    together: bool


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: what stands there are fields of the reader's own record."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """No cells, only what holds for every coupon."""
    stacking = on.programme.stacking
    return Part(CouponsView(stacking.most > 1 or bool(stacking.together)))


MAKER = Maker("", ("title",), shows(), rules, part)
