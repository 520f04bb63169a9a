"""Turn what matplotlib draws into a picture for a page: classes instead of styles, its own ids, the true words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
INK, SOFT, GRID, EDGE, GROUND = "#2b2320", "#64574f", "#dccdb4", "#8a7660", "#fffdf8"
SERIES = ("#2f3e63", "#b5432e", "#9a6b12", "#5b6b4e", "#8a5a3c", "#3f6f78")
"""The colours of paper. Each means one thing, so that a stylesheet can put another in its place."""
NAMES = {INK: "ink", SOFT: "soft", GRID: "grid", EDGE: "edge", GROUND: "ground"} | {
    colour: str(number) for number, colour in enumerate(SERIES, 1)
}
LEFT_OUT = frozenset({"font-family", "stroke-miterlimit", "stroke-linejoin"})
FACES = "Alegreya Sans, Segoe UI, PingFang SC, Noto Sans CJK SC, sans-serif"
"""The faces of a picture that nobody styles; paper has others."""
ON_TOP = "h"
"""What a text's token begins with that may lie upon lines and bars: a stylesheet may give it a seam (`halo`)."""
STANDS_STILL = re.compile(r"rotate\(-?0[ )]")
SHORT = re.compile(r"-?\d+\.\d{2,}")
OWN = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Told:
    """What a picture says to who can't see it; `key` begins all its ids."""

    key: str
    title: str
    says: str


def painted(drawn: str, told: Told, words: Sequence[str]) -> str:
    """The drawing as an element for a page. A text "t3" in it becomes words[3], "h3" the same on top of all."""
    drawing = ET.fromstring(drawn)  # noqa: S314 - we drew it ourselves
    whole = ET.Element("svg", _of_whole(drawing, told))
    ET.SubElement(whole, "title", {"id": f"{told.key}-title"}).text = told.title
    ET.SubElement(whole, "desc", {"id": f"{told.key}-says"}).text = told.says
    names = {each.get("id", ""): f"{told.key}-{number}" for number, each in enumerate(_named(drawing), 1)}
    for child in drawing:
        _add(whole, child, names, words)
    return ET.tostring(whole, encoding="unicode")


def _of_whole(drawing: ET.Element, told: Told) -> dict[str, str]:
    return {
        "xmlns": SVG[1:-1],
        "viewBox": drawing.get("viewBox", ""),
        "role": "img",
        "aria-labelledby": f"{told.key}-title {told.key}-says",
        "font-family": FACES,
    }


def _named(drawing: ET.Element) -> list[ET.Element]:
    """What others refer to: markers and hatches. matplotlib names every group too, which nobody needs."""
    asked = {one.get(LINK, "")[1:] for one in drawing.iter()}
    for one in drawing.iter():
        for value in one.attrib.values():
            asked |= set(OWN.findall(value))
    return [one for one in drawing.iter() if one.get("id") in asked and not one.tag.endswith("clipPath")]


def _add(to: ET.Element, one: ET.Element, names: dict[str, str], words: Sequence[str]) -> None:
    tag = one.tag.removeprefix(SVG)
    if tag in ("metadata", "style", "clipPath"):
        return
    attributes = _attributes(one, names)
    if tag == "path" and "id" in attributes:
        # In what `use` repeats, no rule matches that begins outside of it; so each use gives it its colours.
        attributes = {name: value for name, value in attributes.items() if name not in ("class", "fill", "stroke")}
    if tag == "g" and not attributes:
        for child in one:
            _add(to, child, names, words)
        return
    if tag == "defs" and not any(child.get("id") in names for child in one):
        return
    made = ET.SubElement(to, tag, attributes)
    if tag == "text":
        token = one.text or ""
        made.text = words[int(token[1:])]
        if token.startswith(ON_TOP):
            made.set("class", f"{made.get('class', '')} halo")
            made.set("paint-order", "stroke")
    for child in one:
        _add(made, child, names, words)
    if tag == "g" and not len(made):
        to.remove(made)


def _attributes(one: ET.Element, names: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in one.attrib.items():
        if name == "id":
            found |= {"id": names[value]} if value in names else {}
        elif name == LINK:
            found["href"] = f"#{names[value[1:]]}"
        elif name not in ("style", "clip-path") and not STANDS_STILL.match(value):
            found[name.removeprefix(SVG)] = value
    declared = (part.partition(":") for part in one.get("style", "").split(";") if part)
    found |= {name.strip(): value.strip() for name, _, value in declared if name.strip() not in LEFT_OUT}
    classes = [f"{kind}-{NAMES[found[kind]]}" for kind in ("fill", "stroke") if found.get(kind, "") in NAMES]
    if classes:
        found["class"] = " ".join(classes)
    return {name: _value(value, names) for name, value in found.items()}


def _value(value: str, names: dict[str, str]) -> str:
    own = OWN.sub(lambda match: f"url(#{names[match[1]]})", value).removesuffix("px")
    return SHORT.sub(lambda match: f"{float(match[0]):.1f}".removesuffix(".0"), " ".join(own.split()))
