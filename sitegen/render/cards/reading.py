"""Read pages of a print file back as a reader and a telephone do: their boxes, their text, the code in a square."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import zxingcpp
from pypdfium2 import raw

from sitegen.model.card import Box

POINTS = 72 / 25.4
FINENESS = 2 / 0.4
"""Pixels in a millimetre: two across the smallest module that is printed (qr.SMALLEST), so three across most."""
_TRIES = 3
_HELD, _FONTS_OF = 8, 4
"""Pages that stay open: those that are read most often, and the first, whose fonts the others have too."""

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points; y upwards."""


class Unreadable(Exception):
    """These bytes are no PDF that pdfium opens."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What pages have in common, so that it is read once.

    `firsts` has for each page the first that shows the same. `texts` has for a first page those pages, behind all
    others, that say what it does not say itself.
    """

    firsts: tuple[int, ...]
    texts: Mapping[int, tuple[int, ...]]


_NOTHING = Shared((), {})


class Reader:
    """An open PDF. Not to be shared between threads: pdfium is not safe."""

    def __init__(self, pdf: bytes, shared: Shared = _NOTHING) -> None:
        try:
            self._document = pypdfium2.PdfDocument(pdf)
            self._shared = shared
            self._texts: dict[int, str] = {}
            # pdfium forgets a font with the last page that uses it, and loads it anew for the next: hold some pages.
            self._held = {number: self._opened(number) for number in _to_hold(shared.firsts)}
        except pypdfium2.PdfiumError as error:
            raise Unreadable(str(error)) from error
        self._canvas: _Canvas | None = None

    def __len__(self) -> int:
        return len(self._shared.firsts) or len(self._document)

    def close(self) -> None:
        """Give the memory back."""
        if self._canvas:
            self._canvas.close()
        for page in self._held.values():
            page.close()
        self._document.close()

    @contextmanager
    def page(self, number: int) -> Iterator[ReadPage]:
        """The page with that number, counted from 0. Raises Unreadable where its description is broken."""
        firsts = self._shared.firsts
        first = firsts[number] if number < len(firsts) else number
        if held := self._held.get(first):
            yield held
            return
        try:
            page = self._opened(first)
        except pypdfium2.PdfiumError as error:
            raise Unreadable(str(error)) from error
        try:
            yield page
        finally:
            page.close()

    def _opened(self, number: int) -> ReadPage:
        return ReadPage(self, self._document[number], self._shared.texts.get(number, ()))

    def text(self, number: int) -> str:
        """What the page with that number says; it is read once."""
        if number not in self._texts:
            with self.page(number) as page:
                self._texts[number] = page.text
        return self._texts[number]

    def canvas(self, side: int) -> _Canvas:
        """The square of pixels on which codes are drawn: one for all pages."""
        if self._canvas is None or self._canvas.side != side:
            if self._canvas:
                self._canvas.close()
            self._canvas = _Canvas(side)
        return self._canvas


class ReadPage:
    """One page while it is open."""

    def __init__(self, reader: Reader, page: pypdfium2.PdfPage, texts: Sequence[int]) -> None:
        self._reader = reader
        self._page = page
        self._texts = texts

    def close(self) -> None:
        """Give the memory back."""
        self._page.close()

    @cached_property
    def media(self) -> Edges:
        """The MediaBox; pdfium takes letter paper where a file has none."""
        return tuple(self._page.get_mediabox())

    @cached_property
    def trim(self) -> Edges | None:
        """The TrimBox, None where the page has none."""
        box = self._page.get_trimbox(fallback_ok=False)
        return tuple(box) if box else None

    @cached_property
    def bleed(self) -> Edges | None:
        """The BleedBox, None where the page has none."""
        box = self._page.get_bleedbox(fallback_ok=False)
        return tuple(box) if box else None

    @cached_property
    def text(self) -> str:
        """All text of the page, in the order in which it is drawn; what it shares with others comes last."""
        words = self._page.get_textpage()
        try:
            own = str(words.get_text_range())
        finally:
            words.close()
        return "\n".join((own, *map(self._reader.text, self._texts)))

    def text_in(self, box: Edges) -> str:
        """The text whose characters lie in `box`."""
        words = self._page.get_textpage()
        try:
            left, bottom, right, top = box
            return str(words.get_text_bounded(left=left, bottom=bottom, right=right, top=top))
        finally:
            words.close()

    def code(self, box: Box, trim: Edges) -> str:
        """What the QR code in `box` says, "" for none. A code that is not found is drawn again, finer."""
        for attempt in range(_TRIES):
            canvas = self._reader.canvas(round(box.width * FINENESS * 2**attempt))
            drawn = self._drawn(canvas, box, trim)
            # Where nothing but the code is drawn, the reader need not search for it: half the time.
            if said := _decoded(drawn, alone=True) or _decoded(drawn, alone=False):
                return said
        return ""

    def _drawn(self, canvas: _Canvas, box: Box, trim: Edges) -> npt.NDArray[np.uint8]:
        media = self.media
        left, top = trim[0] - media[0] + box.x * POINTS, media[3] - trim[3] + box.y * POINTS
        scale = canvas.side / (box.width * POINTS)
        matrix = raw.FS_MATRIX(scale, 0, 0, scale, -left * scale, -top * scale)
        clip = raw.FS_RECTF(0, 0, canvas.side, canvas.side)
        raw.FPDFBitmap_FillRect(canvas.bitmap, 0, 0, canvas.side, canvas.side, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmapWithMatrix(canvas.bitmap, self._page.raw, matrix, clip, raw.FPDF_GRAYSCALE)
        return canvas.pixels


def _to_hold(firsts: Sequence[int]) -> list[int]:
    """The pages that many are the same as, and some others."""
    return sorted({number for number, _ in Counter(firsts).most_common(_HELD)} | set(firsts[:_FONTS_OF]))


def _decoded(drawn: npt.NDArray[np.uint8], *, alone: bool) -> str:
    found = zxingcpp.read_barcode(
        drawn, formats=zxingcpp.BarcodeFormat.QRCode, try_rotate=False, try_downscale=False, try_invert=False,
        is_pure=alone,
    )  # fmt: skip
    # In what is no code, a code without text may be found.
    return str(found.text) if found is not None and found.valid else ""


class _Canvas:
    """A square grey bitmap and numpy's view of it."""

    def __init__(self, side: int) -> None:
        self.side = side
        self.bitmap = raw.FPDFBitmap_CreateEx(side, side, raw.FPDFBitmap_Gray, None, 0)
        stride = raw.FPDFBitmap_GetStride(self.bitmap)
        start = ctypes.cast(raw.FPDFBitmap_GetBuffer(self.bitmap), ctypes.POINTER(ctypes.c_ubyte))
        self.pixels = np.ctypeslib.as_array(start, shape=(side, stride))[:, :side]

    def close(self) -> None:
        raw.FPDFBitmap_Destroy(self.bitmap)
