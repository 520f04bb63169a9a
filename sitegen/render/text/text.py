"""Short text messages: a campaign's words without dress, signed by the closest adviser, filled for each recipient."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from itertools import chain
from typing import Literal

from sitegen.errors import Exit, Mistakes
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, fields_in
from sitegen.model.campaign import Campaign
from sitegen.model.channel import MessageClass
from sitegen.model.claim import Purpose
from sitegen.model.field import FieldUse
from sitegen.model.form_link import FormLink
from sitegen.model.plan import Recipient, Value
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.render.fields import said_values, speller
from sitegen.render.form_links import Claims, TokenLinks, own_addresses
from sitegen.render.mail.headers import clean
from sitegen.render.markup import Links, html
from sitegen.render.merge import MergeTemplate, filled, merge, split
from sitegen.render.plain import plain
from sitegen.render.text import alphabet as text_alphabet
from sitegen.render.theme import words
from sitegen.render.variant import blocks_for

_ADVISER = {"first_name": "adviser_first_name", "name": "adviser_name"}
"""What a theme's signature may say of the adviser, and the merge field of each."""
_ADVISER_USES = tuple(FieldUse(name, Place(""), fallback="") for name in _ADVISER.values())


@dataclass(frozen=True, slots=True)
class TextTemplate:
    """A text message that waits for its recipients: `signed` for those who have an adviser, `alone` for the others.

    `forms` are those to which it leads its reader.
    """

    language: str
    shop: Shop
    signed: MergeTemplate
    alone: MergeTemplate
    message_class: MessageClass = MessageClass.CARE
    forms: tuple[FormLink, ...] = ()


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One finished text message.

    `reference` is the same for every copy of it, so that a provider can refuse a second one. `forced_by` names the
    character that makes it UCS-2, and the merge field that brought it, "" where it is GSM-7. `cost` is in the shop's
    currency, 0 where site.yaml names no price.
    """

    reference: str
    recipient: Recipient
    to: str
    text: str
    encoding: Literal["GSM-7", "UCS-2"]
    segments: int
    cost: Decimal
    forced_by: str


def compose(campaign: Campaign, audiences: frozenset[str], shop: Shop, theme: Theme, links: Links) -> TextTemplate:
    """The campaign's text for readers in `audiences`, signed by their adviser under the shop's one short name.

    A promotion says how to end such texts; raises Mistakes (exit 6) where the shop has no way to hear it.
    """
    language = campaign.language or shop.language
    phrase = words(theme, language)
    blocks = blocks_for(campaign.body, audiences)
    before = len(campaign.body.fields) + len(_ADVISER_USES)
    own = TokenLinks(links, before) if shop.receiver else None
    said = "\n".join(plain.flat(html(block.markdown, own or links)) for block in blocks)
    named = {use.name for block in blocks for use in fields_in(block.markdown, campaign.body.fields)}
    name = shop.said(shop.sender.name, language)
    shop_name = "" if name.casefold() in said.casefold() else name
    ending = _ending(campaign, shop, phrase)

    def whole(with_adviser: bool) -> MergeTemplate:
        signature = _signature(phrase, with_adviser, shop_name, len(campaign.body.fields))
        lines = (line for line in (said, signature, ending) if line)
        return split("\n".join(lines), (*campaign.body.fields, *_ADVISER_USES, *(own.uses if own else ())))

    signed, alone = whole(named.isdisjoint(_ADVISER.values())), whole(with_adviser=False)
    return TextTemplate(language, shop, signed, alone, campaign.message_class, tuple(own.found) if own else ())


def _signature(phrase: Callable[[str], str], with_adviser: bool, shop_name: str, before: int) -> str:
    """The last line, without what the text says itself: `- Lena, Lantern & Loom`. `before` counts the body's fields."""
    if not with_adviser:
        return phrase("text.signature_shop").replace("{shop}", shop_name) if shop_name else ""
    said = phrase("text.signature" if shop_name else "text.signature_adviser")
    for number, name in enumerate(_ADVISER, before):
        said = said.replace(f"{{{name}}}", f"{FIELD_OPEN}{number}{FIELD_CLOSE}")
    return said.replace("{shop}", shop_name)


