"""Set the texts of many cards into their slots, each in the largest size that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from jinja2 import TemplateRuntimeError
from markupsafe import Markup
from weasyprint import HTML, Document

from sitegen.model.card import Card, Slot
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import Refused

_PIXELS = 96 / 25.4
_TOLERANCE = 0.05
_LONG_WORD = re.compile(r"(?<![&\w])[\w'’\-]{16,}(?![^<]*>)")

Sizes = dict[tuple[str, str], int]
"""The step of the ladder that a slot's content needs, by slot name and content: equal texts are tried once."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What stands in a slot of a card, and the step of the ladder at which it was set."""

    card: Card
    slot: Slot
    content: str
    step: int


def typeset(press: Press, cards: Iterable[Card], sizes: Sizes) -> tuple[Document, list[Refused]]:
    """Two pages for each card, and a refusal for each text that is too long even in its smallest size.

    `sizes` is filled as texts turn out to be too long. Texts only ever get smaller, so this ends after at most as
    many rounds as the ladders have steps; one card for each long text goes through the rounds, not the whole chunk.
    """
    cards = tuple(cards)
    document, texts = _laid_out(press, cards, sizes)
    if refused := _miscounted(document, cards):
        return document, refused
    too_long = [text for text in texts if _overflows(document, text)]
    smaller = {(text.slot.name, text.content): text for text in too_long if text.step + 1 < len(text.slot.sizes)}
    if not smaller:
        return document, [_too_long(text) for text in too_long]
    sizes.update({name: text.step + 1 for name, text in smaller.items()})
    few = dict.fromkeys(text.card for text in smaller.values())
    if len(few) < len(cards):
        typeset(press, few, sizes)
    return typeset(press, cards, sizes)


def contents(press: Press, card: Card) -> tuple[tuple[str, str], ...]:
    """What the design writes on the card of one customer: slot and HTML, nothing set yet."""
    texts: list[_Text] = []
    _pages(press, card, {}, texts)
    return tuple((text.slot.name, text.content) for text in texts)


def _laid_out(press: Press, cards: tuple[Card, ...], sizes: Sizes) -> tuple[Document, list[_Text]]:
    texts: list[_Text] = []
    pages = "".join(_pages(press, card, sizes, texts) for card in cards)
    last = pages.rpartition('class="page ')
    source = HTML(string=f'{last[0]}class="page last {last[2]}', base_url=BASE, url_fetcher=press.fetcher)
    return source.render(font_config=press.fonts, stylesheets=[press.style]), texts


def _pages(press: Press, card: Card, sizes: Sizes, texts: list[_Text]) -> str:
    def page(side: str, caller: Callable[[], Markup]) -> Markup:
        start = Markup('<section class="page {}" lang="{}" id="p{}-{}">').format(side, card.language, card.record, side)
        return start + caller() + Markup("</section>")

    def slot(name: str, caller: Callable[[], Markup]) -> Markup:
        if name not in press.slots:
            raise TemplateRuntimeError(f"slot '{name}' is not declared in design.yaml")
        if not press.slots[name].sizes:
            raise TemplateRuntimeError(f"slot '{name}' has no sizes in design.yaml")
        content = str(caller()).strip()
        text = _Text(card, press.slots[name], content, sizes.get((name, content), 0))
        texts.append(text)
        return _marked(text)

    greeting = Markup(card.greeting)  # noqa: S704 - merged and escaped by markup; checks.unfit allows four bare tags
    return press.template.render(card=card, greeting=greeting, page=page, slot=slot)


def _marked(text: _Text) -> Markup:
    """The slot, its content inside a box with a name of its own: the box tells how much room the content takes."""
    key, size, name = _key(text), text.slot.sizes[text.step], text.slot.name
    if text.slot.one_line:
        kind, content = "slot line", f'<div><span id="s{key}">{text.content}</span></div>'
    else:
        kind, content = "slot", f'<div class="text" id="s{key}">{_words(text)}</div>'
    opening = Markup('<div class="{} slot-{}" style="font-size: {}pt">').format(kind, name, size)
    return opening + Markup(content) + Markup("</div>")  # noqa: S704 - the template's own escaped output


def _words(text: _Text) -> str:
    """Boxes around words so long that they could reach over the edge of a narrow slot."""
    numbers = count()
    return _LONG_WORD.sub(lambda found: f'<span id="w{_key(text)}-{next(numbers)}">{found[0]}</span>', text.content)


def _overflows(document: Document, text: _Text) -> bool:
    boxes, key, box = _boxes(document, text.card, text.slot), _key(text), text.slot.box
    if f"s{key}" not in boxes:
        return True
    left, top, right, bottom = boxes[f"s{key}"]
    if text.slot.one_line:
        return right - left > (box.width + _TOLERANCE) * _PIXELS
    edge = (box.x + box.width + _TOLERANCE) * _PIXELS
    wide = any(place[2] > edge for name, place in boxes.items() if name.startswith(f"w{key}-"))
    return wide or bottom - top > (box.height + _TOLERANCE) * _PIXELS


def _boxes(document: Document, card: Card, slot: Slot) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right, bottom (CSS pixels) of the named boxes on the page that holds the slot."""
    name = f"p{card.record}-{slot.box.side}"
    for page in document.pages:
        if name in page.anchors:
            return dict(page.anchors)
    return {}


def _miscounted(document: Document, cards: tuple[Card, ...]) -> list[Refused]:
    """Cards whose texts did not come out as one front and one back."""
    owners: list[str] = []
    for page in document.pages:
        named = [name for name in page.anchors if re.fullmatch(r"p\d+-\w+", name)]
        owners.append(named[0].partition("-")[0][1:] if named else owners[-1] if owners else "")
    counts = {str(card.record): owners.count(str(card.record)) for card in cards}
    return [
        Refused(card.record, card.customer_id, "", f"it makes {counts[str(card.record)]} pages, not 2",
                "keep every text of card.html inside a slot of page front or page back")
        for card in cards
        if counts[str(card.record)] != 2
    ]  # fmt: skip


def _too_long(text: _Text) -> Refused:
    slot, smallest = text.slot, text.slot.sizes[-1]
    words = re.sub(r"<[^>]*>", "", text.content)
    # A card's code opens a member's door, and messages end up in logs.
    shown = "the code" if slot.name == "code" else f"'{words}'" if len(words) <= 40 else f"'{words[:39]}…'"
    room = f"{slot.box.width:g} x {slot.box.height:g} mm"
    return Refused(text.card.record, text.card.customer_id, slot.name,
                   f"{shown} does not fit into {room}, not even at {smallest:g} pt",
                   "shorten it, or choose a design with more room")  # fmt: skip


def _key(text: _Text) -> str:
    return f"{text.card.record}-{text.slot.name}"
