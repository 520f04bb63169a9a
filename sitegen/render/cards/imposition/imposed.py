"""Make the sheets: every card of a print file at its place, with marks and a slug line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import Fold, Side
from sitegen.model.print_house import Duplex, Sheet
from sitegen.render.cards.imposition import marks, slug
from sitegen.render.cards.imposition.forms import Face, faces, placed, shape
from sitegen.render.cards.imposition.layout import Layout, Spot, layout, spots
from sitegen.render.cards.imposition.order import dealt, lifts
from sitegen.render.cards.imposition.outlines import Alphabet, Letter
from sitegen.render.cards.imposition.slug import Printed, Slug
from sitegen.render.cards.sheet import POINTS

_KEPT = frozenset({"/Type", "/Pages", "/Metadata", "/OutputIntents", "/OCProperties", "/Lang", "/Version"})
"""What of the catalog still holds when the pages are other ones: no document parts, no outline, no structure."""
_VARIABLE = ("{http://www.npes.org/pdfvt/ns/id/}GTS_PDFVTVersion", "{http://www.npes.org/pdfvt/ns/id/}GTS_PDFVTModDate")


def imposed(pdf: bytes, sheet: Sheet, about: Slug, fold: Fold | None = None) -> bytes:
    """The sheets of a print file (a front and a back page for each card): front, back, front, back ...

    Equal arguments give equal bytes. Raises layout.NoRoom where no card fits, forms.Unimposable where the pages are no
    cards, pikepdf.PdfError where `pdf` is no PDF.
    """
    with pikepdf.open(BytesIO(pdf)) as source:
        content = BytesIO()
        imposed_into(source, sheet, about, fold).save(
            content, min_version="1.6", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return content.getvalue()


def imposed_into(source: pikepdf.Pdf, sheet: Sheet, about: Slug, fold: Fold | None = None) -> pikepdf.Pdf:
    """`source` itself, its pages replaced by sheets, to be finished and saved by the caller.

    Each page becomes a form that is placed without scaling; art, fonts and output intent stay in the file once.
    TrimBox and BleedBox are the hull of the cards' trims and bleeds, so that all marks lie outside. Viewers that print
    find the way to turn the paper, and the advice not to scale. `fold` is that of the cards' front page.
    """
    card = shape(source)
    plan = layout(sheet, card.width, card.height, card.bleed, len(source.pages) // 2)
    assert plan.cards == len(about.records), "the slug line needs one record number for each card"
    press = _Press(source, plan, about, fold, faces(source, card.bleed))
    pages = [press.page(printed) for printed in _printed(plan)]
    del source.pages[:]
    for page in pages:
        source.pages.append(pikepdf.Page(page))
    _forget(source)
    flip = Name.DuplexFlipLongEdge if sheet.duplex is Duplex.LONG_EDGE else Name.DuplexFlipShortEdge
    source.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), Duplex=flip)
    return source


@dataclass(slots=True)
class _Press:
    """What the sheets of one job share."""

    target: pikepdf.Pdf
    plan: Layout
    about: Slug
    fold: Fold | None
    faces: tuple[Face, ...]
    marks: dict[Side, pikepdf.Object] = field(default_factory=dict)
    letters: dict[str, pikepdf.Object] = field(default_factory=dict)
    alphabet: Alphabet = field(init=False)

    def __post_init__(self) -> None:
        self.alphabet = Alphabet(self.about.fonts)

    def page(self, printed: Printed) -> Dictionary:
        """One side of one sheet."""
        plan = self.plan
        box, trim = self.box(*_whole(plan.sheet)), self.box(*_hull(plan, 0))
        forms: dict[str, pikepdf.Object] = {"/Marks": self.side_marks(printed.side)}
        content = [b"/Marks Do\n"]
        for position, (card, spot) in enumerate(zip(printed.cards, spots(plan, printed.side), strict=True)):
            if card is not None:
                face = self.faces[2 * card + (printed.side is Side.BACK)]
                forms[f"/Card{position}"] = face.form
                matrix = _numbers(placed(face, spot, plan.sheet.height))
                content.append(f"q {_clip(plan, spot)}{matrix} cm /Card{position} Do Q\n".encode())
        line, letters = self.slug_line(printed)
        forms.update({f"/{letter.name}": self.letter(letter) for letter in letters if letter.path})
        content.append(line)
        return Dictionary(
            Type=Name.Page, MediaBox=box, CropBox=box, BleedBox=self.box(*_hull(plan, plan.bleed)), TrimBox=trim,
            Resources=Dictionary(XObject=Dictionary(forms)), Contents=self.target.make_stream(b"".join(content)),
        )  # fmt: skip

    def side_marks(self, side: Side) -> pikepdf.Object:
        if side not in self.marks:
            drawn = _in_millimetres(self.plan.sheet, marks.sheet_marks(self.plan, side, self.fold))
            colour = self.marks[Side.FRONT].Resources.ColorSpace.All if self.marks else marks.registration(self.target)
            spaces = Dictionary(ColorSpace=Dictionary(All=colour))
            self.marks[side] = self.form(drawn, self.box(*_whole(self.plan.sheet)), spaces)
        return self.marks[side]

    def slug_line(self, printed: Printed) -> tuple[bytes, tuple[Letter, ...]]:
        place, texts = slug.strip(self.plan, printed.side, self.fold), slug.lines(self.about, printed)
        drawn, letters = slug.drawn(place, texts, slug.code(self.about, printed), self.alphabet)
        return _in_millimetres(self.plan.sheet, drawn), letters

    def letter(self, letter: Letter) -> pikepdf.Object:
        if letter.name not in self.letters:
            self.letters[letter.name] = self.form(letter.path, Array(letter.bounds), Dictionary())
        return self.letters[letter.name]

    def form(self, content: bytes, box: Array, resources: Dictionary) -> pikepdf.Object:
        return self.target.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources)

    def box(self, left: float, top: float, width: float, height: float) -> Array:
        """A rectangle of the sheet in mm (y down) as a PDF's box."""
        edges = (left, self.plan.sheet.height - top - height, left + width, self.plan.sheet.height - top)
        return Array([round(edge * POINTS, 4) for edge in edges])


