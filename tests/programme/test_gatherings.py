"""Chairs, circles, the year and the ideas of gatherings, each beside a plain reckoning of the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.model.gathering import Gathering, Gatherings, Idea, Ideas
from sitegen.model.tree import Place
from sitegen.programme.gatherings.chairs import gathering, gathering_rows, guest_rows
from sitegen.programme.gatherings.circle import circle_rows, friend_rows
from sitegen.programme.gatherings.ideas import idea, idea_rows, overdue
from sitegen.programme.gatherings.poll import Polled, alike, poll
from sitegen.programme.gatherings.year import year_of

TODAY = date(2026, 9, 8)
AFTERNOON = datetime.fromisoformat("2026-09-26 15:00")
EVENTS = {
    "event_id": "string",
    "title": "string",
    "starts_at": "timestamp(6)",
    "theme": "string",
    "store_id": "string",
    "place": "string",
    "vip": "boolean",
    "sales": "boolean",
    "seats": "int64",
    "speaker_id": "string",
}
ATTENDANCES = {
    "event_id": "string",
    "customer_id": "string",
    "status": "string",
    "answered_on": "date",
    "party": "int64",
    "share_contact": "boolean",
}
SUGGESTIONS = {
    "suggestion_id": "string",
    "customer_id": "string",
    "given_on": "date",
    "about": "string",
    "text": "string",
    "fits_brand": "boolean",
    "feasible": "boolean",
    "no_conflict": "boolean",
    "decided_on": "date",
    "decision": "string",
}
ANSWERS = {
    "survey": "string",
    "customer_id": "string",
    "question": "string",
    "score": "int64",
    "answer": "string",
    "answered_on": "date",
}
SETTING = Gatherings(Place("content/programme/gatherings.yaml", 2), reminders=(14, 2), answer_until=4)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to an invitation."""

    event: str
    customer: str
    status: str | None
    day: date | None
    party: int | None
    share: bool | None

    @property
    def people(self) -> int:
        return max(self.party or 1, 1)


@pytest.fixture(scope="module")
def engine() -> Any:
    return ibis.duckdb.connect()


