"""Coupons on pages: fields of the reader's own record, and one sentence that depends on what may meet."""

from __future__ import annotations

from sitegen.model.part import On, Part, Terms
from sitegen.model.programme import Programme
from sitegen.model.stacking import Stacking, Together
from sitegen.programme.parts import coupons
from sitegen.programme.parts.coupons import CouponsView
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY


def shown(stacking: Stacking) -> Part:
    return coupons.part(On(Programme(stacking=stacking), SHOP, TODAY, "en"), {})


def test_a_coupon_counts_beside_other_things_only_where_two_may_meet() -> None:
    assert shown(Stacking()) == Part(CouponsView(together=False))
    assert shown(Stacking(most=2)) == Part(CouponsView(together=True))
    assert shown(Stacking(together=(Together("tier-price", "coupon"),))) == Part(CouponsView(together=True))


def test_nobody_needs_a_key_for_their_coupons() -> None:
    assert coupons.rules(Terms(Programme(), SHOP), {}) == ()