def _printed(plan: Layout) -> Iterable[Printed]:
    sheets, depths = dealt(plan), [depth for _, depth in lifts(plan)]
    lift_of = [(lift, len(depths)) for lift, depth in enumerate(depths, start=1) for _ in range(depth)]
    for number, (cards, lift) in enumerate(zip(sheets, lift_of, strict=True), start=1):
        for side in Side:
            yield Printed(number, len(sheets), side, cards, lift)


def _whole(sheet: Sheet) -> tuple[float, float, float, float]:
    return 0, 0, sheet.width, sheet.height


def _hull(plan: Layout, around: float) -> tuple[float, float, float, float]:
    width, height = plan.hull
    left, top = (plan.sheet.width - width) / 2, (plan.sheet.height - height) / 2
    return left - around, top - around, width + 2 * around, height + 2 * around


def _clip(plan: Layout, spot: Spot) -> str:
    """Where two bleeds would lie on each other, each card keeps its half of the gutter."""
    half = min(plan.bleed, plan.sheet.gutter / 2)
    if half == plan.bleed:
        return ""
    left = spot.x - (half if spot.column else plan.bleed)
    top = spot.y - (half if spot.row else plan.bleed)
    right = spot.x + spot.width + (half if spot.column < plan.columns - 1 else plan.bleed)
    bottom = spot.y + spot.height + (half if spot.row < plan.rows - 1 else plan.bleed)
    edges = (left, plan.sheet.height - bottom, right - left, bottom - top)
    return _numbers([edge * POINTS for edge in edges]) + " re W n "


def _numbers(numbers: Sequence[float]) -> str:
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)


def _in_millimetres(sheet: Sheet, drawn: bytes) -> bytes:
    """Operators in mm, y down from the sheet's top left corner, in the space of a PDF's page."""
    return f"q {POINTS:.6f} 0 0 {-POINTS:.6f} 0 {sheet.height * POINTS:.4f} cm\n".encode() + drawn + b"Q\n"


def _forget(source: pikepdf.Pdf) -> None:
    """Take out what speaks of the pages that are gone."""
    was_variable = "/DPartRoot" in source.Root
    for key in list(source.Root.keys()):
        if key not in _KEPT:
            del source.Root[key]
    if was_variable and "/Metadata" in source.Root:
        with source.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for key in _VARIABLE:
                if key in metadata:
                    del metadata[key]
