"""Short text messages: a campaign's words without dress, and how many segments each of them costs."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from sitegen.model.campaign import Campaign
from sitegen.model.channel import MessageClass
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.render import plain
from sitegen.render.fields import speller
from sitegen.render.mail_headers import clean
from sitegen.render.markup import Links, html
from sitegen.render.merge import MergeTemplate, merge, split
from sitegen.render.theme import words
from sitegen.render.variant import blocks_for

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""The default alphabet of 3GPP TS 23.038 (GSM 03.38); an extended character takes two places."""


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text message that waits for its recipients."""

    language: str
    currency: str
    words: MergeTemplate


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One finished text message. `forced_by` names the character that makes it UCS-2, "" where it is GSM-7."""

    customer_id: str
    to: str
    text: str
    encoding: Literal["GSM-7", "UCS-2"]
    segments: int
    forced_by: str


def compose(campaign: Campaign, audiences: frozenset[str], shop: Shop, theme: Theme, links: Links) -> TextTemplate:
    """The campaign's text for readers in `audiences`; a promotion says how to end such texts."""
    language = campaign.language or shop.language
    blocks = blocks_for(campaign.body, audiences)
    said = "\n".join(plain.flat(html(block.markdown, links)) for block in blocks)
    if campaign.message_class is MessageClass.PROMOTION:
        said = f"{said}\n{words(theme, language)('text.stop')}"
    return TextTemplate(language, shop.currency, split(said, campaign.body.fields))


def message(template: TextTemplate, recipient: Recipient) -> TextMessage:
    """The recipient's text. Raises NoValue where a field has neither value nor fallback."""
    text = merge(template.words, recipient.values, speller(template.language, template.currency), clean)
    forcing = forcing_character(text)
    return TextMessage(
        customer_id=recipient.customer_id,
        to=re.sub(r"[^+0-9]", "", recipient.address),
        text=text,
        encoding="UCS-2" if forcing else "GSM-7",
        segments=segments(text),
        forced_by=f"{forcing} U+{ord(forcing):04X} {unicodedata.name(forcing, '')}".rstrip() if forcing else "",
    )


def row(message: TextMessage) -> bytes:
    """The message as one line of JSON, for any provider."""
    values = {
        "customer_id": message.customer_id,
        "to": message.to,
        "text": message.text,
        "encoding": message.encoding,
        "segments": message.segments,
    }
    return (json.dumps(values, ensure_ascii=False) + "\n").encode()


def forcing_character(text: str) -> str:
    """The first character outside the default alphabet, or "": one of them makes the whole text UCS-2."""
    return next((character for character in text if character not in BASIC and character not in EXTENDED), "")


def segments(text: str) -> int:
    """How many messages the text takes: 160 places in one or 153 in each of several, in UCS-2 70 or 67.

    A character of two places (an extended one, or one beyond U+FFFF) is never cut in two.
    """
    if forcing_character(text):
        return _segments([2 if ord(character) > 0xFFFF else 1 for character in text], 70, 67)
    return _segments([2 if character in EXTENDED else 1 for character in text], 160, 153)


def _segments(places: list[int], alone: int, joined: int) -> int:
    if sum(places) <= alone:
        return 1
    count, used = 1, 0
    for width in places:
        if used + width > joined:
            count, used = count + 1, 0
        used += width
    return count
