"""What the ledger remembers stands beside the customer file, in the same tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.audience.plan.wishes import CALENDAR, CHANNELS, FREQUENCY, PAUSE, TOPICS
from sitegen.data.engine import Engine, open_customers
from sitegen.data.ledger import belongings_of, deliveries
from sitegen.data.remembered import with_ledger
from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import (
    Answer,
    Consent,
    Form,
    Preference,
    Reason,
    Response,
    Scope,
    Submission,
    Suppression,
)
from sitegen.send.ledger import Ledger, consent, forget, open_ledger, prefer, respond, submit, suppress
from tests.plain_shop import SHOP

FILES = {
    "customers": "customer_id,language\nA,en\nB,\nC,zh\n",
    "consents": "customer_id,channel,purpose,status,source,given_on,withdrawn_on\n"
    "A,mail,promotion,given,shop,2026-09-01,\n"
    "B,mail,promotion,given,shop,2026-09-05,\n"
    "C,mail,promotion,withdrawn,shop,2026-01-01,2026-09-02\n",
    "suppressions": f"channel,address_hash,reason,since\nmail,{'a' * 64},bounced,2026-08-01\n",
    "responses": "campaign,customer_id,channel,answer,day\noffer,A,mail,unsubscribed,2026-09-02\n",
    "complaints": "complaint_id,customer_id,opened_on,step\nK-1,A,2026-09-03,apologise\n",
}
NIGHT = "2026-09-02T22:30:00Z"
"""The day after, by the shop's clock."""


@contextmanager
def opened(root: Path, name: str = "ledger.sqlite") -> Iterator[Engine]:
    (root / "customers").mkdir(exist_ok=True)
    for table, text in FILES.items():
        (root / "customers" / f"{table}.csv").write_text(text)
    with open_customers(root, SHOP) as engine:
        yield with_ledger(engine, SHOP, root / name)


def rows(engine: Engine, table: str, *columns: str) -> list[Any]:
    found = engine.ask(engine.tables[table].select(columns))
    return sorted((tuple(row.values()) for row in found), key=str)


def said(name: str, given: bool, at: str = NIGHT, purpose: MessageClass = MessageClass.PROMOTION) -> Consent:
    return Consent(name, Channel.MAIL, purpose, given, "web", at, "newsletter-2")


def submission(number: str, form: Form, who: str, about: str, **fields: str) -> Submission:
    return Submission(number, form, who, "autumn", about, fields, NIGHT)


def write(ledger: Ledger) -> None:
    """A ledger in which everything of the new tables stands."""
    for one in (said("A", False), said("B", False), said("C", True), said("C", False, purpose=MessageClass.SURVEY)):
        consent(ledger, one)
    suppress(
        ledger, Suppression(Channel.TEXT, "b" * 64, Scope.PROMOTION, Reason.UNSUBSCRIBED, date(2026, 9, 2), "one-click")
    )
    for name, value in (
        ("pause", "2026-12-01"),
        ("topic:tea", "off"),
        ("topic:quilts", "off"),
        ("channel:text", "off"),
        ("frequency", "month"),
        ("language", "zh"),
        ("birthday", "lunar"),
    ):
        prefer(ledger, Preference("A", name, value, "2026-09-02T08:00:00Z"))
    prefer(ledger, Preference("A", "pause", "", "2026-09-03T08:00:00Z"))
    prefer(ledger, Preference("B", "frequency", "", "2026-09-03T08:00:00Z"))
    respond(ledger, Response("offer", "A", Channel.MAIL, Answer.UNSUBSCRIBED, date(2026, 9, 2)))
    respond(ledger, Response("offer", "B", Channel.MAIL, Answer.REFUSED, date(2026, 9, 2)))
    for form in (
        submission("K-1", Form.COMPLAINT, "A", "quality", words="It shrank."),
        submission("K-2", Form.COMPLAINT, "B", "the weather", words="It shrank, too.", order="O-9"),
        submission("K-3", Form.COMPLAINT, "", "quality", words="Nobody knows me."),
        submission("V-1", Form.SUGGESTION, "C", "goods", words="More red."),
        submission("U-1", Form.SURVEY, "C", "autumn-survey", quality="4", words="Thank you."),
    ):
        submit(ledger, form)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("remembered")
    with open_ledger(root / "ledger.sqlite") as ledger:
        write(ledger)
    with opened(root) as found:
        yield found


