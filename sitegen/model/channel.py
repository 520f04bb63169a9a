"""Channels, kinds of message, and the two classes that are never mixed."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """A way to a customer. Pages follow access; the others follow the plan."""

    PAGE = "page"
    MAIL = "mail"
    TEXT = "text"
    CARD = "card"


class MessageClass(StrEnum):
    """Promotion needs opt-in; care never sells; a survey is neither."""

    PROMOTION = "promotion"
    CARE = "care"
    SURVEY = "survey"


class Kind(StrEnum):
    """What a campaign is; the kind decides its class."""

    PROMOTION = "promotion"
    NEWS = "news"
    EVENT = "event"
    HOLIDAY = "holiday"
    BIRTHDAY = "birthday"
    SEASONAL = "seasonal"
    CONTACT = "contact"
    THANKS = "thanks"
    LETTER = "letter"
    APOLOGY = "apology"
    MONTHLY = "monthly"
    GIFT = "gift"
    MEMBERSHIP = "membership"
    BUSINESS_CARD = "business-card"
    SURVEY = "survey"


def message_class(kind: Kind, sales: bool = True) -> MessageClass:
    """The class of a kind. An event that says `sales: no` is care."""
    match kind:
        case Kind.PROMOTION | Kind.NEWS:
            return MessageClass.PROMOTION
        case Kind.EVENT:
            return MessageClass.PROMOTION if sales else MessageClass.CARE
        case Kind.SURVEY:
            return MessageClass.SURVEY
        case _:
            return MessageClass.CARE
