"""The line beside the cards says which sheet this is, in the room that is left."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.card import Axis, Fold, Side
from sitegen.model.print_house import Sheet
from sitegen.render.cards.imposition import marks
from sitegen.render.cards.imposition.layout import Layout, layout, spots
from sitegen.render.cards.imposition.outlines import Alphabet
from sitegen.render.cards.imposition.papers import named_sheet
from sitegen.render.cards.imposition.slug import Printed, Slug, Strip, code, drawn, lines, strip
from tests.render.cards.imposition.strategies import folds, layouts

FONTS = Path(__file__).parents[4] / "themes" / "hearth" / "fonts" / "print"
LATIN, CHINESE = ((FONTS / name).read_bytes() for name in ("EBGaramond-Regular.ttf", "HearthKai-Regular.ttf"))
HEIGHT = 4.8
SLUG = Slug("4F2A9C1D", "A quiet wish", range(101, 601))
FRONT = Printed(3, 125, Side.FRONT, (2, 127, None, None), (1, 1))


@pytest.fixture(scope="module")
def alphabet() -> Alphabet:
    return Alphabet((LATIN, CHINESE))


def test_it_names_sheet_side_records_and_job() -> None:
    assert lines(SLUG, FRONT) == ("A quiet wish", "sheet 3 of 125, front · records 103, 228 · 4F2A9C1D")
    assert code(SLUG, FRONT) == "4F2A9C1D-0003F"


def test_it_names_the_lift_where_there_are_several_and_does_not_list_many_records() -> None:
    back = Printed(40, 80, Side.BACK, tuple(range(9)), (2, 3))

    assert lines(SLUG, back)[1] == "sheet 40 of 80, back, lift 2 of 3 · 9 records, 101, 102 … 109 · 4F2A9C1D"
    assert lines(SLUG, replace(back, cards=(4, None)))[1].endswith("lift 2 of 3 · record 105 · 4F2A9C1D")
    assert code(SLUG, back) == "4F2A9C1D-0040B"


@settings(deadline=None)
@given(layouts(), st.sampled_from(Side), st.data())
def test_it_touches_no_card_no_bleed_no_mark_and_no_edge(plan: Layout, side: Side, data: st.DataObject) -> None:
    fold = data.draw(st.none() | folds(plan))
    place = strip(plan, side, fold)
    left, top, right, bottom = _covered(place)
    edge = plan.sheet.margin - 1e-3

    assert edge <= left < right <= plan.sheet.width - edge
    assert edge <= top < bottom <= plan.sheet.height - edge
    lines_of_marks = re.findall(rb"(\S+) (\S+) m (\S+) (\S+) l\n", marks.sheet_marks(plan, side, fold))
    for a, b, c, d in (tuple(map(float, line)) for line in lines_of_marks):
        assert max(a, c) < left or min(a, c) > right or max(b, d) < top or min(b, d) > bottom
    around = plan.bleed + 0.5
    for spot in spots(plan, side):
        assert (
            spot.x + spot.width + around <= left
            or spot.x - around >= right
            or spot.y + spot.height + around <= top
            or spot.y - around >= bottom
        )


def test_it_stands_at_the_left_reading_upwards_where_the_foot_is_too_narrow() -> None:
    plan = layout(Sheet("wide", 300, 130), 148, 105, 3, 1)

    a, b, c, d, _, _ = strip(plan, Side.FRONT, None).matrix

    assert plan.room[1] < plan.room[0]
    assert (a, b, c, d) == (0, -1, 1, 0)


def test_it_keeps_to_one_side_of_a_spine() -> None:
    plan = layout(named_sheet("SRA3"), 210, 148, 3, 1)

    whole = strip(plan, Side.FRONT, None)
    beside = strip(plan, Side.FRONT, Fold(Axis.VERTICAL, 105))

    assert whole.length == pytest.approx(205)
    assert beside.length == pytest.approx(100)


def test_it_is_smaller_where_there_is_less_room() -> None:
    plan = layout(replace(named_sheet("SRA3"), gutter=4, margin=3), 105, 148, 3, 8)

    assert plan.capacity == 8
    assert strip(plan, Side.FRONT, None).matrix[1] == pytest.approx(-3.4 / HEIGHT)


def test_text_in_two_scripts_takes_each_letter_from_the_font_that_has_it(alphabet: Alphabet) -> None:
    letters = alphabet.letters("Wu 秋\N{OLD PERSIAN SIGN A}")

    assert [letter.name for letter in letters] == ["U0057", "U0075", "U0020", "U79CB", "U003F"]
    assert [bool(letter.path) for letter in letters] == [True, True, False, True, True]
    assert Alphabet((CHINESE,)).letters("秋")[0] == letters[3]
    assert Alphabet(()).letters("Wu") == ()


def test_a_letters_shape_is_its_fonts_in_thousandths_of_its_size(alphabet: Alphabet) -> None:
    font = TTFont(BytesIO(CHINESE))
    scale = 1000 / font["head"].unitsPerEm
    glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord("秋")]
    pen = ControlBoundsPen(glyphs)
    glyphs[name].draw(pen)

    (letter,) = alphabet.letters("秋")

    assert letter.advance == glyphs[name].width * scale
    # TrueType's curves have other handles than PDF's, which lie nearer to the line.
    assert letter.bounds == pytest.approx([edge * scale for edge in pen.bounds], abs=8)
    assert letter.path.endswith(b"h\nf")


def test_a_title_too_long_for_its_strip_is_cut_with_an_ellipsis(alphabet: Alphabet) -> None:
    place = Strip((1, 0, 0, 1, 0, 0), 40)

    content, letters = drawn(place, ("Warm wishes " * 20, "sheet 1"), "A-0001F", alphabet)

    scale, title = re.findall(r"q (\S+) 0 0 -\S+ 6.4 1.75 cm\n(.*?)Q\n", content.decode(), re.DOTALL)[0]
    advances = [float(advance) for advance in re.findall(r"1 0 0 1 (\d+) 0 cm", title)]
    assert "U2026" in {letter.name for letter in letters}
    assert title.count("/U0057 Do") > 1
    assert 30 < sum(advances) * float(scale) <= 40 - 6.4


def test_without_fonts_there_is_the_barcode_alone() -> None:
    content, letters = drawn(Strip((1, 0, 0, 1, 0, 0), 40), ("A quiet wish", "sheet 1"), "A-0001F", Alphabet(()))

    assert letters == ()
    assert b" re" in content
    assert b" Do" not in content


def _covered(place: Strip) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = place.matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (0, place.length) for y in (0, HEIGHT)]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)
