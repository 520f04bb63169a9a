"""Look at a printed card as an eye does: every letter with its place, its size and its colour."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from io import BytesIO

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from sitegen.model.card import Box, CardDesign, Slot
from sitegen.render.cards.printing import PrintFile

POINTS = 72 / 25.4
BLACK_INK = (35, 31, 32)
"""How pdfium shows DeviceCMYK 0 0 0 1; with any other ink below it, black looks darker or tinted."""


def close(text: str) -> str:
    """A text or HTML as it can be compared: without tags and white space, since lines are broken on paper."""
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", text)))


@dataclass(frozen=True, slots=True)
class Letter:
    """A character on paper: its middle in millimetres from the top left corner of the trim, its size in points."""

    character: str
    x: float
    y: float
    size: float
    ink: tuple[int, int, int]

    def is_in(self, box: Box) -> bool:
        """Whether it stands in that rectangle of its page."""
        return box.x <= self.x <= box.x + box.width and box.y <= self.y <= box.y + box.height


class Seen:
    """A print file of two cards in one design: pages 0 and 1 are the first card's, 2 and 3 the second's."""

    def __init__(self, design: CardDesign, pdf: bytes) -> None:
        self.design = design
        self._document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    @cached_property
    def letters(self) -> tuple[tuple[Letter, ...], ...]:
        """What is written on each page, white space left out."""
        return tuple(tuple(self._letters(page)) for page in range(len(self)))

    def text(self, page: int) -> str:
        """The words of a page without white space."""
        return close("".join(letter.character for letter in self.letters[page]))

    def slot(self, page: int, slot: Slot) -> tuple[Letter, ...]:
        """What is written in a slot of that page."""
        return tuple(letter for letter in self.letters[page] if letter.is_in(slot.box))

    def said(self, page: int, name: str) -> str:
        """The words in the slot of that name, without white space; "" where the design has none on that page."""
        side = ("front", "back")[page % 2]
        slots = [slot for slot in self.design.slots if slot.name == name and slot.box.side == side]
        return close("".join(letter.character for slot in slots for letter in self.slot(page, slot)))

    def codes(self, page: int) -> list[str]:
        """What zxing reads anywhere on the page at 150 dots per inch."""
        return [code.text for code in zxingcpp.read_barcodes(self.picture(page))]

    def picture(self, page: int, box: Box | None = None, dots: int = 150) -> Image.Image:
        """The page with its bleed, or a part of it, `dots` an inch."""
        bleed, design, crop = self.design.bleed, self.design, (0.0, 0.0, 0.0, 0.0)
        if box:
            right, foot = design.width + bleed - box.x - box.width, design.height + bleed - box.y - box.height
            crop = (box.x + bleed, foot, right, box.y + bleed)
        points = tuple(edge * POINTS for edge in crop)
        image: Image.Image = self._document[page].render(scale=dots / 72, crop=points, grayscale=True).to_pil()
        return image

    def png(self, page: int, box: Box) -> bytes:
        """A part of the page as another program reads it."""
        content = BytesIO()
        self.picture(page, box, 300).save(content, "PNG")
        return content.getvalue()

    def _letters(self, number: int) -> Iterator[Letter]:
        page = self._document[number]
        words, height = page.get_textpage(), page.get_height()
        for index in range(words.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(words.raw, index))
            # pdfium makes up the spaces and line ends that it believes to see.
            if character.isspace() or raw.FPDFText_IsGenerated(words.raw, index) == 1:
                continue
            left, bottom, right, top = words.get_charbox(index)
            x, y = (left + right) / 2 / POINTS, (height - (bottom + top) / 2) / POINTS
            bleed = self.design.bleed
            yield Letter(character, x - bleed, y - bleed, _size(words, index), _ink(words, index))


class Looked(dict[str, Seen]):
    """What is seen on the print files of designs, by name; each is looked at when it is asked for."""

    def __init__(self, designs: dict[str, CardDesign], printed: dict[str, PrintFile]) -> None:
        super().__init__()
        self._designs, self._printed = designs, printed

    def __missing__(self, name: str) -> Seen:
        self[name] = Seen(self._designs[name], self._printed[name].pdf)
        return self[name]


def _size(words: pypdfium2.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(words.raw, index, matrix)
    return float(raw.FPDFText_GetFontSize(words.raw, index)) * math.hypot(matrix.c, matrix.d)


def _ink(words: pypdfium2.PdfTextPage, index: int) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(words.raw, index, red, green, blue, alpha)
    return red.value, green.value, blue.value
