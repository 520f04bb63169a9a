"""Take HTML, XML and SVG apart: what is read as running text, and what stands in attributes and comments."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

INSIDE = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
DATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
PICTURE = re.compile(rf"""<[a-zA-Z][^\s<>]*\s(?:{INSIDE}\s)?alt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)){INSIDE}>""")
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|time|tspan|u|var|wbr)"
    rf"(?:\s{INSIDE})?>",
    re.IGNORECASE,
)
"""Elements that do not part two words."""
TAG = re.compile(rf"<[/?!]?[a-zA-Z]{INSIDE}>")
ATTRIBUTE = re.compile(r"""\s([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
PROSE = frozenset({"alt", "title", "content", "aria-label", "placeholder", "label", "summary"})
"""Attributes that hold sentences, not names."""


@dataclass(frozen=True, slots=True)
class Markup:
    """`text` reads as a person would read it, pictures by their description; `asides` are comments and attributes.

    `names` are the values of the attributes that hold no sentence.
    """

    text: str
    asides: str
    names: tuple[str, ...]


def take_apart(source: str) -> Markup:
    """The parts of a document; what is not well-formed counts as text, so nothing is passed over."""
    asides = COMMENT.findall(source) if "<!--" in source else []
    shown = COMMENT.sub(" ", source) if asides else source
    shown = DATA.sub(r" \1 ", shown) if "<![" in shown else shown
    names: set[str] = set()
    for name, double, single, bare in ATTRIBUTE.findall(shown):
        value = double or single or bare
        if name in PROSE:
            asides.append(value)
        else:
            names.add(value)
    # Each of them is one pass in C; to walk from tag to tag would take four times as long.
    shown = PICTURE.sub(r" \1\2\3 ", shown) if "alt" in shown else shown
    shown = TAG.sub(" ", INLINE.sub("", shown))
    return Markup(html.unescape(shown), html.unescape("\n".join(asides)), tuple(map(html.unescape, sorted(names))))
