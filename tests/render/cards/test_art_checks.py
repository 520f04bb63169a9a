"""A design's pictures, colours and links are looked at before anything is printed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from sitegen.model.card import CardDesign, Side
from sitegen.render.cards.art_checks import doubtful_art, unfit_art
from sitegen.render.cards.colours import Colour, colours
from sitegen.render.cards.style_checks import unfit_style

WIDE, HIGH = 111 / 25.4, 154 / 25.4
"""Inches of the moon rabbit with its bleed."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 111 154">{}</svg>'


def _raster(fineness: float, mode: str, kind: str = "TIFF", inches: tuple[float, float] = (WIDE, HIGH)) -> bytes:
    content = BytesIO()
    across, down = (round(side * fineness) for side in inches)
    Image.new(mode, (across, down)).save(content, kind)
    return content.getvalue()


def _with(design: CardDesign, name: str, content: bytes) -> CardDesign:
    fonts = {path: font for path, font in design.files.items() if path.endswith(".ttf")}
    return replace(design, files={**fonts, name: content}, art={Side.FRONT: name})


def test_the_shipped_designs_have_nothing_to_refuse(designs: dict[str, CardDesign]) -> None:
    for name in ("moon-rabbit", "birthday-lantern"):
        assert [*unfit_art(designs[name]), *unfit_style(designs[name]), *doubtful_art(designs[name])] == []


def test_a_picture_of_300_pixels_per_inch_is_enough(design: CardDesign) -> None:
    assert list(unfit_art(_with(design, "front.tif", _raster(300.5, "CMYK")))) == []


def test_a_picture_of_150_pixels_per_inch_is_refused(design: CardDesign) -> None:
    (refused,) = unfit_art(_with(design, "front.tif", _raster(150, "CMYK")))
    assert (refused.record, refused.why) == (0, "front.tif has 150 pixels per inch at its size, under 300")
    assert "1311 x 1819 pixels" in refused.what_to_do


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_picture_for_screens_is_refused(design: CardDesign, mode: str) -> None:
    (refused,) = unfit_art(_with(design, "front.png", _raster(310, mode, "PNG")))
    assert refused.why == "front.png is a picture for screens (RGB)"


def test_a_picture_beside_the_art_is_looked_at_too(design: CardDesign) -> None:
    more = replace(design, files={**design.files, "stamp.png": _raster(10, "RGB", "PNG")})
    assert [one.why for one in unfit_art(more)] == ["stamp.png is a picture for screens (RGB)"]


@pytest.mark.parametrize("name", ["front.png", "front.svg"])
def test_a_broken_picture_is_refused(design: CardDesign, name: str) -> None:
    assert [one.why for one in unfit_art(_with(design, name, b"<svg"))] == [f"{name} is broken"]


def test_black_and_white_lines_under_450_raise_a_doubt_and_no_refusal(design: CardDesign) -> None:
    coarse = _with(design, "front.tif", _raster(400, "1"))
    assert list(unfit_art(coarse)) == []
    (doubt,) = doubtful_art(coarse)
    assert str(doubt).startswith("front.tif has 400 pixels per inch, and lines want 450\nhint: use 1967 x 2728 pixels")
    assert list(doubtful_art(_with(design, "front.tif", _raster(451, "1")))) == []
    assert list(doubtful_art(_with(design, "front.tif", _raster(400, "L")))) == []


@pytest.mark.parametrize(
    "drawing",
    [
        '<image width="20" height="20" href="{}"/>',
        '<g transform="translate(3 4) scale(2)"><image width="10" height="10" href="{}"/></g>',
        '<g transform="matrix(0 2 -2 0 5 5)"><image width="10" height="10" href="{}"/></g>',
    ],
    ids=["plain", "scaled", "turned"],
)
def test_a_picture_inside_a_drawing_is_measured_at_its_size(design: CardDesign, drawing: str) -> None:
    inch = (20 / 25.4, 20 / 25.4)
    data = "data:image/tiff;base64," + b64encode(_raster(150, "CMYK", inches=inch)).decode()
    (refused,) = unfit_art(_with(design, "front.svg", SVG.format(drawing.format(data)).encode()))
    assert refused.why == "front.svg: a picture in it has 150 pixels per inch at its size, under 300"
    fine = "data:image/tiff;base64," + b64encode(_raster(310, "CMYK", inches=inch)).decode()
    assert list(unfit_art(_with(design, "front.svg", SVG.format(drawing.format(fine)).encode()))) == []


@pytest.mark.parametrize(
    ("drawing", "colour"),
    [
        ('<path fill="#123456"/>', "#123456"),
        ('<path fill="none" stroke="red"/>', "red"),
        ('<path style="opacity:1;fill:rgb(1, 2, 3)"/>', "rgb(1, 2, 3)"),
        ("<style>.a { stroke: white }</style>", "white"),
        ('<linearGradient><stop stop-color="gold"/></linearGradient>', "gold"),
    ],
)
def test_a_colour_for_screens_in_a_drawing_is_refused(design: CardDesign, drawing: str, colour: str) -> None:
    (refused,) = unfit_art(_with(design, "front.svg", SVG.format("\n" + drawing).encode()))
    assert refused.why == f"front.svg: line 2: '{colour}' is a colour for screens (RGB)"


def test_inks_and_no_colour_at_all_are_welcome_in_a_drawing(design: CardDesign) -> None:
    drawing = '<path fill="device-cmyk(0 .2 .3 0)" stroke="none"/><path fill="url(#a)" stroke="currentColor"/>'
    assert list(unfit_art(_with(design, "front.svg", SVG.format(drawing).encode()))) == []


@pytest.mark.parametrize(
    ("style", "why"),
    [
        (".slot-name { color: #000 }", "'color: #000' is a colour for screens (RGB)"),
        ("p { border-bottom: 1pt solid black }", "'border-bottom: black' is a colour for screens (RGB)"),
        (":lang(zh) p { background: linear-gradient(red, device-cmyk(0 0 0 1)) }", "'background: red' is a colour"),
        ("@media print { p { color: navy } }", "'color: navy' is a colour for screens (RGB)"),
        ("p { color: device-cmyk(.6 .5 .5 1) }", "is black of several inks, and text needs one"),
        ("p { color: device-cmyk(70% 65% 65% 20%) }", "is black of several inks, and text needs one"),
    ],
)
def test_a_style_that_a_press_cannot_print_is_refused(design: CardDesign, style: str, why: str) -> None:
    (refused,) = unfit_style(replace(design, style=style))
    assert why in refused.why
    assert refused.why.startswith("card.css: ")


def test_a_colour_in_the_template_is_refused(design: CardDesign) -> None:
    (refused,) = unfit_style(replace(design, template='<p style="color: red; margin: 0">'))
    assert refused.why == "card.html: 'color: red' is a colour for screens (RGB)"


def test_a_link_in_the_template_is_refused(design: CardDesign) -> None:
    (refused,) = unfit_style(replace(design, template='{% call page("front") %}\n<a class="x" href="{{ card.link }}">'))
    assert refused.why == "card.html: '<a class=\"x\" href...' is a link"


def test_coloured_grounds_may_be_as_dark_as_they_like(design: CardDesign) -> None:
    assert list(unfit_style(replace(design, style="p { background: device-cmyk(.6 .5 .5 1) }"))) == []


def test_transparent_and_inherited_colours_are_none() -> None:
    assert list(colours("transparent currentColor none inherit 1pt solid")) == []
    assert list(colours("1pt solid device-cmyk(0 0 0 .5)")) == [Colour("device-cmyk(0 0 0 .5)", (0, 0, 0, 0.5))]
