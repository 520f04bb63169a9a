"""The table that was written by hand, and the plain model that reckons it: both say the same of the ten members."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.members.model import Member, Model, Shop
from tests.members.table import TABLE, TODAY, Sees

REPOSITORY = Path(__file__).parents[2]
MODEL = Model(Shop(REPOSITORY), TODAY)


@pytest.mark.parametrize("member", TABLE)
def test_the_model_says_of_a_named_member_what_the_table_says(member: str) -> None:
    row = TABLE[member]
    assert said(MODEL.member(member), row) == row


def test_each_kind_of_member_is_in_the_table() -> None:
    members = [MODEL.member(one) for one in TABLE]
    assert {one.tier for one in members} == {"Linen", "Silver", "Gold"}
    assert {one.language for one in members} == {"en", "zh"}
    of_some = ("newcomer_prices", "suggestions", "coming", "stages", "coupons", "kept_prices", "gatherings", "gifts")
    for what in of_some:
        assert any(getattr(one, what) for one in members), what
        assert not all(getattr(one, what) for one in members), what


def said(member: Member, row: Sees) -> Sees:
    """What the model says of a member, in the words of the table; of the prices those that the row names."""
    prices = {id_: f"{member.prices[id_].price}" if id_ in member.prices else None for id_ in row.prices}
    return Sees(
        name=member.name,
        tier=member.tier,
        adviser=member.adviser,
        points=member.points,
        gifts=member.gifts,
        next_gift=member.next_gift,
        missing=member.points_to_next_gift,
        prices=prices,
        benefits=member.benefits,
        care=member.care,
        suggestions=member.suggestions,
        next_tier=member.next_tier,
        to_next_tier="" if member.to_next_tier is None else f"{member.to_next_tier:.2f}",
        gatherings=member.gatherings,
        coming=member.coming,
        circle=member.circle,
        stages=member.stages,
        coupons=member.coupons,
        newcomer_prices={id_: f"{price}" for id_, price in member.newcomer_prices.items()},
        contracts=member.contracts,
        payment=member.payment,
        kept_prices=member.kept_prices,
        # Pages of a tier are told from the front matter by the browser's tests.
        own_pages=row.own_pages,
        language=member.language,
    )
