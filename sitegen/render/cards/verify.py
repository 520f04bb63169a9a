"""Read a finished print file back: every page says what its record says, every code leads to its customer's door."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape

from sitegen.model.card import Box, Card, CardDesign, Side
from sitegen.render.cards import glyphs
from sitegen.render.cards.lean import lean
from sitegen.render.cards.press import Press
from sitegen.render.cards.reading import POINTS, Edges, Reader, ReadPage, Unreadable
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.writing import cleaned
from sitegen.render.cards.written import Section, written

_ADVICE = "don't print this file: make it again, and if that does not help, report a fault of sitegen"
_TAG = re.compile(r"<[^>]*>")
_GENERATED = re.compile(r"content:\s*(?:\"([^\"]*)\"|'([^']*)')")
_DRAWN = re.compile(rb"<text\b.*?</text>", re.DOTALL)
_HYPHENS_AND_SPACES = re.compile(r"[\s\u00ad\u2010\u2011\ufe00-\ufe0f\ufffe\U000e0100-\U000e01ef\x00-\x1f-]+")
_SLIP = 0.05
"""Points by which a box may miss its place: a fiftieth of a millimetre."""


def verified(pdf: bytes, cards: Sequence[Card], press: Press) -> tuple[Refused, ...]:
    """What is wrong with a print file of `cards` (two pages each, in this order), () where every card is right.

    Every page is read: its boxes; its text, all of it and nothing else, against what the design writes for the
    record; the code, drawn and decoded, against the link. Texts are compared without white space, hyphens and case,
    in compatible form (NFKC), since lines are broken, words divided and letters joined when they are set. What
    pages share is read once: art with the first page that has it, texts and whole pages by themselves. A card that
    seems wrong is read again with all that it shows, and with letters that look alike in the design's fonts taken
    for one. Works before imposing.
    """
    try:
        thin = lean(pdf)
        with closing(Reader(thin.pdf, thin.shared)) as pages, closing(Reader(pdf)) as whole:
            if len(pages) != 2 * len(cards):
                why = f"the file has {len(pages)} pages for {len(cards)} cards, not 2 each"
                return (Refused(0, "", "", why, _ADVICE),)
            check = _Check(press, _static(press.design), {})
            wrong = {number for number, _ in _faults(check, pages, cards, range(len(cards)))}
            if wrong:
                check = replace(check, twins=_twins(press.design))
            again = sorted(wrong | {number // 2 for number in thin.samples})
            return tuple(sorted({refused for _, refused in _faults(check, whole, cards, again)}))
    except Unreadable:
        # What the libraries say names addresses in memory.
        return (Refused(0, "", "", "the file cannot be read back: it is no whole PDF", _ADVICE),)


@dataclass(frozen=True, slots=True)
class _Check:
    """What all cards of a file have in common: the design, the words of its art and style, and which letters look
    alike, by their code points."""

    press: Press
    static: tuple[str, ...]
    twins: Mapping[int, str]


def _faults(
    check: _Check, pages: Reader, cards: Sequence[Card], numbers: Iterable[int]
) -> Iterator[tuple[int, Refused]]:
    """What is wrong with the cards at `numbers`, with those."""
    for number in numbers:
        card = cards[number]
        for place, section in enumerate(written(check.press, cleaned(card)).sections):
            with pages.page(2 * number + place) as page:
                for slot, why in _page_faults(check, page, section, card):
                    yield number, Refused(card.record, card.customer_id, slot, why, _ADVICE)


def _page_faults(check: _Check, page: ReadPage, section: Section, card: Card) -> Iterator[tuple[str, str]]:
    design, trim = check.press.design, page.trim
    if wrong := _misplaced(page, design):
        yield "", f"the {section.side} has {wrong}"
        return
    assert trim, "checked by _misplaced"
    yield from _misread(check, page, section, trim)
    if design.qr and design.qr.side is section.side:
        found = page.code(design.qr, trim)
        if found != card.link:
            # Neither link is told: whoever has one has the customer's door.
            yield "qr", _code_fault(found, card.link)


def _misplaced(page: ReadPage, design: CardDesign) -> str:
    """What is wrong with the boxes of the page, "" for nothing."""
    media, trim, bleed = page.media, page.trim, page.bleed
    if trim is None or bleed is None:
        return "no TrimBox" if trim is None else "no BleedBox"
    width, height = design.width * POINTS, design.height * POINTS
    if abs(trim[2] - trim[0] - width) > _SLIP or abs(trim[3] - trim[1] - height) > _SLIP:
        return "a TrimBox of another size than the design"
    if max(abs(media[0]), abs(media[1])) > _SLIP:
        return "a MediaBox that does not begin at 0,0"
    return "" if _inside(trim, bleed) and _inside(bleed, media) else "boxes that do not lie inside each other"


def _inside(inner: Edges, outer: Edges) -> bool:
    low = all(inner[edge] >= outer[edge] - _SLIP for edge in (0, 1))
    return low and all(inner[edge] <= outer[edge] + _SLIP for edge in (2, 3))


def _misread(check: _Check, page: ReadPage, section: Section, trim: Edges) -> Iterator[tuple[str, str]]:
    """The slots whose text is not on the page, or the page's text that no slot holds."""
    twins = check.twins
    parts = [(text.slot, _bare(text.content).translate(twins)) for text in section.texts]
    found = _letters(page.text).translate(twins)
    if found == "".join(part for _, part in parts):
        return
    loose = {_bare(piece).translate(twins) for piece in (*section.pieces, *check.static)}
    if _is_made_of(found, tuple(part for _, part in parts if part), frozenset(loose - {""})):
        return
    # pdfium joins lines that stand side by side, so slots can come out mixed: then each is read in its own place too.
    slots = check.press.slots
    places = {slot: _letters(page.text_in(_around(slots[slot].box, trim))).translate(twins) for slot, _ in parts}
    strange = [slot for slot, expected in parts if not _stands(expected, places[slot])]
    wanted, had = Counter("".join(part for _, part in parts)), Counter(found)
    absent = [slot for slot, expected in parts if slot in strange and expected not in found]
    if wanted - had and not absent:
        absent = strange or [""]
    for slot in absent:
        yield slot, f"its text is not on the {section.side} as the record says"
    surplus = had - wanted - Counter(dict.fromkeys("".join(loose), len(found)))
    if surplus and not absent:
        yield "", f"the {section.side} has text that is not this card's: {surplus.total()} characters too many"


