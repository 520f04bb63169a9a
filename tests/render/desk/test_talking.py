"""What one may talk about: what is under way, what comes, what they took home, what they are like."""

from __future__ import annotations

from datetime import date, datetime

from sitegen.render.desk.dossier_views import TalkView
from sitegen.render.desk.talking import Heard, talk

TODAY = date(2026, 9, 8)
NOBODY = dict.fromkeys(("birthday", "delight", "characteristics", "behaviour", "interests"))


def heard(customer: dict[str, object] | None = None, **rows: list[dict[str, object]]) -> list[TalkView]:
    return list(talk(Heard({**NOBODY, **(customer or {})}, rows), TODAY))


def test_of_whom_one_knows_nothing_one_says_nothing() -> None:
    assert heard() == []


def test_what_is_under_way_is_told_and_what_has_ended_is_not() -> None:
    day, ended = date(2026, 9, 1), date(2026, 9, 2)
    complaint = {"text": "a seam", "opened_on": day, "solved_on": None}
    assert heard(complaints=[complaint, {**complaint, "solved_on": ended}]) == [TalkView("complaints", "a seam", day)]
    promise = {"promise": "a swatch", "due_on": day, "kept_on": date(2026, 9, 9)}
    assert heard(promises=[promise]) == [TalkView("promises", "a swatch", day)]
    loan = {"item": "umbrella", "lent_on": day, "returned_on": TODAY}
    assert heard(loans=[loan]) == []


def test_only_the_last_contact_leaves_a_question_open() -> None:
    last = {"outcome": "open-question", "washing_question": "hot?", "note": "", "at": date(2026, 9, 1)}
    assert heard(contacts=[last, last]) == [TalkView("question", "hot?", date(2026, 9, 1))]
    assert heard(contacts=[{**last, "outcome": "answered"}, last]) == []


def test_a_birthday_is_told_three_weeks_before_over_the_new_year_and_on_leap_days_too() -> None:
    assert heard({"birthday": date(1980, 9, 29)}) == [TalkView("birthday", day=date(2026, 9, 29))]
    assert heard({"birthday": date(1980, 9, 30)}) == []
    assert heard({"birthday": date(1980, 9, 7)}) == []
    born = Heard({**NOBODY, "birthday": date(1980, 2, 29)}, {})
    assert list(talk(born, date(2026, 2, 20))) == [TalkView("birthday", day=date(2026, 2, 28))]
    early = Heard({**NOBODY, "birthday": date(1980, 1, 5)}, {})
    assert list(talk(early, date(2026, 12, 24))) == [TalkView("birthday", day=date(2027, 1, 5))]


def test_a_small_child_is_asked_for_and_one_on_the_way_is_not() -> None:
    child = {"first_name": "Hanna", "born_on": date(2026, 6, 8), "due_on": None}
    coming = {"first_name": "", "born_on": None, "due_on": date(2026, 11, 1)}
    assert heard(children=[child, coming]) == [
        TalkView("child", "Hanna", date(2026, 6, 8), 3),
        TalkView("coming", day=date(2026, 11, 1)),
    ]
    assert heard(children=[{**child, "born_on": date(2020, 6, 8)}]) == []


def test_gatherings_to_come_are_told() -> None:
    row = {"event starts_at": datetime(2026, 9, 26, 15), "event title": "Tea", "status": "invited"}  # noqa: DTZ001
    past = {**row, "event starts_at": datetime(2026, 9, 6, 15)}  # noqa: DTZ001
    assert heard(attendances=[row, past, {**row, "status": "declined"}]) == [
        TalkView("invited", "Tea", date(2026, 9, 26))
    ]
