"""Read colours: which inks a colour of a PDF becomes, or why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pikepdf
from pikepdf import Array, Name


class Family(StrEnum):
    """Kinds of colour spaces, by what a press can do with them."""

    GRAY = "gray"
    CMYK = "cmyk"
    RGB = "RGB"
    CALIBRATED = "calibrated"
    SPOT = "spot"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space. `name` is the spot colour's, or says more of a calibrated one."""

    family: Family
    components: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as it was set; `pattern` is the resource's name where it is a pattern."""

    space: Space
    values: tuple[float, ...]
    pattern: str = ""


GRAY = Space(Family.GRAY, 1)
RGB = Space(Family.RGB, 3)
CMYK = Space(Family.CMYK, 4)
BLACK = Colour(GRAY, (0.0,))
_UNKNOWN = Space(Family.UNKNOWN, 0)
_PATTERN = Space(Family.PATTERN, 0)
_SIMPLE = {
    "/DeviceGray": GRAY,
    "/G": GRAY,
    "/CalGray": GRAY,
    "/DeviceRGB": RGB,
    "/RGB": RGB,
    "/DeviceCMYK": CMYK,
    "/CMYK": CMYK,
    "/Pattern": _PATTERN,
    "/CalRGB": Space(Family.CALIBRATED, 3, "CalRGB"),
    "/Lab": Space(Family.CALIBRATED, 3, "Lab"),
}
_DEPTH = 4


def space_of(written: pikepdf.Object | None, resources: pikepdf.Object | None, depth: int = 0) -> Space:
    """The colour space that `written` (a name or an array) stands for, in a content stream with these resources."""
    if written is None or depth > _DEPTH:
        return _UNKNOWN
    if isinstance(written, Array):
        return _of_array(written, resources, depth)
    if not isinstance(written, Name):
        return _UNKNOWN
    name = str(written)
    if name in {"/DeviceRGB", "/RGB"} and (default := named(resources, "/ColorSpace", "/DefaultRGB")) is not None:
        return space_of(default, None, depth + 1)
    if name in _SIMPLE:
        return _SIMPLE[name]
    return space_of(named(resources, "/ColorSpace", name), resources, depth + 1)


def named(resources: pikepdf.Object | None, kind: str, name: str) -> pikepdf.Object | None:
    """The resource of that kind and name, or None."""
    if not isinstance(resources, pikepdf.Dictionary):
        return None
    entries = resources.get(kind)
    return entries.get(name) if isinstance(entries, pikepdf.Dictionary) else None


def _of_array(written: Array, resources: pikepdf.Object | None, depth: int) -> Space:
    kind = str(written[0])
    if kind == "/ICCBased":
        return _profiled(int(written[1].get("/N", 0)))
    if kind in {"/Indexed", "/I"}:
        return space_of(written[1], resources, depth + 1)
    if kind in {"/Separation", "/DeviceN"}:
        names = (written[1],) if kind == "/Separation" else tuple(written[1])
        spot = ", ".join(str(name)[1:] for name in names)
        alternate = space_of(written[2], resources, depth + 1)
        family = Family.RGB if alternate.family is Family.RGB else Family.SPOT
        return Space(family, len(names), spot)
    return _SIMPLE.get(kind, _UNKNOWN)


def _profiled(components: int) -> Space:
    if components == 3:
        return Space(Family.CALIBRATED, 3, "a profile of its own")
    return {1: GRAY, 4: CMYK}.get(components, _UNKNOWN)


def initial(space: Space) -> Colour:
    """The colour of a space before one is set (PDF 1.6, 8.6.8)."""
    if space.family is Family.CMYK:
        return Colour(space, (0.0, 0.0, 0.0, 1.0))
    return Colour(space, ((1.0 if space.family is Family.SPOT else 0.0),) * space.components)


def inks(colour: Colour) -> tuple[float, float, float, float] | None:
    """Cyan, magenta, yellow and black from 0 to 1; None where it depends on the press (spot, calibrated, pattern)."""
    values = tuple(min(max(value, 0.0), 1.0) for value in colour.values)
    if colour.space.family is Family.GRAY and len(values) == 1:
        return 0.0, 0.0, 0.0, 1.0 - values[0]
    if colour.space.family is Family.CMYK and len(values) == 4:
        cyan, magenta, yellow, black = values
        return cyan, magenta, yellow, black
    return None


def is_mixed_black(colour: Colour) -> bool:
    """Whether the eye sees black where more than black ink prints: small type in it gets coloured rims.

    Black is what reflects at most a fifth of each light, reckoned simply: (1 - ink) times (1 - black).
    """
    mixed = inks(colour)
    if mixed is None:
        return False
    *coloured, black = mixed
    dark = all((1 - ink) * (1 - black) <= 0.2 for ink in coloured)
    return dark and max(coloured) > 0.005
