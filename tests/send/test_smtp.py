"""Tests of speaking with a mail server, over a real socket."""

from __future__ import annotations

import base64
import ssl
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.model.ledger import State
from sitegen.model.smtp import Security, Smtp
from sitegen.send.replies import Outcome
from sitegen.send.smtp import Access, Envelope, Timeouts, Unreachable, connect, trust
from tests.send.scripted_server import CLOSE, EHLO, Scripted, certificate, serving
from tests.servers.web import free_port

LETTER = Envelope("bounces+t1@shop.example", "ada@mail.example", b"Subject: hi\r\n\r\n.dots\r\nlead\r\n")
PASSWORD = "moon-over-the-harbour"
QUICK = Timeouts(connect=5, answer=5, message=5)


def access(
    port: int, security: Security = Security.NONE, user: str = "", context: ssl.SSLContext | None = None
) -> Access:
    server = Smtp("127.0.0.1", port, security, "shop.example", user=user)
    return Access(server, PASSWORD if user else "", context, QUICK)


def delivered(server: Scripted, letter: Envelope = LETTER) -> tuple[Outcome, bool]:
    """What becomes of a letter, and whether it was claimed."""
    claims: list[bool] = []
    line = connect(access(server.port))
    try:
        return line.deliver(letter, lambda: claims.append(True)), bool(claims)
    finally:
        line.close()


def test_a_message_arrives_byte_by_byte_with_its_return_path() -> None:
    with serving() as server:
        assert delivered(server) == (Outcome(State.ACCEPTED, "250 2.0.0 Ok: queued"), True)
    assert server.messages == [b"Subject: hi\r\n\r\n..dots\r\nlead\r\n"]
    assert server.said == [
        "ehlo shop.example",
        "MAIL FROM:<bounces+t1@shop.example> SIZE=28",
        "RCPT TO:<ada@mail.example>",
        "DATA",
        "quit",
    ]


@pytest.mark.parametrize(
    ("answers", "state", "claimed", "lost"),
    [
        ({"MAIL": "451 4.3.0 not now"}, State.DEFERRED, False, False),
        ({"MAIL": "552 5.3.4 too large"}, State.REFUSED, False, False),
        ({"MAIL": "421 4.3.2 going down"}, State.DEFERRED, False, True),
        ({"MAIL": CLOSE}, State.DEFERRED, False, True),
        ({"RCPT": "450 4.2.0 greylisted"}, State.DEFERRED, False, False),
        ({"RCPT": "550 5.7.1 no"}, State.REFUSED, False, False),
        ({"RCPT": "550 5.7.1 no", "RSET": CLOSE}, State.REFUSED, False, True),
        ({"RCPT": CLOSE}, State.DEFERRED, False, True),
        ({"DATA": "451 4.3.0 not now"}, State.DEFERRED, True, False),
        ({"DATA": "554 5.5.1 no"}, State.REFUSED, True, False),
        ({"DATA": "250 what?"}, State.DEFERRED, True, True),
        ({"DATA": CLOSE}, State.DEFERRED, True, True),
        ({".": "451 4.3.0 the disk is full"}, State.DEFERRED, True, False),
        ({".": "421 4.3.0 going down"}, State.DEFERRED, True, True),
        ({".": "554 5.6.0 spam"}, State.REFUSED, True, False),
        ({".": CLOSE}, State.UNKNOWN, True, True),
        ({".": "354 go on"}, State.UNKNOWN, True, True),
        ({".": "good morning"}, State.UNKNOWN, True, True),
    ],
)
def test_every_answer_has_one_meaning(answers: dict[str, str], state: State, claimed: bool, lost: bool) -> None:
    with serving(answers) as server:
        outcome, was_claimed = delivered(server)
    assert (outcome.state, was_claimed, outcome.lost) == (state, claimed, lost)


def test_a_server_that_never_answers_the_message_leaves_it_unknown() -> None:
    slow = Timeouts(connect=5, answer=5, message=0.05)
    with serving({".": "250-this never ends"}) as server:
        line = connect(Access(access(server.port).server, "", None, slow))
        outcome = line.deliver(LETTER, lambda: None)
        line.close()
    assert (outcome.state, outcome.lost) == (State.UNKNOWN, True)


def test_a_mailbox_that_is_none_is_told_from_other_refusals() -> None:
    with serving({"RCPT": "550 5.1.1 <ada@mail.example>: no such user"}) as server:
        outcome, _ = delivered(server)
    assert outcome == Outcome(State.REFUSED, "550 5.1.1 a…@mail.example: no such user", gone=True)


def test_after_a_refusal_the_next_message_goes_over_the_same_connection() -> None:
    with serving({"RCPT": "550 5.7.1 no"}) as server:
        line = connect(access(server.port))
        assert line.deliver(LETTER, lambda: None).state is State.REFUSED
        server.answers = {}
        assert line.deliver(LETTER, lambda: None).state is State.ACCEPTED
        line.close()
    assert server.said.count("ehlo shop.example") == 1


