"""Judge everything that a page draws, forms and patterns included, each only once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import pikepdf
from pikepdf import Matrix

from sitegen.render.cards.preflight.colour_rules import MOST_INK, Verdict, of_colour, of_space, of_text
from sitegen.render.cards.preflight.colours import Colour, Family, space_of
from sitegen.render.cards.preflight.drawing import drawn
from sitegen.render.cards.preflight.drawing_rules import (
    THINNEST,
    Frame,
    ends,
    of_font,
    of_group,
    of_place,
    of_size,
)
from sitegen.render.cards.preflight.events import Blend, Event, Fault, Form, Paint, Picture, State, Text, Tile
from sitegen.render.cards.preflight.faces import Face, face
from sitegen.render.cards.preflight.finding import Edges, Finding, Severity, error
from sitegen.render.cards.preflight.pictures import is_mask, of_picture
from sitegen.render.cards.preflight.pictures import of_size as of_placed_size
from sitegen.render.cards.preflight.placing import matrix_of, outline, union

_DEEPEST = 28
_DIRECT = (0, 0)
"""The number of an object without one."""
_UNIT = (0.0, 0.0, 1.0, 1.0)

Drawing: TypeAlias = tuple[pikepdf.Page | pikepdf.Object, pikepdf.Object | None]
"""A page, form, tile or glyph, and its resources."""


@dataclass(slots=True)
class Examiner:
    """Holds what was found in forms and fonts, so that a thousand pages that share them cost little.

    `limit` is the print house's ink in percent; `left` is how many streams may still be walked through: a file can
    call its forms so often that nobody lives to see the end.
    """

    limit: float | None
    left: int
    _faces: dict[tuple[int, int], Face] = field(default_factory=dict)
    _known: dict[object, tuple[Finding, ...]] = field(default_factory=dict)
    _pictures: dict[tuple[int, int], tuple[Verdict, ...]] = field(default_factory=dict)
    _colours: dict[object, tuple[Verdict, ...]] = field(default_factory=dict)
    _open: list[tuple[int, int]] = field(default_factory=list)

    def page(self, page: pikepdf.Page, frame: Frame) -> tuple[Finding, ...]:
        """What is wrong with what the page draws; the findings' page is 0."""
        return self._look((page, page.obj.get("/Resources")), State(Matrix()), frame, "page")

    def _look(self, drawing: Drawing, state: State, frame: Frame | None, name: str) -> tuple[Finding, ...]:
        if self.left <= 0:
            hint = "save the file again from the program that made it"
            return (error("limits", "the file calls its drawings so often that they can't all be looked at", hint),)
        self.left -= 1
        content, resources = drawing
        found: dict[object, Finding] = {}
        for event in drawn(content, resources, state, self._face):
            for one in self._judge(event, frame, name, resources):
                key = (one.rule, one.severity, one.object, one.message)
                found[key] = _joined(found[key], one) if key in found else one
        return tuple(found.values())

    def _judge(
        self, event: Event, frame: Frame | None, name: str, resources: pikepdf.Object | None
    ) -> Iterator[Finding]:
        match event:
            case Text():
                yield from self._text(event, frame, name)
            case Paint():
                yield from _placed(self._paint(event), name, None)
            case Picture():
                yield from self._picture(event)
            case Form():
                yield from self._form(event, frame, resources)
            case Tile():
                yield from self._tile(event, resources)
            case Blend():
                verdict = Verdict("transparency", Severity.WARNING, f"{event.why} lets what lies below shine through")
                yield from _placed((verdict,), name, None)
            case Fault():
                advice = "save the file again with all its parts"
                yield from _placed((Verdict("missing", Severity.ERROR, event.what, advice),), name, None)

    def _text(self, text: Text, frame: Frame | None, name: str) -> Iterator[Finding]:
        thing = f"{name}: font {text.face.name}"
        verdicts = [*of_font(text.face), *of_size(text)]
        for colour in text.colours:
            verdicts += self._coloured(colour, "text")
            verdicts += of_text(colour, text.overprint)
        if text.missing and text.colours:
            message = f"'{text.face.name}' lacks a character that is shown: an empty box would print"
            verdicts.append(Verdict("glyph", Severity.ERROR, message, "take a font that has the character"))
        if frame is not None and text.box is not None and text.colours:
            verdicts += of_place(text.box, frame, "text")
        yield from _placed(verdicts, thing, text.box)
        for glyph in text.face.drawn if text.colours else ():
            yield from self._once((glyph, None), None, State(Matrix(), fill=text.colours[0]), name)

    def _paint(self, paint: Paint) -> tuple[Verdict, ...]:
        what = "a shape" if paint.width is None else "a line"
        verdicts = self._coloured(paint.colour, what)
        if paint.width is not None and paint.width < THINNEST - 0.005:
            message = f"a line is thinner than {THINNEST} pt"
            return (*verdicts, Verdict("thin-line", Severity.WARNING, message, "draw it thicker"))
        return verdicts

    def _coloured(self, colour: Colour, what: str) -> tuple[Verdict, ...]:
        if (colour, what) not in self._colours:
            self._colours[colour, what] = tuple(of_colour(colour, what, self.limit))
        return self._colours[colour, what]

    def _picture(self, picture: Picture) -> Iterator[Finding]:
        thing = _named(picture.name or "inline picture", picture.image)
        number = _number(picture.image)
        if number not in self._pictures or number == _DIRECT:
            self._pictures[number] = tuple(of_picture(picture, self.limit or MOST_INK))
        verdicts = [*self._pictures[number], *of_placed_size(picture)]
        if is_mask(picture.image):
            verdicts += self._coloured(picture.fill, "a picture")
        yield from _placed(verdicts, thing, outline(picture.matrix, _UNIT))

    def _form(self, form: Form, frame: Frame | None, resources: pikepdf.Object | None) -> Iterator[Finding]:
        name = _named(form.name, form.stream)
        yield from _placed(of_group(form.stream, "a form"), name, None)
        # A form without resources of its own takes its page's: so wrote PDF 1.1, and some programs still do.
        own = form.stream.get("/Resources", resources)
        yield from self._once((form.stream, own), frame, form.state, name)

    def _once(self, drawing: Drawing, frame: Frame | None, state: State, name: str) -> tuple[Finding, ...]:
        """What is wrong with a stream, found out the first time that it is drawn so."""
        number = _number(drawing[0])
        if number in self._open or len(self._open) >= _DEEPEST:
            return (error("structure", "a form draws itself", "save the file again", thing=name),)
        key = (number, state.matrix.shorthand, state.look(), frame)
        if key not in self._known:
            self._open.append(number)
            try:
                self._known[key] = self._look(drawing, state, frame, name)
            finally:
                self._open.pop()
        return self._known[key]

    def _tile(self, tile: Tile, resources: pikepdf.Object | None) -> Iterator[Finding]:
        thing = _named(tile.name, tile.pattern)
        if isinstance(tile.pattern, pikepdf.Stream) and int(tile.pattern.get("/PatternType", 2)) == 1:
            # A tile stands in many places: only how it is drawn can be judged.
            matrix = matrix_of(list(tile.pattern.Matrix)) if "/Matrix" in tile.pattern else Matrix()
            yield from self._once((tile.pattern, tile.pattern.get("/Resources")), None, State(matrix), thing)
            return
        shading = tile.pattern.get("/Shading", tile.pattern)
        space = space_of(shading.get("/ColorSpace"), resources)
        yield from _placed(of_space(space, "a gradient"), thing, None)
        if space.family in {Family.GRAY, Family.CMYK} and "/Function" in shading:
            for values in ends(shading.Function):
                verdicts = self._coloured(Colour(space, values), "a gradient")
                yield from _placed(verdicts, thing, None)

    def _face(self, font: pikepdf.Object) -> Face:
        if font.objgen not in self._faces or font.objgen == _DIRECT:
            self._faces[font.objgen] = face(font)
        return self._faces[font.objgen]


def _placed(
    verdicts: Iterator[Verdict] | tuple[Verdict, ...] | list[Verdict], thing: str, box: Edges | None
) -> Iterator[Finding]:
    for one in verdicts:
        yield Finding(one.rule, one.severity, 0, box, thing, one.message, one.hint)


def _joined(one: Finding, other: Finding) -> Finding:
    if one.box is None or other.box is None or one.box == other.box:
        return one
    return replace(one, box=union(one.box, other.box))


def _number(thing: pikepdf.Page | pikepdf.Object) -> tuple[int, int]:
    number, generation = thing.objgen
    return int(number), int(generation)


def _named(name: str, thing: pikepdf.Object) -> str:
    number, generation = _number(thing)
    plain = name.lstrip("/")
    return f"{plain} ({number} {generation} R)" if number else plain
