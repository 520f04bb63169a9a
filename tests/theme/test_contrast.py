"""The colours of the stylesheet can be read: WCAG 2.2, contrast 4.5 for text and 3 for edges and outlines."""

from __future__ import annotations

import re

import pytest

from sitegen.model.theme import Theme

TEXT = [
    ("ink", "ground"),
    ("ink", "raised"),
    ("ink", "sunk"),
    ("ink-soft", "ground"),
    ("ink-soft", "raised"),
    ("ink-soft", "sunk"),
    ("heading", "ground"),
    ("heading", "raised"),
    ("heading", "sunk"),
    ("accent", "ground"),
    ("accent", "raised"),
    ("link", "ground"),
    ("link", "raised"),
    ("link", "sunk"),
    ("on-button", "button"),
    ("on-strip", "strip"),
]
SHAPES = [("edge", "ground"), ("edge", "raised"), ("accent", "ground"), ("accent", "raised"), ("ochre", "strip")]


@pytest.fixture(scope="module", params=["light", "dark"])
def colours(request: pytest.FixtureRequest, theme: Theme) -> dict[str, str]:
    """The colours of one scheme by name, as "#RRGGBB"."""
    tokens = theme.static["static/site.css"].decode().partition("@layer base {")[0]
    light, _, dark = tokens.partition("@media (prefers-color-scheme: dark)")
    values = declared(light) | (declared(dark) if request.param == "dark" else {})
    return {name: values.get(value.removeprefix("var(--").removesuffix(")"), value) for name, value in values.items()}


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read_on_its_ground(colours: dict[str, str], front: str, back: str) -> None:
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_edges_and_outlines_stand_out_from_their_ground(colours: dict[str, str], front: str, back: str) -> None:
    assert contrast(colours[front], colours[back]) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


def declared(css: str) -> dict[str, str]:
    """Custom properties that are one colour or point to one."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6}|var\(--[a-z-]+\));", css))


def contrast(front: str, back: str) -> float:
    """The contrast ratio of two colours. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lighter, darker = sorted((luminance(front), luminance(back)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of "#RRGGBB", 0 to 1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(channel: float) -> float:
    """One channel of sRGB without its gamma."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
