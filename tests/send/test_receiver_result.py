"""Tests of the forms in which advisers write down results of duties and steps of complaints."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import Unusable
from sitegen.model.claim import Purpose
from sitegen.model.duty import Act
from sitegen.model.duty_form import DutyForm, DutyQuestion
from sitegen.model.ledger import Preference
from sitegen.send.ledger import open_ledger, prefer
from sitegen.send.receiver import result, step
from tests.send.receiving import Desk, desk

BUILT = date(2026, 9, 8)
DUTIES = (
    DutyForm(
        "big-order",
        "Call about the big order",
        Act.CALL,
        "an order over 2000 earns a call within a week",
        (
            DutyQuestion("Do they like it?", "liked", yes_no=True),
            DutyQuestion("Is there a question about washing?", "washing_question"),
            DutyQuestion("Does the zip close?"),
        ),
    ),
    DutyForm("tidy", "Tidy the shelf", Act.TASK),
)
CALL = {"day": "2026-09-09", "channel": "call", "outcome": "reached"}


@pytest.fixture
def house(tmp_path: Path) -> Desk:
    opened = desk(tmp_path, duties=DUTIES, managers=frozenset({"A-5"}))
    opened.clock.now = datetime(2026, 9, 10, 9, 30, tzinfo=UTC)
    return opened


def target(house: Desk, about: str = "big-order/O-1", purpose: Purpose = Purpose.RESULT, **changes: Any) -> str:
    said = {"customer_id": "C-7", "adviser_id": "A-1", "day": BUILT, "campaign": "", "edition": "", **changes}
    return f"/{purpose}?token={house.token(purpose, about=about, **said)}"


def kept(house: Desk) -> list[dict[str, str]]:
    rows = sorted(house.rows("submissions"), key=lambda row: str(row[6]))
    return [{"form": row[1], "who": row[2], "about": row[4], **json.loads(row[5])} for row in rows]


def number_in(page: str) -> str:
    found = re.search(r"\b[DP]-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)
    assert found, page
    return found[0]


def test_the_page_shows_the_duty_in_the_shops_words_with_its_questions(house: Desk) -> None:
    page = house.get(target(house)).body
    for words in ("Call about the big order", "an order over 2000 earns a call within a week", "C-7", "O-1"):
        assert words in page
    for question in DUTIES[0].questions:
        assert question.ask in page
    assert 'name="day" type="date" max="2026-09-10" value="2026-09-10"' in page
    assert '<option value="call" selected>By telephone</option>' in page
    assert "电话" in house.get(target(house) + "&lang=zh").body


def test_the_page_of_an_adviser_is_not_in_the_customers_language(house: Desk) -> None:
    with open_ledger(house.setting.ledger) as ledger:
        prefer(ledger, Preference("C-7", "language", "zh", "2026-09-01T08:00:00Z"))
    assert "By telephone" in house.get(target(house)).body


def test_looking_at_the_pages_changes_nothing(house: Desk) -> None:
    before = house.everything()
    for address in (target(house), target(house, "B-1/result", Purpose.STEP)):
        assert house.get(address, sec_purpose="prefetch", sec_fetch_site="cross-site").status == 200
        assert house.get(address, "HEAD").status == 200
    assert house.everything() == before


def test_a_result_is_kept_with_its_number_for_the_adviser_of_the_link(house: Desk) -> None:
    said = {
        **CALL,
        "outcome": "open-question",
        "liked": "yes",
        "washing_question": "Wool at 40?",
        "question 2": "It does now.",
        "appointment_at": "2026-09-14T14:30",
        "note": "Glad.\nVery.",
        "routed_to": "region",
        "adviser_id": "A-9",
        "customer_id": "C-1",
    }
    answer = house.post(target(house), said)
    assert answer.status == 200
    assert number_in(answer.body) == house.rows("submissions")[0][0]
    assert kept(house) == [
        {
            "form": "result",
            "who": "C-7",
            "about": "big-order/O-1",
            "adviser_id": "A-1",
            "day": "2026-09-09",
            "channel": "call",
            "outcome": "open-question",
            "liked": "yes",
            "washing_question": "Wool at 40?",
            "Does the zip close?": "It does now.",
            "appointment_at": "2026-09-14 14:30",
            "note": "Glad.\nVery.",
            "routed_to": "region",
            "result": "done",
        }
    ]


def test_the_same_result_twice_is_kept_once_even_on_another_day(house: Desk) -> None:
    first = number_in(house.post(target(house), CALL).body)
    house.clock.now += timedelta(days=2)
    assert number_in(house.post(target(house), CALL).body) == first
    assert len(kept(house)) == 1
    assert first in house.get(target(house)).body, "the page says that something is written down"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"washing_question": ""}, "Please say what you did"),
        ({"channel": "call", "washing_question": ""}, "Please say what you did"),
        ({"outcome": "reached"}, "Please choose the day"),
        ({**CALL, "day": "2026-09-11"}, "That day is still to come"),
        ({**CALL, "day": "soon"}, "Please choose the day"),
        ({**CALL, "channel": ""}, "Please choose in which way"),
        ({**CALL, "channel": "pigeon"}, "Please choose in which way"),
        ({"day": "2026-09-09", "channel": "call", "washing_question": ""}, "Was the customer reached?"),
        ({**CALL, "liked": "quite"}, "with yes or no"),
        ({**CALL, "appointment_at": "2026-09-01T10:00"}, "needs a day and an hour"),
        ({"day": "2026-09-09", "excuse": "no time"}, "a few words more"),
        ({**CALL, "excuse": "she moved to Peru"}, "Please empty one of them"),
        ({**CALL, "note": "x" * 4001}, "more than this form holds"),
        ({**CALL, "question 2": "x" * 1001}, "more than this form holds"),
    ],
)
def test_what_cannot_be_comes_back_with_all_that_was_written(house: Desk, fields: dict[str, str], told: str) -> None:
    written = {"note": "Mind the ramp.", "washing_question": "Wool, at 40?", **fields}
    answer = house.post(target(house), written)
    assert answer.status == 422
    assert told in answer.body
    for name in written.keys() & {"note", "washing_question", "question 2", "excuse", "day", "appointment_at"}:
        assert written[name] in answer.body
    assert kept(house) == []


def test_an_excuse_beside_the_way_that_the_form_had_chosen_is_an_excuse(house: Desk) -> None:
    assert (
        house.post(target(house), {"day": "2026-09-10", "channel": "call", "excuse": "she moved to Peru"}).status == 200
    )
    assert kept(house) == [
        {
            "form": "result",
            "who": "C-7",
            "about": "big-order/O-1",
            "adviser_id": "A-1",
            "day": "2026-09-10",
            "excuse": "she moved to Peru",
            "result": "excused",
        }
    ]


def test_a_task_of_the_house_needs_no_way(house: Desk) -> None:
    assert house.post(target(house, "tidy/L/1"), {"day": "2026-09-10"}).status == 200
    assert [(one["about"], one["result"]) for one in kept(house)] == [("tidy/L/1", "done")]


def test_a_link_opens_for_sixty_days_and_only_what_it_was_made_for(house: Desk) -> None:
    house.clock.now = datetime(2026, 11, 7, 9, tzinfo=UTC)
    assert house.get(target(house)).status == 200
    house.clock.now += timedelta(days=1)
    strange = (
        target(house),
        target(house, "B-1/talk", Purpose.STEP),
        target(house, "gone/O-1", day=date(2026, 11, 7)),
        target(house, adviser_id="", day=date(2026, 11, 7)),
        target(house, "B-1/gossip", Purpose.STEP, day=date(2026, 11, 7)),
        target(house, "talk", Purpose.STEP, day=date(2026, 11, 7)),
        "/result",
        "/step",
        f"/result?token={house.token(Purpose.STEP, about='big-order/O-1', adviser_id='A-1')}",
    )
    for address in strange:
        assert house.get(address).status == 404, address
        assert house.post(address, CALL).status == 404, address
    assert kept(house) == []


def test_an_adviser_may_write_down_a_whole_day_at_once(house: Desk) -> None:
    answers = {house.post(target(house, f"big-order/O-{n}"), CALL).status for n in range(60)}
    assert answers == {200}
    assert len(kept(house)) == 60


@pytest.mark.parametrize("name", ["result", "step"])
def test_a_ledger_that_cannot_be_written_loses_no_words(
    house: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def closed(*_: object) -> str:
        raise Unusable("the ledger is full")

    monkeypatch.setattr({"result": result, "step": step}[name], "keep", closed)
    address = target(house) if name == "result" else target(house, "B-1/talk", Purpose.STEP)
    words = {"evidence": "We spoke for an hour.", "done_on": "2026-09-09", "note": "We spoke for an hour.", **CALL}
    answer = house.post(address, words)
    assert answer.status == 503
    assert "We spoke for an hour." in answer.body
    assert kept(house) == []


def test_a_step_is_kept_with_what_proves_it(house: Desk) -> None:
    address = target(house, "B/1/compensate", Purpose.STEP)
    assert "Step 7 of 9: make good" in house.get(address).body
    said = {
        "done_on": "2026-09-09",
        "evidence": "A cushion, with a line by hand.",
        "compensation": "a cushion",
        "satisfied": "yes",
    }
    number = number_in(house.post(address, said).body)
    assert number.startswith("P-")
    assert number_in(house.post(address, said).body) == number
    assert kept(house) == [
        {
            "form": "step",
            "who": "C-7",
            "about": "B/1",
            "adviser_id": "A-1",
            "step": "compensate",
            "done_on": "2026-09-09",
            "evidence": "A cushion, with a line by hand.",
            "compensation": "a cushion",
        }
    ]


RESULT = {"done_on": "2026-09-09", "evidence": "She still finds it too dear."}
OPINION = {"opinion_by": "A-5", "opinion": "We stand by the price, and thank you."}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({**RESULT, "done_on": ""}, "Please choose the day"),
        ({**RESULT, "done_on": "2026-09-11"}, "still to come"),
        ({**RESULT, "evidence": "Done."}, "in four words at least"),
        (RESULT, "say whether the customer is content"),
        ({**RESULT, "satisfied": "no"}, "final opinion of a manager"),
        ({**RESULT, "satisfied": "no", **OPINION, "opinion_by": "A-1"}, "final opinion of a manager"),
        ({**RESULT, "satisfied": "no", **OPINION, "opinion": "No."}, "final opinion of a manager"),
        ({**RESULT, "satisfied": "yes", "opinion": "x" * 4001}, "more than this form holds"),
    ],
)
def test_a_step_without_what_it_needs_comes_back(house: Desk, fields: dict[str, str], told: str) -> None:
    answer = house.post(target(house, "B-1/result", Purpose.STEP), fields)
    assert answer.status == 422
    assert told in answer.body
    assert fields["evidence"] in answer.body
    assert kept(house) == []


def test_a_result_that_contents_nobody_has_the_houses_final_opinion_and_is_not_told_otherwise_later(
    house: Desk,
) -> None:
    address = target(house, "B-1/result", Purpose.STEP)
    assert house.post(address, {**RESULT, "satisfied": "no", **OPINION}).status == 200
    again = house.post(address, {**RESULT, "satisfied": "yes"})
    assert (again.status, "written down already" in again.body) == (422, True)
    assert [(one["satisfied"], one["opinion_by"]) for one in kept(house)] == [("no", "A-5")]
