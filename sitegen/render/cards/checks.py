"""What makes a card or a design unfit for print before anything is set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sitegen.model.card import Box, Card, CardDesign
from sitegen.render.cards import glyphs, qr
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.writing import SOFT_HYPHEN
from sitegen.render.cards.written import Text, Written

_OTHER_LETTERS = "write it in another way, or add a font with this character to the design's fonts"
_TAG = re.compile(r"<[^>]*>?")
_NAME = re.compile(r"</?[\w!?-]*")
_ALLOWED = re.compile(r"</?(?:p|strong|em)>|<br ?/?>")


def unfit(design: CardDesign, known: frozenset[str], cards: Iterable[Written]) -> Iterator[Refused]:
    """Duplicates, empty names, characters outside `known`, codes too small for a phone, a wrong number of pages."""
    cards = tuple(cards)
    yield from _repeated(tuple(made.card for made in cards))
    yield from unknown(known, cards)
    for made in cards:
        card = made.card
        if not card.name.replace(SOFT_HYPHEN, "").strip():
            advice = "write the customer's name into the customer file, or leave this customer out"
            yield Refused(card.record, card.customer_id, "name", "the name is empty", advice)
        if not made.is_two_pages:
            why, advice = (
                "it does not make one front and one back",
                "keep every text inside a slot of page front or back",
            )
            yield Refused(card.record, card.customer_id, "", why, advice)
        yield from _tagged(card)
        yield from _too_fine(design, card)


def unknown(known: frozenset[str], cards: Iterable[Written]) -> Iterator[Refused]:
    """Characters outside `known`, and letters under more marks than a line has room for."""
    found: dict[Text, str] = {}
    for made in cards:
        for text in made.texts:
            if text not in found:
                lacking = glyphs.lacking(text.content, known)
                found[text] = f"no font of the design has {lacking}" if lacking else glyphs.heaped(text.content)
            if found[text]:
                yield Refused(made.card.record, made.card.customer_id, text.slot, found[text], _OTHER_LETTERS)


def unsafe(design: CardDesign) -> Iterator[Refused]:
    """Slots that reach into the margin where the knife may cut."""
    places = [(slot.name, slot.box) for slot in design.slots]
    if design.qr:
        places.append(("qr", design.qr))
    for name, box in places:
        if not _is_safe(design, box):
            why = f"it comes nearer than {design.safe:g} mm to the edge of the card"
            yield Refused(0, "", name, why, "move the slot or make it smaller in design.yaml")


def _repeated(cards: tuple[Card, ...]) -> Iterator[Refused]:
    # Who gives three presents has three cards: each of them is an edition of its own.
    customers = Counter((card.customer_id, card.edition) for card in cards)
    records = Counter(card.record for card in cards)
    for card in cards:
        if customers[card.customer_id, card.edition] > 1:
            advice = "one campaign sends one card to a customer: look for the customer twice in the plan"
            yield Refused(card.record, card.customer_id, "", "this customer has more than one card", advice)
        if records[card.record] > 1:
            advice = "number the cards of a campaign from 1, each number once"
            yield Refused(card.record, card.customer_id, "", "this record number is used twice", advice)


def _tagged(card: Card) -> Iterator[Refused]:
    """Links make annotations, pictures and styles make surprises: none of them belongs on paper."""
    tags = _TAG.findall(card.greeting)
    if strange := sorted({tag for tag in tags if not _ALLOWED.fullmatch(tag)}):
        # Its name alone: what a tag holds may be a link to a member's door, and messages end up in logs.
        why = f"a card's text may not hold '{_NAME.findall(strange[0])[0]}>'"
        yield Refused(card.record, card.customer_id, "greeting", why, "use paragraphs, emphasis and line breaks only")
    elif not _is_closed(tags):
        advice = "close each paragraph and each emphasis where it ends"
        yield Refused(card.record, card.customer_id, "greeting", "its paragraphs and emphases don't end", advice)


def _is_closed(tags: Iterable[str]) -> bool:
    """Whether each tag ends what was opened last: an emphasis without end would go on in other texts."""
    opened: list[str] = []
    for tag in tags:
        if not tag.startswith(("</", "<br")):
            opened.append(tag[1:])
        elif tag.startswith("</") and (not opened or opened.pop() != tag[2:]):
            return False
    return not opened


def _too_fine(design: CardDesign, card: Card) -> Iterator[Refused]:
    if design.qr and card.link:
        size = qr.pitch(qr.modules(card.link), design.qr.width)
        if size < qr.SMALLEST:
            why = f"the link is so long that a module of its code is {size:.2f} mm, under {qr.SMALLEST} mm"
            yield Refused(card.record, card.customer_id, "qr", why, "shorten the site's address")


def _is_safe(design: CardDesign, box: Box) -> bool:
    right, bottom = design.width - design.safe, design.height - design.safe
    fits = box.x + box.width <= right and box.y + box.height <= bottom
    return fits and box.x >= design.safe and box.y >= design.safe