def _ending(campaign: Campaign, shop: Shop, phrase: Callable[[str], str]) -> str:
    if campaign.message_class is not MessageClass.PROMOTION:
        return ""
    if shop.texts.hears:
        return phrase("text.stop")
    if not shop.phone:
        message = f"nobody could end texts like '{campaign.id}': their sender '{shop.texts.sender}' hears no answer"
        hint = "write the shop's 'phone' in site.yaml, or a number as 'sender' of its texts"
        raise Mistakes([campaign.place.problem("text-without-end", message, hint)], Exit.MESSAGE)
    return phrase("text.stop_call").replace("{phone}", shop.phone)


def message(template: TextTemplate, recipient: Recipient, tokens: Claims | None = None) -> TextMessage:
    """The recipient's text. Raises NoValue where a field has neither value nor fallback.

    Whoever has a template with `forms` hands in the `tokens` of their links.
    """
    has_adviser = all(recipient.values.get(name) for name in _ADVISER.values())
    words = template.signed if has_adviser else template.alone
    spell = speller(template.language, template.shop.currency)
    values = {**said_values(recipient.values, template.shop, template.language), **_forms(template, recipient, tokens)}
    # An accent that was typed by itself would make the text dear; one letter with its accent may not.
    text = unicodedata.normalize("NFC", merge(words, values, spell, clean))
    forced_by = _forced_by(words, values, spell) if text_alphabet.forcing_character(text) else ""
    segments = text_alphabet.segments(text)
    return TextMessage(
        reference=_reference(recipient),
        recipient=recipient,
        to=re.sub(r"[^+0-9]", "", recipient.address),
        text=text,
        encoding="UCS-2" if forced_by else "GSM-7",
        segments=segments,
        cost=segments * template.shop.texts.price,
        forced_by=forced_by,
    )


def _forms(template: TextTemplate, recipient: Recipient, tokens: Claims | None) -> Mapping[str, str]:
    """The addresses of the recipient's own forms by their fields."""
    if tokens is None:
        return {}

    def token(purpose: Purpose, about: str) -> str:
        return tokens.claim(purpose, recipient, template.message_class, about)

    return own_addresses(template.forms, template.shop.receiver, token)


def _forced_by(words: MergeTemplate, values: Mapping[str, Value], spell: Callable[[FieldUse, Value], str]) -> str:
    """What makes the text UCS-2: the words themselves, before any value is blamed. Some part of it does."""
    literals = ((part, "") for part in words.parts if isinstance(part, str))
    merged = ((clean(filled(use, values, spell)), f" in {use.name}") for use in words.fields)
    for part, where in chain(literals, merged):
        forcing = text_alphabet.forcing_character(unicodedata.normalize("NFC", part))
        if forcing:
            return text_alphabet.name(forcing) + where
    raise AssertionError("no part forces what the whole does")


def _reference(recipient: Recipient) -> str:
    """A name for the message, from what makes a delivery: the same edition to the same address has the same one."""
    parts = (recipient.edition, recipient.channel, recipient.address_key or recipient.customer_id)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def row(message: TextMessage, shop: Shop) -> Mapping[str, str | int]:
    """The message for any provider: what leaves, to whom, from whom, and what it costs (a decimal as text)."""
    recipient = message.recipient
    return {
        "reference": message.reference,
        "edition": recipient.edition,
        "customer_id": recipient.customer_id,
        "address_key": recipient.address_key,
        "day": recipient.day.isoformat(),
        "leaves_at": recipient.leaves_at.astimezone(UTC).isoformat(timespec="seconds") if recipient.leaves_at else "",
        "from": shop.texts.sender,
        "to": message.to,
        "text": message.text,
        "sha256": hashlib.sha256(message.text.encode()).hexdigest(),
        "encoding": message.encoding,
        "segments": message.segments,
        "cost": f"{message.cost:f}",
        "currency": shop.currency,
        "forced_by": message.forced_by,
    }
