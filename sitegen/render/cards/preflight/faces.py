"""Read fonts of a PDF: whether they are inside, how wide their characters are, and where their ink is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is an exception, whatever its name
from struct import unpack_from
from typing import TypeAlias

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Array, Name

_SUBSET = re.compile(r"/[A-Z]{6}\+")
_MOST_CODES = 1_000_000
_CID_LINES = re.compile(rb"begincid(char|range)(.*?)endcid", re.DOTALL)
_CID = re.compile(rb"<([0-9A-Fa-f]{1,4})>\s*(\d{1,5})")
_CID_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,4})>\s*<([0-9A-Fa-f]{1,4})>\s*(\d{1,5})")
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
Ink: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top of a character's ink, in ems from its origin."""
Character: TypeAlias = tuple[float, Ink | None, bool]
"""Width in ems, ink (None where it has none), and whether the font lacks it."""

_HIGHEST, _LOWEST = 0.8, -0.22
"""Ems above and below the line that text is taken to reach where its outlines can't be read."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The bounds of the glyphs of a TrueType font, read where they stand (OpenType: loca, glyf)."""

    places: tuple[int, ...]
    glyphs: bytes
    em: int

    def bounds(self, glyph: int) -> Ink | None:
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

    `known` are the codes that have a glyph, None where that can't be told; `count` is the number of glyphs, 0 where it
    can't; `cids` is a font's own table of characters, None where codes are characters. `drawn` are the streams of a
    Type 3 font. `runs` remembers what was measured.
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
    count: int = 0
    cids: dict[int, int] | None = field(default=None, repr=False)
    drawn: tuple[pikepdf.Object, ...] = ()
    runs: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    _seen: dict[int, Character] = field(default_factory=dict, repr=False, compare=False)

    def codes(self, text: bytes) -> Sequence[int]:
        """The codes of a shown string."""
        if self.step == 1 or len(text) == 1:
            return text
        if len(text) == 2:
            return (text[0] << 8 | text[1],)
        return [int.from_bytes(text[start : start + 2], "big") for start in range(0, len(text), 2)]

    def character(self, code: int) -> Character:
        """All that there is to know of a code, found out once."""
        known = self._seen.get(code)
        if known is None:
            width = self.widths.get(self.cid(code), self.width)
            known = self._seen[code] = width, self.ink(code), self.is_missing(code)
        return known

    def is_missing(self, code: int) -> bool:
        """Whether the font shows its sign for "no such character" here."""
        if self.step == 2:
            return self.glyph(code) == 0 or (self.count > 0 and self.glyph(code) >= self.count)
        return self.known is not None and code not in self.known

    def glyph(self, code: int) -> int:
        """The glyph of a code of two bytes; 0 is .notdef."""
        cid = self.cid(code)
        return cid if self.glyphs is None else int.from_bytes(self.glyphs[2 * cid : 2 * cid + 2], "big")

    def cid(self, code: int) -> int:
        """The character that a code stands for."""
        return code if self.cids is None else self.cids.get(code, 0)

    def ink(self, code: int) -> Ink | None:
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
    tables = _tables(descriptor)
    encoding = font.get("/Encoding")
    cids = _cids(encoding.read_bytes()) if isinstance(encoding, pikepdf.Stream) else None
    # Of the encodings that are only named, these alone say which glyph is shown.
    direct = cids is not None or str(encoding) in {"/Identity-H", "/Identity-V"}
    return Face(
        name=_name(font),
        embedded=_is_inside(descriptor),
        subset=bool(_SUBSET.match(str(inner.get("/BaseFont", font.get("/BaseFont", ""))))),
        step=2,
        widths=dict(_widths(inner.get("/W", Array([])))),
        width=float(inner.get("/DW", 1000)) / 1000,
        outlines=_outlines(tables) if direct else None,
        cids=cids,
        count=unpack_from(">H", tables["maxp"], 4)[0] if direct and "maxp" in tables else 0,
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
    at, allowed = 0, _MOST_CODES
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], Array):
            yield from ((first + more, float(width) / 1000) for more, width in enumerate(items[at + 1]))
            at += 2
        else:
            last = min(int(items[at + 1]), 0xFFFF)
            if (allowed := allowed - (last - first)) < 0:
                return
            yield from ((code, float(items[at + 2]) / 1000) for code in range(first, last + 1))
            at += 3


def _cids(table: bytes) -> dict[int, int]:
    """The characters of an encoding of two bytes (Adobe's CMap: cidchar, cidrange)."""
    cids: dict[int, int] = {}
    allowed = _MOST_CODES
    for kind, lines in _CID_LINES.findall(table):
        for found in (_CID_RANGE if kind == b"range" else _CID).finditer(lines):
            first, last = int(found[1], 16), int(found[2], 16) if kind == b"range" else int(found[1], 16)
            cid = int(found[found.lastindex or 0])
            # A range says much with few bytes: a file of a megabyte could ask for hours.
            if (allowed := allowed - (last - first)) < 0:
                return cids
            cids.update((code, cid + code - first) for code in range(first, min(last, 0xFFFF) + 1))
    return cids


def _tables(descriptor: pikepdf.Object | None) -> dict[str, bytes]:
    """The tables of an OpenType font that tell of its glyphs; {} for another kind, or a broken one."""
    programs = (descriptor.get(key) for key in _FILES) if descriptor is not None else ()
    program = next((one for one in programs if isinstance(one, pikepdf.Stream)), None)
    if program is None:
        return {}
    try:
        reader = TTFont(BytesIO(program.read_bytes()), lazy=True).reader
        there = ("head", "loca", "glyf", "maxp")
        return {tag: reader[tag] for tag in there if tag in set(reader.keys())}
    except (TTLibError, AssertionError, ValueError, StructError):
        return {}


def _outlines(tables: dict[str, bytes]) -> Outlines | None:
    if not {"head", "loca", "glyf"} <= tables.keys():
        return None
    head, places = tables["head"], tables["loca"]
    em = unpack_from(">H", head, 18)[0] or 1000
    if unpack_from(">h", head, 50)[0]:
        return Outlines(unpack_from(f">{len(places) // 4}L", places), tables["glyf"], em)
    halves = unpack_from(f">{len(places) // 2}H", places)
    return Outlines(tuple(2 * place for place in halves), tables["glyf"], em)
