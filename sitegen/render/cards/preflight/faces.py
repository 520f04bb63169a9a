"""Read fonts of a PDF: whether they are inside, how wide their characters are, and where their ink is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from struct import unpack_from

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Name

_SUBSET = re.compile(r"/[A-Z]{6}\+")
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_HIGHEST, _LOWEST = 0.8, -0.22
"""Ems above and below the line that text is taken to reach where its outlines can't be read."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The bounds of the glyphs of a TrueType font, read where they stand (OpenType: loca, glyf)."""

    places: tuple[int, ...]
    glyphs: bytes
    em: int

    def bounds(self, glyph: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top in ems; None for a glyph without ink."""
        if not 0 <= glyph < len(self.places) - 1 or self.places[glyph] >= self.places[glyph + 1]:
            return None
        if self.places[glyph] + 10 > len(self.glyphs):
            return None
        left, bottom, right, top = unpack_from(">4h", self.glyphs, self.places[glyph] + 2)
        return left / self.em, bottom / self.em, right / self.em, top / self.em


@dataclass(frozen=True, slots=True)
class Face:
    """A font as text uses it. Widths in ems by code; `step` bytes make one code.

    `known` are the codes that have a glyph, None where that can't be told. `drawn` are the streams of a Type 3 font.
    """

    name: str
    embedded: bool
    subset: bool
    step: int
    widths: dict[int, float] = field(repr=False)
    width: float = 0.5
    outlines: Outlines | None = None
    glyphs: bytes | None = field(default=None, repr=False)
    known: range | None = None
    drawn: tuple[pikepdf.Object, ...] = ()

    def codes(self, text: bytes) -> Iterator[int]:
        """The codes of a shown string."""
        if self.step == 1:
            return iter(text)
        return (int.from_bytes(text[start : start + 2], "big") for start in range(0, len(text), 2))

    def is_missing(self, code: int) -> bool:
        """Whether the font shows its sign for "no such character" here."""
        if self.step == 2:
            return self.glyph(code) == 0
        return self.known is not None and code not in self.known

    def glyph(self, code: int) -> int:
        """The glyph of a code of two bytes; 0 is .notdef."""
        if self.glyphs is None:
            return code
        return int.from_bytes(self.glyphs[2 * code : 2 * code + 2], "big")

    def ink(self, code: int) -> tuple[float, float, float, float] | None:
        """Where the character's ink is, in ems from its origin; None where it has none."""
        if self.outlines is not None:
            return self.outlines.bounds(self.glyph(code))
        return 0.0, _LOWEST, self.widths.get(code, self.width), _HIGHEST


def face(font: pikepdf.Object) -> Face:
    """The face of a font dictionary. Raises pikepdf's and Python's errors where the dictionary is broken."""
    if font.get("/Subtype") == Name.Type0:
        return _composite(font)
    if font.get("/Subtype") == Name.Type3:
        return _drawn(font)
    descriptor = font.get("/FontDescriptor")
    first = int(font.get("/FirstChar", 0))
    listed = [float(width) / 1000 for width in font.get("/Widths", Array([]))]
    widths = dict(enumerate(listed, first))
    return Face(
        name=_name(font),
        embedded=_is_inside(descriptor),
        subset=bool(_SUBSET.match(str(font.get("/BaseFont", "")))),
        step=1,
        widths=widths,
        known=range(first, first + len(listed)) if listed else None,
    )


def _composite(font: pikepdf.Object) -> Face:
    inner = font.DescendantFonts[0]
    descriptor = inner.get("/FontDescriptor")
    mapped = inner.get("/CIDToGIDMap")
    # Only where a code is the glyph's own number can be told which one is shown.
    direct = str(font.get("/Encoding", "")) in {"/Identity-H", "/Identity-V"}
    return Face(
        name=_name(font),
        embedded=_is_inside(descriptor),
        subset=bool(_SUBSET.match(str(inner.get("/BaseFont", font.get("/BaseFont", ""))))),
        step=2,
        widths=dict(_widths(inner.get("/W", Array([])))),
        width=float(inner.get("/DW", 1000)) / 1000,
        outlines=_outlines(descriptor) if direct else None,
        glyphs=mapped.read_bytes() if isinstance(mapped, pikepdf.Stream) else None,
    )


def _drawn(font: pikepdf.Object) -> Face:
    scale = abs(float(font.get("/FontMatrix", Array([0.001, 0, 0, 0.001, 0, 0]))[0]))
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(width) * scale for at, width in enumerate(font.get("/Widths", Array([])))}
    procedures = tuple(value for _, value in font.get("/CharProcs", pikepdf.Dictionary()).items())
    return Face(_name(font), embedded=True, subset=True, step=1, widths=widths, drawn=procedures)


def _name(font: pikepdf.Object) -> str:
    return _SUBSET.sub("/", str(font.get("/BaseFont", font.get("/Name", "/unnamed")))).lstrip("/")


def _is_inside(descriptor: pikepdf.Object | None) -> bool:
    return descriptor is not None and any(isinstance(descriptor.get(key), pikepdf.Stream) for key in _FILES)


def _widths(listed: pikepdf.Object) -> Iterator[tuple[int, float]]:
    """`[first [w w w]]` or `[first last w]`, again and again (PDF 1.6, 9.7.4.3)."""
    items = list(listed)
    at = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            yield from ((first + more, float(width) / 1000) for more, width in enumerate(items[at + 1]))
            at += 2
        else:
            last = min(int(items[at + 1]), 0xFFFF)
            yield from ((code, float(items[at + 2]) / 1000) for code in range(first, last + 1))
            at += 3


def _outlines(descriptor: pikepdf.Object | None) -> Outlines | None:
    program = descriptor.get("/FontFile2") if descriptor is not None else None
    if not isinstance(program, pikepdf.Stream):
        return None
    try:
        reader = TTFont(BytesIO(program.read_bytes()), lazy=True).reader
        head, places, glyphs = reader["head"], reader["loca"], reader["glyf"]
    except (TTLibError, KeyError, AssertionError, ValueError):
        return None
    em = unpack_from(">H", head, 18)[0] or 1000
    if unpack_from(">h", head, 50)[0]:
        return Outlines(unpack_from(f">{len(places) // 4}L", places), glyphs, em)
    return Outlines(tuple(2 * place for place in unpack_from(f">{len(places) // 2}H", places)), glyphs, em)
