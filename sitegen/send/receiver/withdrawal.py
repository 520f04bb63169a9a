"""Take somebody off: a suppression, the consent withdrawn, and what became of the campaign, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Answer, Consent, Reason, Response, Scope, Suppression
from sitegen.send.ledger import Ledger, at_once, consent, respond, suppress


class Addressee(Protocol):
    """Who got which message: a claim, or a delivery of the ledger. `customer_id` is "" of somebody erased."""

    @property
    def customer_id(self) -> str: ...
    @property
    def channel(self) -> Channel: ...
    @property
    def message_class(self) -> MessageClass: ...
    @property
    def campaign(self) -> str: ...
    @property
    def address_key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """When and how the shop heard: `at` is ISO 8601 in UTC, `day` the shop's own, `source` as in a consent.

    `evidence` says by which way, never an address.
    """

    at: str
    day: date
    source: str
    evidence: str


def unsubscribe(ledger: Ledger, reader: Addressee, heard: Heard) -> bool:
    """Nothing more of this class to this address by this channel. False where that stood there already."""
    scope = Scope(reader.message_class.value)
    suppression = Suppression(reader.channel, reader.address_key, scope, Reason.UNSUBSCRIBED, heard.day, heard.evidence)
    return _take_off(ledger, reader, suppression, heard, (reader.message_class,))


def complain(ledger: Ledger, reader: Addressee, heard: Heard) -> bool:
    """Nothing more at all to this address by this channel, for its owner called it spam. False as above."""
    suppression = Suppression(
        reader.channel, reader.address_key, Scope.ALL, Reason.COMPLAINED, heard.day, heard.evidence
    )
    return _take_off(ledger, reader, suppression, heard, tuple(MessageClass))


def _take_off(
    ledger: Ledger, reader: Addressee, suppression: Suppression, heard: Heard, purposes: tuple[MessageClass, ...]
) -> bool:
    with at_once(ledger):
        if not suppress(ledger, suppression):
            return False
        if reader.customer_id:
            for purpose in purposes:
                told = Consent(
                    reader.customer_id, reader.channel, purpose, False, heard.source, heard.at, heard.evidence
                )
                consent(ledger, told)
            answer = Response(
                reader.campaign, reader.customer_id, reader.channel, Answer.UNSUBSCRIBED, heard.day, heard.evidence
            )
            respond(ledger, answer)
        return True
