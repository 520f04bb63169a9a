"""Designs of cards: of a list, a customer gets the first that they never had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.plan.plan import decide
from sitegen.model.campaign import Campaign, EveryYear, OnDate
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.shop import Cap
from tests.audience.little_shop import TODAY, Row, ask, campaign
from tests.audience.plan_cases import CARD, MAIL, Case, by_heart, customer, inputs, only
from tests.plain_shop import SHOP

LEAD = SHOP.lead(CARD)
LAST = TODAY + timedelta(9)


def card(name: str, *designs: str, day: int = 0, **more: Any) -> Campaign:
    """A campaign whose card leaves so many days after today."""
    return campaign(name, channels=(CARD,), timing=OnDate(TODAY + timedelta(LEAD + day)), cards=designs, **more)


def had(who: str, design: str, channel: Channel = CARD, campaign: str = "old") -> Row:
    """A card that left long ago."""
    return {
        "campaign": campaign,
        "edition": f"{campaign}/2025-09-08/{design}",
        "customer_id": who,
        "channel": channel.value,
        "day": date(2025, 9, 8),
        "message_class": MessageClass.CARE.value,
        "design": design,
    }


def dealt(case: Case, *campaigns: Campaign, **more: Any) -> list[tuple[str, str, str]]:
    """Customer, campaign and design, or the code where none leaves."""
    made = ask(decide(inputs(case, campaigns, TODAY, more.pop("last", LAST), **more)))
    return sorted((row["customer_id"], row["campaign"], row["code"] or row["design"]) for row in made)


def test_a_single_design_goes_as_it_is_written_even_to_those_who_had_it() -> None:
    case = only(customer("A"), deliveries=[had("A", "moon")])
    assert dealt(case, card("wish", "moon")) == [("A", "wish", "moon")]


def test_other_channels_have_no_design() -> None:
    both = campaign(channels=(MAIL, CARD), timing=OnDate(TODAY), cards=("moon", "sun"))
    (row,) = ask(decide(inputs(only(customer("A")), (both,))))
    assert (row["channel"], row["design"], row["code"]) == ("mail", None, None)


def test_each_customer_gets_the_first_of_the_list_that_they_never_had() -> None:
    deliveries = [had("B", "moon"), had("C", "moon"), had("C", "sun"), had("C", "leaf"), had("D", "sun")]
    case = only(*(customer(name) for name in "ABCDE"), deliveries=[*deliveries, had("E", "moon", MAIL)])
    assert dealt(case, card("wish", "moon", "sun", "leaf")) == [
        ("A", "wish", "moon"),
        ("B", "wish", "sun"),
        ("C", "wish", "no-new-design"),
        ("D", "wish", "moon"),
        ("E", "wish", "moon"),
    ]


def test_who_has_had_them_all_is_told_why() -> None:
    case = only(customer("A"), deliveries=[had("A", "moon"), had("A", "sun")])
    (row,) = ask(decide(inputs(case, (card("wish", "moon", "sun"),))))
    assert (row["code"], row["why_not"], row["design"]) == (
        "no-new-design",
        "has had every design of this card",
        None,
    )


def test_no_design_comes_twice_in_one_plan() -> None:
    lists = [card("b", "moon", "sun", day=1), card("a", "moon", "sun", day=2), card("c", "sun", "moon", day=3)]
    assert dealt(only(customer("A")), *lists) == [
        ("A", "a", "sun"),
        ("A", "b", "moon"),
        ("A", "c", "no-new-design"),
    ]


def test_a_single_design_of_the_same_plan_is_not_given_again() -> None:
    nobody = card("gold", "sun", audience="silver")
    assert dealt(only(customer("A")), card("list", "moon", "sun"), card("one", "moon", day=5), nobody) == [
        ("A", "list", "sun"),
        ("A", "one", "moon"),
    ]


def test_a_card_that_cannot_leave_keeps_no_design_from_another() -> None:
    elsewhere = customer("A", street=None)
    hers = card("one", "moon", kind=Kind.PROMOTION)
    assert dealt(only(elsewhere), card("list", "moon", "sun"), hers) == [
        ("A", "list", "no-address"),
        ("A", "one", "no-address"),
    ]
    assert dealt(only(customer("A")), card("list", "moon", "sun"), hers) == [
        ("A", "list", "moon"),
        ("A", "one", "no-consent"),
    ]


def test_two_birthdays_in_one_plan_get_two_designs() -> None:
    birthday = campaign("birthday", channels=(CARD,), timing=EveryYear("birthday"), cards=("moon", "sun"))
    case = only(customer("A", birthday=TODAY + timedelta(LEAD)), customer("B", birthday=TODAY + timedelta(LEAD + 1)))
    made = ask(decide(inputs(case, (birthday,), TODAY, TODAY + timedelta(365))))
    assert sorted((row["customer_id"], row["day"], row["design"]) for row in made) == [
        ("A", TODAY, "moon"),
        ("A", TODAY + timedelta(365), "sun"),
        ("B", TODAY + timedelta(1), "moon"),
    ]


def test_a_capped_card_is_told_as_capped() -> None:
    shop = replace(SHOP, caps=(Cap(MessageClass.CARE, "month", 1),))
    assert dealt(only(customer("A")), card("a", "moon", "sun"), card("b", "moon", "sun", day=1), shop=shop) == [
        ("A", "a", "moon"),
        ("A", "b", "capped"),
    ]


DESIGNS = ("moon", "sun", "leaf", "snow")
LISTS = st.lists(
    st.builds(
        lambda name, designs, day: card(name, *designs, day=day),
        st.sampled_from("abcdefg"),
        st.lists(st.sampled_from(DESIGNS), min_size=1, max_size=4, unique=True),
        st.integers(0, 9),
    ),
    unique_by=lambda one: one.id,
    min_size=1,
    max_size=5,
).map(tuple)
LEDGERS = st.lists(
    st.builds(had, st.sampled_from("ABC"), st.sampled_from(DESIGNS)),
    unique_by=lambda row: (row["customer_id"], row["design"]),
    max_size=6,
)
NOBODY = inputs(only(), (), TODAY, LAST)


@pytest.mark.slow
@settings(max_examples=8)
@given(LISTS, LEDGERS)
def test_a_clerk_with_a_drawer_for_each_customer_would_deal_the_same_cards(
    campaigns: tuple[Campaign, ...], deliveries: list[Row]
) -> None:
    case = only(*(customer(name) for name in "ABC"), deliveries=deliveries)
    made = ask(decide(by_heart(replace(NOBODY, campaigns=campaigns), case)))
    found = {(row["customer_id"], row["campaign"]): row["design"] if row["code"] is None else None for row in made}
    assert len(found) == len(made)
    assert found == {(who, name): design for who in "ABC" for name, design in drawer(who, campaigns, deliveries)}
    assert {row["code"] for row in made} <= {None, "no-new-design"}


def drawer(who: str, campaigns: tuple[Campaign, ...], deliveries: list[Row]) -> Iterable[tuple[str, str | None]]:
    """Campaign and design, one card after the other."""
    taken = {str(row["design"]) for row in deliveries if row["customer_id"] == who}
    taken |= {one.cards[0] for one in campaigns if len(one.cards) == 1}
    for one in sorted(campaigns, key=lambda one: (one.timing.day if isinstance(one.timing, OnDate) else TODAY, one.id)):
        if len(one.cards) == 1:
            yield one.id, one.cards[0]
        else:
            design = next((name for name in one.cards if name not in taken), None)
            taken |= {design} if design else set()
            yield one.id, design
