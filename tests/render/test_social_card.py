"""A title is set in the theme's fonts on its ground: whole, balanced, and never beyond its box."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem
from sitegen.model.picture import SOCIAL_SIZE, Lettering, SocialCard, SocialStyle
from sitegen.render import social_card
from tests.render.photographs import opened, saved

THEMES = Path(__file__).parents[2] / "themes"


@cache
def hearth() -> SocialStyle:
    problems: list[Problem] = []
    style = read_theme(THEMES / "hearth", THEMES.parent, problems).social
    assert style
    return style


def drawn(title: str, below: str = "The Small Loom", style: SocialStyle | None = None) -> Image.Image:
    (content,) = social_card.made(style or hearth(), [SocialCard("0" * 64, title, below)])
    return opened(content).convert("RGB")


def written_in(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The box of all that differs from the bare ground."""
    with Image.open(io.BytesIO(hearth().ground)) as ground:
        difference = ImageChops.difference(picture, ground.convert("RGB")).convert("L")
    # The palette may move a colour by a little.
    return difference.point(lambda level: 255 if level > 24 else 0).getbbox()


def inside(box: tuple[int, int, int, int] | None, lettering: Lettering, over: int = 0) -> bool:
    assert box
    left, top, right, bottom = box
    x, y = lettering.x, lettering.y
    return (
        x - 4 <= left and y - over <= top and right <= x + lettering.width + 4 and bottom <= y + lettering.height + over
    )


def test_a_card_has_the_size_that_is_shown_largest_and_weighs_little() -> None:
    (content,) = social_card.made(hearth(), [SocialCard("0" * 64, "A table for the moon", "The Small Loom")])
    assert opened(content).size == SOCIAL_SIZE
    assert len(content) < 60_000


def test_the_ground_is_a_picture_of_that_size() -> None:
    assert opened(hearth().ground).size == SOCIAL_SIZE


@pytest.mark.parametrize(
    "title",
    ["Tea", "A table for the moon", "中秋月色下的一桌茶点，与我们一起赏月", "Łukasz’s “winter” weavers", "Linen 亚麻"],
)
def test_a_title_stands_in_its_box_as_large_as_it_fits(title: str) -> None:
    assert inside(written_in(drawn(title, "")), hearth().title)
    assert social_card.fits(title, hearth().title)


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("aWg中月，。 –(）ÄŁ…&"), min_size=1, max_size=160))
def test_no_title_ever_leaves_its_box(title: str) -> None:
    box = written_in(drawn(title, ""))
    # A descender of the last line may reach below it by a hair.
    assert box is None or inside(box, hearth().title, over=14)


def test_a_title_that_is_too_long_ends_with_a_sign_and_one_long_word_is_broken() -> None:
    long = "about the moon above the roofs of Suzhou and the linen that grows softer for thirty years " * 6
    assert not social_card.fits(long, hearth().title)
    assert social_card.fits("Donaudampfschifffahrtsgesellschaftskapitänsmütze", hearth().title)
    assert inside(written_in(drawn(long, "")), hearth().title, over=14)


def test_lines_are_about_equally_long_and_no_stop_begins_one() -> None:
    lines = social_card.set_in("A table for the moon", hearth().title).lines
    assert lines == ("A table for", "the moon")
    chinese = social_card.set_in("中秋月色下的一桌茶点，与我们一起赏月。" * 2, hearth().title).lines
    assert len(chinese) > 2
    assert not any(line[0] in "，。" for line in chinese)


def test_a_script_that_no_font_has_makes_way_for_the_shop_and_signs_are_left_out() -> None:
    assert drawn("قهوة مع القمر").tobytes() == drawn("The Small Loom", "").tobytes()
    assert drawn("Tea ☕️ 🌙 time").tobytes() == drawn("Tea time").tobytes()
    assert written_in(drawn("قهوة", "")) is None


def test_equal_cards_have_equal_bytes_whatever_was_drawn_before() -> None:
    cards = [SocialCard("0" * 64, title, "The Small Loom") for title in ("One", "亚麻", "Two words")]
    together = list(social_card.made(hearth(), cards))
    assert together == [next(social_card.made(hearth(), [card])) for card in cards]


def test_a_ground_in_full_colours_serves_too() -> None:
    ground = Image.linear_gradient("L").resize(SOCIAL_SIZE).convert("RGB")
    picture = drawn("Tea", "", replace(hearth(), ground=saved(ground, "PNG")))
    assert (picture.size, len(picture.getcolors(10_000) or ())) > (SOCIAL_SIZE, 60)
