"""What each adviser did, and who wins the league: recomputed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.report_setting import MaintenanceMonth, ReportSetting
from sitegen.model.tree import Place
from sitegen.programme.reports.work.contact_counts import (
    Adviser,
    Contacts,
    Promises,
    Scores,
    contacts,
    promises,
    scores,
)
from sitegen.programme.reports.work.league import Played, ranked
from sitegen.programme.reports.work.staff import report
from tests.audience.little_shop import Row
from tests.programme.reports.small_ground import TODAY, alerts, chart, customers, grid, ground, values

ADVISERS = [{"adviser_id": "A-1", "first_name": "Ann", "store_id": "hamburg"}, {"adviser_id": "A-2"}]
STORES = [{"store_id": "hamburg", "name": "Hamburg"}]
PEOPLE = [*customers("C-1", "C-2", adviser_id="A-1"), *customers("C-3", adviser_id="A-2")]


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def contact(number: int, customer: str, day: date, channel: str = "call", **more: Any) -> Row:
    usual = {"contact_id": f"T-{number}", "customer_id": customer, "adviser_id": "A-1", "at": day, "channel": channel}
    return {**usual, **more}


MADE = [
    contact(1, "C-1", date(2026, 9, 1), direction="out", subject="greeting"),
    contact(2, "C-1", TODAY, "visit"),
    contact(3, "C-2", TODAY, "visit", outcome="not-reached", subject="chat"),
    contact(4, "C-2", TODAY, "mail", direction="in", subject="thanks"),
    contact(5, "C-1", TODAY, "card", adviser_id=None),
    contact(6, "C-1", date(2026, 8, 31), "shop"),
    contact(7, "C-1", date(2026, 8, 8), "visit"),
    contact(8, "C-1", date(2026, 8, 9), "text"),
    contact(9, "C-1", days(-1), "text"),
]


def test_contacts_are_what_the_shop_began_and_visits_what_reached_somebody() -> None:
    shop = ground(customers=PEOPLE, contacts=MADE)
    found = contacts(shop, shop.last(8))
    assert found == {
        "A-1": Contacts(
            contacts=3,
            reached=2,
            visits=1,
            emotional=2,
            answered=1,
            reached_customers=1,
            visited_customers=1,
            ways=(1, 2, 0, 0, 0, 0),
        )
    }


def test_the_score_of_an_adviser_is_that_of_their_customers_latest_answers() -> None:
    def answer(customer: str, value: int, day: date, question: str = "a") -> Row:
        return {"survey": "s", "customer_id": customer, "question": question, "score": value, "answered_on": day}

    rows = [
        answer("C-1", 1, days(9)),
        answer("C-1", 4, days(8), "b"),
        answer("C-2", 5, days(8)),
        answer("C-3", 2, days(8)),
    ]
    assert scores(ground(customers=PEOPLE, survey_answers=rows)) == {"A-1": Scores(2, 2, 9), "A-2": Scores(1, 1, 2)}


def promise(number: int, due: date, kept: date | None, adviser: str | None = "A-1") -> Row:
    return {
        "promise_id": f"V-{number}",
        "adviser_id": adviser,
        "promise": "a swatch",
        "made_on": due - timedelta(days=9),
        "due_on": due,
        "kept_on": kept,
    }


PROMISED = [
    promise(1, days(1), days(1)),
    promise(2, days(1), TODAY),
    promise(3, days(1), None),
    promise(4, days(2), None, None),
    promise(5, TODAY, None),
    promise(6, days(366), None),
]


def test_a_promise_is_kept_by_its_day_or_not() -> None:
    shop = ground(promises=PROMISED)
    yesterday = shop.on(days(1)).last(365)
    assert promises(shop, yesterday) == {"A-1": Promises(3, 1)}


def duty(subject: str, adviser: str | None, due: date, **more: Any) -> Row:
    usual = {
        "duty": "call",
        "subject": subject,
        "customer_id": "C-1",
        "adviser_id": adviser,
        "began": days(60),
        "due": due,
    }
    return {**usual, **more}


DUTIES = [
    duty("1", "A-1", date(2026, 9, 1), done_on=date(2026, 9, 1)),
    duty("2", "A-1", date(2026, 9, 1), done_on=date(2026, 9, 2)),
    duty("3", "A-1", date(2026, 9, 2)),
    duty("4", "A-1", date(2026, 8, 31)),
    duty("5", "A-1", TODAY),
    duty("6", "A-1", days(-3)),
    duty("7", "A-1", date(2026, 9, 3), excused_on=date(2026, 9, 3), excuse="away"),
    duty("8", "A-1", date(2026, 9, 3), void="the order came back"),
    duty("9", "A-1", date(2026, 9, 4), done_on=date(2026, 9, 4), excused_on=date(2026, 9, 3), excuse="away"),
]


def test_the_report_shows_each_adviser_with_the_month_before() -> None:
    shop = ground(
        setting=ReportSetting(least=1),
        duties=DUTIES,
        customers=PEOPLE,
        advisers=ADVISERS,
        stores=STORES,
        contacts=MADE,
        promises=PROMISED,
    )
    found = report(shop)
    # Until 8 August: the visit of that day.
    assert values(found, "contacts", "reached", "visits", "emotional") == {
        "contacts": (3, 1),
        "reached": (2, 1),
        "visits": (1, 1),
        "emotional": (2, 0),
    }
    # In time: 1. Late: done late 2, missed 3; what was due in August, or excused, does not count.
    assert values(found, "in-time", "promises-kept", "score") == {
        "in-time": (Decimal("33.3"), None),
        "promises-kept": (Decimal("33.3"), Decimal("0.0")),
        "score": (None, None),
    }
    assert grid(found, "contacts").rows == (
        ("Ann", "Hamburg", 3, 1, 2, 1, 1, 2, 1, 2, 0, 0, 0, 0, 1),
        ("A-2", "", *(0,) * 13),
    )
    assert grid(found, "care").rows == (
        ("Ann", 1, 1, 2, 2, 2, None, 0, 3, Decimal("33.3")),
        ("A-2", 0, 0, 0, 0, 0, None, 0, 0, None),
    )
    assert chart(found, "contacts").says == "Ann made the most contacts this month: 3."
    assert alerts(found)["no-contact"].text == "1 adviser has no contact with a customer this month: A-2."
    assert found.answer == (
        "1 of 2 advisers made 3 contacts this month, 1 of them visits and 2 just to greet, thank or chat."
    )


def test_in_the_first_week_nobody_is_told_off() -> None:
    shop = ground(date(2026, 9, 7), customers=PEOPLE, advisers=ADVISERS)
    assert alerts(report(shop)) == {}


def test_scores_of_very_few_customers_are_not_shown() -> None:
    rows = [{"survey": "s", "customer_id": "C-3", "question": "a", "score": 2, "answered_on": days(8)}]
    shop = ground(customers=PEOPLE, advisers=ADVISERS, survey_answers=rows)
    assert [row[6] for row in grid(report(shop), "care").rows] == [None, None]


def played(number: int, reached: int, visited: int, in_time: int | None, score: int | None) -> Played:
    shares = [None if one is None else Decimal(one) for one in (in_time, score)]
    return Played(Adviser(f"A-{number}", ""), reached, visited, shares[0], shares[1])


def test_the_lowest_sum_of_places_wins() -> None:
    found = ranked([played(1, 5, 0, 100, None), played(2, 9, 2, 50, 4), played(3, 5, 2, None, 5)])
    assert [(one.played.adviser.id, one.place, one.sum, one.places) for one in found] == [
        ("A-2", 1, 6, (1, 1, 2, 2)),
        ("A-3", 2, 7, (2, 1, 3, 1)),
        ("A-1", 3, 9, (2, 3, 1, 3)),
    ]


def test_equals_share_a_place() -> None:
    found = ranked([played(2, 1, 1, None, None), played(1, 1, 1, None, None), played(3, 0, 1, None, None)])
    assert [(one.played.adviser.id, one.place) for one in found] == [("A-1", 1), ("A-2", 1), ("A-3", 3)]


ONE = st.builds(
    played,
    st.integers(1, 99),
    st.integers(0, 3),
    st.integers(0, 3),
    st.one_of(st.none(), st.integers(0, 3)),
    st.one_of(st.none(), st.integers(0, 3)),
)


@given(st.lists(ONE, unique_by=lambda one: one.adviser.id, max_size=7))
def test_who_is_better_at_everything_is_never_placed_behind(several: list[Played]) -> None:
    def least(value: Decimal | None) -> Decimal:
        return Decimal(-1) if value is None else value

    places = {one.played.adviser.id: one.place for one in ranked(several)}
    assert sorted(places) == sorted(one.adviser.id for one in several)
    for one in several:
        for other in several:
            pairs = (
                (one.reached, other.reached),
                (one.visited, other.visited),
                (least(one.in_time), least(other.in_time)),
                (least(one.score), least(other.score)),
            )
            if all(mine >= theirs for mine, theirs in pairs):
                assert places[one.adviser.id] <= places[other.adviser.id]


def month(first: date, last: date, title: str = "Weeks of thanks") -> MaintenanceMonth:
    return MaintenanceMonth(title, first, last, Place("reports.yaml", 1, 1))


def test_a_maintenance_month_has_a_league_from_its_first_day_to_its_last() -> None:
    setting = ReportSetting(
        least=1,
        maintenance=(
            month(date(2026, 8, 8), date(2026, 8, 31)),
            month(TODAY, date(2026, 9, 30), "Now"),
            month(days(-1), days(-1), "Tomorrow"),
        ),
    )
    shop = ground(setting=setting, duties=DUTIES, customers=PEOPLE, advisers=ADVISERS, stores=STORES, contacts=MADE)
    now, before = (one for one in report(shop).grids if one.name.startswith("league"))
    assert (now.name, now.title, now.window.last) == ("league-2026-09-08", "League: Now", TODAY)
    # On the day itself: C-1 was visited, C-2 not reached; the duty of today is still to be done.
    assert now.rows == (
        (1, "Ann", "Hamburg", 4, 1, 1, None, None, "1 + 1 + 1 + 1"),
        (2, "A-2", "", 6, 0, 0, None, None, "2 + 2 + 1 + 1"),
    )
    assert (before.name, before.window.first) == ("league-2026-08-08", date(2026, 8, 8))
    assert before.rows[0][4:7] == (1, 1, None)
    assert "It lasts until 30 September 2026." in now.definition
    assert "It is over." in before.definition
