"""Judge a page apart from what it draws: its boxes, its turn, its links."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.boxes import POINTS
from sitegen.render.cards.preflight.drawing_rules import Frame, of_group
from sitegen.render.cards.preflight.finding import Edges, Finding, Measures, Severity, error, warning
from sitegen.render.cards.preflight.placing import touches, within

EXACT = 0.02
"""Points by which a box may differ: a hundredth of a millimetre."""
LEAST_BLEED = 3.0
"""Millimetres that most print houses ask for."""
_RECTANGLES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def frame_of(page: pikepdf.Page, measures: Measures) -> Frame:
    """Where on the page things may stand."""
    trim = page.trimbox if "/TrimBox" in page.obj or "/ArtBox" not in page.obj else page.artbox
    return Frame(_edges(trim), _edges(page.bleedbox), measures.safe * POINTS)


def page_findings(page: pikepdf.Page, number: int, house: PrintHouse | None) -> Iterator[Finding]:
    """What is wrong with the page itself."""
    yield from _boxes(page, number)
    yield from _bleed(page, number, house)
    if int(page.obj.get("/Rotate", 0)) % 360:
        yield warning("boxes", "the page is turned ('/Rotate'), which some presses forget", "turn its content", number)
    if float(page.obj.get("/UserUnit", 1)) != 1:
        hint = "leave '/UserUnit' out"
        yield error("boxes", "the page measures in a unit of its own: it would print in another size", hint, number)
    if "/AA" in page.obj:
        yield error("active", "the page runs an action when it is opened", "leave '/AA' out", number)
    for verdict in of_group(page.obj, "the page"):
        yield Finding(verdict.rule, verdict.severity, number, None, "page", verdict.message, verdict.hint)
    yield from _annotations(page, number)


def _boxes(page: pikepdf.Page, number: int) -> Iterator[Finding]:
    media = _edges(page.mediabox)
    if abs(media[0]) > EXACT or abs(media[1]) > EXACT:
        message = f"the page begins at {media[0]:g},{media[1]:g}, not at 0,0: some programs would print it shifted"
        yield error("boxes", message, "move the media box and the content", number)
    if "/TrimBox" not in page.obj and "/ArtBox" not in page.obj:
        hint = "write a trim box: without it nobody knows the finished size"
        yield error("boxes", "the page has no trim box", hint, number)
    if "/TrimBox" in page.obj and "/ArtBox" in page.obj:
        yield error("boxes", "the page has a trim box and an art box", "leave '/ArtBox' out", number)
    outer, named = media, "media"
    inner = {"crop": "/CropBox", "bleed": "/BleedBox", "trim": "/TrimBox"}
    for name, key in inner.items():
        if key not in page.obj:
            continue
        box = _edges(page.obj[key])
        if not within(box, outer, EXACT):
            message = f"the {name} box reaches out of the {named} box"
            yield Finding("boxes", Severity.ERROR, number, box, "page", message, "trim lies in bleed, bleed in media")
        outer, named = box, name


def _bleed(page: pikepdf.Page, number: int, house: PrintHouse | None) -> Iterator[Finding]:
    if "/TrimBox" not in page.obj:
        return
    media, bleed, trim = _edges(page.mediabox), _edges(page.bleedbox), _edges(page.trimbox)
    rims = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    if house is None:
        if min(rims) < LEAST_BLEED * POINTS - 0.2:
            message = f"the page has {max(min(rims), 0) / POINTS:.2g} mm of bleed, less than {LEAST_BLEED:g} mm"
            yield warning("boxes", message, "let the art reach over the edge", number)
        return
    if any(abs(rim - house.bleed * POINTS) > EXACT for rim in rims):
        got = " ".join(f"{rim / POINTS:.2f}" for rim in rims)
        message = f"the bleed is {got} mm (left, bottom, right, top), not {house.bleed:g} mm as '{house.name}' asks"
        yield Finding("boxes", Severity.ERROR, number, bleed, "page", message, "build the cards for this print house")
    whole = max(abs(one - other) for one, other in zip(media, bleed, strict=True)) <= EXACT
    if whole and house.marks:
        yield error("boxes", f"there is no room for the crop marks that '{house.name}' asks for", page=number)
    if not whole and not house.marks:
        message = f"the page is larger than its bleed, and '{house.name}' takes no marks"
        yield Finding("boxes", Severity.ERROR, number, media, "page", message, "make the media box the bleed box")


def _annotations(page: pikepdf.Page, number: int) -> Iterator[Finding]:
    bleed = _edges(page.bleedbox)
    for annotation in page.obj.get("/Annots", ()):
        kind = str(annotation.get("/Subtype", "/unknown"))[1:]
        box = _edges(annotation.Rect) if "/Rect" in annotation else None
        inside = box is None or touches(box, bleed)
        severity = Severity.ERROR if inside else Severity.WARNING
        rule, what = ("link", "a link") if kind == "Link" else ("annotation", f"an annotation ('{kind}')")
        message = f"{what} lies {'on' if inside else 'beside'} the page: paper can't be clicked, and PDF/X-4 forbids it"
        yield Finding(rule, severity, number, box, "page", message, "take it out of the text")


def _edges(box: pikepdf.Object | pikepdf.Rectangle) -> Edges:
    """The rectangle, whichever of its corners were written."""
    values = box.as_array() if isinstance(box, pikepdf.Rectangle) else box
    first, second, third, fourth = (float(value) for value in values)
    return min(first, third), min(second, fourth), max(first, third), max(second, fourth)
