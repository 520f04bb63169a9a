"""What a mail server's answer means for the message, and for everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.model.ledger import State

LONGEST = 200
"""Characters of an answer that are kept."""
READY = 354
CLOSING = 421
GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})
"""Enhanced codes (RFC 3463, RFC 7505) that say: there is no such mailbox, and there will be none."""

_ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"<?([^\s<>@:;,]?)[^\s<>@:;,]*@([^\s<>@:;,]+)>?")
_SIZE = frozenset({"5.2.3", "5.3.4"})
_TOO_LARGE = 552


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: its three digits (-1 for none), the enhanced code ("" for none) and its words."""

    code: int
    enhanced: str
    words: str

    @property
    def positive(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.code < 300

    @property
    def later(self) -> bool:
        """Whether it may do so later (RFC 5321, 4.2.1: the request was not carried out)."""
        return 400 <= self.code < 500

    @property
    def never(self) -> bool:
        """Whether it will never do so."""
        return 500 <= self.code < 600

    @property
    def too_large(self) -> bool:
        """Whether the one message is too large, which says nothing of the others."""
        return self.code == _TOO_LARGE or self.enhanced in _SIZE

    @property
    def gone(self) -> bool:
        """Whether there is no such mailbox."""
        return self.never and self.enhanced in GONE

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message. `lost`: the connection can't be used any more; `gone`: the mailbox is none."""

    state: State
    said: str
    lost: bool = False
    gone: bool = False


def read_reply(code: int, text: bytes) -> Reply:
    """The answer, on one line and without anybody's whole address: it goes into the ledger and to the screen."""
    words = " ".join(text.decode("utf-8", "replace").split())
    found = _ENHANCED.match(words)
    return Reply(code, found[1] if found else "", told(words))


def told(words: str) -> str:
    """Words without whole addresses, and not too many of them."""
    plain = "".join(character for character in words if character.isprintable())
    return _ADDRESS.sub(r"\1…@\2", plain)[:LONGEST]


def before_data(reply: Reply) -> Outcome:
    """What a refusal means before the message has begun: the server can't have it."""
    state = State.REFUSED if reply.never else State.DEFERRED
    return Outcome(state, str(reply), lost=_closing(reply), gone=reply.gone)


def after_data(reply: Reply) -> Outcome:
    """What the answer to the whole message means; one that is none of SMTP's leaves it open."""
    if reply.positive:
        return Outcome(State.ACCEPTED, str(reply))
    if reply.never or reply.later:
        return before_data(reply)
    return Outcome(State.UNKNOWN, f"the server's answer makes no sense: {reply}", lost=True)


def _closing(reply: Reply) -> bool:
    return reply.code == CLOSING or not (reply.never or reply.later)
