"""Tests of the deliveries' states: what no sequence of runs, crashes and second thoughts may break."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sitegen.model.channel import Channel
from sitegen.model.ledger import State
from sitegen.send.deliveries import MOVES, WAITING, give_up_claims, move, those_in
from sitegen.send.editions import Stamp, accounts, freeze
from sitegen.send.ledger import Ledger, open_ledger, record
from sitegen.send.replies import Outcome
from sitegen.send.round import Sending
from sitegen.send.smtp import Envelope
from tests.send import paper_post
from tests.send.paper_post import Clock, PaperPost, delivery, letter, states

STAMP = Stamp("wish", Channel.MAIL, "2026-09-25T10:00:00+00:00", "till")
ANSWERS = (
    paper_post.accept,
    paper_post.refuse,
    paper_post.refuse_words,
    paper_post.put_off,
    paper_post.put_off_late,
    paper_post.lose_before,
    paper_post.lose_answer,
    paper_post.lose_message,
)


class Killed(BaseException):
    """The process is gone, and only what was on the disk is left."""


class Sendings(RuleBasedStateMachine):
    """Runs of one edition, each with a server of other moods, some killed in the midst of it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.snapshots = 0
        self.copies: list[str] = []
        self.again: dict[str, int] = {}
        self.open(self.folder / "ledger-0.sqlite")

    def open(self, path: Path) -> None:
        self.ledger: Ledger = self.stack.enter_context(open_ledger(path, durable=False))

    @initialize(people=st.integers(1, 8))
    def first_build(self, people: int) -> None:
        self.people = people
        self.freeze(range(people), "c")

    @rule(who=st.sets(st.integers(0, 9)), words=st.sampled_from("cde"))
    def build_anew(self, who: set[int], words: str) -> None:
        self.freeze(who, words)

    def freeze(self, who: object, words: str) -> None:
        assert isinstance(who, (range, set))
        built = [delivery(number, content=words * 64) for number in sorted(who)]
        freeze(self.ledger, built, {"wish/2026-09-25": {"no-email": 2, "already-sent": 1}}, STAMP)

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=8))
    def run(self, answers: list[Callable[..., Outcome]]) -> None:
        self.send(PaperPost(iter(answers), self.copies))

    @rule(answers=st.lists(st.sampled_from(ANSWERS), max_size=6), after=st.booleans(), taken=st.booleans())
    def run_and_die(self, answers: list[Callable[..., Outcome]], after: bool, taken: bool) -> None:
        """Die before or after the claim, and where it was claimed, with or without a copy at the server."""

        def die(envelope: Envelope, claim: Callable[[], None], copies: list[str]) -> Outcome:
            if after:
                claim()
                if taken:
                    copies.append(envelope.recipient)
            self.snapshots += 1
            with closing(sqlite3.connect(self.folder / f"ledger-{self.snapshots}.sqlite")) as target:
                self.ledger.connection.backup(target)
            raise Killed

        before = self.snapshots
        with suppress(Killed):
            self.send(PaperPost(iter([*answers, die]), self.copies))
        if self.snapshots > before:
            self.open(self.folder / f"ledger-{self.snapshots}.sqlite")

    @rule(retry=st.booleans())
    def decide(self, retry: bool) -> None:
        """The owner gives the unknown ones up, or sends them once more."""
        give_up_claims(self.ledger, Channel.MAIL)
        for one in tuple(those_in(self.ledger, "wish", Channel.MAIL, (State.UNKNOWN,))):
            assert move(self.ledger, one, State.PLANNED if retry else State.REFUSED)
            if retry:
                self.again[one.token] = self.again.get(one.token, 0) + 1

    def send(self, post: PaperPost) -> None:
        give_up_claims(self.ledger, Channel.MAIL)
        waiting = tuple(those_in(self.ledger, "wish", Channel.MAIL, WAITING))
        sending = Sending(self.ledger, lambda: post, Clock().terms(errors=1.0))
        sending.round(map(letter, waiting))

    @invariant()
    def nobody_has_it_twice(self) -> None:
        for address in set(self.copies):
            token = address.partition("@")[0]
            assert self.copies.count(address) <= 1 + self.again.get(token, 0)

    @invariant()
    def who_has_it_is_never_sent_it_again(self) -> None:
        known = states(self.ledger)
        for address in set(self.copies):
            token = address.partition("@")[0]
            if not self.again.get(token):
                assert known[token] in {State.ACCEPTED, State.CLAIMED, State.UNKNOWN, State.REFUSED}

    @invariant()
    def accepted_means_that_the_server_has_it(self) -> None:
        accepted = {token for token, state in states(self.ledger).items() if state is State.ACCEPTED}
        assert accepted <= {address.partition("@")[0] for address in self.copies}

    @invariant()
    def everybody_is_accounted_for(self) -> None:
        for account in accounts(self.ledger, "wish"):
            assert account.balanced
            assert account.edition.planned == sum(account.states.values())

    def teardown(self) -> None:
        self.stack.close()


TestSendings = Sendings.TestCase
TestSendings.settings = settings(max_examples=25, stateful_step_count=12)


@pytest.mark.parametrize("source", list(State))
@pytest.mark.parametrize("target", list(State))
def test_a_delivery_moves_only_where_its_state_leads(tmp_path: Path, source: State, target: State) -> None:
    one = delivery(1)
    with open_ledger(tmp_path / "ledger.sqlite", durable=False) as ledger:
        record(ledger, one)
        ledger.connection.execute("UPDATE deliveries SET state = ?", (source,))
        moved = move(ledger, one, target, "said", "2026-09-25T10:00:00+00:00")
        assert (moved is not None) is (target in MOVES[source])
        assert states(ledger) == {"t1": target if moved else source}


def test_what_a_dead_run_had_claimed_is_unknown_and_nothing_else_is(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        for number in (1, 2, 3):
            record(ledger, delivery(number))
        assert move(ledger, delivery(2), State.CLAIMED, claimed_at="2026-09-25T10:00:00+00:00")
        assert give_up_claims(ledger, Channel.TEXT) == 0
        assert give_up_claims(ledger, Channel.MAIL) == 1
        assert give_up_claims(ledger, Channel.MAIL) == 0
        assert states(ledger) == {"t1": State.PLANNED, "t2": State.UNKNOWN, "t3": State.PLANNED}
