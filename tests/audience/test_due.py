"""What is due: leads, offsets, windows, and what was missed while nobody looked."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.due import Slot, period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.campaign import Anytime, Campaign, EveryYear, OnDate, OnOccasion, Window
from sitegen.model.channel import Channel
from tests.audience.little_shop import campaign
from tests.plain_shop import SHOP

MAIL, TEXT, CARD, PAGE = Channel.MAIL, Channel.TEXT, Channel.CARD, Channel.PAGE
FESTIVAL = date(2026, 9, 25)


def due(what: Campaign, first: date, last: date | None = None, ledger: date | None = None) -> tuple[Slot, ...]:
    days = period(first, last or first, ledger, SHOP.catch_up)
    return slots(what, SHOP, Occasions(), days)


def told(found: tuple[Slot, ...]) -> list[tuple[str, str, str]]:
    return [(slot.edition, slot.channel, slot.day.isoformat()) for slot in found if slot.due]


def test_a_mail_leaves_on_the_day_and_a_card_two_weeks_before() -> None:
    wish = campaign("moon", channels=(MAIL, CARD, PAGE), timing=OnOccasion("mid-autumn"))
    assert told(due(wish, FESTIVAL)) == [("moon/2026-09-25", "mail", "2026-09-25")]
    assert told(due(wish, date(2026, 9, 11))) == [("moon/2026-09-25", "card", "2026-09-11")]
    assert told(due(wish, date(2026, 9, 12), date(2026, 9, 24))) == []
    assert told(due(wish, date(2026, 9, 1), date(2027, 9, 30))) == [
        ("moon/2026-09-25", "mail", "2026-09-25"),
        ("moon/2026-09-25", "card", "2026-09-11"),
        ("moon/2027-09-15", "mail", "2027-09-15"),
        ("moon/2027-09-15", "card", "2027-09-01"),
    ]


def test_an_offset_moves_the_campaigns_own_day() -> None:
    before = campaign("eve", timing=OnOccasion("mid-autumn", -3))
    assert told(due(before, date(2026, 9, 22))) == [("eve/2026-09-22", "mail", "2026-09-22")]
    assert told(due(before, FESTIVAL)) == []


def test_every_day_is_somebodys_birthday() -> None:
    wish = campaign("birthday", timing=EveryYear("birthday", 1))
    (slot,) = due(wish, date(2026, 9, 8))
    assert (slot.celebrated, slot.occasion_day, slot.edition) == (
        date(2026, 9, 7),
        date(2026, 9, 8),
        "birthday/2026-09-08",
    )


def test_a_draft_a_page_and_a_campaign_without_a_day_are_never_due() -> None:
    day = date(2026, 9, 8)
    assert due(campaign(timing=OnDate(day), draft=True), day) == ()
    assert due(campaign(timing=OnDate(day), channels=(PAGE,)), day) == ()
    assert due(campaign(timing=Anytime()), day, day + timedelta(400)) == ()


def test_nothing_leaves_outside_the_window() -> None:
    day = date(2026, 9, 8)
    assert told(due(campaign(timing=OnDate(day), window=Window(publish_on=day + timedelta(1))), day)) == []
    assert told(due(campaign(timing=OnDate(day), window=Window(expire_on=day)), day)) == []
    assert len(told(due(campaign(timing=OnDate(day), window=Window(day, day + timedelta(1))), day))) == 1


def test_what_fell_due_since_the_ledgers_last_day_leaves_on_the_first() -> None:
    wish = campaign("moon", timing=OnDate(FESTIVAL))
    monday = date(2026, 9, 28)
    assert told(due(wish, monday, ledger=date(2026, 9, 24))) == [("moon/2026-09-25", "mail", "2026-09-28")]
    assert told(due(wish, monday, ledger=FESTIVAL)) == []
    assert told(due(wish, monday + timedelta(1), ledger=date(2026, 9, 1))) == []
    assert told(due(wish, monday)) == []


def test_of_a_first_of_campaign_the_other_channels_stand_by() -> None:
    wish = campaign("moon", channels=(CARD, MAIL), first_of=True, timing=OnDate(FESTIVAL))
    assert [(slot.channel, slot.due) for slot in due(wish, FESTIVAL)] == [(CARD, False), (MAIL, True)]
    assert due(wish, date(2026, 9, 20)) == ()


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(0, 20), st.one_of(st.none(), st.integers(-5, 40)))
def test_a_period_catches_up_on_at_most_a_few_days(first: date, length: int, behind: int | None) -> None:
    ledger = None if behind is None else first - timedelta(behind)
    days = period(first, first + timedelta(length), ledger, 3)
    late = (days.first - days.since).days
    assert 0 <= late <= 3
    assert late == (0 if behind is None or behind < 1 else min(behind - 1, 3))


@given(DAYS, st.integers(0, 30), DAYS)
def test_day_by_day_each_slot_comes_up_once(first: date, length: int, day: date) -> None:
    wish = campaign("moon", channels=(MAIL, CARD), timing=OnDate(day))
    last = first + timedelta(length)
    whole = told(due(wish, first, last))
    single = [slot for number in range(length + 1) for slot in told(due(wish, first + timedelta(number)))]
    assert sorted(single) == sorted(whole)
