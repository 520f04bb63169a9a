"""Take HTML, XML and SVG apart: what is read as running text, and what stands in attributes and comments."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

TAG = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<!\[CDATA\[(?P<data>.*?)\]\]>"
    r"|<(?:/|[?!])?(?P<name>[a-zA-Z][^\s/<>]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
INSIDE_WORDS = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "time", "tspan", "u", "var", "wbr"}
)
"""Elements that do not part two words."""
PROSE = frozenset({"alt", "title", "content", "aria-label", "placeholder", "label", "summary"})
"""Attributes that hold sentences, not names."""


@dataclass(frozen=True, slots=True)
class Markup:
    """`text` reads as a person would read it, pictures by their description; `asides` are comments and attributes.

    `names` are the values of the attributes that hold no sentence.
    """

    text: str
    asides: tuple[str, ...]
    names: tuple[str, ...]


def take_apart(source: str) -> Markup:
    """The parts of a document; what is not well-formed counts as text, so nothing is passed over."""
    pieces: list[str] = []
    asides: list[str] = []
    names: list[str] = []
    end = 0
    for found in TAG.finditer(source):
        pieces.append(source[end : found.start()])
        end = found.end()
        name, attributes = found["name"], found["attributes"]
        if name is None:
            asides.append(found["comment"] or found["data"] or "")
            pieces.append(" ")
            continue
        if name.lower() not in INSIDE_WORDS:
            pieces.append(" ")
        if attributes and "=" in attributes:
            pieces.append(_attributes(attributes, asides, names))
    pieces.append(source[end:])
    return Markup(html.unescape("".join(pieces)), tuple(map(html.unescape, asides)), tuple(map(html.unescape, names)))


def _attributes(attributes: str, asides: list[str], names: list[str]) -> str:
    """What the attributes add to the running text; the rest goes into the lists."""
    shown = ""
    for name, double, single, bare in ATTRIBUTE.findall(attributes):
        value = double or single or bare
        if name == "alt":
            shown += f" {value} "
        elif name in PROSE:
            asides.append(value)
        elif value:
            names.append(value)
    return shown