def test_who_is_interrupted_within_a_message_adds_no_goodbye_to_it() -> None:
    with serving({".": "250-this never ends"}) as server:
        line = connect(Access(access(server.port).server, "", None, Timeouts(connect=5, answer=5, message=0.05)))
        line.deliver(LETTER, lambda: None)
        line.close()
    assert "quit" not in server.said


def test_a_server_that_refuses_our_sender_gets_no_message_at_all() -> None:
    with serving({"MAIL": "530 5.7.0 authentication required"}) as server, pytest.raises(Unusable) as stopped:
        delivered(server)
    assert str(stopped.value) == (
        "the mail server takes nothing from this sender: 530 5.7.0 authentication required\n"
        "hint: does it know the shop's sender, and does it ask for a user? See 'sender' and 'smtp' in site.yaml"
    )


def test_a_server_that_is_not_there_may_come_back() -> None:
    with pytest.raises(Unreachable, match="can't be reached"):
        connect(access(free_port()))


@pytest.mark.parametrize(
    ("said", "passing"), [("421 4.3.2 try later", True), ("450 busy", True), ("554 5.7.1 go away", False)]
)
def test_a_server_that_turns_us_away_at_the_door_is_believed(said: str, passing: bool) -> None:
    with serving({"connect": said}) as server, pytest.raises(Unusable) as stopped:
        connect(access(server.port))
    assert isinstance(stopped.value, Unreachable) is passing


@pytest.mark.parametrize("name", ["127.0.0.1", "elsewhere.example"])
def test_only_a_certificate_with_the_hosts_name_that_the_shop_trusts_is_believed(tmp_path: Path, name: str) -> None:
    pem, shown = certificate(tmp_path, name)
    answers = {"EHLO": f"{EHLO}250-STARTTLS\r\n250 AUTH PLAIN"}
    server_of = Smtp("127.0.0.1", 1, Security.STARTTLS, "shop.example", authority=pem.name)
    with serving(answers, shown) as server:
        trusting = access(server.port, Security.STARTTLS, "letters", trust(server_of, tmp_path))
        if name == "127.0.0.1":
            line = connect(trusting)
            assert line.deliver(LETTER, lambda: None).state is State.ACCEPTED
            line.close()
        else:
            with pytest.raises(Unusable, match="shows a certificate that is not to be trusted: IP address mismatch"):
                connect(trusting)
    secret = base64.b64encode(f"\0letters\0{PASSWORD}".encode()).decode()
    assert (f"AUTH PLAIN {secret}" in server.said) is (name == "127.0.0.1")


def test_a_certificate_that_nobody_vouches_for_is_refused_before_the_password(tmp_path: Path) -> None:
    _, shown = certificate(tmp_path, "127.0.0.1")
    server_of = Smtp("127.0.0.1", 1, Security.STARTTLS, "shop.example")
    answers = {"EHLO": f"{EHLO}250-STARTTLS\r\n250 AUTH PLAIN"}
    with serving(answers, shown) as server, pytest.raises(Unusable, match="trusted: self-signed cert") as stopped:
        connect(access(server.port, Security.STARTTLS, "letters", trust(server_of, tmp_path)))
    assert not isinstance(stopped.value, Unreachable)
    assert server.said == ["ehlo shop.example", "STARTTLS"]


def test_without_starttls_nothing_is_said_in_the_clear(tmp_path: Path) -> None:
    server_of = Smtp("127.0.0.1", 1, Security.STARTTLS, "shop.example")
    with serving() as server, pytest.raises(Unusable, match="offers no STARTTLS"):
        connect(access(server.port, Security.STARTTLS, "letters", trust(server_of, tmp_path)))
    assert server.said == ["ehlo shop.example"]


def test_a_wrong_password_is_told_without_the_password() -> None:
    answers = {"EHLO": f"{EHLO}250 AUTH PLAIN", "AUTH": "535 5.7.8 authentication failed"}
    with serving(answers) as server, pytest.raises(Unusable) as stopped:
        connect(access(server.port, user="letters"))
    assert str(stopped.value) == (
        f"the mail server '127.0.0.1', port {server.port}, does not let 'letters' in: 535 5.7.8 authentication failed\n"
        "hint: is 'user' in site.yaml right, and SITEGEN_SMTP_PASSWORD in the environment?"
    )
    assert PASSWORD not in repr(access(1, user="letters"))


def test_a_message_with_bare_line_ends_never_leaves() -> None:
    smuggling = Envelope("a@shop.example", "b@mail.example", b"Subject: x\r\n\r\nhi\n.\nMAIL FROM:<x@y>\r\n")
    with serving() as server, pytest.raises(AssertionError, match="CRLF only"):
        delivered(server, smuggling)
    assert server.said == ["ehlo shop.example", "quit"]
