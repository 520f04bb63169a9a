"""Walk through a content stream: what it paints, writes and places, where, and in which colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Matrix, Name

from sitegen.render.cards.preflight.colours import (
    CMYK,
    GRAY,
    RGB,
    Colour,
    Family,
    Space,
    initial,
    named,
    space_of,
)
from sitegen.render.cards.preflight.events import Blend, Event, Fault, Form, Paint, Picture, State, Text, Tile
from sitegen.render.cards.preflight.faces import Face
from sitegen.render.cards.preflight.instructions import INLINE_IMAGE, instructions
from sitegen.render.cards.preflight.measuring import Shown, measured
from sitegen.render.cards.preflight.placing import matrix_of, outline, thinnest

_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_STROKES = frozenset(("S", "s", "B", "B*", "b", "b*"))
_INVISIBLE = 3
_MOST_SAVED = 1000
_NO_MASK = Name("/None")

Operands: TypeAlias = Sequence[Any]
"""Numbers, names, strings and arrays: see instructions.Instruction."""


def drawn(
    content: pikepdf.Page | pikepdf.Object,
    resources: pikepdf.Object | None,
    state: State,
    face_of: Callable[[pikepdf.Object], Face],
) -> Iterator[Event]:
    """Everything that a page or a form draws by itself, in order.

    Raises pikepdf.PdfError, TypeError, ValueError, KeyError or IndexError where operators have wrong operands.
    """
    walk = _Walk(resources, state, face_of, state.matrix)
    for operator, operands in instructions(content):
        if action := _ACTIONS.get(operator):
            action(walk, operands)
        elif operator in _FILLS or operator in _STROKES:
            walk.paint(operator)
        if walk.events:
            yield from walk.events
            walk.events.clear()


@dataclass(slots=True)
class _Walk:
    resources: pikepdf.Object | None
    state: State
    face_of: Callable[[pikepdf.Object], Face]
    base: Matrix
    saved: list[State] = field(default_factory=list)
    text: Matrix = field(default_factory=Matrix)
    line: Matrix = field(default_factory=Matrix)
    events: list[Event] = field(default_factory=list)

    def save(self, _: Operands) -> None:
        if len(self.saved) < _MOST_SAVED:
            self.saved.append(self.state.twin())

    def restore(self, _: Operands) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def move(self, operands: Operands) -> None:
        self.state.matrix = matrix_of(operands) @ self.state.matrix

    def width(self, operands: Operands) -> None:
        self.state.width = float(operands[0])

    def external(self, operands: Operands) -> None:
        name = str(operands[0])
        given = named(self.resources, "/ExtGState", name)
        if not isinstance(given, pikepdf.Dictionary):
            self.events.append(Fault(f"there is no graphics state '{name}'"))
            return
        if "/LW" in given:
            self.state.width = float(given.LW)
        if "/op" in given or "/OP" in given:
            self.state.overprint = bool(given.get("/op", given.get("/OP")))
        if isinstance(listed := given.get("/Font"), Array):
            self.state.font, self.state.size = (name, self.face_of(listed[0])), float(listed[1])
        if why := _blending(given):
            self.events.append(Blend(name, why))

    def colour(self, space: Space, stroke: bool, operands: Operands) -> None:
        set_ = Colour(space, tuple(float(value) for value in operands))
        if stroke:
            self.state.stroke = set_
        else:
            self.state.fill = set_

    def space(self, stroke: bool, operands: Operands) -> None:
        found = initial(space_of(operands[0], self.resources))
        if stroke:
            self.state.stroke = found
        else:
            self.state.fill = found

    def components(self, stroke: bool, operands: Operands) -> None:
        before = self.state.stroke if stroke else self.state.fill
        pattern = str(operands[-1]) if operands and isinstance(operands[-1], Name) else ""
        values = tuple(float(value) for value in (operands[:-1] if pattern else operands))
        set_ = Colour(before.space, values, pattern)
        if stroke:
            self.state.stroke = set_
        else:
            self.state.fill = set_

    def paint(self, operator: str) -> None:
        if operator in _FILLS:
            self.painted(self.state.fill, None)
        if operator in _STROKES:
            self.painted(self.state.stroke, self.state.width * thinnest(self.state.matrix))

    def painted(self, colour: Colour, width: float | None) -> None:
        self.events.append(Paint(colour, width, self.state.overprint))
        self.patterned(colour)

    def patterned(self, colour: Colour) -> None:
        if colour.space.family is not Family.PATTERN or not colour.pattern:
            return
        pattern = named(self.resources, "/Pattern", colour.pattern)
        missing = Fault(f"there is no pattern '{colour.pattern}'")
        self.events.append(missing if pattern is None else Tile(colour.pattern, pattern))

    def shade(self, operands: Operands) -> None:
        name = str(operands[0])
        shading = named(self.resources, "/Shading", name)
        self.events.append(Fault(f"there is no shading '{name}'") if shading is None else Tile(name, shading))

    def place(self, operands: Operands) -> None:
        name = str(operands[0])
        thing = named(self.resources, "/XObject", name)
        if not isinstance(thing, pikepdf.Stream):
            self.events.append(Fault(f"there is no picture or form '{name}'"))
        elif thing.get("/Subtype") == Name.Form:
            state = self.state.twin()
            if isinstance(own := thing.get("/Matrix"), Array):
                state.matrix = matrix_of(list(own)) @ state.matrix
            self.events.append(Form(name, thing, state))
        elif thing.get("/Subtype") == Name.Image:
            self.pictured(name, thing)
        else:
            self.events.append(Fault(f"'{name}' is neither a picture nor a form"))

    def inline(self, operands: Operands) -> None:
        self.pictured("", operands[0])

    def pictured(self, name: str, image: pikepdf.Object) -> None:
        space = space_of(image.get("/ColorSpace"), self.resources)
        self.events.append(Picture(name, image, self.state.matrix, space, self.state.fill))

    def begin(self, _: Operands) -> None:
        self.text = self.line = Matrix()

    def font(self, operands: Operands) -> None:
        name = str(operands[0])
        found = named(self.resources, "/Font", name)
        self.state.size = float(operands[1])
        if isinstance(found, pikepdf.Dictionary):
            self.state.font = (name, self.face_of(found))
        else:
            self.state.font = None
            self.events.append(Fault(f"there is no font '{name}'"))

    def set_matrix(self, operands: Operands) -> None:
        self.text = self.line = matrix_of(operands)

    def next_line(self, operands: Operands) -> None:
        self.line = Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1])) @ self.line
        self.text = self.line

    def next_line_led(self, operands: Operands) -> None:
        self.state.lead = -float(operands[1])
        self.next_line(operands)

    def new_line(self, _: Operands) -> None:
        self.next_line((0, -self.state.lead))

    def parameter(self, name: str, operands: Operands) -> None:
        setattr(self.state, name, float(operands[0]))

    def stretch(self, operands: Operands) -> None:
        self.state.scale = float(operands[0]) / 100

    def render_mode(self, operands: Operands) -> None:
        self.state.mode = int(operands[0])

    def show(self, operands: Operands) -> None:
        self.shown(operands[0])

    def show_next(self, operands: Operands) -> None:
        self.new_line(())
        self.shown(operands[-1])

    def show_next_spaced(self, operands: Operands) -> None:
        self.state.word, self.state.character = float(operands[0]), float(operands[1])
        self.show_next(operands)

    def shown(self, shown: Shown) -> None:
        if self.state.font is None:
            return
        name, face = self.state.font
        run = measured(face, shown, self.state)
        over = self.text @ self.state.matrix
        self.text = Matrix(1, 0, 0, 1, run.advance, 0) @ self.text
        colours = self.text_colours() if run.count else ()
        box = outline(over, run.ink) if run.ink else None
        self.events.append(Text(name, face, box, self.text_size(over), colours, self.state.overprint, run.missing))
        for colour in colours:
            self.patterned(colour)

    def text_colours(self) -> tuple[Colour, ...]:
        mode = self.state.mode % 4
        if mode == _INVISIBLE:
            return ()
        return (*((self.state.fill,) if mode in {0, 2} else ()), *((self.state.stroke,) if mode in {1, 2} else ()))

    def text_size(self, over: Matrix) -> float:
        return abs(self.state.size) * hypot(over.c, over.d)


def _blending(given: pikepdf.Object) -> str:
    for key in ("/ca", "/CA"):
        if float(given.get(key, 1)) < 1:
            return f"opacity {float(given[key]):g}"
    if given.get("/SMask", _NO_MASK) != _NO_MASK:
        return "a soft mask"
    modes = given.get("/BM", Name.Normal)
    mode = modes[0] if isinstance(modes, Array) and len(modes) else modes
    return "" if mode in {Name.Normal, Name.Compatible} else f"blend mode {str(mode)[1:]}"


def _coloured(space: Space, stroke: bool) -> Callable[[_Walk, Operands], None]:
    return lambda walk, operands: walk.colour(space, stroke, operands)


def _set(name: str) -> Callable[[_Walk, Operands], None]:
    return lambda walk, operands: walk.parameter(name, operands)


_ACTIONS: dict[str, Callable[[_Walk, Operands], None]] = {
    "q": _Walk.save,
    "Q": _Walk.restore,
    "cm": _Walk.move,
    "w": _Walk.width,
    "gs": _Walk.external,
    "g": _coloured(GRAY, stroke=False),
    "G": _coloured(GRAY, stroke=True),
    "rg": _coloured(RGB, stroke=False),
    "RG": _coloured(RGB, stroke=True),
    "k": _coloured(CMYK, stroke=False),
    "K": _coloured(CMYK, stroke=True),
    "cs": lambda walk, operands: walk.space(False, operands),
    "CS": lambda walk, operands: walk.space(True, operands),
    "sc": lambda walk, operands: walk.components(False, operands),
    "scn": lambda walk, operands: walk.components(False, operands),
    "SC": lambda walk, operands: walk.components(True, operands),
    "SCN": lambda walk, operands: walk.components(True, operands),
    "sh": _Walk.shade,
    "Do": _Walk.place,
    INLINE_IMAGE: _Walk.inline,
    "BT": _Walk.begin,
    "Tf": _Walk.font,
    "Tm": _Walk.set_matrix,
    "Td": _Walk.next_line,
    "TD": _Walk.next_line_led,
    "T*": _Walk.new_line,
    "Tc": _set("character"),
    "Tw": _set("word"),
    "TL": _set("lead"),
    "Ts": _set("rise"),
    "Tz": _Walk.stretch,
    "Tr": _Walk.render_mode,
    "Tj": _Walk.show,
    "TJ": _Walk.show,
    "'": _Walk.show_next,
    '"': _Walk.show_next_spaced,
}
