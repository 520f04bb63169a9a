"""The contact sheet shows the picked cards as pictures, and opens nobody's door."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from sitegen.model.card import CardDesign
from sitegen.render.cards import pictures
from sitegen.render.cards.contact_sheet import MOST, WIDTH, Group, contact_sheet
from sitegen.render.cards.proof import voided
from sitegen.render.cards.proof_picks import Pick
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_file

PICKS = (Pick(LATIN, ("the longest name",)), Pick(CHINESE, ("picked by chance",)))


@pytest.fixture(scope="module")
def groups(designs: dict[str, CardDesign]) -> tuple[Group, ...]:
    """Two cards that stand, one that lies."""
    wanted = (("moon-rabbit", PICKS), ("winter-window", PICKS[:1]))
    return tuple(
        Group(
            print_file(designs[name], tuple(voided(pick.card) for pick in picks), "Sample", INSTANT).pdf,
            picks,
            designs[name],
        )
        for name, picks in wanted
    )


@pytest.fixture(scope="module")
def sheet(groups: tuple[Group, ...], design: CardDesign) -> bytes:
    return contact_sheet(groups, "A quiet wish", pressed(design)[0])


def test_it_is_a_png_that_a_mail_can_carry(sheet: bytes) -> None:
    with Image.open(BytesIO(sheet)) as picture:
        assert (picture.format, picture.width) == ("PNG", WIDTH)
        assert picture.height > 900
    assert len(sheet) <= MOST


def test_every_card_lies_on_it_as_the_knife_leaves_it(sheet: bytes, groups: tuple[Group, ...]) -> None:
    with Image.open(BytesIO(sheet)) as picture:
        shown = picture.convert("RGB")
    (front, back, *_), (lying, _) = (pictures.cut(group.pdf, 60) for group in groups)
    assert [round(one.width / one.height, 2) for one in (front, back, lying)] == [0.72, 0.72, 1.42]
    night = front.getpixel((4, 4))
    assert isinstance(night, tuple)
    found = sum(
        number
        for number, colour in shown.getcolors(WIDTH * shown.height) or []
        if isinstance(colour, tuple) and all(abs(int(a) - int(b)) < 12 for a, b in zip(colour, night, strict=True))
    )
    assert found > 2000, "the night of two moon rabbits"


def test_the_codes_on_it_open_no_door(sheet: bytes) -> None:
    with Image.open(BytesIO(sheet)) as picture:
        large = picture.convert("L").resize((picture.width * 3, picture.height * 3))
    found = {code.text for code in zxingcpp.read_barcodes(large)}
    assert found <= {voided(card).link for card in (LATIN, CHINESE)}


def test_two_runs_make_the_same_picture(sheet: bytes, groups: tuple[Group, ...], design: CardDesign) -> None:
    assert contact_sheet(groups, "A quiet wish", pressed(design)[0]) == sheet


def test_a_sheet_without_cards_has_its_title(design: CardDesign) -> None:
    with Image.open(BytesIO(contact_sheet((), "Nothing yet", pressed(design)[0]))) as picture:
        assert picture.width == WIDTH


def test_a_picture_too_large_gets_fewer_colours_and_then_fewer_pixels() -> None:
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    assert Image.open(BytesIO(pictures.small_png(noise, 10**6))).size == (400, 400)
    smaller = pictures.small_png(noise, 60_000)
    assert len(smaller) <= 60_000
    assert Image.open(BytesIO(smaller)).width < 400
    with pytest.raises(ValueError, match="no PNG of 10 bytes"):
        pictures.small_png(noise, 10)


def test_what_the_fonts_lack_becomes_a_question_mark(design: CardDesign) -> None:
    assert pictures.printable("Ring 🔔 安 <b>", pressed(design)[0]) == "Ring ? 安 <b>"
