"""Tests of answers to invitations at the receiver, and of what becomes of them in the customer file."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitegen.data.engine import open_customers
from sitegen.data.remembered import with_ledger
from sitegen.errors import Unusable
from sitegen.model.claim import Purpose
from sitegen.send.receiver import rsvp
from tests.plain_shop import SHOP
from tests.send.receiving import Desk, desk

CAMPAIGN = "2026/vip-tea"
OPEN = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
LAST = datetime(2026, 9, 22, 21, 59, tzinfo=UTC)
"""The last minute of the 22nd by the shop's clock, four days before the event."""
YES = {"answer": "yes", "party": "2"}


@pytest.fixture
def house(tmp_path: Path) -> Desk:
    opened = desk(tmp_path)
    opened.clock.now = OPEN
    return opened


def target(house: Desk, customer: str = "C-7") -> str:
    token = house.token(Purpose.RSVP, campaign=CAMPAIGN, customer_id=customer, day=date(2026, 9, 12))
    return f"/rsvp?token={token}"


def said(house: Desk) -> list[dict[str, str]]:
    rows = sorted(house.rows("submissions"), key=lambda row: str(row[6]))
    return [{"who": row[2], "about": row[4], **json.loads(row[5])} for row in rows]


def number_in(page: str) -> str:
    found = re.search(r"\bR-[0-9A-Z]{4}-[0-9A-Z]{4}\b", page)
    assert found, page
    return found[0]


def attendances(house: Desk, root: Path, rows: str) -> list[tuple[object, ...]]:
    """The attendances as the next build knows them: event, customer, status, day, people, whether to name them."""
    folder = root / "customers"
    folder.mkdir(exist_ok=True)
    (folder / "customers.csv").write_text("customer_id\nC-7\nC-8\nC-9\n")
    (folder / "events.csv").write_text("event_id,title,starts_at\nE-2026-3,Tea,2026-09-26 15:00\n")
    (folder / "attendances.csv").write_text("event_id,customer_id,status,answered_on,share_contact\n" + rows)
    columns = ("event_id", "customer_id", "status", "answered_on", "party", "share_contact")
    with open_customers(root, SHOP) as engine:
        known = with_ledger(engine, SHOP, house.setting.ledger)
        found = known.ask(known.tables["attendances"].select(columns).order_by("event_id", "customer_id"))
    return [tuple(row.values()) for row in found]


def test_the_page_says_when_and_where_and_until_when_in_the_readers_language(house: Desk) -> None:
    page = house.get(target(house)).body
    assert "Tea, and stories of the loom" in page
    assert "Saturday, 26 September 2026" in page
    assert "Große Bergstraße 41, Hamburg" in page
    assert "Tuesday, 22 September 2026" in page
    assert [int(number) for number in re.findall(r"<option[^>]*>(\d+)<", page)] == [1, 2]
    assert "2026年9月26日" in house.get(target(house) + "&lang=zh").body


def test_looking_at_the_page_changes_nothing(house: Desk) -> None:
    before = house.everything()
    assert house.get(target(house), sec_purpose="prefetch", sec_fetch_site="cross-site").status == 200
    assert house.get(target(house), "HEAD").status == 200
    assert house.everything() == before


def test_an_answer_is_kept_with_its_number_and_as_a_response_to_the_campaign(house: Desk) -> None:
    answer = house.post(target(house), {**YES, "share": "yes", "words": "My mother walks slowly."})
    number = number_in(answer.body)
    (kept,) = said(house)
    assert kept == {
        "who": "C-7",
        "about": "E-2026-3",
        **YES,
        "share": "yes",
        "words": "My mother walks slowly.",
        "turn": "0",
    }
    assert house.rows("responses") == [(CAMPAIGN, "C-7", "mail", "accepted", "2026-09-14", f"answer {number}")]


def test_the_same_answer_again_changes_nothing_and_another_one_holds_from_then_on(house: Desk, tmp_path: Path) -> None:
    first = number_in(house.post(target(house), YES).body)
    house.clock.now += timedelta(days=1)
    assert number_in(house.post(target(house), YES).body) == first
    assert len(said(house)) == 1
    assert 'value="yes" required checked' in house.get(target(house)).body
    for fields in ({"answer": "no"}, YES):
        house.clock.now += timedelta(minutes=1)
        house.post(target(house), fields)
    assert [one["answer"] for one in said(house)] == ["yes", "no", "yes"]
    assert attendances(house, tmp_path, "") == [("E-2026-3", "C-7", "accepted", date(2026, 9, 15), 2, False)]


