"""Set the texts of many cards into their slots, each in the largest size that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from weasyprint import HTML, Document

from sitegen.model.card import Card, Slot
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.geometry import right_edges
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.written import Section, Written, written

PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""
TOLERANCE = 0.05
"""Millimetres that a text may reach out of its slot: what rounding makes."""
TELLING = 8
"""Characters of a code that no message shows."""
_SIGNS_BETWEEN = re.compile(r"[\W_]+")
LINE_BREAK = re.compile(r"\s*<br ?/?>\s*")

Sizes = dict[tuple[str, str], int]
"""The step of the ladder that a slot's content needs, by slot name and content: equal texts are tried once."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What stands in a slot of a card, and the step of the ladder at which it was set."""

    card: Card
    slot: Slot
    content: str
    step: int


def typeset(press: Press, cards: Iterable[Written], sizes: Sizes) -> tuple[Document, list[Refused]]:
    """Two pages for each card, and a refusal for each text that is too long even in its smallest size.

    `sizes` is filled as texts turn out to be too long. Texts only ever get smaller, so this ends after at most as
    many rounds as the ladders have steps; one card for each long text goes through the rounds, not the whole chunk.
    """
    cards = tuple(cards)
    document, texts = _laid_out(press, cards, sizes)
    if refused := _miscounted(document, cards):
        return document, refused
    edges = {name: edge for page in document.pages for name, edge in right_edges(page).items()}
    too_long = [text for text in texts if _overflows(document, edges, text)]
    smaller = {(text.slot.name, text.content): text for text in too_long if text.step + 1 < len(text.slot.sizes)}
    if not smaller:
        return document, [_too_long(text) for text in too_long]
    sizes.update({name: text.step + 1 for name, text in smaller.items()})
    few = tuple(made for made in cards if made.card in {text.card for text in smaller.values()})
    if len(few) < len(cards):
        typeset(press, few, sizes)
    return typeset(press, cards, sizes)


def contents(press: Press, card: Card) -> tuple[tuple[str, str], ...]:
    """What the design writes on the card of one customer: slot and HTML, nothing set yet."""
    return tuple((text.slot, text.content) for text in written(press, card).texts)


def _laid_out(press: Press, cards: tuple[Written, ...], sizes: Sizes) -> tuple[Document, list[_Text]]:
    texts: list[_Text] = []
    pages = "".join(_page(press, made, section, sizes, texts) for made in cards for section in made.sections)
    last = pages.rpartition('class="page ')
    source = HTML(string=f'{last[0]}class="page last {last[2]}', base_url=BASE, url_fetcher=press.fetcher)
    return source.render(font_config=press.fonts, stylesheets=[press.style]), texts


def _page(press: Press, made: Written, section: Section, sizes: Sizes, texts: list[_Text]) -> str:
    name = f"p{made.card.record}-{section.side}"
    html = [f'<section class="page {section.side}" lang="{section.language}" id="{name}">', section.pieces[0]]
    for said, after in zip(section.texts, section.pieces[1:], strict=True):
        step = sizes.get((said.slot, said.content), 0)
        text = _Text(made.card, press.slots[said.slot], said.content, step)
        texts.append(text)
        html += [_marked(text), after]
    return "".join((*html, "</section>"))


def _marked(text: _Text) -> str:
    """The slot, its content inside boxes with names of their own: the boxes tell how much room the content takes."""
    key, size, name = _key(text), text.slot.sizes[text.step], text.slot.name
    if text.slot.one_line:
        lines = (f'<span id="s{key}-{number}">{line}</span>' for number, line in enumerate(_lines(text)))
        kind, content = "slot line", f"<div>{'<br>'.join(lines)}</div>"
    else:
        kind, content = "slot", f'<div class="text" id="s{key}">{text.content}</div>'
    return f'<div class="{kind} slot-{name}" data-slot="{name}" style="font-size: {size}pt">{content}</div>'


def _lines(text: _Text) -> list[str]:
    return LINE_BREAK.split(text.content)


def _overflows(document: Document, edges: Mapping[str, float], text: _Text) -> bool:
    boxes, key, box = _boxes(document, text.card, text.slot), _key(text), text.slot.box
    if text.slot.one_line:
        lines = [boxes.get(f"s{key}-{number}") for number in range(len(_lines(text)))]
        return any(line is None or line[2] - line[0] > (box.width + TOLERANCE) * PIXELS for line in lines)
    if f"s{key}" not in boxes:
        return True
    _, top, _, bottom = boxes[f"s{key}"]
    wide = edges[f"s{key}"] > (box.x + box.width + TOLERANCE) * PIXELS
    return wide or bottom - top > (box.height + TOLERANCE) * PIXELS


def _boxes(document: Document, card: Card, slot: Slot) -> dict[str, tuple[float, float, float, float]]:
    """Left, top, right, bottom (CSS pixels) of the named boxes on the page that holds the slot."""
    name = f"p{card.record}-{slot.box.side}"
    for page in document.pages:
        if name in page.anchors:
            return dict(page.anchors)
    return {}


def _miscounted(document: Document, cards: tuple[Written, ...]) -> list[Refused]:
    """Cards whose texts did not come out as one front and one back."""
    owners: list[str] = []
    for page in document.pages:
        named = [name for name in page.anchors if re.fullmatch(r"p\d+-\w+", name)]
        owners.append(named[0].partition("-")[0][1:] if named else owners[-1] if owners else "")
    counts = {made.card.record: owners.count(str(made.card.record)) for made in cards}
    return [
        Refused(made.card.record, made.card.customer_id, "", f"it makes {counts[made.card.record]} pages, not 2",
                "keep every text of card.html inside a slot of page front or back")
        for made in cards
        if counts[made.card.record] != 2
    ]  # fmt: skip


def _too_long(text: _Text) -> Refused:
    return too_long(text.card, text.slot, text.content)


def too_long(card: Card, slot: Slot, content: str) -> Refused:
    """The refusal of a text that is too long for its slot even in the smallest size."""
    words = unescape(re.sub(r"<[^>]*>", "", content))
    # A card's code opens a member's door, and messages end up in logs.
    shown = (
        "the code"
        if slot.name == "code" or _holds_code(words, card)
        else f"'{words}'"
        if len(words) <= 40
        else f"'{words[:39]}…'"
    )
    room = f"{slot.box.width:g} x {slot.box.height:g} mm"
    return Refused(card.record, card.customer_id, slot.name,
                   f"{shown} does not fit into {room}, not even at {slot.sizes[-1]:g} pt",
                   "shorten it, or choose a design with more room")  # fmt: skip


def _holds_code(words: str, card: Card) -> bool:
    """Whether a text tells the member's code or link, or a good part of them, however they are parted."""
    said = _SIGNS_BETWEEN.sub("", words)
    return any(secret[start : start + TELLING] in said
               for secret in (_SIGNS_BETWEEN.sub("", card.code), _SIGNS_BETWEEN.sub("", card.link.partition("#")[2]))
               for start in range(0, len(secret) - TELLING + 1, 4))  # fmt: skip


def _key(text: _Text) -> str:
    return f"{text.card.record}-{text.slot.name}"