def rows(engine: Any, expression: ibis.Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = engine.to_pyarrow(expression).to_pylist()
    return found


def tables(seats: Mapping[str, int | None], answers: list[Said]) -> dict[str, ibis.Table]:
    events = [(name, name, AFTERNOON, "tea", None, None, True, None, chairs, None) for name, chairs in seats.items()]
    said = [(one.event, one.customer, one.status, one.day, one.party, one.share) for one in answers]
    return {
        "events": ibis.memtable(events, schema=EVENTS),
        "attendances": ibis.memtable(said, schema=ATTENDANCES),
    }


def seated(seats: Mapping[str, int | None], answers: list[Said]) -> dict[tuple[str, str], bool]:
    """Who has a chair, by walking down the list of answers."""
    found: dict[tuple[str, str], bool] = {}
    for event, chairs in seats.items():
        known = [one for one in answers if one.event == event and (one.day is None or one.day <= TODAY)]
        coming = [one for one in known if one.status in {"accepted", "attended"}]
        taken = 0
        for one in sorted(coming, key=lambda one: (one.day is None, one.day or date.max, one.customer)):
            taken += one.people
            found[event, one.customer] = chairs is None or taken <= chairs
    return found


DAYS = some.none() | some.dates(TODAY - timedelta(days=6), TODAY + timedelta(days=2))
STATUS = some.sampled_from((None, "invited", "accepted", "accepted", "attended", "declined", "missed"))
ATTENDING = some.builds(
    Said,
    some.sampled_from(("E-1", "E-2", "E-gone")),
    some.sampled_from([f"C-{number}" for number in range(7)]),
    STATUS,
    DAYS,
    some.none() | some.integers(0, 4),
    some.none() | some.booleans(),
)
ALL = some.lists(ATTENDING, max_size=14, unique_by=lambda one: (one.event, one.customer))
SEATS = some.fixed_dictionaries({"E-1": some.none() | some.integers(0, 9), "E-2": some.integers(0, 9)})


@settings(deadline=None, max_examples=25)
@given(SEATS, ALL)
def test_chairs_go_to_the_first_who_say_yes(engine: Any, seats: dict[str, int | None], answers: list[Said]) -> None:
    asked = tables(seats, answers)
    expected = seated(seats, answers)
    people = {(one.event, one.customer): one.people for one in answers}
    guests = rows(engine, guest_rows(asked, TODAY))
    assert {(row["event_id"], row["customer_id"]): row["seated"] for row in guests} == expected
    assert all(row["party"] == people[row["event_id"], row["customer_id"]] for row in guests)
    for found in (gathering(row) for row in rows(engine, gathering_rows(asked, TODAY))):
        coming = [people[key] for key, has in expected.items() if key[0] == found.id and has]
        waiting = [people[key] for key, has in expected.items() if key[0] == found.id and not has]
        assert (found.coming, found.waiting) == (sum(coming), sum(waiting))
        chairs = seats[found.id]
        assert found.places_left == (None if chairs is None else 0 if waiting else chairs - sum(coming))


@settings(deadline=None, max_examples=25)
@given(SEATS, ALL)
def test_only_who_allowed_it_and_is_there_meets_the_others_and_is_met(
    engine: Any, seats: dict[str, int | None], answers: list[Said]
) -> None:
    asked = tables(seats, answers)
    there = {key for key, has in seated(seats, answers).items() if has}
    willing = {(one.event, one.customer) for one in answers if one.share} & there
    circle = [(row["event_id"], row["customer_id"]) for row in rows(engine, circle_rows(asked, TODAY))]
    assert sorted(circle) == sorted(willing)
    friends = [tuple(row.values()) for row in rows(engine, friend_rows(asked, TODAY))]
    assert friends == sorted(
        (event, one, other) for event, one in willing for place, other in willing if event == place and one != other
    )
    opted_out = {(one.event, one.customer) for one in answers if not one.share}
    assert not opted_out & {(event, who) for event, one, other in friends for who in (one, other)}


def test_where_somebody_waits_no_place_is_left() -> None:
    full = Gathering("E", "Tea", AFTERNOON, seats=10, coming=9, waiting=2)
    assert full.places_left == 0
    assert replace(full, waiting=0).places_left == 1
    assert replace(full, seats=None).places_left is None
    assert replace(full, seats=8, waiting=0).places_left == 0


def test_a_setting_says_until_when_one_may_answer_and_when_guests_are_reminded() -> None:
    day = date(2026, 9, 26)
    assert SETTING.closes_on(day) == date(2026, 9, 22)
    assert SETTING.reminders_of(day) == (date(2026, 9, 12), date(2026, 9, 24))


def on(*days: str, vip: bool | None = True) -> list[Gathering]:
    return [Gathering(day, day, datetime.fromisoformat(day), vip=vip) for day in days]


@pytest.mark.parametrize(
    ("held", "least", "missing", "enough"),
    [
        (on("2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"), 4, (), True),
        (on("2026-02-07", "2026-09-26", "2026-11-14"), 4, (2,), False),
        (on("2026-02-07", "2026-02-08", "2026-02-09", "2026-02-10"), 4, (2, 3, 4), True),
        (on("2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31"), 6, (), False),
        (on("2025-02-07", "2027-09-26"), 1, (1, 2, 3, 4), False),
        (on("2026-02-07", vip=False) + on("2026-02-07", vip=None), 1, (1, 2, 3, 4), False),
        ([], 0, (1, 2, 3, 4), True),
    ],
)
def test_a_year_has_its_vip_gatherings_by_quarters(
    held: list[Gathering], least: int, missing: tuple[int, ...], enough: bool
) -> None:
    found = year_of(held, replace(SETTING, least=least), 2026)
    assert (found.missing, found.enough) == (missing, enough)


GOOD = Idea("G", "C", TODAY, fits_brand=True, feasible=True, no_conflict=True)


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        (replace(GOOD, fits_brand=None), replace(GOOD, fits_brand=False)),
        (replace(GOOD, feasible=None), replace(GOOD, feasible=False)),
        (replace(GOOD, no_conflict=None), replace(GOOD, no_conflict=False)),
    ],
)
def test_an_idea_passes_all_three_gates_or_none(asked: Idea, refused: Idea) -> None:
    assert GOOD.passed
    assert not replace(GOOD, decision="declined").passed
    assert (asked.passed, asked.waits) == (False, True)
    assert (refused.passed, refused.waits) == (False, False)
    assert not replace(asked, decided_on=TODAY).waits
    assert not replace(asked, decision="later").waits


