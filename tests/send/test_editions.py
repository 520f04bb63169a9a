"""Tests of freezing an audience and of accounting for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.errors import Exit, Mistakes
from sitegen.model.channel import Channel
from sitegen.model.ledger import State
from sitegen.send.deliveries import move
from sitegen.send.editions import Stamp, accounts, find, freeze
from sitegen.send.ledger import Ledger, open_ledger
from tests.send.paper_post import delivery, states

STAMP = Stamp("wish", Channel.MAIL, "2026-09-25T10:00:00+00:00", "till")
EDITION = "wish/2026-09-25"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", durable=False) as opened:
        yield opened


def test_an_audience_is_frozen_with_all_that_accounts_for_it(ledger: Ledger) -> None:
    built = [delivery(1), delivery(2), delivery(3, "wish/2026-09-26")]
    excluded = {EDITION: {"no-email": 4}, "wish/2026-09-26": {}, "wish/2026-09-27": {"no-email": 1}}
    assert freeze(ledger, built, excluded, STAMP) == (EDITION, "wish/2026-09-26", "wish/2026-09-27")
    told = [(one.edition.edition, one.edition.candidates, one.states, one.balanced) for one in accounts(ledger, "wish")]
    assert told == [
        (EDITION, 6, {State.PLANNED: 2}, True),
        ("wish/2026-09-26", 1, {State.PLANNED: 1}, True),
        ("wish/2026-09-27", 1, {}, True),
    ]
    frozen = find(ledger, EDITION, Channel.MAIL)
    assert frozen
    assert (frozen.frozen_at, frozen.host, frozen.excluded) == (STAMP.at, "till", {"no-email": 4})


def test_the_same_build_is_frozen_once(ledger: Ledger) -> None:
    assert freeze(ledger, [delivery(1)], {EDITION: {}}, STAMP) == (EDITION,)
    assert freeze(ledger, [delivery(1)], {EDITION: {}}, replace(STAMP, at="2026-09-26T10:00:00+00:00")) == ()
    frozen = find(ledger, EDITION, Channel.MAIL)
    assert frozen
    assert frozen.frozen_at == STAMP.at


def test_a_new_build_replaces_what_waits_and_leaves_what_has_left(ledger: Ledger) -> None:
    freeze(ledger, [delivery(1), delivery(2), delivery(3)], {EDITION: {}}, STAMP)
    claimed = move(ledger, delivery(1), State.CLAIMED)
    assert claimed
    assert move(ledger, claimed, State.ACCEPTED)
    assert move(ledger, delivery(2), State.DEFERRED)
    again = [delivery(2, content="d" * 64), delivery(4)]
    assert freeze(ledger, again, {EDITION: {"already-sent": 1, "suppressed": 1}}, STAMP) == (EDITION,)
    assert states(ledger) == {"t1": State.ACCEPTED, "t2": State.PLANNED, "t4": State.PLANNED}
    (account,) = accounts(ledger, "wish")
    assert (account.edition.candidates, account.edition.excluded, account.balanced) == (4, {"suppressed": 1}, True)


def test_who_is_suppressed_for_having_been_refused_is_counted_once(ledger: Ledger) -> None:
    freeze(ledger, [delivery(1), delivery(2)], {EDITION: {"suppressed": 3}}, STAMP)
    assert move(ledger, delivery(1), State.REFUSED)
    freeze(ledger, [delivery(2, content="d" * 64)], {EDITION: {"suppressed": 4}}, STAMP)
    (account,) = accounts(ledger, "wish")
    assert (account.edition.candidates, account.edition.excluded, account.balanced) == (5, {"suppressed": 3}, True)


def test_one_address_twice_in_an_edition_is_refused_and_nothing_is_frozen(ledger: Ledger) -> None:
    twins = [delivery(1), replace(delivery(2), address_key=delivery(1).address_key)]
    with pytest.raises(Mistakes) as stopped:
        freeze(ledger, twins, {EDITION: {}}, STAMP)
    assert stopped.value.exit_code is Exit.MESSAGE
    assert "'wish/2026-09-25' goes to 'C-1' and 'C-2' at one address" in str(stopped.value)
    assert states(ledger) == {}
    assert freeze(ledger, [delivery(1)], {EDITION: {}}, STAMP) == (EDITION,)


def test_a_build_that_breaks_off_freezes_nothing(ledger: Ledger) -> None:
    def breaking() -> Iterator[object]:
        yield delivery(1)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        freeze(ledger, breaking(), {EDITION: {}}, STAMP)  # type: ignore[arg-type]
    assert accounts(ledger) == ()
    assert states(ledger) == {}
