"""The colours of the stylesheets can be read: WCAG 2.2, contrast 4.5 for text and 3 for edges and outlines."""

from __future__ import annotations

import pytest

from sitegen.build.themes.palette import SHAPES, TEXT, contrast, palettes
from tests.theme.sample import THEMES

SHEETS = {"hearth": ("hearth",), "gallery": ("hearth", "gallery")}
NAMES = {"hearth": "site.css", "gallery": "gallery.css"}


@pytest.fixture(scope="module", params=["hearth", "gallery"])
def schemes(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    """The colours of a theme's light and dark scheme by name, as "#RRGGBB"."""
    files = (THEMES / theme / "static" / NAMES[theme] for theme in SHEETS[request.param])
    return palettes({file.name: file.read_text("utf-8") for file in files})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read_on_its_ground(schemes: dict[str, dict[str, str]], scheme: str, front: str, back: str) -> None:
    assert contrast(schemes[scheme][front], schemes[scheme][back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_edges_and_outlines_stand_out_from_their_ground(
    schemes: dict[str, dict[str, str]], scheme: str, front: str, back: str
) -> None:
    assert contrast(schemes[scheme][front], schemes[scheme][back]) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFF"), 2) == 4.48


def test_a_scheme_holds_what_the_cascade_leaves() -> None:
    dark = "@media (prefers-color-scheme: dark) { :root { --ink: #FFFFFF } }"
    first = f"@layer tokens {{ :root {{ --ink: #000000; --back: var(--ink) }} {dark} }}"
    later = ":root { --edge: #123 } @media print { :root { --ink: #111111 } }"
    assert palettes({"a.css": first, "b.css": later}) == {
        "light": {"ink": "#000000", "back": "#000000", "edge": "#123"},
        "dark": {"ink": "#FFFFFF", "back": "#FFFFFF", "edge": "#123"},
    }
    assert (
        palettes({"a.css": later, "b.css": first.replace("--ink: #FFFFFF", "--edge: #FFFFFF")})["dark"]["edge"]
        == "#123"
    )
