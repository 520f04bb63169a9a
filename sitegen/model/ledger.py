"""The words that the ledger's writers and its reader share: tables, columns, states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.model.channel import Channel, MessageClass

DELIVERIES = "deliveries"
"""What left: its key is (edition, channel, address_key), so one address gets an edition once."""
EDITIONS = "editions"
"""What a run of `send` took upon itself: each edition's audience, frozen, with its hash."""
LEASES = "leases"
"""Which machine is sending now: a copy of the ledger on another one must not."""
SUPPRESSIONS = "suppressions"
"""Addresses that asked for silence or can't be reached, with what they are kept from."""
CONSENTS = "consents"
"""What somebody allowed or withdrew, with evidence; the latest of a person, channel and purpose holds."""
PREFERENCES = "preferences"
"""What somebody wishes: the latest value of a name holds; an empty one takes the wish back."""
RESPONSES = "responses"
"""What became of a campaign with a customer."""
SUBMISSIONS = "submissions"
"""Filled forms: complaints, suggestions, survey answers, answers to invitations, as they came; and what the desk says
of duties and of the steps of complaints."""

DELIVERY_TYPES: Mapping[str, str] = {
    "campaign": "string",
    "edition": "string",
    "channel": "string",
    "customer_id": "string",
    "day": "date",
    "message_class": "string",
    "design": "string",
}
"""What the plan needs to know of a delivery, with the engine's types; `design` is "" where it was no card."""

DELIVERY_COLUMNS = (*DELIVERY_TYPES,)
"""The names of these columns, in order."""

PERSONAL: Mapping[str, tuple[str, ...]] = {
    CONSENTS: ("customer_id", "channel", "purpose", "at", "given", "source", "wording"),
    PREFERENCES: ("customer_id", "name", "at", "value"),
    RESPONSES: ("campaign", "customer_id", "channel", "answer", "day", "evidence"),
    SUBMISSIONS: ("number", "form", "customer_id", "campaign", "about", "fields", "at"),
}
"""The tables that hold what a customer said, with their columns, the key's first: all of it goes with the customer."""


class State(StrEnum):
    """How far a delivery is. It is `claimed` on disk before the first byte leaves the house.

    `planned`: frozen into an edition's audience, and nothing of it has left; `deferred`: the server asked to come
    again later, before it had the message; `unknown`: the answer after the message was lost, so it may have it.
    """

    PLANNED = "planned"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    PRINTED = "printed"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNKNOWN = "unknown"


DELIVERED = (State.CLAIMED, State.ACCEPTED, State.PRINTED, State.UNKNOWN)
"""States of what has left, or may have left: it never leaves again by itself."""


class Scope(StrEnum):
    """What a suppression keeps from an address: everything, or one class of message."""

    ALL = "all"
    PROMOTION = "promotion"
    CARE = "care"
    SURVEY = "survey"


class Reason(StrEnum):
    """Why an address is suppressed."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    MOVED = "moved"
    DECEASED = "deceased"
    ERASED = "erased"


class Answer(StrEnum):
    """What became of a campaign with a customer: the answers of the customer file's table `responses`."""

    ACCEPTED = "accepted"
    IGNORED = "ignored"
    REFUSED = "refused"
    BOUNCED = "bounced"
    UNSUBSCRIBED = "unsubscribed"


class Form(StrEnum):
    """A form that the receiver or an import of the desk takes."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    SURVEY = "survey"
    RSVP = "rsvp"
    RESULT = "result"  # what an adviser says became of a duty
    STEP = "step"  # a step of a complaint that an adviser took


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message or card on its way. `address_key` is a hash of the normalised address, never the address.

    `day` is the planned day; `message_class` counts towards the caps; `design` is the card's, "" on other channels;
    `claimed_at` is ISO 8601 in UTC, "" before; `outcome` is the receiving server's answer. `token` names the message
    in its Message-ID and its return path, `content` is the SHA-256 of its bytes, `leaves_at` the instant from which
    it may leave (ISO 8601 in UTC); all three are "" where nothing is mailed.
    """

    campaign: str
    edition: str
    channel: Channel
    address_key: str
    customer_id: str
    state: State
    day: date
    message_class: MessageClass
    claimed_at: str
    design: str = ""
    outcome: str = ""
    token: str = ""
    content: str = ""
    leaves_at: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The frozen audience of one edition on one channel.

    `audience` is the SHA-256 over its deliveries in order; `candidates` = `planned` + all of `excluded` (how many by
    code); `host` is the machine that froze it, `frozen_at` ISO 8601 in UTC.
    """

    edition: str
    channel: Channel
    campaign: str
    audience: str
    candidates: int
    planned: int
    excluded: Mapping[str, int]
    frozen_at: str
    host: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Nothing of `scope` goes to an address by a channel. `evidence` says how the shop knows; never an address."""

    channel: Channel
    address_hash: str
    scope: Scope
    reason: Reason
    since: date
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a customer allowed (`given`) or took back, for a class of messages on a channel.

    `source` is where (`web`: the receiver), `wording` names the text that was agreed to, `at` is ISO 8601 in UTC.
    """

    customer_id: str
    channel: Channel
    purpose: MessageClass
    given: bool
    source: str
    at: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish of a customer. Names: `pause` (a day, ISO 8601: until then only service goes), `topic:TAG` (`off`),
    `channel:CHANNEL` (`off`), `frequency` (`week` or `month`: at most one promotion in it), `language` (a code),
    `birthday` (`solar` or `lunar`). A `value` of "" takes the wish back. `at` is ISO 8601 in UTC.
    """

    customer_id: str
    name: str
    value: str
    at: str


@dataclass(frozen=True, slots=True)
class Response:
    """What became of a campaign with a customer, and how the shop knows."""

    campaign: str
    customer_id: str
    channel: Channel
    answer: Answer
    day: date
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A filled form. `number` is what its writer was told; `customer_id` is "" of somebody whom the shop does not
    know; `about` is the survey's name, the event's id or the subject, of a result "duty/subject", of a step the
    complaint's id; `fields` holds what was written, by the form's names.
    """

    number: str
    form: Form
    customer_id: str
    campaign: str
    about: str
    fields: Mapping[str, str]
    at: str


@dataclass(frozen=True, slots=True)
class DeskWord:
    """A result or a step as it was accepted, before it has a number: the parts of a Submission that its writer said."""

    form: Form
    customer_id: str
    about: str
    fields: Mapping[str, str]
