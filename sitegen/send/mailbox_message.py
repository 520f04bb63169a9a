"""Understand a mail that came back or came in: an unsubscription, a bounce, a complaint, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from typing import TypeAlias

from flufl.bounce import all_failures

from sitegen.send.replies import GONE

TOKEN = re.compile(r"(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])")
"""What names a message; whether it is one of ours, the ledger knows."""
HARD = GONE | {"5.2.1", "5.4.1", "5.4.4"}
"""There is no such mailbox, it is closed, its server knows of no such recipient (Exchange), or no such server."""
OURS = re.compile(r"[45]\.(7\.\d+|6\.\d+|5\.\d+|3\.4|2\.3|1\.[78])")
"""What a server had against the message or its sender (RFC 3463): a filter, the content, the size, our own address."""
SPAM = frozenset({"abuse", "fraud", "opt-out"})
"""Kinds of feedback (RFC 5965, RFC 6449) that say: no more of this. "not-spam" says the contrary."""
DEEPEST = 20
"""Parts within parts that are followed."""

_SUBJECT = re.compile(r"\bunsubscribe\s+([a-z2-7]{26})(?![a-z0-9])", re.IGNORECASE)
_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
_OF_THE_MESSAGE = ("Message-ID", "Return-Path", "List-Unsubscribe", "X-Original-Message-ID")


@dataclass(frozen=True, slots=True)
class Unsubscription:
    """Somebody wants no more of it. `tokens` are those that may name our message, the likeliest first."""

    tokens: tuple[str, ...]


class Verdict(StrEnum):
    """What a message that came back says about the address: it is none, it may be one later, or nothing at all."""

    GONE = "gone"
    LATER = "later"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message did not arrive. `status` is the enhanced code, "" where none is said."""

    tokens: tuple[str, ...]
    status: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Complaint:
    """Somebody's mail provider tells that they called it spam."""

    tokens: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A mail for people, or for nobody."""


Understood: TypeAlias = Unsubscription | Bounce | Complaint | Unknown


def understand(content: bytes) -> Understood:
    """What a mail says, whatever its bytes are. Nothing in it is believed but the tokens, which the ledger knows."""
    try:
        message = message_from_bytes(content)
        return _complaint(message) or _bounce(message) or _unsubscription(message) or Unknown()
    except Exception:  # noqa: BLE001 - libraries stumble over what strangers write; such a mail says nothing
        return Unknown()


def _complaint(message: Message) -> Complaint | Unknown | None:
    reports = [part for part in _parts(message) if part.get_content_type() == "message/feedback-report"]
    if not reports:
        return None
    report = _inner(reports[0])
    kind = _header(report, "Feedback-Type").strip().lower()
    tokens = dict.fromkeys((*_found(_header(report, "Original-Mail-From")), *_tokens(message)))
    return Complaint(tuple(tokens), kind) if kind in SPAM else Unknown()


def _bounce(message: Message) -> Bounce | Unknown | None:
    statuses = [part for part in _parts(message) if part.get_content_type() == "message/delivery-status"]
    if statuses:
        return _reported(message, statuses[0])
    if not _is_from_a_machine(message):
        return None
    _, never = all_failures(message)
    if not never:
        return None
    found = _ENHANCED.search(_text(message))
    status = found[1] if found else ""
    return Bounce(_tokens(message), status, _verdict((status,)))


def _reported(message: Message, status_part: Message) -> Bounce | Unknown:
    """A delivery status notification (RFC 3464): one block for the message, then one for each recipient."""
    payload = status_part.get_payload()
    blocks = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    actions = [(block, _header(block, "Action").strip().lower()) for block in blocks if block["Action"]]
    failed = [block for block, action in actions if action.startswith(("fail", "error"))]
    if not failed:
        # Delayed is not lost: the servers still try.
        return Unknown()
    codes = [_status(block) for block in failed]
    # One message has one reader; where the reader's own server passes it on to several, one of them may have it.
    arrived = ("",) * (len(actions) - len(failed))
    return Bounce(_tokens(message), codes[0], _verdict((*codes, *arrived)))


def _verdict(codes: Sequence[str]) -> Verdict:
    if all(code in HARD for code in codes):
        return Verdict.GONE
    return Verdict.OURS if all(OURS.fullmatch(code) for code in codes) else Verdict.LATER


def _status(block: Message) -> str:
    """The enhanced code. "5.0.0" says nothing, so the other server's own words may know more."""
    told = _ENHANCED.search(_header(block, "Status"))
    more = _ENHANCED.search(_header(block, "Diagnostic-Code"))
    if told and (more is None or not told[1].endswith(".0.0")):
        return told[1]
    return more[1] if more else ""


def _unsubscription(message: Message) -> Unsubscription | None:
    found = _SUBJECT.search(" ".join(_header(message, "Subject").split()))
    return Unsubscription((found[1].lower(),)) if found else None


def _is_from_a_machine(message: Message) -> bool:
    sender = f"{_header(message, 'From')} {_header(message, 'Return-Path')}".lower()
    bounced = "mailer-daemon" in sender or "postmaster" in sender or _header(message, "Return-Path").strip() == "<>"
    # A note that somebody is away comes without a return path too.
    return bounced and not _header(message, "Auto-Submitted").lower().startswith("auto-replied")


def _tokens(message: Message) -> tuple[str, ...]:
    """Those in the address that the mail came to (VERP), then those of the message that it returns."""
    own = [_found(value) for name in _ENVELOPE for value in _headers(message, name)]
    returned = [
        _found(value)
        for part in _parts(message)
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}
        for name in _OF_THE_MESSAGE
        for value in _headers(_inner(part), name)
    ]
    return tuple(dict.fromkeys(token for tokens in (*own, *returned) for token in tokens))


def _found(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(text.lower()))


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts of a mail, not those of a mail inside it, which may be about something else."""
    if message.get_content_maintype() == "multipart" and depth < DEEPEST:
        payload = message.get_payload()
        for part in payload if isinstance(payload, list) else ():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)
    else:
        yield message


def _inner(part: Message) -> Message:
    """The mail, the report or the headers that a part holds."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0] if payload and isinstance(payload[0], Message) else Message()
    decoded = part.get_payload(decode=True)
    return message_from_bytes(decoded) if isinstance(decoded, bytes) else Message()


def _headers(message: Message, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in message.get_all(name, ()))


def _header(message: Message, name: str) -> str:
    return next(iter(_headers(message, name)), "")


def _text(message: Message) -> str:
    texts = [part.get_payload(decode=True) for part in _parts(message) if part.get_content_type() == "text/plain"]
    return "\n".join(text.decode("utf-8", "replace") for text in texts if isinstance(text, bytes))
