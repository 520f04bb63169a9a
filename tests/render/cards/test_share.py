"""A campaign's picture for sharing shows its card and nobody's name."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from sitegen.model.card import Axis, CardDesign, Fold
from sitegen.render.cards import pictures
from sitegen.render.cards.blanking import public
from sitegen.render.cards.share import MOST, SQUARE, WIDE, Said, _balanced, _colours, _cover, contrast, share_image
from tests.render.cards.conftest import INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_changed

SAID = Said("A quiet Mid-Autumn wish", "Lantern & Loom", "en")


@pytest.fixture(scope="module")
def front(design: CardDesign) -> bytes:
    return print_changed(design, public(pressed(design)[0], LATIN), (LATIN,), INSTANT).pdf


@pytest.fixture(scope="module")
def shared(front: bytes, design: CardDesign) -> bytes:
    return share_image(front, SAID, WIDE, pressed(design)[0])


def test_it_has_the_size_that_previews_ask_for(front: bytes, design: CardDesign, shared: bytes) -> None:
    square = share_image(front, SAID, SQUARE, pressed(design)[0])
    for made, size in ((shared, WIDE), (square, SQUARE)):
        with Image.open(BytesIO(made)) as picture:
            assert (picture.format, picture.size) == ("PNG", size)
        assert len(made) <= MOST


def test_two_runs_make_the_same_picture_and_other_words_another(
    front: bytes, design: CardDesign, shared: bytes
) -> None:
    press = pressed(design)[0]
    assert share_image(front, SAID, WIDE, press) == shared
    assert share_image(front, replace(SAID, title="Another <b>title</b>"), WIDE, press) != shared


def test_the_words_are_easy_to_read_on_the_ground(front: bytes) -> None:
    ground, ink = _colours(pictures.cut(front, 200)[0])
    assert contrast(ground, ink) >= 7
    for level in (0, 60, 128, 255):
        ground, ink = _colours(Image.new("RGB", (50, 70), (level, 255 - level, level)))
        assert contrast(ground, ink) >= 7
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_a_title_of_two_lines_is_broken_in_its_middle() -> None:
    assert _balanced("A quiet Mid-Autumn wish", room=10) == "A quiet<br>Mid-Autumn wish"
    assert _balanced("A quiet Mid-Autumn wish", room=20) == "A quiet Mid-Autumn wish"
    assert _balanced("A quiet & very long wish for the autumn", room=5) == "A quiet &amp; very long wish for the autumn"
    assert _balanced("新春如意，岁岁平安", room=2) == "新春如意，岁岁平安"


@pytest.mark.parametrize(
    ("fold", "shape"),
    [(None, 105 / 148), (Fold(Axis.VERTICAL, 45), 60 / 148), (Fold(Axis.HORIZONTAL, 48), 105 / 100)],
    ids=["flat", "vertical", "horizontal"],
)
def test_a_folded_card_shows_its_front_cover(front: bytes, design: CardDesign, fold: Fold | None, shape: float) -> None:
    cover = _cover(front, replace(design, fold=fold), (500, 500))
    assert cover.width / cover.height == pytest.approx(shape, abs=0.01)
    assert max(cover.size) == pytest.approx(500, abs=2)


def test_a_white_card_stands_out_from_its_ground() -> None:
    ground, _ = _colours(Image.new("RGB", (50, 70), (255, 255, 255)))
    assert max(ground) < 245
