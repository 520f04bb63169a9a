"""Pages of the house on paper: the theme's own fonts, the same bytes again, and a mark for signs that no font has."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest

from sitegen.render.cards.office import MISSING, office_file, with_known_signs
from sitegen.render.cards.office_design import office_design
from sitegen.render.cards.press import Press, prepared
from tests.theme.sample import theme_of

PAGE = '<html lang="en"><body><h1 data-foot="Day">Zofia Jabłońska, 沈月</h1><p>&lt;b&gt; &amp; \U0001f9f5</p>'
IMPRINT = ("The day", datetime(2026, 9, 8, tzinfo=UTC))


@pytest.fixture(scope="module")
def press() -> Press:
    theme = theme_of("hearth")
    return prepared(office_design(theme.designs, theme.templates["work/print.css"]))


def test_paper_has_the_fonts_of_the_theme_and_no_others(press: Press) -> None:
    made = office_file(PAGE, press, IMPRINT)
    with pikepdf.open(BytesIO(made)) as pdf:
        fonts = {
            str(one.BaseFont)[8:] for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        }
        box = [round(float(edge)) for edge in pdf.pages[0].MediaBox.as_list()]
    assert {font.split("-")[0] for font in fonts} == {"EB", "Hearth"}
    assert box == [0, 0, 595, 842]


def test_the_same_page_gives_the_same_bytes(press: Press) -> None:
    assert office_file(PAGE, press, IMPRINT) == office_file(PAGE, press, IMPRINT)


def test_a_sign_that_no_font_has_is_marked_and_the_rest_stays(press: Press) -> None:
    assert MISSING in press.known
    assert with_known_signs(PAGE, press.known) == PAGE.replace("\U0001f9f5", MISSING)


def test_a_theme_without_card_designs_has_no_fonts_for_paper() -> None:
    with pytest.raises(ValueError, match="no fonts for paper"):
        office_design((), "")
