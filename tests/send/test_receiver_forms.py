"""Tests of preferences, complaints, suggestions and surveys at the receiver."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.claim import Purpose
from sitegen.model.ledger import Form
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver import keeping
from sitegen.send.receiver.forms import LENGTHS
from sitegen.send.receiver.keeping import Letter, keep
from tests.send.receiving import FORM, Desk, desk

AT = "2026-10-02T09:30:00.000000Z"
ALL_ON = {
    "sent": "yes",
    **{f"topic:{tag}": "on" for tag in ("gatherings", "quilts", "prices")},
    **{f"channel:{channel}": "on" for channel in ("mail", "text", "card")},
}


def wished(house: Desk) -> dict[str, str]:
    return {name: value for _, name, _, value in sorted(house.rows("preferences"), key=lambda row: str(row[2]))}


def submitted(house: Desk) -> list[tuple[Any, ...]]:
    return [(*row[:5], json.loads(row[5]), row[6]) for row in house.rows("submissions")]


def number_in(page: str) -> str:
    found = re.search(r"\b[CSA]-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)
    assert found
    return found[0]


def test_preferences_write_what_changed_and_nothing_else(tmp_path: Path) -> None:
    house = desk(tmp_path)
    target = f"/preferences?token={house.token(Purpose.PREFERENCES)}"
    answer = house.post(target, ALL_ON)
    assert answer.status == 200
    assert house.rows("preferences") == []

    less = {name: value for name, value in ALL_ON.items() if name not in {"topic:prices", "channel:text"}}
    more = {"frequency": "month", "language": "zh", "birthday": "lunar", "pause": "2026-12-24"}
    assert "Noted." not in house.get(target).body
    house.post(target, less | more)
    changed = {"topic:prices": "off", "channel:text": "off", **more}
    assert wished(house) == changed
    assert {(row[0], row[2]) for row in house.rows("preferences")} == {("C-7", AT)}
    assert house.rows("consents") == house.rows("suppressions") == house.rows("responses") == []

    house.clock.now += timedelta(seconds=1)
    house.post(target, less | more | {"frequency": ""})
    assert wished(house) == changed | {"frequency": ""}
    assert len(house.rows("preferences")) == len(changed) + 1


def test_the_form_shows_what_stands_now_in_the_language_that_was_wished(tmp_path: Path) -> None:
    house = desk(tmp_path)
    target = f"/preferences?token={house.token(Purpose.PREFERENCES)}"
    house.post(target, ALL_ON | {"language": "zh", "pause": "2026-10-09"})
    page = house.get(target).body
    assert '<html lang="zh"' in page
    assert 'value="zh" checked' in page
    assert 'value="2026-10-09"' in page
    # A pause that is over is none.
    house.clock.now += timedelta(days=30)
    assert 'name="pause" value=""' in house.get(target).body


@pytest.mark.parametrize(
    "wrong",
    [{"pause": "2026-10-01"}, {"pause": "2029-01-01"}, {"pause": "soon"}, {"frequency": "day"}, {"language": "xx"}],
)
def test_a_wish_that_cannot_be_is_asked_again(wrong: dict[str, str], tmp_path: Path) -> None:
    house = desk(tmp_path)
    answer = house.post(f"/preferences?token={house.token(Purpose.PREFERENCES)}", ALL_ON | wrong)
    assert answer.status == 422
    assert house.rows("preferences") == []


def test_an_empty_form_switches_nothing_off(tmp_path: Path) -> None:
    house = desk(tmp_path)
    assert house.post(f"/preferences?token={house.token(Purpose.PREFERENCES)}", b"").status == 400
    assert house.rows("preferences") == []


def test_a_complaint_of_a_known_customer_is_kept_with_their_number(tmp_path: Path) -> None:
    house = desk(tmp_path)
    target = f"/complaint?token={house.token(Purpose.COMPLAINT)}"
    assert "Where we may answer you" not in house.get(target).body
    answer = house.post(target, {"words": "线断了\r\n\x00again", "about": "quality", "order": "O-9", "more": "x"})
    fields = {"words": "线断了\nagain", "order": "O-9"}
    expected = (number_in(answer.body), "complaint", "C-7", "2026/autumn-survey", "quality", fields, AT)
    assert submitted(house) == [expected]
    assert "+49 40 66969 001" in answer.body
    assert "Consumer Advice Line" in answer.body


def test_a_stranger_complains_too_and_may_say_where_to_answer(tmp_path: Path) -> None:
    house = desk(tmp_path)
    assert "Where we may answer you" in house.get("/complaint?token=old").body
    answer = house.post("/complaint?token=old", {"words": "Hello?", "contact": "m@example.com", "about": "lies"})
    number = number_in(answer.body)
    assert submitted(house) == [(number, "complaint", "", "", "", {"words": "Hello?", "contact": "m@example.com"}, AT)]


def test_a_form_that_is_sent_twice_is_kept_once_and_another_one_too(tmp_path: Path) -> None:
    house = desk(tmp_path)
    first, again, other = (house.post("/suggestion", {"words": word}).body for word in ("tea", "tea", "cake"))
    assert number_in(first) == number_in(again) != number_in(other)
    assert len(house.rows("submissions")) == 2


def test_two_forms_that_would_have_one_number_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "number_of", lambda letter, attempt: f"C-{attempt}")
    letters = [Letter(Form.COMPLAINT, "", "", "", {"words": word}, AT) for word in ("a", "b", "a", "b")]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert [keep(ledger, letter) for letter in letters] == ["C-0", "C-1", "C-0", "C-1"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Please write a line or two"),
        ({"words": " \n "}, "Please write a line or two"),
        ({"words": "x" * (LENGTHS["words"] + 1)}, "more than this form holds"),
        ({"words": "x", "contact": "y" * 201}, "more than this form holds"),
        ({"words": "x", "website": "https://pills.example"}, "for machines only"),
    ],
)
def test_what_cannot_be_kept_stays_in_the_form(fields: dict[str, str], said: str, tmp_path: Path) -> None:
    house = desk(tmp_path)
    answer = house.post("/complaint", fields)
    assert answer.status == 422
    assert said in answer.body
    assert fields.get("words", "").strip() in answer.body
    assert house.rows("submissions") == []


def test_survey_answers_are_kept_with_the_campaign_that_asked(tmp_path: Path) -> None:
    house = desk(tmp_path)
    token = house.token(Purpose.SURVEY)
    assert "Five honest questions" in house.get(f"/survey?token={token}").body
    answers = {"quality": "5", "service": "4", "price": "6", "image": "", "mood": "3", "words": "Umbrellas"}
    number = number_in(house.post(f"/survey/autumn-survey?token={token}", answers).body)
    fields = {"quality": "5", "service": "4", "words": "Umbrellas"}
    assert submitted(house) == [(number, "survey", "C-7", "2026/autumn-survey", "autumn-survey", fields, AT)]
    assert house.rows("responses") == [
        ("2026/autumn-survey", "C-7", "mail", "accepted", "2026-10-02", f"survey {number}")
    ]


def test_a_survey_opens_only_for_the_campaign_of_its_name(tmp_path: Path) -> None:
    house = desk(tmp_path)
    token, other = house.token(Purpose.SURVEY), house.token(Purpose.SURVEY, campaign="2026/other")
    for target in (f"/survey/other?token={token}", f"/survey/autumn-survey?token={other}", "/survey/autumn-survey"):
        assert house.get(target).status == 404
        assert house.post(target, {"quality": "5"}).status == 404
    assert house.post(f"/survey?token={token}", {"quality": "9"}).status == 422
    assert house.rows("submissions") == []


def test_questions_without_words_are_asked_in_the_themes(tmp_path: Path) -> None:
    setting = desk(tmp_path).setting
    bare = replace(setting.surveys[0], questions={factor: {} for factor in setting.surveys[0].questions}, intro={})
    house = desk(tmp_path, surveys=(bare,))
    page = house.get(f"/survey?token={house.token(Purpose.SURVEY)}&lang=zh").body
    assert "东西本身" in page
    assert "三分钟" not in page


KINDS = (
    FORM,
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=x; charset=idna",
    "multipart/form-data; boundary=x; charset=unicode_escape",
    "text/plain",
    "",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One receiver for all that is thrown at it; its callers never run dry."""
    ticking = iter(range(0, 10**9, 10**4))
    return desk(tmp_path_factory.mktemp("receiver"), ticks=lambda: float(next(ticking)))


PIECES = st.sampled_from(
    [
        b"--x\r\n",
        b"--x--",
        b"Content-Disposition: form-data; name=",
        b'"words"',
        b'; filename="a"',
        b"\r\n\r\n",
        b"\xff",
        b"words=",
        b"&",
        b"%",
        b"=",
        b"\\ud800",
    ]
)


@given(
    body=st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=12).map(b"".join)), kind=st.sampled_from(KINDS)
)
def test_no_bytes_at_all_break_a_form(body: bytes, kind: str, house: Desk) -> None:
    answer = house.post("/complaint", body, kind)
    assert answer.status in {200, 400, 422}
    assert house.faults == []
