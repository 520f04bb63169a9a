"""Caps: nobody hears too often, what left before counts, and of several messages the most important goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.plan.caps import cap_words
from sitegen.audience.plan.nouns import NOUNS
from sitegen.audience.plan.plan import decide
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.shop import Cap
from tests.audience.little_shop import Row, ask, campaign
from tests.audience.plan_cases import CARD, MAIL, TEXT, Case, by_heart, consent, customer, inputs, only
from tests.plain_shop import SHOP

CARE, PROMOTION, SURVEY = MessageClass.CARE, MessageClass.PROMOTION, MessageClass.SURVEY
MONDAY = date(2026, 9, 28)
"""A Monday whose week lies in two months."""
FIRST, LAST = MONDAY, MONDAY + timedelta(16)


def on(number: int) -> OnDate:
    """So many days after the Monday."""
    return OnDate(MONDAY + timedelta(number))


def left(name: str, who: str, day: int, class_: MessageClass = CARE, channel: Channel = MAIL) -> Row:
    """A message that left so many days after the Monday, of an edition of that same day."""
    when = MONDAY + timedelta(day)
    edition = {"campaign": name, "edition": f"{name}/{when}", "day": when, "design": ""}
    return {**edition, "customer_id": who, "channel": channel.value, "message_class": class_.value}


def told(case: Case, caps: tuple[Cap, ...], *campaigns: Campaign) -> list[tuple[str, str, str]]:
    """Campaign, channel and reason of each line of a plan of the seventeen days; no reason where it leaves."""
    made = ask(decide(inputs(case, campaigns, FIRST, LAST, shop=replace(SHOP, caps=caps))))
    return sorted((row["campaign"], row["channel"], row["why_not"] or "") for row in made)


def care(most: int, period: Literal["day", "week", "month"]) -> Cap:
    return Cap(CARE, period, most)


def test_a_cap_is_told_as_people_say_it() -> None:
    assert cap_words(Cap(PROMOTION, "week", 1)) == "at most 1 promotion a week"
    assert cap_words(Cap(CARE, "month", 3)) == "at most 3 greetings a month"
    assert set(NOUNS) == set(MessageClass)


def test_of_two_messages_the_one_with_the_lower_priority_goes() -> None:
    everyone = campaign("early", timing=on(0))
    gold = campaign("late", timing=on(2), audience="gold")
    assert told(only(customer("A")), (care(1, "week"),), everyone, gold) == [
        ("early", "mail", "at most 1 greeting a week, and 'late' goes first"),
        ("late", "mail", ""),
    ]


def test_among_equals_the_earlier_day_goes_and_then_the_name() -> None:
    ones = [campaign(name, timing=on(day)) for name, day in (("a", 2), ("c", 1), ("b", 1))]
    why = "at most 1 greeting a week, and 'b' goes first"
    assert told(only(customer("A")), (care(1, "week"),), *ones) == [
        ("a", "mail", why),
        ("b", "mail", ""),
        ("c", "mail", why),
    ]


def test_what_left_before_counts_first() -> None:
    case = only(customer("A"), deliveries=[left("old", "A", 1)])
    gold = campaign("new", timing=on(2), audience="gold")
    assert told(case, (care(1, "week"),), gold) == [
        ("new", "mail", "at most 1 greeting a week, and 'old' has left already")
    ]
    assert told(case, (care(2, "week"),), gold) == [("new", "mail", "")]
    assert told(case, (care(1, "day"),), gold) == [("new", "mail", "")]


@pytest.mark.parametrize(("day", "reason"), [(-1, ""), (0, "capped"), (6, "capped"), (7, "")])
def test_a_week_goes_from_monday_to_sunday(day: int, reason: str) -> None:
    case = only(customer("A"), deliveries=[left("old", "A", day)])
    ((_, _, said),) = told(case, (care(1, "week"),), campaign("new", timing=on(3)))
    assert bool(said) is bool(reason)


@pytest.mark.parametrize(("day", "reason"), [(2, ""), (3, "capped"), (33, "capped"), (34, "")])
def test_a_month_is_a_month_of_the_calendar(day: int, reason: str) -> None:
    case = only(customer("A"), deliveries=[left("old", "A", day)])
    ((_, _, said),) = told(case, (care(1, "month"),), campaign("new", timing=on(5)))
    assert bool(said) is bool(reason)


def test_an_edition_counts_once_by_however_many_channels_it_comes() -> None:
    both = campaign("both", channels=(MAIL, TEXT), timing=on(1))
    other = campaign("other", timing=on(2))
    assert told(only(customer("A")), (care(2, "week"),), both, other) == [
        ("both", "mail", ""),
        ("both", "text", ""),
        ("other", "mail", ""),
    ]


def test_an_edition_that_has_begun_to_leave_goes_on() -> None:
    both = campaign("both", channels=(MAIL, TEXT), timing=on(1))
    case = only(customer("A"), deliveries=[left("both", "A", 1)])
    assert told(case, (care(1, "week"),), both, campaign("other", timing=on(0), audience="gold")) == [
        ("both", "mail", "this edition has left for them before"),
        ("both", "text", ""),
        ("other", "mail", "at most 1 greeting a week, and 'both' has left already"),
    ]


def test_a_cap_of_one_channel_leaves_the_others_open() -> None:
    both = campaign("both", channels=(MAIL, TEXT), timing=on(1))
    other = campaign("other", channels=(MAIL, TEXT), timing=on(2))
    why = "at most 1 greeting by text a week, and 'both' goes first"
    assert told(only(customer("A")), (replace(care(1, "week"), channel=TEXT),), both, other) == [
        ("both", "mail", ""),
        ("both", "text", ""),
        ("other", "mail", ""),
        ("other", "text", why),
    ]


def test_a_birthday_goes_in_spite_of_caps_and_counts() -> None:
    ones = [campaign("born", kind=Kind.BIRTHDAY, timing=on(2)), campaign("early", timing=on(0), audience="gold")]
    case = only(customer("A"), deliveries=[left("old", "A", 1)])
    shop = replace(SHOP, caps=(care(2, "week"),), bypass=(Kind.BIRTHDAY,))
    made = ask(decide(inputs(case, tuple(ones), FIRST, LAST, shop=shop)))
    assert {row["campaign"]: row["why_not"] for row in made} == {
        "born": None,
        "early": "at most 2 greetings a week, and 'born' goes first",
    }


def test_a_class_without_a_cap_is_free_and_does_not_count() -> None:
    case = only(customer("A"), consents=[consent("A")], deliveries=[left("old", "A", 0, SURVEY)])
    campaigns = [
        campaign("ask", kind=Kind.SURVEY, timing=on(0)),
        campaign("offer", kind=Kind.PROMOTION, timing=on(0)),
        campaign("wish", timing=on(0)),
    ]
    assert {reason for _, _, reason in told(case, (care(1, "month"),), *campaigns)} == {""}


def test_who_is_kept_from_a_message_by_something_else_does_not_use_up_a_place() -> None:
    campaigns = [campaign("first", timing=on(0), audience="gold", channels=(TEXT,)), campaign("then", timing=on(1))]
    assert told(only(customer("A", phone=None)), (care(1, "week"),), *campaigns) == [
        ("first", "text", "there is no phone number"),
        ("then", "mail", ""),
    ]


KINDS = {CARE: Kind.HOLIDAY, PROMOTION: Kind.PROMOTION, SURVEY: Kind.SURVEY}
PEOPLE = (customer("A"), customer("B"), customer("C", country="NO"), customer("D", phone=None))
CONSENTS = [consent(name, channel=channel) for name in "ABD" for channel in (MAIL, TEXT, CARD)]
CLASSES = st.sampled_from((CARE, PROMOTION, SURVEY))
DAYS = st.integers(-3, 18)
CAPS = st.lists(
    st.builds(
        Cap,
        CLASSES,
        st.sampled_from(("day", "week", "month")),
        st.integers(1, 3),
        st.sampled_from((None, None, MAIL, TEXT)),
    ),
    unique_by=lambda cap: (cap.message_class, cap.period, cap.channel),
    min_size=1,
    max_size=5,
).map(tuple)
CAMPAIGNS = st.lists(
    st.builds(
        lambda class_, day, **more: campaign(kind=KINDS[class_], timing=on(day), **more),
        CLASSES,
        DAYS,
        name=st.sampled_from("abcdefgh"),
        audience=st.sampled_from(("everyone", "gold", "silver")),
        channels=st.sampled_from(((MAIL,), (TEXT, MAIL), (MAIL, CARD))),
        cards=st.just(("moon",)),
        first_of=st.booleans(),
    ),
    unique_by=lambda one: one.id,
    min_size=1,
    max_size=7,
).map(tuple)
DELIVERIES = st.lists(
    st.builds(left, st.sampled_from("abcdxyz"), st.sampled_from("ABCD"), DAYS, CLASSES, st.sampled_from((MAIL, TEXT))),
    max_size=8,
    unique_by=lambda row: (row["edition"], row["channel"], row["customer_id"]),
)
NOBODY = inputs(only(), (), FIRST, LAST)
Limits = tuple[tuple[Cap, ...], tuple[Kind, ...]]
"""Caps, and the kinds that go in spite of them."""
LIMITS = st.tuples(CAPS, st.sampled_from(((), (Kind.HOLIDAY,), (Kind.PROMOTION, Kind.SURVEY))))


@settings(max_examples=3)
@given(LIMITS, CAMPAIGNS, DELIVERIES, st.randoms())
def test_a_clerk_with_a_calendar_would_hold_the_same_messages_back(
    limits: Limits, campaigns: tuple[Campaign, ...], deliveries: list[Row], order: Any
) -> None:
    agrees(limits, campaigns, deliveries, order)


@pytest.mark.slow
@settings(max_examples=150)
@given(LIMITS, CAMPAIGNS, DELIVERIES, st.randoms())
def test_a_clerk_who_never_tires_would_hold_the_same_messages_back(
    limits: Limits, campaigns: tuple[Campaign, ...], deliveries: list[Row], order: Any
) -> None:
    agrees(limits, campaigns, deliveries, order)


def agrees(limits: Limits, campaigns: tuple[Campaign, ...], deliveries: list[Row], order: Any) -> None:
    """The plan is what the clerk works out, whatever the order of rows and caps, and no cap is exceeded."""
    caps, bypass = limits
    case = Case([*PEOPLE], CONSENTS, [], deliveries)
    free = ask(decide(by_heart(replace(NOBODY, campaigns=campaigns), case)))
    case.customers.reverse()
    order.shuffle(case.deliveries)
    shop = replace(SHOP, caps=tuple(order.sample(caps, len(caps))), bypass=bypass)
    made = ask(decide(by_heart(replace(NOBODY, campaigns=campaigns, shop=shop), case)))
    found = {line(row): (row["code"], row["why_not"]) for row in made}
    assert len(found) == len(made) == len(free)
    assert found == by_hand(free, limits, campaigns, deliveries)
    kept = tuple(one for one in campaigns if one.kind not in bypass)
    assert never_exceeded([row for row in made if row["campaign"] in {one.id for one in kept}], caps, kept, deliveries)


def line(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["customer_id"], row["edition"], row["channel"]


def start(day: date, period: str) -> date:
    """The first day of the period that the day lies in."""
    return {"day": day, "week": day - timedelta(day.weekday()), "month": day.replace(day=1)}[period]


def by_hand(
    free: list[dict[str, Any]], limits: Limits, campaigns: tuple[Campaign, ...], deliveries: list[Row]
) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    """Code and reason of each line, worked out cap by cap, customer by customer, period by period."""
    found = {line(row): (row["code"], row["why_not"]) for row in free}
    caps, bypass = limits
    classes = {one.id: one.message_class for one in campaigns}
    spared = {one.id for one in campaigns if one.kind in bypass}
    priority = {one.id: 10 if one.audience == "gold" else 100 for one in campaigns}
    begins: dict[tuple[str, str], date] = {}
    for row in free:
        if row["code"] is None:
            key = (row["customer_id"], row["edition"])
            begins[key] = min(row["day"], begins.get(key, row["day"]))
    for cap in sorted(
        caps, key=lambda cap: (("day", "week", "month").index(cap.period), cap.channel is not None, cap.channel or "")
    ):
        standing = [
            row
            for row in free
            if found[line(row)][0] is None
            and classes[row["campaign"]] is cap.message_class
            and cap.channel in (None, row["channel"])
        ]
        for who, begin in {(row["customer_id"], start(row["day"], cap.period)) for row in standing}:
            gone = [
                row
                for row in deliveries
                if row["customer_id"] == who
                and cap.channel in (None, row["channel"])
                and row["message_class"] == cap.message_class
                and start(row["day"], cap.period) == begin
            ]
            began = {row["edition"] for row in gone}
            last = max(((row["day"], row["campaign"]) for row in gone), default=(begin, ""))[1]
            rivals = [
                row
                for row in standing
                if row["customer_id"] == who and start(row["day"], cap.period) == begin and row["edition"] not in began
            ]
            order = sorted(
                {
                    (
                        row["campaign"] not in spared,
                        priority[row["campaign"]],
                        begins[who, row["edition"]],
                        row["campaign"],
                        row["edition"],
                    )
                    for row in rivals
                }
            )
            free_places = max(0, cap.most - len(began))
            for bound, *_, edition in order[free_places:]:
                if not bound:
                    continue
                other = f"'{order[0][3]}' goes first" if free_places else f"'{last}' has left already"
                for row in rivals:
                    if row["edition"] == edition:
                        found[line(row)] = ("capped", f"{cap_words(cap)}, and {other}")
    return found


def never_exceeded(
    made: list[dict[str, Any]], caps: Iterable[Cap], campaigns: tuple[Campaign, ...], deliveries: list[Row]
) -> bool:
    """Whether every customer hears at most as often as each cap says, or what left before was too much already."""
    classes = {one.id: one.message_class for one in campaigns}
    for cap in caps:
        heard: dict[tuple[str, date], set[str]] = {}
        before: dict[tuple[str, date], set[str]] = {}
        for row in deliveries:
            if row["message_class"] == cap.message_class and cap.channel in (None, row["channel"]):
                key = (row["customer_id"], start(row["day"], cap.period))
                before.setdefault(key, set()).add(row["edition"])
        for row in made:
            mine = classes[row["campaign"]] is cap.message_class and cap.channel in (None, row["channel"])
            if row["code"] is None and mine:
                key = (row["customer_id"], start(row["day"], cap.period))
                heard.setdefault(key, set()).add(row["edition"])
        for key, editions in heard.items():
            gone = before.get(key, set())
            if len(editions | gone) > max(cap.most, len(gone)):
                return False
    return True