def test_who_comes_with_fewer_keeps_their_place_and_who_comes_with_more_begins_anew(
    house: Desk, tmp_path: Path
) -> None:
    for days, party in ((0, "2"), (1, "1"), (2, "2")):
        house.clock.now = OPEN + timedelta(days=days)
        house.post(target(house), {"answer": "yes", "party": party})
        expected = date(2026, 9, 14) if days < 2 else date(2026, 9, 16)
        (row,) = attendances(house, tmp_path, "")
        assert row[3:5] == (expected, int(party))


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"answer": "no", "party": "2", "share": "yes"}, {"answer": "no"}),
        ({"answer": "yes", "party": "99"}, {"answer": "yes", "party": "1"}),
        ({"answer": "yes"}, {"answer": "yes", "party": "1"}),
        ({"answer": "yes", "party": "2", "turn": "7", "tier": "gold"}, YES),
    ],
)
def test_only_what_the_form_can_say_is_kept(house: Desk, fields: dict[str, str], kept: dict[str, str]) -> None:
    house.post(target(house), fields)
    assert said(house) == [{"who": "C-7", "about": "E-2026-3", **kept, "turn": "0"}]


@pytest.mark.parametrize("fields", [{}, {"answer": "perhaps"}, {"party": "2"}])
def test_without_a_yes_or_no_the_form_comes_back_with_what_was_written(house: Desk, fields: dict[str, str]) -> None:
    answer = house.post(target(house), {**fields, "words": "Is there a ramp?"})
    assert answer.status == 422
    assert "Please choose yes or no." in answer.body
    assert "Is there a ramp?" in answer.body
    assert said(house) == []


def test_after_the_last_day_an_answer_is_refused_kindly(house: Desk) -> None:
    house.clock.now = LAST
    assert house.get(target(house)).status == 200
    assert house.post(target(house), YES).status == 200
    house.clock.now = LAST + timedelta(minutes=1)
    for late in (house.get(target(house)), house.post(target(house), {"answer": "no"})):
        assert late.status == 410
        assert "The chairs are counted already" in late.body
        assert house.setting.shop.phone in late.body
    assert [one["answer"] for one in said(house)] == ["yes"]


def test_a_link_without_an_event_opens_nothing(house: Desk) -> None:
    token = house.token(Purpose.RSVP, campaign="2026/autumn-survey", day=date(2026, 9, 12))
    for asked in (f"/rsvp?token={token}", "/rsvp", f"/rsvp?token={house.token(Purpose.SURVEY, campaign=CAMPAIGN)}"):
        assert house.get(asked).status == 404
        assert house.post(asked, YES).status == 404
    assert said(house) == []


def test_a_ledger_that_cannot_be_written_loses_no_words(house: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> str:
        raise Unusable("the ledger is full")

    monkeypatch.setattr(rsvp, "keep", closed)
    answer = house.post(target(house), {**YES, "words": "Is there a ramp?"})
    assert answer.status == 503
    assert "Is there a ramp?" in answer.body
    assert 'value="yes" required checked' in answer.body
    assert said(house) == []
    assert house.rows("responses") == []


def test_an_answer_holds_until_the_file_knows_a_later_one_or_who_came(house: Desk, tmp_path: Path) -> None:
    house.post(target(house), YES)
    mine = ("E-2026-3", "C-7", "accepted", date(2026, 9, 14), 2, False)
    for row, expected in (
        ("E-2026-3,C-7,invited,,yes", mine),
        ("E-2026-3,C-7,declined,2026-09-13,no", mine),
        ("E-2026-3,C-7,declined,2026-09-14,no", mine),
        ("E-2026-3,C-7,,,", mine),
        ("E-2026-3,C-7,declined,2026-09-15,no", ("E-2026-3", "C-7", "declined", date(2026, 9, 15), None, False)),
        ("E-2026-3,C-7,attended,2026-09-01,yes", ("E-2026-3", "C-7", "attended", date(2026, 9, 1), None, True)),
        ("E-2026-3,C-7,missed,,yes", ("E-2026-3", "C-7", "missed", None, None, True)),
    ):
        other = ("E-2026-3", "C-9", "accepted", date(2026, 9, 2), None, True)
        assert attendances(house, tmp_path, f"{row}\nE-2026-3,C-9,accepted,2026-09-02,yes\n") == [expected, other]
