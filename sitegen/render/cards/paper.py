"""Finish sheets of paper that nothing bleeds off: boxes, and what all of them share, drawn once."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.postal import Area
from sitegen.render.cards.sheet import POINTS

HAIR = 0.35
"""Points: the width of a stroke."""
_NOT_PRINTED = ("/Annots", "/Group", "/CropBox", "/ArtBox", "/Rotate")


def finished(target: pikepdf.Pdf, paper: tuple[float, float], ground: bytes, strokes: tuple[Area, ...]) -> None:
    """Give every page of `paper` (millimetres) its boxes, from 0,0, and below its text the one page of `ground`.

    `strokes` are rectangles drawn as hair lines in black ink, above the ground; one without width or height is a line.
    The pages have no forms of their own.
    """
    edges = Array([0, 0, *(round(length * POINTS, 4) for length in paper)])
    with pikepdf.open(BytesIO(ground)) as source:
        form = target.copy_foreign(_form(source, _drawn(strokes, paper[1])))
    for page in target.pages:
        for key in _NOT_PRINTED:
            if key in page.obj:
                del page.obj[key]
        page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox = edges
        page.obj.Resources[Name.XObject] = Dictionary(Ground=form)
        page.contents_add(b"/Ground Do\n", prepend=True)
        page.contents_coalesce()


def _form(source: pikepdf.Pdf, strokes: bytes) -> pikepdf.Object:
    """The one page of `source`, and strokes above it, as a form."""
    page = source.pages[0]
    page.contents_coalesce()
    page.obj.Contents = source.make_stream(b"q\n" + page.obj.Contents.read_bytes() + b"\nQ\n" + strokes)
    for key in _NOT_PRINTED:
        if key in page.obj:
            del page.obj[key]
    return page.as_form_xobject()


def _drawn(strokes: tuple[Area, ...], height: float) -> bytes:
    """The operators that draw the strokes in black ink."""
    shapes: list[str] = []
    for stroke in strokes:
        left, top = stroke.x * POINTS, (height - stroke.y) * POINTS
        across, down = stroke.width * POINTS, -stroke.height * POINTS
        if across and down:
            shapes.append(f"{left:.4f} {top:.4f} {across:.4f} {down:.4f} re")
        else:
            shapes.append(f"{left:.4f} {top:.4f} m {left + across:.4f} {top + down:.4f} l")
    return f"q 0 0 0 1 K {HAIR} w {' '.join(shapes)} S Q\n".encode() if shapes else b""
