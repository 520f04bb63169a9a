"""What a content stream does, one thing after the other, and the state in which it does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import pikepdf
from pikepdf import Matrix

from sitegen.render.cards.preflight.colours import BLACK, Colour, Space
from sitegen.render.cards.preflight.faces import Face
from sitegen.render.cards.preflight.finding import Edges


@dataclass(slots=True)
class State:
    """The graphics state, as far as it matters here. `font` is the resource's name and the face, None before Tf."""

    matrix: Matrix
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    overprint: bool = False
    font: tuple[str, Face] | None = None
    size: float = 0.0
    character: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    lead: float = 0.0
    rise: float = 0.0
    mode: int = 0

    def twin(self) -> State:
        """A copy to be changed; copy.copy takes ten times as long."""
        return State(
            self.matrix, self.fill, self.stroke, self.width, self.overprint, self.font, self.size, self.character,
            self.word, self.scale, self.lead, self.rise, self.mode,
        )  # fmt: skip

    def look(self) -> tuple[object, ...]:
        """What a form takes over from whoever draws it, apart from the place."""
        font = (self.font[1].name, self.size) if self.font else None
        text = (font, self.mode, self.scale, self.rise, self.character, self.word)
        return self.fill, self.stroke, self.width, self.overprint, text


@dataclass(frozen=True, slots=True)
class Text:
    """A shown string. `box` is its ink on the page, None where it has none; `size` in points of the page.

    `colours` are those it is painted in, () for invisible text; `missing` the codes that have no glyph.
    """

    font: str
    face: Face
    box: Edges | None
    size: float
    colours: tuple[Colour, ...]
    overprint: bool
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paint:
    """A filled or stroked path; `width` is a stroke's, in points of the page, else None."""

    colour: Colour
    width: float | None
    overprint: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in the unit square of `matrix`; `name` is "" for one that stands in the content itself."""

    name: str
    image: pikepdf.Object
    matrix: Matrix
    space: Space
    fill: Colour


@dataclass(frozen=True, slots=True)
class Form:
    """Another content stream, to be walked through with this state."""

    name: str
    stream: pikepdf.Object
    state: State


@dataclass(frozen=True, slots=True)
class Tile:
    """A pattern or a shading that something is painted with."""

    name: str
    pattern: pikepdf.Object


@dataclass(frozen=True, slots=True)
class Blend:
    """A graphics state that lets what lies below shine through."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the content asks for and the file does not have."""

    what: str


Event: TypeAlias = Text | Paint | Picture | Form | Tile | Blend | Fault
