"""What makes a design's style and template unfit for print: screen colours, rich black text, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2

from sitegen.model.card import CardDesign
from sitegen.render.cards.colours import colours
from sitegen.render.cards.refusal import Refused

_COLOURED = re.compile(r"(?:^|-)(?:color|fill|stroke|background|border|outline|shadow|decoration|image|rule)(?:-|$)")
_STYLED = re.compile(r"""style\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LINK = re.compile(r"<a\s[^>]*href|<area\s", re.IGNORECASE)


def unfit_style(design: CardDesign) -> Iterator[Refused]:
    """Colours of card.css and card.html that are no inks, text in rich black, links (they would be annotations)."""
    yield from _unfit(design.style, "card.css")
    for double, single in _STYLED.findall(design.template):
        yield from _unfit(f"inline {{ {double or single} }}", "card.html")
    if found := _LINK.search(design.template):
        advice = "write the address as plain text; paper has no links"
        yield Refused(0, "", "", f"card.html: '{found[0]}...' is a link", advice)


def _unfit(style: str, file: str) -> Iterator[Refused]:
    for name, value in _declarations(style):
        for colour in colours(value):
            # No line: the base's style stands before the design's own, and a line of both together misleads.
            place = f"{file}: '{name}: {colour.written}'"
            if not colour.inks:
                advice = "write it as device-cmyk(...): a press has inks only"
                yield Refused(0, "", "", f"{place} is a colour for screens (RGB)", advice)
            elif name == "color" and colour.is_rich_black:
                advice = "write device-cmyk(0 0 0 1) for black text"
                yield Refused(0, "", "", f"{place} is black of several inks, and text needs one", advice)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """Name and value of each declaration that can hold a colour, in nested rules too."""
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type in {"qualified-rule", "at-rule"} and rule.content:
            yield from _inside(rule.content)


def _inside(content: list[tinycss2.ast.Node]) -> Iterator[tuple[str, str]]:
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration" and _COLOURED.search(part.lower_name):
            yield part.lower_name, tinycss2.serialize(part.value).strip()
        elif part.type in {"qualified-rule", "at-rule"} and part.content:
            yield from _inside(part.content)