def test_of_two_words_about_one_thing_the_later_one_holds(engine: Engine) -> None:
    columns = ("customer_id", "purpose", "status", "given_on", "withdrawn_on", "source", "wording")
    assert rows(engine, "consents", *columns) == [
        ("A", "promotion", "withdrawn", date(2026, 9, 1), date(2026, 9, 3), "web", "newsletter-2"),
        ("B", "promotion", "given", date(2026, 9, 5), None, "shop", None),
        ("C", "promotion", "given", date(2026, 9, 3), None, "web", "newsletter-2"),
        ("C", "survey", "withdrawn", None, date(2026, 9, 3), "web", "newsletter-2"),
    ]


def test_suppressions_of_the_file_bar_everything_and_those_of_the_ledger_what_they_say(engine: Engine) -> None:
    assert rows(engine, "suppressions", "channel", "address_hash", "reason", "scope", "since") == [
        ("mail", "a" * 64, "bounced", "all", date(2026, 8, 1)),
        ("text", "b" * 64, "unsubscribed", "promotion", date(2026, 9, 2)),
    ]


def test_customers_have_what_they_wish_now_and_the_language_they_chose(engine: Engine) -> None:
    columns = ("customer_id", "language", PAUSE, TOPICS, CHANNELS, FREQUENCY, CALENDAR)
    assert rows(engine, "customers", *columns) == [
        ("A", "zh", None, ";quilts;tea;", ";text;", "month", "lunar"),
        ("B", None, None, None, None, None, None),
        ("C", "zh", None, None, None, None, None),
    ]


def test_answers_are_added_to_those_of_the_file(engine: Engine) -> None:
    assert rows(engine, "responses", "campaign", "customer_id", "answer", "day") == [
        ("offer", "A", "unsubscribed", date(2026, 9, 2)),
        ("offer", "B", "refused", date(2026, 9, 2)),
    ]


def test_forms_are_rows_of_their_tables_and_what_the_desk_took_over_stays_the_desks(engine: Engine) -> None:
    day = date(2026, 9, 3)
    assert rows(engine, "complaints", "complaint_id", "customer_id", "opened_on", "factor", "text", "step") == [
        ("K-1", "A", day, None, None, "apologise"),
        ("K-2", "B", day, None, "It shrank, too. (O-9)", None),
    ]
    assert rows(engine, "suggestions", "suggestion_id", "customer_id", "given_on", "about", "text", "decision") == [
        ("V-1", "C", day, "goods", "More red.", None)
    ]
    columns = ("survey", "customer_id", "question", "factor", "score", "answer", "answered_on")
    assert rows(engine, "survey_answers", *columns) == [
        ("autumn-survey", "C", "quality", "quality", 4, None, day),
        ("autumn-survey", "C", "words", None, None, "Thank you.", day),
    ]


def test_a_shop_without_a_ledger_and_one_with_an_old_one_has_the_tables_of_its_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.execute("CREATE TABLE deliveries (edition TEXT, state TEXT)")
    for name in ("none.sqlite", "old.sqlite"):
        with opened(tmp_path, name) as engine:
            assert "scope" not in engine.tables["suppressions"].columns
            assert rows(engine, "customers", "customer_id", "language") == [("A", "en"), ("B", None), ("C", "zh")]
            assert PAUSE not in engine.tables["customers"].columns


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        respond(ledger, Response("offer", "A", Channel.MAIL, Answer.REFUSED, date(2026, 9, 2)))
        ledger.connection.execute("UPDATE responses SET day = 'soon'")
    named = pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read: 'soon' is no day")
    with named, opened(tmp_path):
        pass


def test_everything_that_one_customer_said_can_be_shown_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        write(ledger)
    found = belongings_of(path, "A")
    assert {table: len(held) for table, held in found.items()} == {
        "consents": 1,
        "preferences": 8,
        "responses": 1,
        "submissions": 1,
    }
    assert found["submissions"][0]["fields"] == '{"words": "It shrank."}'
    with open_ledger(path) as ledger:
        forget(ledger, "A")
    assert belongings_of(path, "A") == {}
    assert set(belongings_of(path, "B")) == {"consents", "preferences", "responses", "submissions"}
    with opened(tmp_path) as engine:
        assert engine.count(deliveries(engine, path)) == 0
        assert len(rows(engine, "suppressions", "channel", "scope")) == 2
