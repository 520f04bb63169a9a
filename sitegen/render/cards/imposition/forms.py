"""Turn the pages of a print file into forms that a sheet can place, with nothing in the file twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.errors import Exit, SitegenError
from sitegen.render.cards.imposition.layout import Spot
from sitegen.render.cards.sheet import POINTS

_SAME = 0.02
"""Points by which the trims of two pages may differ: what rounding leaves."""


class Unimposable(SitegenError):
    """A PDF whose pages are no cards."""

    exit_code = Exit.CARD


@dataclass(frozen=True, slots=True)
class Shape:
    """What all pages of a print file have in common, in millimetres, as they are looked at."""

    width: float
    height: float
    bleed: float


@dataclass(frozen=True, slots=True)
class Face:
    """A page of a card as a form. `trim`: left, bottom, width, height in the form's points; `turn`: the page's own."""

    form: pikepdf.Object
    trim: tuple[float, float, float, float]
    turn: int


def shape(source: pikepdf.Pdf) -> Shape:
    """Size and bleed of the cards: the trim of the first page, and the least that its BleedBox has around it.

    Raises Unimposable where the number of pages is not even, or a page has another size than the first.
    """
    if not len(source.pages) or len(source.pages) % 2:
        raise Unimposable(f"the file has {len(source.pages)} pages\nhint: a card has two, its front and its back")
    first, bleed = _looked_at(source.pages[0]), _bleed(source.pages[0])
    for number, page in enumerate(source.pages, start=1):
        if max(abs(a - b) for a, b in zip(first, _looked_at(page), strict=True)) > _SAME:
            sizes = " and page 1 ".join(f"{a / POINTS:.1f} x {b / POINTS:.1f} mm" for a, b in (_looked_at(page), first))
            raise Unimposable(f"page {number} is {sizes}\nhint: impose cards of one size only")
    return Shape(round(first[0] / POINTS, 3), round(first[1] / POINTS, 3), round(bleed / POINTS, 3))


def faces(source: pikepdf.Pdf, bleed: float) -> tuple[Face, ...]:
    """Every page as a form of `source`, cut off at `bleed` mm around its trim. The pages are not to be used any more.

    A page's content stream becomes the form itself; equal pages become one form, equal resources one dictionary.
    """
    maker = _Maker(source, bleed * POINTS)
    return tuple(maker.face(page) for page in source.pages)


def placed(face: Face, spot: Spot, height: float) -> tuple[float, float, float, float, float, float]:
    """The matrix, in points, that brings a page's trim onto its spot of a sheet that is `height` mm high."""
    a, b, c, d = {0: (1, 0, 0, 1), 90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}[
        (face.turn + spot.turn) % 360
    ]
    left, bottom, across, up = face.trim
    corners = [(a * x + c * y, b * x + d * y) for x in (left, left + across) for y in (bottom, bottom + up)]
    x = spot.x * POINTS - min(corner[0] for corner in corners)
    y = (height - spot.y - spot.height) * POINTS - min(corner[1] for corner in corners)
    return a, b, c, d, x, y


@dataclass(slots=True)
class _Maker:
    source: pikepdf.Pdf
    bleed: float
    forms: dict[tuple[object, ...], pikepdf.Object] = field(default_factory=dict)
    resources: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def face(self, page: pikepdf.Page) -> Face:
        left, bottom, right, top = _edges(page.trimbox)
        bleed = self.bleed
        # Adding zero makes -0.0 a 0.
        box = tuple(round(edge, 4) + 0.0 for edge in (left - bleed, bottom - bleed, right + bleed, top + bleed))
        page.contents_coalesce()
        content = page.obj.get("/Contents")
        stream = content if isinstance(content, pikepdf.Stream) else self.source.make_stream(b"")
        resources, group = self.shared(_inherited(page, "/Resources")), page.obj.get("/Group")
        key = (sha256(stream.read_raw_bytes()).digest(), resources.objgen, box, str(stream.get("/DecodeParms")),
               group.unparse() if group is not None else b"")  # fmt: skip
        if key not in self.forms:
            form = self.own(stream)
            form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, Array(box), resources
            if group is not None:
                form.Group = group
            self.forms[key] = form
        return Face(self.forms[key], (left, bottom, right - left, top - bottom), _turn(page))

    def own(self, stream: pikepdf.Stream) -> pikepdf.Stream:
        """The stream itself, or its copy where a page with other resources uses the same one."""
        if stream.objgen in self.taken:
            kept = {key: stream[key] for key in ("/Filter", "/DecodeParms") if key in stream}
            copy = self.source.make_stream(stream.read_raw_bytes())
            copy.stream_dict = Dictionary(kept)
            return copy
        self.taken.add(stream.objgen)
        return stream

    def shared(self, resources: pikepdf.Object | None) -> pikepdf.Object:
        """One indirect dictionary for all that are equal: a direct one would stand, uncompressed, in every form."""
        found = Dictionary() if resources is None else resources
        written = found.unparse(resolved=True)
        if written not in self.resources:
            self.resources[written] = found if found.is_indirect else self.source.make_indirect(found)
        return self.resources[written]


def _looked_at(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = _edges(page.trimbox)
    return (top - bottom, right - left) if _turn(page) in {90, 270} else (right - left, top - bottom)


def _bleed(page: pikepdf.Page) -> float:
    trim, bleed = _edges(page.trimbox), _edges(page.bleedbox)
    around = [trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]]
    return max(0.0, min(around))


def _edges(box: pikepdf.Object) -> tuple[float, float, float, float]:
    a, b, c, d = (float(edge) for edge in box.as_list())
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _turn(page: pikepdf.Page) -> int:
    turned = _inherited(page, "/Rotate")
    return int(turned) % 360 if turned is not None else 0


def _inherited(page: pikepdf.Page, key: str) -> pikepdf.Object | None:
    node: pikepdf.Object = page.obj
    while key not in node and "/Parent" in node:
        node = node.Parent
    return node.get(key)