def _is_made_of(text: str, parts: tuple[str, ...], loose: frozenset[str]) -> bool:
    """Whether `text` is all `parts`, each once, in any order, with pieces of `loose` between them."""
    states = [(0, parts)]
    seen = set(states)
    while states:
        start, left = states.pop()
        if start == len(text) and not left:
            return True
        ways = [(start + len(piece), left) for piece in loose if text.startswith(piece, start)]
        for number, part in enumerate(left):
            if text.startswith(part, start):
                ways.append((start + len(part), left[:number] + left[number + 1 :]))
        states += [way for way in ways if way not in seen]
        seen.update(ways)
    return False


def _stands(expected: str, found: str) -> bool:
    """Whether a text is among those of its place. From right to left, readers give the letters in another order."""
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in expected):
        return not Counter(expected) - Counter(found)
    return expected in found


def _around(box: Box, trim: Edges) -> Edges:
    """The box in points of the page, with a millimetre around it: accents and tails reach out of their lines."""
    left, top = trim[0] + (box.x - 1) * POINTS, trim[3] - (box.y - 1) * POINTS
    return (left, top - (box.height + 2) * POINTS, left + (box.width + 2) * POINTS, top)


def _code_fault(found: str, link: str) -> str:
    if not link:
        return "the card has a code, though its customer has no link"
    return "its code leads to another address than the customer's" if found else "its code cannot be read"


@lru_cache(maxsize=2048)
def _bare(content: str) -> str:
    return _letters(unescape(_TAG.sub("", content)))


def _letters(text: str) -> str:
    """What is left of a text when it does not matter how it is set.

    pdfium gives U+0002 or U+FFFE for the hyphen of a divided word.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _HYPHENS_AND_SPACES.sub("", folded)


def _twins(design: CardDesign) -> dict[int, str]:
    """Letters that have one shape in a font (Đ and Ð in many): a PDF can say one of them only."""
    table: dict[int, str] = {}
    for alike in glyphs.alike(design):
        first, *others = sorted({_letters(letter) for letter in alike})
        table.update({ord(other): first for other in others if len(other) == 1})
    return table


def _static(design: CardDesign) -> tuple[str, ...]:
    """Words that the style and the art add: they are the same on every card."""
    generated = [first or second for first, second in _GENERATED.findall(design.style)]
    drawn = [
        text.decode("utf-8", "replace")
        for side in Side
        if side in design.art
        for text in _DRAWN.findall(design.files.get(design.art[side], b""))
    ]
    return tuple(word for word in map(_bare, (*generated, *drawn)) if word)
