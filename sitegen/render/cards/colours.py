"""Tell inks from the colours of screens in CSS and SVG values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tinycss2
from tinycss2.color5 import parse_color

_BLACK = 0.8
"""From this much black on, a colour is read as black: more inks below it are rich black."""
_HEAVY = 0.6
"""Cyan, magenta and yellow from here on make a black of their own."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it is written. `inks` are cyan, magenta, yellow and black from 0 to 1, () for a screen's colour."""

    written: str
    inks: tuple[float, ...]

    @property
    def is_rich_black(self) -> bool:
        """Whether it looks black and needs several inks: small text then gets coloured rims on the press."""
        if not self.inks:
            return False
        *coloured, black = self.inks
        return (black >= _BLACK and any(coloured)) or min(coloured) >= _HEAVY


def colours(value: str) -> Iterator[Colour]:
    """The colours in a CSS value or an SVG attribute; `transparent`, `currentColor` and `none` are none."""
    yield from _colours(tinycss2.parse_component_value_list(value))


def _colours(tokens: list[tinycss2.ast.Node]) -> Iterator[Colour]:
    for token in tokens:
        found = parse_color(token)
        if found is None:
            # A gradient or a shadow holds its colours inside.
            yield from _colours(getattr(token, "arguments", []))
        elif found != "currentcolor" and found.alpha > 0:
            inks = tuple(found.coordinates) if found.space == "device-cmyk" else ()
            yield Colour(token.serialize(), inks)
