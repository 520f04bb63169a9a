"""Judge what is drawn: fonts, sizes, places, groups and gradients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array

from sitegen.render.cards.preflight.colour_rules import Verdict, of_space
from sitegen.render.cards.preflight.colours import space_of
from sitegen.render.cards.preflight.events import Text
from sitegen.render.cards.preflight.faces import Face
from sitegen.render.cards.preflight.finding import Edges, Severity
from sitegen.render.cards.preflight.placing import inset, touches, within

SMALLEST = 5.0
"""Points of type below which offset loses the thin strokes."""
THINNEST = 0.25
"""Points of a line that every press holds."""
SLACK = 0.2 * 72 / 25.4
"""Points by which text may come nearer to the trim: the rounding of type, and the stretch of boxes.STRETCH."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on a page things may stand, in points: `safe` is the distance from the trim that text keeps."""

    trim: Edges
    bleed: Edges
    safe: float


def of_group(thing: pikepdf.Object, what: str) -> Iterator[Verdict]:
    """What is wrong with the transparency group of a page or a form."""
    group = thing.get("/Group")
    if not isinstance(group, pikepdf.Dictionary):
        return
    yield from of_space(space_of(group.CS, None), f"the group of {what}") if "/CS" in group else ()
    message = f"{what} is blended as a group, which slows the press"
    yield Verdict("transparency", Severity.WARNING, message, "leave '/Group' out where nothing is transparent")


def of_font(used: Face) -> Iterator[Verdict]:
    """What is wrong with a font that is used."""
    if not used.embedded:
        message = f"the font '{used.name}' is not in the file: the press would take another"
        yield Verdict("font", Severity.ERROR, message, "embed it as a subset")
    elif not used.subset:
        message = f"the font '{used.name}' is in the file as a whole"
        yield Verdict("font", Severity.WARNING, message, "embed only the characters that are used")


def of_size(text: Text) -> Iterator[Verdict]:
    """What is wrong with the size of visible text."""
    if text.colours and text.box is not None and 0 < text.size < SMALLEST - 0.05:
        message = f"type of {text.size:.1f} pt is smaller than {SMALLEST:g} pt"
        yield Verdict("small-text", Severity.WARNING, message, "set it larger")


def of_place(box: Edges, frame: Frame, what: str) -> Iterator[Verdict]:
    """What is wrong with where a text stands.

    Text beyond the bleed is the print house's own (slug lines, marks); all other text keeps off the edge.
    """
    if not touches(box, frame.bleed):
        return
    if not within(box, frame.trim, 0.05):
        yield Verdict("overflow", Severity.ERROR, f"{what} runs over the edge of the page", "shorten or move it")
    elif not within(box, inset(frame.trim, frame.safe), SLACK):
        near = frame.safe / 72 * 25.4
        message = f"{what} comes nearer than {near:.3g} mm to the edge, where the knife may cut"
        yield Verdict("safe-area", Severity.ERROR, message, "move it inwards")


def ends(function: pikepdf.Object, depth: int = 0) -> Iterator[tuple[float, ...]]:
    """The colours between which a gradient runs, as far as its functions say them plainly."""
    if isinstance(function, Array) or depth > 4:
        return
    if int(function.get("/FunctionType", -1)) == 2:
        for key in ("/C0", "/C1"):
            yield tuple(float(value) for value in function.get(key, Array([])))
    for inner in function.get("/Functions", Array([])):
        yield from ends(inner, depth + 1)
