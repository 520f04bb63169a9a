"""Tests of letting messages leave: their pace, their order, and when a run had better end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.channel import Channel
from sitegen.model.ledger import Delivery, State
from sitegen.send.ledger import Ledger, open_ledger, record
from sitegen.send.replies import Outcome
from sitegen.send.round import BUSY, End, Sending
from sitegen.send.silence import silenced
from sitegen.send.smtp import Envelope, Unreachable
from tests.send.paper_post import (
    Clock,
    PaperPost,
    accept,
    delivery,
    letter,
    lose_before,
    put_off,
    refuse,
    refuse_words,
    states,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", durable=False) as opened:
        yield opened


def waiting(ledger: Ledger, people: int) -> list[Delivery]:
    ones = [delivery(number) for number in range(people)]
    for one in ones:
        record(ledger, one)
    return ones


def test_messages_leave_no_faster_than_the_server_likes(ledger: Ledger) -> None:
    clock, post = Clock(), PaperPost(iter(()))
    sending = Sending(ledger, lambda: post, clock.terms(rate=20))
    assert sending.round(map(letter, waiting(ledger, 5))) is End.DONE
    assert clock.waits == pytest.approx([0, 0.05, 0.05, 0.05, 0.05])
    assert sending.made == {State.ACCEPTED: 5}
    sending.close()
    assert post.closed == 1


def test_a_message_is_claimed_on_the_disk_before_the_server_has_it(ledger: Ledger, tmp_path: Path) -> None:
    def look(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
        assert states(ledger) == {"t0": State.PLANNED}
        claim()
        with open_ledger(tmp_path / "ledger.sqlite") as other:
            assert states(other) == {"t0": State.CLAIMED}
        return accept(envelope, lambda: None, copies)

    sending = Sending(ledger, lambda: PaperPost(iter([look])), Clock().terms())
    sending.round(map(letter, waiting(ledger, 1)))
    assert states(ledger) == {"t0": State.ACCEPTED}


def test_somebody_who_asks_to_stop_is_heard_before_the_next_message(ledger: Ledger) -> None:
    post = PaperPost(iter(()))
    sending = Sending(ledger, lambda: post, Clock(stop_after=2).terms())
    assert sending.round(map(letter, waiting(ledger, 5))) is End.INTERRUPTED
    assert len(post.copies) == 2
    assert set(states(ledger).values()) == {State.ACCEPTED, State.PLANNED}


@pytest.mark.parametrize(("claims", "state"), [(True, State.UNKNOWN), (False, State.PLANNED)])
def test_an_interruption_within_a_message_is_written_down(ledger: Ledger, claims: bool, state: State) -> None:
    def interrupt(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
        if claims:
            claim()
        raise KeyboardInterrupt

    sending = Sending(ledger, lambda: PaperPost(iter([interrupt])), Clock().terms())
    with pytest.raises(KeyboardInterrupt):
        sending.round(map(letter, waiting(ledger, 2)))
    assert states(ledger) == {"t0": state, "t1": State.PLANNED}


def test_five_failures_are_no_pattern_and_the_sixth_ends_the_run(ledger: Ledger) -> None:
    post = PaperPost(iter([refuse_words] * 20))
    sending = Sending(ledger, lambda: post, Clock().terms(errors=0.05))
    assert sending.round(map(letter, waiting(ledger, 20))) is End.FAILING
    assert sending.made == {State.REFUSED: 6}
    assert sending.last_failure == "554 5.7.1 we do not like it"


def test_a_few_failures_among_many_messages_are_usual(ledger: Ledger) -> None:
    answers = [refuse_words if number % 25 == 0 else accept for number in range(200)]
    sending = Sending(ledger, lambda: PaperPost(iter(answers)), Clock().terms(errors=0.05))
    sending.post = PaperPost(iter(answers))
    assert sending.round(map(letter, waiting(ledger, 200))) is End.DONE
    assert sending.made == {State.REFUSED: 8, State.ACCEPTED: 192}


def test_a_server_that_puts_off_one_after_the_other_is_left_alone_for_now(ledger: Ledger) -> None:
    post = PaperPost(iter([put_off] * 100))
    sending = Sending(ledger, lambda: post, Clock().terms())
    assert sending.round(map(letter, waiting(ledger, 50))) is End.BUSY
    assert sending.made == {State.DEFERRED: BUSY}


def test_who_comes_again_waits_longer_each_time(ledger: Ledger) -> None:
    clock, post = Clock(), PaperPost(iter(()))
    sending = Sending(ledger, lambda: post, clock.terms())
    sending.post = post
    assert [sending.rest(number) for number in (1, 2, 3)] == [False, False, False]
    assert clock.waits == [30, 60, 120]
    assert post.closed == 1


def test_a_mailbox_that_is_none_gets_nothing_ever_again(ledger: Ledger) -> None:
    sending = Sending(ledger, lambda: PaperPost(iter([refuse])), Clock().terms())
    sending.round(map(letter, waiting(ledger, 2)))
    rows = ledger.connection.execute("SELECT channel, address_hash, scope, reason, since, evidence FROM suppressions")
    assert rows.fetchall() == [("mail", f"{0:064x}", "all", "bounced", "2026-09-25", "550 5.1.1")]
    answers = ledger.connection.execute("SELECT campaign, customer_id, channel, answer, evidence FROM responses")
    assert answers.fetchall() == [("wish", "C-0", "mail", "bounced", "550 5.1.1")]
    assert silenced(ledger, delivery(0, "spring/2027-03-20"))
    assert not silenced(ledger, delivery(1))


def test_a_lost_connection_is_opened_again_with_longer_and_longer_pauses(ledger: Ledger) -> None:
    clock, opened = Clock(), []

    def connect() -> PaperPost:
        opened.append(clock.seconds())
        return PaperPost(iter([lose_before]))

    sending = Sending(ledger, connect, clock.terms(rate=1000))
    sending.round(map(letter, waiting(ledger, 5)))
    assert [round(later - before) for before, later in pairwise(opened)] == [1, 2, 4, 8]
    assert set(states(ledger).values()) == {State.DEFERRED}


def test_a_server_that_comes_back_is_waited_for(ledger: Ledger) -> None:
    tries: list[object] = [
        PaperPost(iter([lose_before])),
        Unreachable("gone"),
        Unreachable("gone"),
        PaperPost(iter(())),
    ]

    def connect() -> PaperPost:
        there = tries.pop(0)
        if isinstance(there, Unreachable):
            raise there
        assert isinstance(there, PaperPost)
        return there

    sending = Sending(ledger, connect, Clock().terms())
    assert sending.round(map(letter, waiting(ledger, 3))) is End.DONE
    assert sending.made == {State.DEFERRED: 1, State.ACCEPTED: 2}


def test_a_server_that_was_never_there_is_told_at_once(ledger: Ledger) -> None:
    def connect() -> PaperPost:
        raise Unreachable("the mail server can't be reached")

    clock = Clock()
    sending = Sending(ledger, connect, clock.terms())
    with pytest.raises(Unreachable):
        sending.round(map(letter, waiting(ledger, 3)))
    assert clock.waits == [0]
    assert set(states(ledger).values()) == {State.PLANNED}


def test_a_run_whose_ledger_another_one_changes_stops(ledger: Ledger) -> None:
    (one,) = waiting(ledger, 1)
    sending = Sending(ledger, lambda: PaperPost(iter(())), Clock().terms())
    sending.round([letter(one)])
    post = PaperPost(iter(()))
    sending.post = post
    with pytest.raises(Unusable, match="changed by another run"):
        sending.round([letter(one)])
    assert post.copies == []
    assert one.channel is Channel.MAIL
