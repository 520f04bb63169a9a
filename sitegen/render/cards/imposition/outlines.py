"""Write a line of text with the shapes of its letters alone: a PDF needs no font for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

EM = 1000
"""Units of a letter's shape in the size of its type."""
_UNKNOWN, _CUT = "?", "…"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter's shape: PDF path operators in EM units, y up, with its bounds; empty for a space.

    `name` is its name in a dictionary of resources, the same for the same character and fonts.
    """

    name: str
    advance: float
    bounds: tuple[int, int, int, int]
    path: bytes


class Alphabet:
    """The letters of some fonts (TTF or OTF), each from the first font that has it, drawn when first asked for."""

    def __init__(self, fonts: Iterable[bytes]) -> None:
        self._fonts = tuple(TTFont(BytesIO(font), lazy=True) for font in fonts)
        self._letters: dict[str, Letter | None] = {}

    def letters(self, text: str) -> tuple[Letter, ...]:
        """The text's letters; a question mark for each that no font has, nothing where even that is missing."""
        found = (self._letter(character) or self._letter(_UNKNOWN) for character in text)
        return tuple(letter for letter in found if letter)

    def fitting(self, text: str, width: float) -> tuple[Letter, ...]:
        """The text's letters, cut to `width` (in sizes of the type) with an ellipsis where they are too many."""
        letters = self.letters(text)
        if length(letters) <= width:
            return letters
        end = self.letters(_CUT)
        while letters and length(letters + end) > width:
            letters = letters[:-1]
        return letters + end if letters else ()

    def _letter(self, character: str) -> Letter | None:
        if character not in self._letters:
            self._letters[character] = self._drawn(character)
        return self._letters[character]

    def _drawn(self, character: str) -> Letter | None:
        for font in self._fonts:
            glyph = font.getBestCmap().get(ord(character))
            if glyph is not None:
                glyphs = font.getGlyphSet()
                scale = EM / font["head"].unitsPerEm
                pen = _PathPen(glyphs, scale)
                glyphs[glyph].draw(pen)
                return Letter(f"U{ord(character):04X}", glyphs[glyph].width * scale, pen.bounds(), pen.path())
        return None


def length(letters: Iterable[Letter]) -> float:
    """How long the line is, in sizes of the type."""
    return sum(letter.advance for letter in letters) / EM


def operators(letters: Iterable[Letter]) -> bytes:
    """Operators that place the line's letters as forms of their names, in EM units from 0,0. They move the origin."""
    placed = (f"/{one.name} Do " * bool(one.path) + f"1 0 0 1 {one.advance:.0f} 0 cm\n" for one in letters)
    return "".join(placed).encode()


class _PathPen(BasePen):  # type: ignore[misc]
    """Collects a glyph as PDF path operators; BasePen turns a TrueType font's curves into PDF's."""

    def __init__(self, glyphs: object, scale: float) -> None:
        super().__init__(glyphs)
        self._scale = scale
        self._points: list[tuple[int, int]] = []
        self._drawn: list[str] = []

    def path(self) -> bytes:
        return ("\n".join(self._drawn) + "\nf").encode() if self._drawn else b""

    def bounds(self) -> tuple[int, int, int, int]:
        across, down = zip(*self._points or [(0, 0)], strict=True)
        return min(across), min(down), max(across), max(down)

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - named by fontTools
        self._draw("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - named by fontTools
        self._draw("l", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 - named by fontTools
        self._draw("c", *points)

    def _closePath(self) -> None:  # noqa: N802 - named by fontTools
        self._draw("h")

    def _draw(self, operator: str, *points: tuple[float, float]) -> None:
        rounded = [(round(x * self._scale), round(y * self._scale)) for x, y in points]
        self._points.extend(rounded)
        self._drawn.append(" ".join([*(f"{x} {y}" for x, y in rounded), operator]))
