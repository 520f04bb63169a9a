"""When a customer is lost, and when back: by the engine, and by a plain walk from order to order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.model.report_setting import ReportSetting
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.spells import YEAR, held, lost_now, spells
from tests.programme.reports.small_ground import TODAY, ask, ground, order


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


History = tuple[list[int], int | None]
"""So many days ago one customer ordered, and said goodbye."""


def crowd(histories: list[History], after: int) -> Ground:
    """A customer for each history: one question is quicker than many."""
    people = [
        {"customer_id": f"{number:02d}", "lost_on": None if goodbye is None else ago(goodbye)}
        for number, (_, goodbye) in enumerate(histories)
    ]
    orders = [
        order(f"{number}-{place}", f"{number:02d}", ago(day))
        for number, (days, _) in enumerate(histories)
        for place, day in enumerate(days)
    ]
    return ground(setting=ReportSetting(lost_after=after), customers=people, orders=orders)


def histories(first: int, last: int) -> some.SearchStrategy[list[History]]:
    """Some customers who did what they did between so many days ago."""
    days = some.integers(first, last)
    return some.lists(some.tuples(some.lists(days, max_size=6), some.none() | days), min_size=1, max_size=30)


def test_a_customer_is_lost_once_the_days_of_silence_are_full() -> None:
    here = crowd([([365], None), ([366], None), ([367], None)], after=365)
    assert lost(here) == {"01": TODAY, "02": ago(1)}


def test_a_goodbye_counts_from_its_day_unless_an_order_came_after_it() -> None:
    here = crowd([([30], -1), ([30], 0), ([30], 30), ([30], 31)], after=365)
    assert lost(here) == {"01": TODAY, "02": ago(30)}


def test_a_goodbye_after_a_long_silence_changes_nothing() -> None:
    assert lost(crowd([([500], 20), ([366], 0)], after=365)) == {"00": ago(134), "01": TODAY}


def test_who_orders_after_the_silence_is_full_is_won_back() -> None:
    rows = ask(spells(crowd([([376, 10], None), ([377, 10], None)], after=365)).order_by("customer_id", "day"))
    assert [(row["lost"], row["back"]) for row in rows] == [(None, None)] * 2 + [(ago(11), ago(10)), (None, None)]


def test_two_orders_of_a_day_are_one_spell() -> None:
    assert [(row["turn"], row["next"]) for row in ask(spells(crowd([([10, 10], None)], after=365)))] == [(0, None)]


def lost(here: Ground) -> dict[str, date]:
    """When whoever is lost was lost."""
    return {row["customer_id"]: row["lost"] for row in ask(lost_now(here))}


@settings(max_examples=6, deadline=None)
@given(histories(-3, 60))
def test_engine_and_plain_walk_agree(several: list[History]) -> None:
    here = crowd(several, after=20)
    found = ask(spells(here).order_by("customer_id", "day"))
    expected = [(f"{number:02d}", *spell) for number, one in enumerate(several) for spell in walked(*one, 20)]
    assert [tuple(row[name] for name in ("customer_id", "day", "next", "lost", "back")) for row in found] == expected
    now = [(row["customer_id"], row["day"], row["lost"]) for row in ask(lost_now(here).order_by("customer_id"))]
    assert now == [(who, day, lost) for who, day, later, lost, _ in expected if later is None and lost is not None]


@settings(max_examples=6, deadline=None)
@given(histories(YEAR - 60, YEAR + 60))
def test_who_was_held_a_year_ago_is_whose_spell_reached_beyond_that_evening(several: list[History]) -> None:
    here, eve = crowd(several, after=30), ago(YEAR)
    expected = [
        f"{number:02d}"
        for number, one in enumerate(several)
        for day, later, lost, _ in walked(*one, 30)
        if day <= eve and (later is None or later > eve) and (lost is None or lost > eve)
    ]
    assert [row["customer_id"] for row in ask(held(here, here.last(YEAR)).order_by("customer_id"))] == expected


def walked(
    days: list[int], goodbye: int | None, after: int
) -> list[tuple[date, date | None, date | None, date | None]]:
    """Day, next, lost and back of one customer's spells, by a walk in Python."""
    known = sorted({ago(day) for day in days if day >= 0})
    said = None if goodbye is None or goodbye < 0 else ago(goodbye)
    told = []
    for place, day in enumerate(known):
        later = known[place + 1] if place + 1 < len(known) else None
        lost = None
        silent = day + timedelta(days=after + 1)
        if said is not None and day <= said < silent and (later is None or said < later):
            lost = said
        elif silent < (later or TODAY + timedelta(days=1)):
            lost = silent
        told.append((day, later, lost, later if lost else None))
    return told
