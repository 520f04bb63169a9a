"""Set the distinct texts of many cards, each once, and cut them out of WeasyPrint's pages.

Texts whose lines never break are set together, one under the other: a line of a block costs a tenth of a box of its
own. Every other text is a group of its own (`opacity` below 1), which WeasyPrint writes as a Form XObject. All stand
where they stand on the card, one above the other, so that what is cut out depends on nothing but the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

import pikepdf
from weasyprint import HTML, Document

from sitegen.model.card import Slot
from sitegen.render.cards.cutting import Inexpressible, drawn
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.geometry import PIECE, blocks
from sitegen.render.cards.placing import Piece, Placed, placed, split
from sitegen.render.cards.press import Press
from sitegen.render.cards.written import Text

BLOCK = 64
"""Lines set together: Pango reads the rest of a block again for each of its lines."""
_PROBES = (("x",), ("x", "x"))
"""One line and two: where they come to stand tells how a slot's style aligns its lines with the slot's height."""
_ENDLESS = "@page { size: 100000mm 100000mm; margin: 0 }"


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
    groups = [tuple(group) for _, group in groupby(texts, key=lambda text: _order(text)[:2])]
    pages = [tuple(_pieces(press, group, step, in_lines)) for group in groups]
    html = "".join(_page(group[0], pieces) for group, pieces in zip(groups, pages, strict=True))
    source = HTML(string=f"<style>{_ENDLESS}</style>{html}", base_url=BASE, url_fetcher=press.fetcher)
    document = source.render(font_config=press.fonts, stylesheets=[press.style])
    if len(document.pages) != len(pages):
        raise Inexpressible("its slots flow onto further pages")
    pdf = document.write_pdf(uncompressed_pdf=True)
    return Round(step, pdf, tuple(_placed(document, pdf, pages)))


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
            for probe in _PROBES:
                yield Piece(slot, (), _lines(slot, probe, step), False)
        for batch in _batches(lined):
            yield Piece(slot, batch, _lines(slot, (line for text in batch for line in split(text)), step), False)


def _is_plain(text: Text) -> bool:
    lines = split(text)
    return all(lines) and not any("<" in line for line in lines)


def _batches(texts: Sequence[Text]) -> Iterator[tuple[Text, ...]]:
    for start in range(0, len(texts), BLOCK):
        yield tuple(texts[start : start + BLOCK])


def _group(slot: Slot, content: str, step: int) -> str:
    opening = f'<div class="slot{{}} slot-{slot.name}" data-slot="{slot.name}" {PIECE}="{{{{}}}}" style="opacity: 0.99'
    if slot.one_line:
        return f'{opening.format(" line")}; font-size: {slot.sizes[step]}pt"><div><span>{content}</span></div></div>'
    return f'{opening.format("")}; font-size: {slot.sizes[step]}pt"><div class="text">{content}</div></div>'


def _lines(slot: Slot, lines: Iterable[str], step: int) -> str:
    style = f"white-space: pre; font-size: {slot.sizes[step]}pt"
    opening = f'<div class="slot line slot-{slot.name}" data-slot="{slot.name}" {PIECE}="{{}}" style="{style}">'
    return f"{opening}<div><span>{chr(10).join(lines)}</span></div></div>"


def _page(text: Text, pieces: Sequence[Piece]) -> str:
    numbered = (piece.html.replace(f'{PIECE}="{{}}"', f'{PIECE}="{number}"') for number, piece in enumerate(pieces))
    return f'<section class="page {text.side}" lang="{text.language}">{"".join(numbered)}</section>'


def _placed(document: Document, pdf: bytes, pages: Sequence[Sequence[Piece]]) -> Iterator[Placed]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        contents = [page.obj.Contents.read_bytes() for page in opened.pages]
    for number, (content, pieces) in enumerate(zip(contents, pages, strict=True)):
        yield from placed(number, pieces, blocks(document.pages[number]), tuple(drawn(content)))
