"""Tests of keeping the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.send.ledger import find, open_ledger, record, settle

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
