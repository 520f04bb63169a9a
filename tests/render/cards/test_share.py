"""A campaign's picture for sharing shows its card and nobody's name."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from sitegen.model.card import CardDesign
from sitegen.render.cards import pictures
from sitegen.render.cards.blanking import public
from sitegen.render.cards.share import MOST, SQUARE, WIDE, Said, _balanced, _colours, contrast, share_image
from tests.render.cards.conftest import INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_file

SAID = Said("A quiet Mid-Autumn wish", "Lantern & Loom", "en")


@pytest.fixture(scope="module")
def front(design: CardDesign) -> bytes:
    return print_file(public(pressed(design)[0], LATIN), (LATIN,), "Sample", INSTANT).pdf


@pytest.mark.parametrize("size", [WIDE, SQUARE])
def test_it_has_the_size_that_previews_ask_for(front: bytes, design: CardDesign, size: tuple[int, int]) -> None:
    made = share_image(front, SAID, size, pressed(design)[0])
    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", size)
    assert len(made) <= MOST
    assert share_image(front, SAID, size, pressed(design)[0]) == made


def test_the_words_change_the_picture(front: bytes, design: CardDesign) -> None:
    press = pressed(design)[0]
    other = Said("Another <b>title</b>", "Lantern & Loom", "en")
    assert share_image(front, other, WIDE, press) != share_image(front, SAID, WIDE, press)


def test_the_words_are_easy_to_read_on_the_ground(front: bytes) -> None:
    ground, ink = _colours(pictures.cut(front, 200)[0])
    assert contrast(ground, ink) >= 7
    for level in (0, 60, 128, 255):
        ground, ink = _colours(Image.new("RGB", (50, 70), (level, 255 - level, level)))
        assert contrast(ground, ink) >= 7
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_a_title_of_two_lines_is_broken_in_its_middle() -> None:
    assert _balanced("A quiet Mid-Autumn wish") == "A quiet<br>Mid-Autumn wish"
    assert _balanced("Short") == "Short"
    assert _balanced("新春如意，岁岁平安，花好月圆人团圆，年年有余") == "新春如意，岁岁平安，花好月圆人团圆，年年有余"
