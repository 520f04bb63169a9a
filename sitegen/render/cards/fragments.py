"""Set the distinct texts of many cards, each once, and cut them out of WeasyPrint's pages.

Texts whose lines never break are set without any layout but the typesetting of their letters; probes in their slots
tell how lines stand there. Every other text is a group of its own (`opacity` below 1), which WeasyPrint writes as a
Form XObject. All stand where they stand on the card, one above the other, so that what is cut out depends on nothing
but the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

import pikepdf
from weasyprint import HTML, Document

from sitegen.model.card import Slot
from sitegen.render.cards import geometry
from sitegen.render.cards.cutting import Inexpressible, drawn
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.geometry import PIECE
from sitegen.render.cards.lines import SetLine, set_lines
from sitegen.render.cards.placing import Piece, Placed, placed, split
from sitegen.render.cards.press import Press
from sitegen.render.cards.written import Text

_PROBES = (("x",), ("x", "x"), ("xxx",))
"""One line, two, and a longer one: where they come to stand tells how a slot's style aligns its lines with the slot."""
_ENDLESS = "@page { size: 100000mm 100000mm; margin: 0 }"
_ABOVE = "position: absolute; left: 0; top: 0; break-after: auto"


@dataclass(frozen=True, slots=True)
class Round:
    """One document of WeasyPrint: texts at one step of their ladders. `pdf` holds the fonts and forms that they use."""

    step: int
    pdf: bytes
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Fragments:
    """Every text that fits, in its round; and those that are too long even in the smallest size."""

    rounds: tuple[Round, ...]
    too_long: frozenset[Text]


def fragments(press: Press, texts: Iterable[Text], in_lines: bool = True) -> Fragments:
    """Set each distinct text that is not empty in the largest size that fits.

    The round of a text is the step of its ladder, whatever the other texts are. `in_lines`: whether texts of one line
    are set together. Raises Inexpressible.
    """
    waiting = sorted({text for text in texts if text.content}, key=_order)
    rounds: list[Round] = []
    too_long: set[Text] = set()
    while waiting:
        step = len(rounds)
        made = _round(press, waiting, step, in_lines)
        rounds.append(made)
        left = set(waiting) - {one.text for one in made.placed}
        too_long |= {text for text in left if step + 1 >= len(press.slots[text.slot].sizes)}
        waiting = sorted(left - too_long, key=_order)
    return Fragments(tuple(rounds), frozenset(too_long))


def _order(text: Text) -> tuple[str, str, str, str]:
    return (text.side, text.language, text.slot, text.content)


def _round(press: Press, texts: Sequence[Text], step: int, in_lines: bool) -> Round:
    html, pieces = _written(press, texts, step, in_lines)
    source = HTML(string=f"<style>{_ENDLESS}</style>{html}", base_url=BASE, url_fetcher=press.fetcher)
    document = source.render(font_config=press.fonts, stylesheets=[press.style])
    if len(document.pages) != 1:
        raise Inexpressible("its slots flow onto further pages")
    boxes = geometry.pieces(document.pages[0])
    # The fonts of these lines belong to the document, so they are set before it is written.
    lines = _set_lines(document, boxes, pieces)
    pdf = document.write_pdf(uncompressed_pdf=True)
    with pikepdf.open(BytesIO(pdf)) as opened:
        shown = tuple(drawn(opened.pages[0].obj.Contents.read_bytes()))
    laid = {number: geometry.block(box) for number, box in boxes.items()}
    return Round(step, pdf, tuple(placed(pieces, laid, shown, lines)))


def _written(press: Press, texts: Sequence[Text], step: int, in_lines: bool) -> tuple[str, list[Piece]]:
    """The pieces and the page that holds them, all sides and languages one above the other: a page costs 5 ms."""
    html: list[str] = []
    pieces: list[Piece] = []
    for (side, language), group in groupby(texts, key=lambda text: (text.side, text.language)):
        html.append(f'<section class="page {side}" lang="{language}" style="{_ABOVE}">')
        for piece in _pieces(press, tuple(group), step, in_lines):
            # Once: a greeting may say the same words.
            html.append(piece.html.replace(f'{PIECE}="{{}}"', f'{PIECE}="{len(pieces)}"', 1))
            pieces.append(piece)
        html.append("</section>")
    return "".join(html), pieces


def _pieces(press: Press, texts: Sequence[Text], step: int, in_lines: bool) -> Iterator[Piece]:
    for name, group in groupby(texts, key=lambda text: text.slot):
        slot = press.slots[name]
        lined: list[Text] = []
        for text in group:
            if in_lines and slot.one_line and _is_plain(text):
                lined.append(text)
            else:
                yield Piece(slot, (text,), _group(slot, text.content, step), True)
        if lined:
            *first, last = _PROBES
            yield from (Piece(slot, (), _lines(slot, probe, step), False) for probe in first)
            yield Piece(slot, tuple(lined), _lines(slot, last, step), False)


def _is_plain(text: Text) -> bool:
    lines = split(text)
    return all(lines) and not any("<" in line for line in lines)


def _group(slot: Slot, content: str, step: int) -> str:
    opening = f'<div class="slot{{}} slot-{slot.name}" data-slot="{slot.name}" {PIECE}="{{{{}}}}" style="opacity: 0.99'
    if slot.one_line:
        return f'{opening.format(" line")}; font-size: {slot.sizes[step]}pt"><div><span>{content}</span></div></div>'
    return f'{opening.format("")}; font-size: {slot.sizes[step]}pt"><div class="text">{content}</div></div>'


def _lines(slot: Slot, lines: Iterable[str], step: int) -> str:
    style = f"white-space: pre; font-size: {slot.sizes[step]}pt"
    opening = f'<div class="slot line slot-{slot.name}" data-slot="{slot.name}" {PIECE}="{{}}" style="{style}">'
    return f"{opening}<div><span>{chr(10).join(lines)}</span></div></div>"


def _set_lines(
    document: Document, boxes: Mapping[int, geometry.Box], pieces: Sequence[Piece]
) -> dict[int, tuple[SetLine, ...]]:
    """The lines of each probe's texts, by the piece's number."""
    found: dict[int, tuple[SetLine, ...]] = {}
    for number, piece in enumerate(pieces):
        if piece.texts and not piece.is_group:
            measured = geometry.block(boxes[number]).lines
            if len(measured) != 1:
                raise Inexpressible(f"slot '{piece.slot.name}' adds lines of its own")
            said = [line for text in piece.texts for line in split(text)]
            found[number] = tuple(set_lines(document, boxes[number], measured[0], said))
    return found
