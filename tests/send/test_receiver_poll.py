"""Tests of votes for ideas at the receiver, and of what becomes of them in the customer file."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.data.engine import open_customers
from sitegen.data.remembered import with_ledger
from sitegen.model.claim import Purpose
from sitegen.model.gathering import Ideas
from sitegen.programme.gatherings.ideas import idea, idea_rows
from tests.plain_shop import SHOP
from tests.send.receiving import Desk, desk

POLL = "gathering-ideas"
IDEAS = ("G-007", "G-010", "G-011", "G-019")
SUGGESTIONS = "suggestion_id,customer_id,given_on,about,text,fits_brand,feasible,no_conflict\n" + "".join(
    f"{number},C-7,2026-05-01,event,{number},yes,yes,yes\n" for number in IDEAS
)


@pytest.fixture
def house(tmp_path: Path) -> Desk:
    return desk(tmp_path)


def target(house: Desk, customer: str = "C-7") -> str:
    return f"/survey/{POLL}?token={house.token(Purpose.SURVEY, about=POLL, customer_id=customer)}"


def said(house: Desk) -> list[dict[str, str]]:
    return [json.loads(row[5]) for row in sorted(house.rows("submissions"), key=lambda row: str(row[6]))]


def votes(house: Desk, root: Path) -> dict[str, int]:
    """The votes as the next build counts them."""
    folder = root / "customers"
    folder.mkdir(exist_ok=True)
    (folder / "customers.csv").write_text("customer_id\nC-7\nC-8\n")
    (folder / "suggestions.csv").write_text(SUGGESTIONS)
    with open_customers(root, SHOP) as engine:
        known = with_ledger(engine, SHOP, house.setting.ledger)
        rows = known.ask(idea_rows(known.tables, Ideas(poll=POLL), house.clock.now.date()))
    return {one.id: one.votes for one in map(idea, rows)}


def test_the_page_shows_the_ideas_in_the_readers_language_and_asks_for_no_score(house: Desk) -> None:
    page = house.get(target(house)).body
    assert "A night on a lightship" in page
    assert page.count('type="checkbox"') == len(IDEAS)
    assert 'type="radio"' not in page
    assert "灯船上的一夜" in house.get(target(house) + "&lang=zh").body


def test_a_tick_is_a_vote_until_the_same_guest_says_otherwise(house: Desk, tmp_path: Path) -> None:
    house.post(target(house), {"idea:G-007": "yes", "idea:G-010": "yes"})
    house.post(target(house, "C-8"), {"idea:G-010": "yes", "words": "With salt."})
    assert votes(house, tmp_path) == {"G-007": 1, "G-010": 2, "G-011": 0, "G-019": 0}
    house.clock.now += timedelta(days=1)
    house.post(target(house), {"idea:G-011": "yes"})
    assert votes(house, tmp_path) == {"G-007": 0, "G-010": 1, "G-011": 1, "G-019": 0}


def test_words_alone_are_no_vote_and_ideas_that_are_not_asked_are_none(house: Desk) -> None:
    house.post(target(house), {"words": "None of these.", "idea:G-999": "yes", "G-007": "yes"})
    assert said(house) == [{**dict.fromkeys(IDEAS, "no"), "words": "None of these."}]


@pytest.mark.parametrize("fields", [{}, {"idea:G-999": "yes"}, {"quality": "5"}])
def test_without_a_tick_or_a_word_the_form_comes_back(house: Desk, fields: dict[str, str]) -> None:
    answer = house.post(target(house), fields)
    assert answer.status == 422
    assert said(house) == []


def test_a_form_that_comes_back_keeps_its_ticks(house: Desk) -> None:
    answer = house.post(target(house), {"idea:G-007": "yes", "words": "x" * 4001})
    assert answer.status == 422
    assert 'name="idea:G-007" value="yes" checked' in answer.body


def test_a_vote_is_no_answer_to_the_letter_that_brought_the_sheet(house: Desk) -> None:
    house.post(target(house), {"idea:G-007": "yes"})
    assert house.rows("responses") == []