IDEAS = some.lists(
    some.builds(
        Idea,
        some.sampled_from([f"G-{number}" for number in range(9)]),
        some.just("C-1"),
        some.dates(TODAY - timedelta(days=90), TODAY),
        fits_brand=some.none() | some.booleans(),
        feasible=some.none() | some.booleans(),
        no_conflict=some.none() | some.booleans(),
        decision=some.sampled_from((None, None, "taken", "later", "declined")),
        votes=some.integers(0, 3),
    ),
    max_size=9,
    unique_by=lambda one: one.id,
)


@given(IDEAS, some.randoms())
def test_a_poll_has_what_passed_and_the_same_order_from_any_beginning(ideas: list[Idea], random: Any) -> None:
    found = poll(ideas)
    assert {one.id for one in found} == {one.id for one in ideas if one.passed}
    assert all(one.votes >= other.votes for one, other in pairwise(found))
    mixed = list(ideas)
    random.shuffle(mixed)
    assert poll(mixed) == found


@given(IDEAS)
def test_an_idea_is_overdue_when_it_has_waited_longer_than_it_may(ideas: list[Idea]) -> None:
    late = overdue(ideas, Ideas(within=30), TODAY)
    assert [one for one in ideas if one.waits and (TODAY - one.given_on).days > 30] == list(late)
    assert not {one.id for one in late} & {one.id for one in poll(ideas)}


def told(number: str, text: str, votes: int, **more: Any) -> Idea:
    gates = {"fits_brand": True, "feasible": True, "no_conflict": True}
    return Idea(number, "", date(2026, 1, 1), text, votes=votes, **{**gates, **more})


def test_what_several_people_wish_for_in_the_same_words_is_one_idea_of_the_poll() -> None:
    ideas = [
        told("G-1", "Bread.", 1),
        told("G-2", "A night on a lightship.", 2),
        told("G-3", " bread. ", 3, decision="taken"),
        told("G-4", "How to say no.", 9, feasible=False),
        told("G-5", "", 0),
        told("G-6", "", 0),
    ]
    assert alike(ideas) == (
        Polled("G-1", "Bread.", frozenset({"G-1", "G-3"}), votes=4, wished=2, taken=True),
        Polled("G-2", "A night on a lightship.", frozenset({"G-2"}), votes=2),
        Polled("G-5", "", frozenset({"G-5"})),
        Polled("G-6", "", frozenset({"G-6"})),
    )


def test_ideas_come_with_the_votes_of_different_customers(engine: Any) -> None:
    day = date(2026, 9, 1)
    ideas = [
        ("G-1", "C-1", day, "event", "Bread.", True, True, True, None, None),
        ("G-2", "C-2", day, "event", "A night on a lightship.", True, True, True, date(2026, 9, 9), "declined"),
        ("G-3", "C-2", day, "goods", "More red.", True, True, True, None, None),
        ("G-4", "C-3", date(2026, 9, 9), "event", "How to say no.", None, None, None, None, None),
    ]
    votes = [
        ("ideas", "C-1", "G-1", 5, None, day),
        ("ideas", "C-1", "G-1", 4, None, date(2026, 9, 2)),
        ("ideas", "C-2", "G-1", 3, None, day),
        ("ideas", "C-3", "G-1", None, None, day),
        ("ideas", "C-4", "G-2", 4, None, day),
        ("ideas", "C-5", "G-2", 5, None, date(2026, 9, 9)),
        ("autumn", "C-6", "G-2", 5, None, day),
        ("ideas", "C-7", "G-1", None, "yes", day),
        ("ideas", "C-8", "G-1", None, "no", day),
        ("ideas", "C-9", "G-1", None, "yes", day),
        ("ideas", "C-9", "G-1", None, "no", date(2026, 9, 2)),
    ]
    asked = {
        "suggestions": ibis.memtable(ideas, schema=SUGGESTIONS),
        "survey_answers": ibis.memtable(votes, schema=ANSWERS),
    }
    found = [idea(row) for row in rows(engine, idea_rows(asked, Ideas(poll="ideas"), TODAY))]
    assert [(one.id, one.votes, one.decision) for one in found] == [("G-1", 2, None), ("G-2", 1, None)]
    assert [one.id for one in poll(found)] == ["G-1", "G-2"], "what is decided tomorrow is not known today"
