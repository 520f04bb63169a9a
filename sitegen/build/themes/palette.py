"""Measure whether the colours of a theme can be read, by the contrast that WCAG 2.2 asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import tinycss2

from sitegen.build.themes.finding import Finding, bad
from sitegen.content.theme_folders import Laid
from sitegen.model.theme import Theme

TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0
TEXT = (
    *((front, back) for front in ("ink", "ink-soft", "heading", "link") for back in ("ground", "raised", "sunk")),
    ("accent", "ground"),
    ("accent", "raised"),
    ("on-button", "button"),
    ("on-strip", "strip"),
)
"""What is written on what, by the names of custom properties."""
SHAPES = (("edge", "ground"), ("edge", "raised"), ("accent", "ground"), ("accent", "raised"), ("ochre", "strip"))
"""Edges of fields and outlines of what has the focus, on what they stand."""
SHEETS = "static/"
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
POINTS_TO = re.compile(r"var\(\s*--([\w-]+)\s*\)")


def check_palette(laid: Laid, theme: Theme) -> Iterator[Finding]:
    """Each pair of colours that is too near to each other, in light and in dark."""
    sheets = _sheets(laid, theme)
    for scheme, colours in palettes(sheets).items():
        for pairs, least in ((TEXT, TEXT_RATIO), (SHAPES, SHAPE_RATIO)):
            for front, back in pairs:
                if front in colours and back in colours:
                    ratio = contrast(colours[front], colours[back])
                    if ratio < least:
                        message = f"--{front} on --{back} has a contrast of {ratio:.2f} in the {scheme} colours"
                        hint = f"it takes {least:g}: make one of {colours[front]} and {colours[back]} darker or lighter"
                        yield bad(_last(laid, sheets), "contrast", message, hint)


def palettes(sheets: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The custom properties of :root that are plain colours, by name, of the light and the dark scheme."""
    found = [rule for sheet in sheets.values() for rule in _rules(_parsed(sheet), _Where())]
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    # What stands in no layer overrules what stands in one, wherever it stands.
    for where, said in sorted(found, key=lambda rule: not rule[0].in_layer):
        dark.update(said)
        if not where.in_dark:
            light.update(said)
    return {"light": _colours(light), "dark": _colours(dark)}


def contrast(front: str, back: str) -> float:
    """The contrast ratio of two colours like "#RRGGBB". https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((luminance(front), luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance, 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """One channel of sRGB without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _sheets(laid: Laid, theme: Theme) -> dict[str, str]:
    """The stylesheets of the pages: the parents' first, as a child's page loads them."""
    paths = [path for path in theme.static if path.startswith(SHEETS) and path.endswith(".css")]
    order = {folder.name: number for number, folder in enumerate(reversed(laid.folders))}
    return {path: laid.text(path) for path in sorted(paths, key=lambda path: (order[laid.top[path].name], path))}


def _last(laid: Laid, sheets: Mapping[str, str]) -> str:
    """The sheet that decides: the last one that says a colour at all."""
    saying = [path for path, sheet in sheets.items() if any(palettes({path: sheet})["dark"])]
    return laid.label(saying[-1])


@dataclass(frozen=True, slots=True)
class _Where:
    """Inside what a rule stands."""

    in_layer: bool = False
    in_dark: bool = False


def _rules(rules: list[Any], where: _Where) -> Iterator[tuple[_Where, dict[str, str]]]:
    """What each rule for :root says, but for paper."""
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in {"layer", "media"}:
            asked = tinycss2.serialize(rule.prelude)
            if "print" not in asked:
                in_dark = where.in_dark or "prefers-color-scheme: dark" in asked
                yield from _rules(_inside(rule), _Where(where.in_layer or rule.lower_at_keyword == "layer", in_dark))
        elif rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root":
            properties = (one for one in _inside(rule) if _is_property(one))
            yield where, {one.name[2:]: tinycss2.serialize(one.value).strip() for one in properties}


def _parsed(sheet: str) -> list[Any]:
    return list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _inside(rule: Any) -> list[Any]:
    return list(tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True))


def _is_property(node: Any) -> bool:
    return bool(node.type == "declaration" and node.name.startswith("--"))


def _colours(said: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in said.items():
        pointed = POINTS_TO.fullmatch(value)
        colour = said.get(pointed[1], "") if pointed else value
        if HEX.fullmatch(colour):
            found[name] = colour.upper()
    return found
