"""The plan of gifts: a card for each present that is due, of which the plan knows no more than its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import ibis
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.calendar.due import Period
from sitegen.audience.plan.gifts import Giving, gift_cards
from sitegen.audience.plan.plan import decide
from sitegen.model.campaign import Campaign, EachGift, OnDate, Window
from sitegen.model.channel import Kind, MessageClass
from sitegen.model.ledger import DELIVERY_TYPES
from sitegen.model.plan import PLAN_COLUMNS
from sitegen.model.shop import Cap
from tests.audience.little_shop import TODAY, Row, ask, campaign, table, tables, typed
from tests.audience.plan_cases import CARD, Case, consent, customer, inputs, only
from tests.plain_shop import SHOP

LEAD = 14
THEN = TODAY + timedelta(LEAD)
GIFTS = campaign("2026/gift", Kind.GIFT, (CARD,), EachGift(), "Chosen for you.", cards=("crane", "moon"), language="en")


def gift(number: str = "G-1", **more: Any) -> Row:
    """A gift of A's whose card leaves today, unless `more` says otherwise."""
    whole = {
        "gift_id": number,
        "customer_id": "A",
        "asked_on": TODAY - timedelta(7),
        "send_on": THEN,
        "giver_name": "Anna",
        "words": "For you.",
        "language": "en",
        "recipient_name": "Lotte Weidenfeld",
        "street": "Am Mühlenteich 5",
        "postcode": "22303",
        "city": "Hamburg",
        "country": "DE",
    }
    return {**whole, **more}


def due_cards(gifts: list[Row], *campaigns: Campaign, case: Case | None = None, **days: date) -> ibis.Table:
    """The cards of these gifts in a plan of `days`, with their codes."""
    case = case or only(customer("A"))
    belongs = [{**row, "silver": row["country"] == "NO"} for row in case.customers]
    filed = tables(customers=case.customers, suppressions=case.suppressions)
    orders: list[Row] = [{"order_id": "O-1", "status": "cancelled"}, {"order_id": "O-2"}]
    return gift_cards(
        campaigns or (GIFTS,),
        Giving(
            gifts=table("gifts", gifts),
            orders=table("orders", orders),
            members=typed(ibis.schema({"customer_id": "string", "silver": "boolean"}), belongs),
            customers=filed["customers"],
            suppressions=filed["suppressions"],
            deliveries=typed(ibis.schema(DELIVERY_TYPES), case.deliveries),
            lead=LEAD,
        ),
        Period(**{"since": TODAY, "first": TODAY, "last": TODAY, **days}),
    )


def decided(gifts: list[Row], *campaigns: Campaign, **more: Any) -> list[dict[str, Any]]:
    """The cards of these gifts in the order of their edition."""
    return ask(due_cards(gifts, *campaigns, **more).order_by("edition"))


def codes(gifts: list[Row], *campaigns: Campaign, **more: Any) -> dict[str, str]:
    """Edition to the code of the exclusion, "" where the card is planned."""
    return {row["edition"]: row["code"] or "" for row in decided(gifts, *campaigns, **more)}


def whole_plan(gifts: list[Row], case: Case, *campaigns: Campaign, **more: Any) -> list[dict[str, Any]]:
    """All candidates of a plan with these gifts, in the order of edition."""
    plain = inputs(case, campaigns, **more)
    return ask(decide(replace(plain, tables={**plain.tables, "gifts": table("gifts", gifts)})).order_by("edition"))


def test_a_gift_is_a_line_of_its_giver_that_says_no_more_of_the_recipient_than_its_number() -> None:
    (line,) = decided([gift()])
    assert {name: line[name] for name in PLAN_COLUMNS} == {
        "campaign": "2026/gift",
        "edition": "2026/gift/gift/G-1",
        "channel": "card",
        "customer_id": "A",
        "adviser_id": "A-1",
        "day": TODAY,
        "occasion_day": THEN,
        "design": "crane",
        "reason": "you give this present",
        "leaves_at": None,
    }
    assert (line["code"], line["why_not"]) == (None, None)


