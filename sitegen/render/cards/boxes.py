"""Give pages the boxes, the crop marks and the fold marks that a print house asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import cycle
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import CardDesign
from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.imposition.marks import fold_marks, inside
from sitegen.render.cards.refusal import CardsRefused, Refused

POINTS = 72 / 25.4
"""Points in a millimetre."""
MARK = 5.0
"""Millimetres of a crop mark."""
MARK_GAP = 0.5
"""Millimetres between bleed and mark, and between mark and the edge of the page: a mark never touches the bleed."""
SLUG = MARK + 2 * MARK_GAP
"""Millimetres around the bleed where there are marks."""
HAIR = 0.25
"""Points: the width of a crop mark."""
STRETCH = 0.25
"""Millimetres of bleed that a design may lack: 3 mm are not 1/8 inch, and 0.2 % more of its size nobody sees."""

Edges: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points; y upwards."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one page, from 0,0, and what stands before and after its content.

    The content's origin is the lower left corner of the design's bleed. `before` and `after` are b"" where that is
    the corner of the page too; else they move, clip or stretch it. `marks` draws the crop marks, b"" for none, and
    `folds` those of a fold on front and back pages, which take turns.
    """

    media: Edges
    bleed: Edges
    trim: Edges
    before: bytes
    after: bytes
    marks: bytes
    folds: tuple[bytes, bytes] = (b"", b"")


def design_boxes(design: CardDesign, house: PrintHouse) -> Boxes:
    """The boxes of a design's pages. Raises CardsRefused where the design bleeds less than the print house asks."""
    if house.bleed > design.bleed + STRETCH:
        why = f"the print house '{house.name}' wants {house.bleed:g} mm of bleed, the design has {design.bleed:g} mm"
        advice = "draw the art larger and raise 'bleed' in design.yaml"
        raise CardsRefused(design.name, [Refused(0, "", "", why, advice)])
    found = page_boxes(design.width, design.height, design.bleed, house)
    if design.fold is None or not house.marks:
        return found
    size, start = (design.width, design.height), SLUG + house.bleed
    sides = (design.fold, inside(design.fold, design.width))
    front, back = (fold_marks(size, house.bleed, fold, start) for fold in sides)
    return replace(found, folds=(front, back))


def page_boxes(width: float, height: float, bleed: float, house: PrintHouse) -> Boxes:
    """The boxes of a page of `width` x `height` whose content reaches `bleed` beyond (all millimetres).

    A print house that wants less bleed gets the rest cut off (a page that is larger than its form says is refused at
    many counters). One that wants a hair more, up to STRETCH, gets the content enlarged about the page's middle.
    """
    slug = SLUG if house.marks else 0.0
    start, across, up = slug + house.bleed, width + 2 * house.bleed, height + 2 * house.bleed
    bleed_box = _edges(slug, slug, slug + across, slug + up)
    plain = not house.marks and abs(house.bleed - bleed) < 1e-6
    return Boxes(
        media=_edges(0, 0, across + 2 * slug, up + 2 * slug),
        bleed=bleed_box,
        trim=_edges(start, start, start + width, start + height),
        before=b"" if plain else _before(bleed_box, (width, height), bleed, house),
        after=b"" if plain else b"\nQ\n",
        marks=_marks(start, width, height, house.bleed) if house.marks else b"",
    )


def boxed(target: pikepdf.Pdf, boxes: Boxes) -> None:
    """Give every page of `target` these boxes and marks.

    What stands around the contents is one stream for all pages; so are the marks, in the separation that prints on
    every plate (`/All`): with a fold, one for fronts and one for backs. No CropBox and no ArtBox: what prints is the
    trim, and two such boxes contradict each other.
    """
    media, bleed, trim = (Array(list(edges)) for edges in (boxes.media, boxes.bleed, boxes.trim))
    before = target.make_stream(boxes.before) if boxes.before else None
    sides = (Name.CropMarks, Name.BackMarks) if any(boxes.folds) else (Name.CropMarks,)
    marks = {name: _marks_form(target, boxes, fold) for name, fold in zip(sides, boxes.folds, strict=False)}
    after = {name: target.make_stream(boxes.after + _call(boxes, name)) for name in sides}
    for page, name in zip(target.pages, cycle(sides), strict=False):
        for key in ("/CropBox", "/ArtBox", "/Rotate"):
            if key in page.obj:
                del page.obj[key]
        page.obj.MediaBox, page.obj.BleedBox, page.obj.TrimBox = media, bleed, trim
        if before is not None:
            page.contents_add(before, prepend=True)
            page.contents_add(after[name])
        if boxes.marks:
            _add_form(page, name, marks[name])


def _call(boxes: Boxes, name: Name) -> bytes:
    return f"q {name} Do Q\n".encode() if boxes.marks else b""


def _edges(*millimetres: float) -> Edges:
    left, bottom, right, top = (round(edge * POINTS, 4) for edge in millimetres)
    return left, bottom, right, top


def _before(bleed_box: Edges, trim: tuple[float, float], bleed: float, house: PrintHouse) -> bytes:
    left, bottom, right, top = bleed_box
    clip = f"{left:g} {bottom:g} {right - left:.4f} {top - bottom:.4f} re W n"
    lacking = max(house.bleed - bleed, 0)
    wide, high = (1 + 2 * lacking / (side + 2 * bleed) for side in trim)
    spare = max(bleed - house.bleed, 0) * POINTS
    matrix = f"{wide:.6f} 0 0 {high:.6f} {left - spare:.4f} {bottom - spare:.4f}"
    return f"q {clip} {matrix} cm\n".encode()


def _marks(start: float, width: float, height: float, bleed: float) -> bytes:
    """Eight lines at the corners of the trim, which begins at `start`,`start` (millimetres)."""
    near, far = bleed + MARK_GAP, bleed + MARK_GAP + MARK
    lines: list[str] = []
    for x, way in ((start, -1), (start + width, 1)):
        for y, rise in ((start, -1), (start + height, 1)):
            lines.append(_line(x + way * near, y, x + way * far, y))
            lines.append(_line(x, y + rise * near, x, y + rise * far))
    return f"/All CS 1 SCN {HAIR} w\n{''.join(lines)}".encode()


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x * POINTS:.4f} {y * POINTS:.4f} m {to_x * POINTS:.4f} {to_y * POINTS:.4f} l S\n"


def _marks_form(target: pikepdf.Pdf, boxes: Boxes, fold: bytes) -> pikepdf.Object:
    every_ink = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    form = target.make_stream(boxes.marks + fold, Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array(list(boxes.media))
    form.Resources = Dictionary(
        ColorSpace=Dictionary(All=Array([Name.Separation, Name.All, Name.DeviceCMYK, every_ink]))
    )
    return target.make_indirect(form)


def _add_form(page: pikepdf.Page, name: Name, marks: pikepdf.Object) -> None:
    """Pages that share their resources get the same form under the same name, once or again."""
    resources = page.obj.get("/Resources")
    if resources is None:
        resources = page.obj.Resources = Dictionary()
    if Name.XObject not in resources:
        resources.XObject = Dictionary()
    resources.XObject[name] = marks
