"""Tests of address labels: where they stand, in which ink, and what is refused."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.card import Card, CardDesign
from sitegen.model.postal import Addressee, Area
from sitegen.render.cards.blocks import Printing
from sitegen.render.cards.labels import addressee, labels
from sitegen.render.cards.refusal import CardsRefused
from sitegen.render.cards.stationery import LABELS
from sitegen.render.cards.typecase import address_fonts
from tests.examples import examples
from tests.render.cards.conftest import INSTANT, ROOT
from tests.render.cards.paper_reading import texts, words

FONTS = ROOT / "themes" / "hearth" / "fonts" / "print"
GERMAN = Addressee(1, "C-1", "Łucja Ørsted-Nuñez", ("Gärtnerstraße 27", "20253 Hamburg"), "DE")
AMERICAN = Addressee(
    2, "C-2", "Margaret A. Thompson", ("1247 Old Meadow Lane, Apartment 4B", "BURLINGTON, VT 05401"), "US"
)
CHINESE = Addressee(3, "C-3", "欧阳晓明", ("200040", "上海市静安区愚园路361弄12号502室"), "CN")


@pytest.fixture(scope="session")
def printing() -> Printing:
    fonts = (FONTS / "EBGaramond-Regular.ttf", FONTS / "HearthKai-Regular.ttf")
    return Printing(tuple(font.read_bytes() for font in fonts), "Labels", INSTANT)


@pytest.fixture(scope="session")
def sheets(printing: Printing) -> bytes:
    """Twenty addresses on L7160, whose first two labels are used: a full sheet and one label more."""
    addressees = [replace(one, record=number) for number in range(7) for one in (GERMAN, AMERICAN, CHINESE)][:20]
    return labels(addressees, LABELS["L7160"], printing, start=3)


def test_every_address_stands_within_its_own_label(sheets: bytes) -> None:
    stock = LABELS["L7160"]
    grid = [stock.label(position) for position in range(stock.on_a_sheet)]
    held = [[words for words, place in texts(sheets) if label.holds(place)] for label in grid]
    assert sum(map(len, held)) == len(list(texts(sheets)))
    assert [bool(lines) for lines in held] == [False] * 2 + [True] * 19
    assert held[2] == ["Łucja Ørsted-Nuñez", "Gärtnerstraße 27", "20253 Hamburg"]


def test_a_used_sheet_is_finished_and_the_next_begins_at_its_first_label(sheets: bytes) -> None:
    assert len(pikepdf.open(BytesIO(sheets)).pages) == 2
    first = LABELS["L7160"].label(0)
    assert all(first.holds(place) for _, place in texts(sheets, page=1))


def test_the_name_stands_first_in_latin_letters_and_last_in_chinese(sheets: bytes) -> None:
    read = words(sheets)
    assert read.index("Margaret A. Thompson") < read.index("BURLINGTON, VT 05401")
    assert read.index("欧阳晓明") > read.index("200040")


def test_the_country_stays_last_on_a_letter_to_china(printing: Printing) -> None:
    abroad = replace(CHINESE, lines=(*CHINESE.lines, "CHINA"))
    assert words(labels([abroad], LABELS["L7165"], printing)) == [*CHINESE.lines, "欧阳晓明", "CHINA"]


def test_a_card_goes_to_whom_it_names(latin: Card) -> None:
    found = addressee(latin)
    assert (found.record, found.customer_id, found.country) == (1, "c0001", latin.country)
    assert found.whole == (latin.name, *latin.lines)


def test_addresses_are_set_in_a_designs_regular_fonts_latin_before_han(design: CardDesign) -> None:
    found = address_fonts(design.files)
    assert found[0] == design.files["fonts/EBGaramond-Regular.ttf"]
    assert found[-1] == design.files["fonts/HearthKai-Regular.ttf"]
    assert design.files["fonts/EBGaramond-Italic.ttf"] not in found
    assert design.files["fonts/MaShanZheng-Titles.ttf"] not in found


def test_the_paper_begins_at_its_corner_and_has_nothing_but_black_ink(sheets: bytes) -> None:
    with pikepdf.open(BytesIO(sheets)) as file:
        page = file.pages[0]
        assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, 595.2756, 841.8898], abs=0.001)
        assert list(page.trimbox) == list(page.mediabox)
        drawn = page.obj.Contents.read_bytes()
    inks = set(re.findall(rb"[\d. ]+ (?:scn|SCN|k|K|g|G|rg|RG)\b", drawn))
    assert {ink.strip() for ink in inks} <= {b"0 0 0 1 scn", b"0 0 0 1 SCN", b"0 0 0 1 k", b"0 0 0 1 K"}
    assert inks


def test_the_file_is_sound_and_its_fonts_are_embedded(sheets: bytes, tmp_path: Path) -> None:
    file = tmp_path / "labels.pdf"
    file.write_bytes(sheets)
    assert subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False).returncode == 0
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(re.search(r"\+(EB-Garamond|Hearth-Kai).* yes yes yes ", line) for line in fonts)


def test_equal_addresses_make_equal_bytes(printing: Printing) -> None:
    made = [labels([GERMAN, CHINESE], LABELS["5160"], printing) for _ in range(2)]
    assert made[0] == made[1]


def test_a_long_address_is_set_smaller_and_then_broken_but_stays_on_its_label(printing: Printing) -> None:
    long = "Residence of the Harbour Commissioners, Old Lighthouse Building, Staircase Four"
    wordy = replace(AMERICAN, lines=(long, "BURLINGTON, VT 05401", "UNITED STATES"))
    made = labels([wordy, CHINESE], LABELS["5160"], printing)
    inner = [LABELS["5160"].label(number) for number in range(2)]
    found = [[text for text, place in texts(made) if label.holds(place)] for label in inner]
    assert " ".join(found[0]).replace("  ", " ").startswith(f"Margaret A. Thompson {long}")
    assert len(found[0]) > 4
    assert sum(map(len, found)) == len(list(texts(made)))


def test_an_address_that_fits_in_no_size_is_refused_by_record_and_customer(printing: Printing) -> None:
    endless = replace(GERMAN, record=17, customer_id="C-17", lines=("Donaudampfschifffahrtsgesellschaft" * 9, "20253"))
    with pytest.raises(CardsRefused) as refused:
        labels([GERMAN, endless, AMERICAN], LABELS["L7160"], printing)
    (one,) = refused.value.refused
    assert (one.record, one.customer_id, one.slot) == (17, "C-17", "label")
    assert one.why.endswith("do not fit into 57.5 x 32.1 mm, not even at 8 pt")


def test_everything_that_cannot_be_printed_is_told_at_once(printing: Printing) -> None:
    strange = replace(GERMAN, record=4, customer_id="C-4", name="Ann 🪔")
    nameless = replace(GERMAN, record=5, customer_id="C-5", name=" ")
    homeless = replace(GERMAN, record=6, customer_id="C-6", lines=())
    with pytest.raises(CardsRefused) as refused:
        labels([strange, nameless, homeless], LABELS["L7160"], printing)
    assert [(one.record, one.why) for one in refused.value.refused] == [
        (4, "no font has '🪔' (U+1FA94 diya lamp)"),
        (5, "the name or the address is missing"),
        (6, "the name or the address is missing"),
    ]


def test_markup_and_turning_characters_in_an_address_are_only_text(printing: Printing) -> None:
    sly = replace(GERMAN, name="<b>Ann</b> & \u202eCo", lines=("</div><img src=x>", "20253 Hamburg"))
    assert words(labels([sly], LABELS["L7160"], printing)) == ["<b>Ann</b> & Co", "</div><img src=x>", "20253 Hamburg"]


def test_a_sheet_has_no_label_before_the_first_or_after_the_last(printing: Printing) -> None:
    for start in (0, 22):
        with pytest.raises(ValueError, match="labels 1 to 21"):
            labels([GERMAN], LABELS["L7160"], printing, start=start)


@pytest.mark.parametrize("name", sorted(LABELS))
def test_labels_of_a_sheet_lie_side_by_side_on_the_paper(name: str) -> None:
    stock = LABELS[name]
    grid = [stock.label(position) for position in range(stock.on_a_sheet)]
    paper = Area("paper", -0.01, -0.01, stock.paper[0] + 0.02, stock.paper[1] + 0.02)
    assert all(paper.holds(label) for label in grid)
    shrunk = [replace(one, width=one.width - 0.01, height=one.height - 0.01) for one in grid]
    assert not any(one.meets(other) for one in shrunk for other in shrunk if other is not one)
    last = grid[-1]
    assert grid[0].x + last.x + last.width == pytest.approx(stock.paper[0])
    assert grid[0].y + last.y + last.height == pytest.approx(stock.paper[1])


def test_known_sheets_have_the_margins_that_their_maker_prints() -> None:
    avery = {"L7160": (7.21, 15.15), "L7163": (4.65, 15.15), "5160": (4.76, 12.7), "5163": (3.97, 12.7)}
    for name, corner in avery.items():
        first = LABELS[name].label(0)
        assert (first.x, first.y) == pytest.approx(corner, abs=0.02)


latin = st.text("abcdefgh ÄÖÜAVTWYfi,.0123456789", min_size=1, max_size=50).map(str.strip).filter(bool)


@examples(12)
@given(st.lists(st.tuples(latin, latin, latin), min_size=21, max_size=21))
def test_what_is_not_refused_never_leaves_its_label(addresses: list[tuple[str, str, str]]) -> None:
    fonts = ((FONTS / "EBGaramond-Regular.ttf").read_bytes(),)
    people = [Addressee(1 + n, f"C-{n}", one[0], one[1:]) for n, one in enumerate(addresses)]
    stock = LABELS["L7160"]
    try:
        made = labels(people, stock, Printing(fonts, "Labels", INSTANT))
    except CardsRefused as error:
        refused = {one.record for one in error.refused}
        made = labels(
            [one for one in people if one.record not in refused] or [GERMAN], stock, Printing(fonts, "", INSTANT)
        )
    grid = [stock.label(position) for position in range(stock.on_a_sheet)]
    assert all(any(label.holds(place) for label in grid) for text, place in texts(made) if text)