def test_three_gifts_of_one_day_are_three_cards_whatever_caps_and_other_cards_there_are() -> None:
    caps = (Cap(MessageClass.CARE, "day", 1),)
    wish = campaign("wish", channels=(CARD,), timing=OnDate(THEN), cards=("crane", "moon"))
    left = {"campaign": "2026/gift", "channel": "card", "customer_id": "A", "day": TODAY, "message_class": "care"}
    before: list[Row] = [{**left, "edition": f"2026/gift/gift/G-{number}", "design": "crane"} for number in (7, 8)]
    three = [gift(number) for number in ("G-1", "G-2", "G-3")]
    case, shop = only(customer("A"), deliveries=before), replace(SHOP, caps=caps)
    found = whole_plan(three, case, GIFTS, wish, replace(GIFTS, id="draft", draft=True), shop=shop)
    # A design that was given away is still new to its giver.
    assert [(row["edition"], row["design"], row["code"]) for row in found] == [
        ("2026/gift/gift/G-1", "crane", None),
        ("2026/gift/gift/G-2", "crane", None),
        ("2026/gift/gift/G-3", "crane", None),
        (f"wish/{THEN}", "crane", None),
    ]


DAYS = {
    (-7, 14): 0,  # in time: the lead before the box
    (-1, 14): 0,
    (-7, 15): 1,
    (-7, 13): None,  # left yesterday
    (-1, 1): 0,  # asked for late: on the day after
    (0, 3): 1,
    (0, 0): 1,  # asked for at the last moment: too late, but not forgotten
}
"""Days from today on which a gift was asked for and its box leaves, and the day on which its card does."""


def test_a_card_leaves_the_lead_before_its_box_or_the_day_after_it_was_asked_for() -> None:
    rows = [
        gift(f"{asked} {send}", asked_on=TODAY + timedelta(asked), send_on=TODAY + timedelta(send))
        for asked, send in DAYS
    ]
    found = {row["edition"]: (row["day"] - TODAY).days for row in decided(rows, last=TODAY + timedelta(3))}
    assert found == {
        f"2026/gift/gift/{asked} {send}": leaves for (asked, send), leaves in DAYS.items() if leaves is not None
    }


def test_a_card_that_fell_due_since_the_last_plan_is_caught_up_with() -> None:
    late = gift(send_on=THEN - timedelta(2))
    (line,) = decided([late], since=TODAY - timedelta(2))
    assert (line["day"], line["occasion_day"]) == (TODAY, THEN - timedelta(2))
    assert decided([late], since=TODAY - timedelta(1)) == []


def test_a_card_that_left_does_not_leave_again() -> None:
    left = {"campaign": "2026/gift", "edition": "2026/gift/gift/G-1", "channel": "card", "customer_id": "A"}
    case = only(customer("A"), deliveries=[{**left, "day": TODAY, "message_class": "care"}])
    assert codes([gift(), gift("G-2")], case=case) == {
        "2026/gift/gift/G-1": "already-sent",
        "2026/gift/gift/G-2": "",
    }


OBSTACLES: tuple[tuple[Row, str], ...] = (
    ({"recipient_name": " "}, "no-recipient"),
    ({"recipient_name": None}, "no-recipient"),
    ({"street": ""}, "no-address"),
    ({"postcode": None}, "no-address"),
    ({"city": " "}, "no-address"),
    ({"country": None}, "no-address"),
    ({"country": "HK", "postcode": None, "city": None}, ""),
    ({"language": "zh"}, "other-language"),
    ({"language": "eng"}, "other-language"),
    ({"language": "en-GB"}, ""),
    ({"words": None}, ""),
    ({"card": "moon"}, ""),
    ({"card": "lotus"}, "no-such-design"),
    ({"order_id": "O-1"}, "undone"),
    ({"order_id": "O-2"}, ""),
)


def test_a_gift_that_cannot_be_printed_is_left_out_with_its_reason() -> None:
    found = decided([gift(f"{number:02d}", **changed) for number, (changed, _) in enumerate(OBSTACLES)])
    assert [row["code"] or "" for row in found] == [code for _, code in OBSTACLES]
    assert all(bool(row["why_not"]) == bool(row["code"]) for row in found)
    assert found[12]["why_not"] == "this campaign has no design 'lotus'"


