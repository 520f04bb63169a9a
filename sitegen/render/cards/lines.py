"""Set lines of text by WeasyPrint's typesetting alone: a line laid out as a box costs four times as much.

A probe, one letter that WeasyPrint laid out in the slot, tells style and place. This module and geometry, alone, look
into WeasyPrint. What they rely on is checked twice: here a probe is set again and must come out as it was laid out;
and `compile.plate` compares every design with the reference engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from html import unescape
from typing import Any, TypeAlias

from weasyprint import Document
from weasyprint.draw.text import draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import Layout, line_size, strut

from sitegen.render.cards.cutting import Inexpressible
from sitegen.render.cards.geometry import Line, only_text

Box: TypeAlias = Any
_SLIP = 1e-6
_PLACE = Matrix(d=-1)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line's measures (CSS pixels) and the operators that choose fonts and show letters, without place and ink."""

    width: float
    height: float
    baseline: float
    operators: bytes


def set_lines(document: Document, probe: Box, measured: Line, lines: Sequence[str]) -> Iterator[SetLine]:
    """Each of `lines` (HTML without tags) in the style of the one text in `probe`, which was laid out as `measured`.

    The fonts that they use come into the document's PDF when it is written. Raises Inexpressible where the style is
    such that these lines would not stand as WeasyPrint lays them out.
    """
    box = only_text(probe)
    if box is None or box.style["text_decoration_line"] != "none" or box.style["visibility"] != "visible":
        raise Inexpressible("its lines are more than plain letters")
    if box.style["word_spacing"]:
        # It belongs to single spaces, so that the next text in the same layout would have the last one's.
        raise Inexpressible("its lines have spaces of their own")
    setter = _Setter(document, box)
    again = setter.set(box.text)
    strayed = (again.width - measured.width, again.height - measured.height, again.baseline - measured.baseline)
    if any(abs(stray) > _SLIP for stray in strayed):
        raise Inexpressible("its lines are not as high or as wide as their letters")
    return (setter.set(unescape(line)) for line in lines)


class _Setter:
    """A layout of Pango that takes one text after the other."""

    def __init__(self, document: Document, box: Box) -> None:
        self._box, self._style = copy(box), box.style
        self._line_height, self._strut = strut(box.style)
        self._layout = Layout(box.style)
        self._stream = Stream(document.fonts, (0, 0, 1, 1), {}, {}, None, {}, None, compress=False)

    def set(self, text: str) -> SetLine:
        """The line that WeasyPrint's `split_text_box`, `line_box_verticality` and `draw_text` make of a text."""
        self._box.text = text
        self._box.process_text_transform()
        self._layout.set_text(self._box.text)
        line, _ = self._layout.get_first_line()
        width, height = line_size(line, self._style)
        leading = (self._line_height - height) / 2
        above = pango.pango_layout_get_baseline(self._layout.layout) * FROM_UNITS + leading
        below = self._line_height - above
        baseline = max(above, self._strut)
        return SetLine(width, baseline + max(below, self._line_height - self._strut), baseline, self._shown())

    def _shown(self) -> bytes:
        stream = self._stream
        stream.stream.clear()
        stream.begin_text()
        self._box.pango_layout = self._layout
        if draw_first_line(stream, self._box, "clip", "none", _PLACE):
            raise Inexpressible("its letters are pictures")
        stream.end_text()
        # Between the operators that begin text and place it, and the one that ends it.
        return b"\n".join(stream.stream[2:-1])
