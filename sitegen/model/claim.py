"""What a link in a message lets its reader do: the content of a token, before it is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.model.channel import Channel, MessageClass


class Purpose(StrEnum):
    """The one thing for which a token may be used."""

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    SURVEY = "survey"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    RSVP = "rsvp"
    RESULT = "result"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who may do what, as the shop said when it wrote the message.

    `address_key` is the SHA-256 of the normalised address that the message went to, 64 hex digits; `day` is the
    planned day of the message, from which a form's token may grow too old. `about` is the survey that a link names, ""
    where it is the campaign's own.

    A link of the house's own pages has the adviser who may write in `adviser_id`, and the duty ("duty/subject") or the
    step ("complaint/step") in `about`; `address_key` is then the SHA-256 of the adviser's id, `day` that of the build.
    """

    purpose: Purpose
    customer_id: str
    channel: Channel
    message_class: MessageClass
    campaign: str
    edition: str
    address_key: str
    day: date
    about: str = ""
    adviser_id: str = ""