def test_a_gift_without_words_needs_a_campaign_that_has_some() -> None:
    silent = campaign("silent", Kind.GIFT, (CARD,), EachGift(), " \n", cards=("crane",))
    found = codes([gift(words=" "), gift("G-2")], silent)
    assert found == {"silent/gift/G-1": "no-words", "silent/gift/G-2": ""}


def test_the_recipient_and_not_the_giver_is_asked_whether_anything_may_come() -> None:
    barred = {"channel": "card", "address_hash": sha256("am mühlenteich 5|22303|de".encode()).hexdigest()}
    assert codes([gift()], case=only(customer("A"), suppressions=[barred])) == {"2026/gift/gift/G-1": "suppressed"}
    own = {"channel": "card", "address_hash": sha256("gärtnerstraße a|20253|de".encode()).hexdigest()}
    moved = customer("A", street=None)
    assert codes([gift()], case=only(customer("A"), suppressions=[own])) == {"2026/gift/gift/G-1": ""}
    assert codes([gift()], case=only(moved)) == {"2026/gift/gift/G-1": ""}


def test_a_giver_who_wants_no_cards_of_care_still_gets_the_card_that_they_ordered() -> None:
    case = only(customer("A"), consents=[consent("A", "care", "withdrawn", CARD)])
    assert [(row["edition"], row["code"]) for row in whole_plan([gift()], case, GIFTS)] == [
        ("2026/gift/gift/G-1", None)
    ]


def test_only_the_audiences_gifts_are_candidates_and_a_closed_campaign_has_none() -> None:
    case = only(customer("A"), customer("B", country="NO"))
    ours = [gift(), gift("G-2", customer_id="B")]
    assert codes(ours, replace(GIFTS, audience="silver"), case=case) == {"2026/gift/gift/G-2": ""}
    over, later = replace(GIFTS, window=Window(expire_on=TODAY)), replace(GIFTS, window=Window(TODAY + timedelta(1)))
    assert codes(ours, over, later, case=case) == {}
    assert len(codes(ours, replace(GIFTS, window=Window(TODAY, TODAY + timedelta(1))), case=case)) == 2


def test_two_campaigns_in_two_languages_share_the_gifts() -> None:
    chinese = replace(GIFTS, id="zh", language="zh")
    found = codes([gift(), gift("G-2", language="zh-Hans")], GIFTS, chinese)
    assert found == {
        "2026/gift/gift/G-1": "",
        "2026/gift/gift/G-2": "other-language",
        "zh/gift/G-1": "other-language",
        "zh/gift/G-2": "",
    }


texts = st.sampled_from(["", " ", None, "x"])
drawn_gifts: st.SearchStrategy[list[Row]] = st.lists(
    st.builds(
        dict,
        asked_on=st.dates(TODAY - timedelta(30), TODAY),
        send_on=st.dates(TODAY - timedelta(10), TODAY + timedelta(40)),
        customer_id=st.sampled_from("AB"),
        recipient_name=texts,
        street=texts,
        words=texts,
        language=st.sampled_from(["en", "zh", "de"]),
    ),
    max_size=8,
)


@settings(max_examples=8, deadline=None)
@given(drawn_gifts, st.integers(0, 20))
def test_planned_and_left_out_are_the_gifts_that_are_due_each_once(drawn: list[Row], more: int) -> None:
    last = TODAY + timedelta(more)
    rows = [gift(f"G-{number}", **row) for number, row in enumerate(drawn)]
    found = decided(rows, case=only(customer("A"), customer("B")), last=last)
    due = sorted(f"2026/gift/gift/{row['gift_id']}" for row in rows if TODAY <= leaves(row) <= last)
    assert [row["edition"] for row in found] == due
    assert all(bool(row["why_not"]) == bool(row["code"]) for row in found)


def leaves(row: Row) -> date:
    """The day on which a gift's card leaves."""
    on_time: date = row["send_on"] - timedelta(LEAD)
    asked: date = row["asked_on"]
    return max(on_time, asked + timedelta(1))
