"""What makes a design's pictures unfit for print: too few pixels, colours for screens, and doubts about fine lines."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import hypot
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from PIL import Image, UnidentifiedImageError

from sitegen.model.card import CardDesign
from sitegen.render.cards.colours import colours
from sitegen.render.cards.refusal import Doubt, Refused

FEWEST = 300
"""Pixels per inch of a picture at its printed size; below that eyes see the pixels."""
FEWEST_OF_LINES = 450
"""Pixels per inch below which the edges of drawings in pure black and white look stepped."""
RASTERS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff")
_INKS = frozenset({"1", "L", "LA", "La", "I", "I;16", "F", "CMYK"})
_PAINTED = ("fill", "stroke", "color", "stop-color", "flood-color", "lighting-color")
_STYLED = re.compile(r"(?:^|[;{\s])(" + "|".join(_PAINTED) + r")\s*:\s*([^;}]+)")
_STEP = re.compile(r"(matrix|scale)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*(mm|cm|in|pt|px|)\s*$")
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "": 25.4 / 96}
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A raster picture at its printed size in millimetres; `file` says where it stands."""

    file: str
    content: bytes
    width: float
    height: float


def unfit_art(design: CardDesign) -> Iterator[Refused]:
    """Pictures with fewer than FEWEST pixels per inch, pictures and drawings in RGB, files that are no pictures.

    The size of a picture that card.html or card.css place is known only when it is set: the preflight measures it.
    """
    for name, content in sorted(design.files.items()):
        if name.lower().endswith(RASTERS):
            yield from _screen_picture(name, content)
        elif name.lower().endswith(".svg"):
            yield from _screen_drawing(name, content)
    for picture in _placed(design):
        if (found := _fineness(picture)) and found[0] < FEWEST:
            why = f"{picture.file} has {found[0]:.0f} pixels per inch at its size, under {FEWEST}"
            advice = f"use a picture of at least {_wanted(picture, FEWEST)} pixels, or draw it as SVG"
            yield Refused(0, "", "", why, advice)


def doubtful_art(design: CardDesign) -> Iterator[Doubt]:
    """Drawings in pure black and white with fewer than FEWEST_OF_LINES pixels per inch."""
    for picture in _placed(design):
        found = _fineness(picture)
        if found and found[1] == "1" and FEWEST <= found[0] < FEWEST_OF_LINES:
            why = f"{picture.file} has {found[0]:.0f} pixels per inch, and lines want {FEWEST_OF_LINES}"
            yield Doubt(picture.file, why, f"use {_wanted(picture, FEWEST_OF_LINES)} pixels, or draw it as SVG")


def _screen_picture(name: str, content: bytes) -> Iterator[Refused]:
    try:
        with Image.open(BytesIO(content)) as image:
            mode = image.mode
    except (UnidentifiedImageError, OSError):
        yield Refused(0, "", "", f"{name} is broken", "save the picture again as PNG, TIFF or JPEG")
        return
    if mode not in _INKS:
        advice = "convert it to CMYK with the print house's profile and save it as TIFF or JPEG"
        yield Refused(0, "", "", f"{name} is a picture for screens (RGB)", advice)


def _screen_drawing(name: str, content: bytes) -> Iterator[Refused]:
    root = _drawing(content)
    if root is None:
        yield Refused(0, "", "", f"{name} is broken", "save the drawing again as SVG")
        return
    seen = set()
    for value in (value for element in root.iter() for value in _painted(element)):
        for colour in colours(value):
            if not colour.inks and colour.written not in seen:
                seen.add(colour.written)
                line = content.count(b"\n", 0, max(0, content.find(colour.written.encode()))) + 1
                why = f"{name}: line {line}: '{colour.written}' is a colour for screens (RGB)"
                yield Refused(0, "", "", why, "write it as device-cmyk(...): a press has inks only")


def _painted(element: ET.Element) -> Iterator[str]:
    """The values of an element that are colours; a style element holds those of its rules."""
    yield from (element.attrib[name] for name in _PAINTED if name in element.attrib)
    style = element.attrib.get("style", "") + ((element.text or "") if element.tag.endswith("}style") else "")
    yield from (value for _, value in _STYLED.findall(style))


def _placed(design: CardDesign) -> Iterator[_Picture]:
    """The raster pictures whose size is known: art of a whole side, and what stands in its drawings."""
    width, height = design.width + 2 * design.bleed, design.height + 2 * design.bleed
    for name in dict.fromkeys(design.art.values()):
        content = design.files.get(name, b"")
        if name.lower().endswith(RASTERS):
            yield _Picture(name, content, width, height)
        elif (root := _drawing(content)) is not None:
            yield from _embedded(design, name, root, _unit(root, width))


def _embedded(design: CardDesign, file: str, element: ET.Element, unit: float) -> Iterator[_Picture]:
    """The pictures below `element`, whose user units are `unit` millimetres."""
    unit *= _scale(element.attrib.get("transform", ""))
    if element.tag.rpartition("}")[2] == "image":
        link = next((element.attrib[name] for name in _LINKS if name in element.attrib), "")
        sizes = [_LENGTH.match(element.attrib.get(side, "")) for side in ("width", "height")]
        if (content := _linked(design, file, link)) and sizes[0] and sizes[1]:
            width, height = (float(size[1]) * unit for size in sizes if size)
            yield _Picture(f"{file}: a picture in it", content, width, height)
    for child in element:
        yield from _embedded(design, file, child, unit)


def _linked(design: CardDesign, file: str, link: str) -> bytes:
    if link.startswith("data:"):
        _, _, coded = link.partition(";base64,")
        return b64decode(coded) if coded else b""
    return design.files.get(str(PurePosixPath(file).parent / unquote(link)), b"")


def _drawing(content: bytes) -> ET.Element | None:
    try:
        return ET.fromstring(content)  # noqa: S314 - the theme's own file, which the typesetter parses the same way
    except ET.ParseError:
        return None


def _unit(root: ET.Element, printed: float) -> float:
    """Millimetres of a user unit when the drawing is printed `printed` millimetres wide."""
    box = root.attrib.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4 and float(box[2]):
        return printed / float(box[2])
    width = _LENGTH.match(root.attrib.get("width", ""))
    drawn = float(width[1]) * _MILLIMETRES[width[2]] if width else 0.0
    return _MILLIMETRES["px"] * (printed / drawn if drawn else 1.0)


def _scale(transform: str) -> float:
    """By how much a transform enlarges, at most; turns and moves don't."""
    factor = 1.0
    for kind, numbers in _STEP.findall(transform):
        values = [float(number) for number in _NUMBER.findall(numbers)]
        if kind == "scale" and values:
            factor *= max(map(abs, values))
        elif len(values) == 6:
            factor *= max(hypot(*values[:2]), hypot(*values[2:4]))
    return factor


def _fineness(picture: _Picture) -> tuple[float, str] | None:
    """Pixels per inch, the fewer of both directions, and the kind of pixels; None for what is no picture."""
    try:
        with Image.open(BytesIO(picture.content)) as image:
            across, down, mode = *image.size, image.mode
    except (UnidentifiedImageError, OSError):
        return None
    return min(across / picture.width, down / picture.height) * 25.4, mode


def _wanted(picture: _Picture, fineness: int) -> str:
    return " x ".join(f"{length / 25.4 * fineness:.0f}" for length in (picture.width, picture.height))
