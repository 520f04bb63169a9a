"""Pack a campaign for a print house that merges itself: static art, the texts as CSV, a sample, and how they fit."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
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

BOM = b"\xef\xbb\xbf"
"""Without these bytes some spreadsheets take UTF-8 for something else."""
_BREAK = re.compile(r"<br ?/?>|</p>\s*(?=<p)")
_TAG = re.compile(r"<[^>]*>")
_EMPTY = re.compile(r"\s*\n\s*")
_FONTS = (".ttf", ".otf")
_FAMILY, _LICENCE, _LICENCE_URL = 4, 13, 14
_INKS = """Colours
  All text and the codes are black ink only: C 0, M 0, Y 0, K 100, unless sample.pdf shows another colour.
  The art is DeviceCMYK; nothing in it is RGB."""
_SECRETS = """Private: please read
  The column "qr" of data.csv holds each member's own link. Whoever has it can open that member's pages, so you need
  it to draw the codes and for nothing else. data.csv also holds names. Please keep the package where only those who
  work on this job can read it, send it to nobody, and delete it when the job is done."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What was printed for the package: `art` from blanking.blank, `sample` one card, whose code opens no door."""

    art: bytes
    sample: bytes


def package(press: Press, cards: Iterable[Card], pages: Pages, title: str, *, spreadsheet: bool = False) -> bytes:
    """A ZIP with art.pdf, data.csv, sample.pdf, README.txt and the fonts with their licences.

    `spreadsheet` puts BOM before data.csv. It holds the members' links, which the house needs to draw the codes, so it
    is as private as the cards. Equal arguments make equal bytes.
    """
    design = press.design
    rows = _table(press, cards)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=9) as zipped:
        _add(zipped, "README.txt", _readme(press, title, len(rows) - 1).encode())
        _add(zipped, "art.pdf", pages.art)
        _add(zipped, "sample.pdf", pages.sample)
        _add(zipped, "data.csv", (BOM if spreadsheet else b"") + _csv(rows))
        for name, font in _fonts(design):
            _add(zipped, f"fonts/{name}", font)
        _add(zipped, "fonts/LICENCES.txt", _licences(design).encode())
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
    # Everything is quoted: what looks like a number (a postcode, a phone number) is text.
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _readme(press: Press, title: str, cards: int) -> str:
    design = press.design
    parts = [
        f"{title}\n{design.title}: {cards} cards\n",
        "What is here\n"
        "  art.pdf     what is the same on every card: front, then back, PDF/X-4\n"
        "  data.csv    what differs: a row for each card, UTF-8, commas, every field in quotes\n"
        "  sample.pdf  one finished card as it should look; its code leads to the shop's public page\n"
        "  fonts/      the fonts of the texts, with their licences\n",
        f"Paper\n  {design.width:g} x {design.height:g} mm, {design.bleed:g} mm bleed on every side; "
        f"texts stay {design.safe:g} mm away from the cut.\n",
        "Texts\n"
        "  Each column of data.csv named below is set in its box. Boxes are millimetres from the left and the upper\n"
        "  edge of the cut card. Sizes are points: take the largest in which the text fits. A line break in a field\n"
        "  is a new line on the card. Read all columns as text: leading zeros belong to them.\n\n"
        + "\n".join(map(_described, design.slots))
        + "\n",
    ]
    if box := design.qr:
        parts.append(
            f"Codes\n  qr: {box.side}, x {box.x:g}, y {box.y:g}, {box.width:g} x {box.height:g} mm with its quiet "
            "zone of 4 modules.\n  QR code, error correction M; a module must not be smaller than 0.4 mm.\n"
            "  An empty field means: no code on this card.\n"
        )
    parts += [_INKS + "\n", *([_SECRETS + "\n"] if design.qr else [])]
    return "\n".join(parts)


def _described(slot: Slot) -> str:
    box = slot.box
    sizes = ", ".join(f"{size:g}" for size in slot.sizes)
    lines = "one line" if slot.one_line else "several lines"
    place = f"x {box.x:g}, y {box.y:g}, {box.width:g} x {box.height:g} mm"
    return f"  {slot.name}: {box.side}, {place}; {lines}; {sizes} pt"


def _fonts(design: CardDesign) -> Iterable[tuple[str, bytes]]:
    for path, content in sorted(design.files.items()):
        if path.lower().endswith(_FONTS):
            yield PurePosixPath(path).name, content


def _licences(design: CardDesign) -> str:
    """What the font files say of themselves."""
    told = []
    for file, content in _fonts(design):
        with TTFont(BytesIO(content), lazy=True) as font:
            name, licence, url = (font["name"].getDebugName(key) or "" for key in (_FAMILY, _LICENCE, _LICENCE_URL))
        told.append(f"{file}: {name}\n  {licence or 'no licence is told in the file: ask the shop'}\n  {url}".rstrip())
    return "\n\n".join(told) + "\n"


def _add(zipped: ZipFile, name: str, content: bytes) -> None:
    """A file of 1980 for its owner only: no clock and no machine shows."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o600 << 16, 3
    zipped.writestr(entry, content)
