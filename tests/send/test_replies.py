"""Tests of reading a server's answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.ledger import State
from sitegen.send.pace import FIRST, LONGEST, Pace, backing_off
from sitegen.send.replies import LONGEST as LONGEST_ANSWER
from sitegen.send.replies import after_data, before_data, read_reply, told
from sitegen.send.return_path import return_path
from tests.plain_shop import SHOP


def test_nobodys_whole_address_is_kept() -> None:
    said = b"5.1.1 <Ada.Holm@mail.example.com>: Recipient\nada+x@sub.example unknown; ben@x.example, c@d"
    assert str(read_reply(550, said)) == (
        "550 5.1.1 A…@mail.example.com: Recipient a…@sub.example unknown; b…@x.example, c…@d"
    )


@given(st.text(), st.emails(), st.text())
def test_whatever_a_server_says_an_address_is_shortened_and_the_line_is_one(
    before: str, email: str, after: str
) -> None:
    words = told(f"{before} <{email}> {after}")
    assert len(words) <= LONGEST_ANSWER
    assert words.isprintable()
    local = email.rpartition("@")[0]
    assert len(local) < 2 or f"<{email}>" not in words


@given(st.integers(-1, 999), st.binary(max_size=100))
def test_only_a_yes_to_the_whole_message_is_an_acceptance(code: int, words: bytes) -> None:
    reply = read_reply(code, words)
    assert (after_data(reply).state is State.ACCEPTED) is (200 <= code < 300)
    assert before_data(reply).state in {State.REFUSED, State.DEFERRED}
    assert (before_data(reply).state is State.REFUSED) is (500 <= code < 600)
    assert (after_data(reply).state is State.UNKNOWN) is (not 200 <= code < 300 and not 400 <= code < 600)


@pytest.mark.parametrize(
    ("code", "words", "gone"),
    [
        (550, b"5.1.1 no such user", True),
        (556, b"5.1.10 the domain takes no mail", True),
        (550, b"5.7.1 denied", False),
        (450, b"4.1.1 try later", False),
        (550, b"no such user", False),
    ],
)
def test_a_mailbox_is_gone_only_where_the_code_says_so(code: int, words: bytes, gone: bool) -> None:
    assert before_data(read_reply(code, words)).gone is gone


@given(st.integers(1, 100), st.floats(0, 1))
def test_pauses_grow_to_a_limit_and_are_never_in_step(failures: int, jitter: float) -> None:
    pause = backing_off(failures, jitter)
    assert FIRST / 2 <= pause <= LONGEST
    assert backing_off(failures + 1, jitter) >= pause
    assert backing_off(failures, 0) == backing_off(failures, 1) / 2


@given(st.lists(st.floats(0, 10), min_size=2, max_size=50), st.integers(1, 1000))
def test_no_second_ever_sees_more_messages_than_the_rate(gaps: list[float], rate: int) -> None:
    pace, now, left = Pace(rate), 0.0, []
    for gap in gaps:
        now += gap
        now += pace.pause(now)
        left.append(now)
    assert all(later - before >= 1 / rate - 1e-6 for before, later in pairwise(left))


def test_a_return_path_carries_the_token_behind_a_plus() -> None:
    assert return_path(SHOP.sender, "abc234") == "letters+abc234@lanternandloom.example"
    returns = replace(SHOP.sender, bounces="returns@lanternandloom.example")
    assert return_path(returns, "abc234") == "returns+abc234@lanternandloom.example"
