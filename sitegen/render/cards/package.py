"""Pack a campaign for a print house that merges itself: static art, the texts as CSV, a sample, and how they fit."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fontTools.ttLib import TTFont

from sitegen.model.card import Card, CardDesign, Slot
from sitegen.render.cards.press import Press
from sitegen.render.cards.writing import cleaned
from sitegen.render.cards.written import written

_BREAK = re.compile(r"<br ?/?>|</p>\s*(?=<p)")
_TAG = re.compile(r"<[^>]*>")
_EMPTY = re.compile(r"\s*\n\s*")
_FONTS = (".ttf", ".otf")
_NAMES = (0, 4, 13)
"""Copyright, full name and licence in a font's table of names (OpenType 1.9, name IDs)."""
_CONTENTS = """What is here
  art.pdf     what is the same on every card: front, then back
  data.csv    what differs: a row for each card, UTF-8, commas, every field in quotes
  sample.pdf  one finished card as it should look; its code leads to the shop's public page
  style.css   typefaces, alignment, line heights and colours of the texts: .slot-NAME is the box NAME
  fonts/      the fonts of the texts, and their licences
"""
_PAPER = """Paper
  {width:g} x {height:g} mm, {bleed:g} mm bleed on every side; texts stay {safe:g} mm away from the cut.
"""
_TEXTS = """Texts
  Each column of data.csv that is named below is set in its box. Boxes are millimetres from the left and the upper edge
  of the cut card. Sizes are points: take the largest in which the text fits. A line break in a field is a new line on
  the card. Read all columns as text, never as formulas: leading zeros and signs belong to
  them.

{slots}
"""
_CODES = """Codes
  qr: {side}, x {x:g}, y {y:g}, {width:g} x {height:g} mm with its quiet zone of 4 modules on each side.
  QR code, error correction M; a module must not be smaller than 0.4 mm. An empty field means: no code on this card.
"""
_INKS = """Colours
  Texts and codes are black ink only (C 0, M 0, Y 0, K 100) where style.css names no other. The art is DeviceCMYK.
"""
_SECRETS = """Private: please read
  The column "qr" of data.csv holds each member's own link, and a text may hold the same code in letters. Whoever has
  it can open that member's pages, so you need it to draw the codes and for nothing else. data.csv also holds names.
  Please keep the package where only those who work on this job can read it, send it to nobody, and delete it when the
  job is done.
"""


@dataclass(frozen=True, slots=True)
class Pages:
    """What was printed for the package: `art` from blanking.blank, `sample` one card, whose code opens no door."""

    art: bytes
    sample: bytes


@dataclass(frozen=True, slots=True)
class _Font:
    """A font file, and what the font says of itself, "" where it says nothing."""

    file: str
    content: bytes
    name: str
    copyright: str
    licence: str


def package(press: Press, cards: Iterable[Card], pages: Pages, title: str) -> bytes:
    """A ZIP with art.pdf, data.csv, sample.pdf, README.txt and the fonts with their licences.

    It holds the members' links, which the house needs to draw the codes, so it is as private as the cards. Equal
    arguments make equal bytes.
    """
    design = press.design
    rows, fonts = _table(press, cards), tuple(_fonts(design))
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=9) as zipped:
        _add(zipped, "README.txt", _readme(design, title, len(rows) - 1).encode())
        _add(zipped, "art.pdf", pages.art)
        _add(zipped, "sample.pdf", pages.sample)
        _add(zipped, "data.csv", _csv(rows))
        _add(zipped, "style.css", design.style.encode())
        for font in fonts:
            if font.licence:
                _add(zipped, f"fonts/{font.file}", font.content)
        _add(zipped, "fonts/LICENCES.txt", _licences(fonts).encode())
    return content.getvalue()


def plain(content: str) -> str:
    """The text of a slot's HTML: a line for each paragraph and each break."""
    text = unescape(_TAG.sub("", _BREAK.sub("\n", content)))
    return _EMPTY.sub("\n", text).strip()


def _table(press: Press, cards: Iterable[Card]) -> list[tuple[str, ...]]:
    """The head and a row for each card: its record, its language, the text of each slot, what its code says."""
    names = [slot.name for slot in press.design.slots]
    code = ["qr"] if press.design.qr else []
    rows = [("record", "language", *names, *code)]
    for card in map(cleaned, cards):
        said = {text.slot: plain(text.content) for text in written(press, card).texts}
        link = [card.link] if code else []
        rows.append((str(card.record), card.language, *(said.get(name, "") for name in names), *link))
    return rows


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = StringIO()
    # Everything is quoted: what looks like a number (a postcode, a phone number) is text. Nothing is put before what
    # looks like a formula: a machine reads this, and would print it.
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _readme(design: CardDesign, title: str, cards: int) -> str:
    parts = [
        f"{title}\n{design.title}: {cards} cards\n",
        _CONTENTS,
        _PAPER.format(width=design.width, height=design.height, bleed=design.bleed, safe=design.safe),
        _TEXTS.format(slots="\n".join(map(_described, design.slots))),
    ]
    if box := design.qr:
        parts.append(_CODES.format(side=box.side, x=box.x, y=box.y, width=box.width, height=box.height))
    return "\n".join((*parts, _INKS, *([_SECRETS] if design.qr else [])))


def _described(slot: Slot) -> str:
    box = slot.box
    sizes = ", ".join(f"{size:g}" for size in slot.sizes)
    lines = "one line" if slot.one_line else "several lines"
    place = f"x {box.x:g}, y {box.y:g}, {box.width:g} x {box.height:g} mm"
    return f"  {slot.name}: {box.side}, {place}; {lines}; {sizes} pt"


def _fonts(design: CardDesign) -> Iterator[_Font]:
    """The font files that the style names."""
    for path, content in sorted(design.files.items()):
        if path.lower().endswith(_FONTS) and path in design.style:
            with TTFont(BytesIO(content), lazy=True) as font:
                copyright_, name, licence = (font["name"].getDebugName(key) or "" for key in _NAMES)
            yield _Font(PurePosixPath(path).name, content, name, copyright_, licence)


def _licences(fonts: Iterable[_Font]) -> str:
    """What the font files say of themselves. A font that says nothing may not be passed on: it stays out."""
    unknown = "not in this package, since the file does not tell its licence: please ask the shop"
    return "\n".join(f"{font.file}: {font.name}\n  {font.copyright}\n  {font.licence or unknown}\n" for font in fonts)


def _add(zipped: ZipFile, name: str, content: bytes) -> None:
    """A file of 1980 for its owner only: no clock and no machine shows."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o600 << 16, 3
    zipped.writestr(entry, content)
