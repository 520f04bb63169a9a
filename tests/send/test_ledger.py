"""Tests of keeping the ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Consent, Delivery, Form, State, Submission
from sitegen.send.ledger import Ledger, consent, find, open_ledger, record, settle, submit

WISH = Delivery(
    campaign="wish",
    edition="wish/2026-09-25",
    channel=Channel.MAIL,
    address_key="a" * 64,
    customer_id="C-1",
    state=State.CLAIMED,
    day=date(2026, 9, 25),
    message_class=MessageClass.CARE,
    design="moon-rabbit",
    claimed_at="2026-09-25T08:00:00Z",
)


def test_a_delivery_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert record(ledger, WISH)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert find(ledger, WISH.edition, WISH.channel, WISH.address_key) == WISH


def test_one_address_gets_an_edition_once_whoever_owns_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        assert record(ledger, WISH)
        assert not record(ledger, replace(WISH, customer_id="C-2", state=State.ACCEPTED))
        assert find(ledger, WISH.edition, WISH.channel, WISH.address_key) == WISH
        assert record(ledger, replace(WISH, channel=Channel.CARD))
        assert record(ledger, replace(WISH, edition="wish/2027-09-15"))


def test_a_claim_is_settled_with_its_outcome(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        record(ledger, WISH)
        accepted = replace(WISH, state=State.ACCEPTED, outcome="250 queued")
        settle(ledger, accepted)
        assert find(ledger, WISH.edition, WISH.channel, WISH.address_key) == accepted


def test_nothing_can_be_settled_that_was_never_claimed(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger, pytest.raises(KeyError):
        settle(ledger, WISH)


def test_two_claims_at_once_end_with_one_winner(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as one, open_ledger(tmp_path / "ledger.sqlite") as other:
        assert (record(one, WISH), record(other, WISH)) == (True, False)


def test_what_is_recorded_is_on_the_disk_at_once(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        ask = ledger.connection.execute
        assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ask("PRAGMA synchronous").fetchone() == (2,)
        assert not ledger.connection.in_transaction


def test_the_ledger_is_its_owners_alone(tmp_path: Path) -> None:
    with open_ledger(tmp_path / ".sitegen" / "ledger.sqlite"):
        pass
    assert (tmp_path / ".sitegen").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / ".sitegen" / "ledger.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_place_that_can_hold_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with (
        pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be opened"),
        open_ledger(tmp_path / "ledger.sqlite"),
    ):
        pass


FORMER = """
CREATE TABLE submissions (
  number      TEXT NOT NULL PRIMARY KEY,
  form        TEXT NOT NULL CHECK (form IN ('complaint', 'suggestion', 'survey', 'rsvp')),
  customer_id TEXT NOT NULL,
  campaign    TEXT NOT NULL,
  about       TEXT NOT NULL,
  fields      TEXT NOT NULL,
  at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
"""As version 2 made it."""


def test_a_ledger_of_version_2_keeps_all_that_it_had_and_takes_words_of_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    said = Submission(
        "C-1", Form.COMPLAINT, "A", "autumn", "quality", {"words": "Es kratzt – 很痒"}, "2026-09-02T22:30:00Z"
    )
    more = replace(said, number="R-1", form=Form.RSVP, about="E-1", fields={"answer": "yes"})
    with open_ledger(path) as ledger:
        record(ledger, WISH)
        consent(ledger, Consent("A", Channel.MAIL, MessageClass.PROMOTION, True, "web", "2026-09-02T22:30:00Z"))
        for one in (said, more):
            submit(ledger, one)
        held = everything(ledger)
        ledger.connection.execute("ALTER TABLE submissions RENAME TO present")
        ledger.connection.execute(FORMER)
        ledger.connection.execute("INSERT INTO submissions SELECT * FROM present")
        ledger.connection.execute("DROP TABLE present")
        ledger.connection.execute("PRAGMA user_version = 2")
    with open_ledger(path) as ledger:
        assert everything(ledger) == held
        assert ledger.connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert submit(ledger, replace(said, number="D-1", form=Form.RESULT, about="big-order/O-1"))
        assert submit(ledger, replace(said, number="P-1", form=Form.STEP, about="B-1"))
        assert not submit(ledger, said)
    with open_ledger(path) as ledger:
        assert [row[0] for row in everything(ledger)["submissions"]] == ["C-1", "D-1", "P-1", "R-1"]


def test_a_form_that_nobody_knows_is_in_no_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger, pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute("INSERT INTO submissions VALUES ('X-1', 'gossip', '', '', '', '{}', '')")


def test_a_ledger_of_version_1_knew_deliveries_only(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path) as ledger:
        record(ledger, WISH)
        for (name,) in ledger.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if name != "deliveries":
                ledger.connection.execute(f"DROP TABLE {name}")
        for column in ("token", "content", "leaves_at"):
            ledger.connection.execute("DROP INDEX IF EXISTS deliveries_by_token")
            ledger.connection.execute(f"ALTER TABLE deliveries DROP COLUMN {column}")
        ledger.connection.execute("PRAGMA user_version = 1")
    with open_ledger(path) as ledger:
        assert find(ledger, WISH.edition, WISH.channel, WISH.address_key) == WISH
        assert everything(ledger)["submissions"] == []


def everything(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """What stands in each table."""
    names = ("deliveries", "consents", "preferences", "responses", "submissions", "suppressions", "editions", "leases")
    return {name: ledger.connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}
