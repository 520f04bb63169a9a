"""Every design of the theme prints a Latin and a Chinese card that a print house can take."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards import glyphs, sheet
from sitegen.render.cards.printing import PrintFile

DESIGNS = Path(__file__).parents[3] / "themes/hearth/cards"
NAMES = sorted(folder.name for folder in DESIGNS.iterdir() if folder.is_dir())
POINTS = 72 / 25.4


def _text(pdf: bytes, page: int) -> str:
    return str(pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range()).replace("\r\n", " ")


def test_the_theme_has_a_design_for_birthdays_holidays_and_thanks(designs: dict[str, CardDesign]) -> None:
    kinds = {kind for design in designs.values() for kind in design.kinds}
    assert kinds >= {"birthday", "holiday", "thank-you"}
    assert sorted(designs) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_whose_card_it_is(name: str, printed: dict[str, PrintFile], latin: Card, chinese: Card) -> None:
    pdf = printed[name].pdf
    texts = [_text(pdf, page) for page in range(4)]
    assert all(latin.name in text for text in texts[:2])
    assert all(chinese.name in text for text in texts[2:])
    assert len(pypdfium2.PdfDocument(pdf)) == 4


@pytest.mark.parametrize("name", NAMES)
def test_the_greeting_stands_on_the_back_word_for_word(name: str, printed: dict[str, PrintFile]) -> None:
    english, chinese = _text(printed[name].pdf, 1), _text(printed[name].pdf, 3)
    assert "The indigo throw that you chose last autumn will be soft by now" in english
    assert "With warm thoughts." in english
    assert "桂花香囊" in chinese.replace(" ", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_reads_the_members_link_from_the_paper(
    name: str, printed: dict[str, PrintFile], latin: Card, chinese: Card
) -> None:
    document = pypdfium2.PdfDocument(printed[name].pdf)
    read = [zxingcpp.read_barcodes(document[page].render(scale=150 / 72).to_pil()) for page in range(4)]
    assert [[code.text for code in codes] for codes in read] == [[], [latin.link], [], [chinese.link]]


@pytest.mark.parametrize("name", NAMES)
def test_trim_and_bleed_are_exact_and_start_at_zero(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile]
) -> None:
    width, height = designs[name].width * POINTS, designs[name].height * POINTS
    bleed = 3 * POINTS
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        for page in pdf.pages:
            media = [float(edge) for edge in page.obj.MediaBox]
            assert media == pytest.approx([0, 0, width + 2 * bleed, height + 2 * bleed], abs=0.001)
            assert [float(edge) for edge in page.obj.BleedBox] == media
            trim = [float(edge) for edge in page.obj.TrimBox]
            assert trim == pytest.approx([bleed, bleed, bleed + width, bleed + height], abs=0.001)
            assert not {"/Annots", "/Group", "/CropBox", "/ArtBox"} & set(page.obj.keys())


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_colour_for_screens_no_image_and_no_group(name: str, printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert not sheet.has_rgb(pdf)
        streams = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream)]
        assert [entry for entry in streams if entry.get("/Subtype") == pikepdf.Name.Image] == []
        assert [entry for entry in streams if "/Group" in entry] == []


@pytest.mark.parametrize("name", NAMES)
def test_only_fonts_of_the_design_are_embedded(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile]
) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert sheet.strange_fonts(pdf, glyphs.families(designs[name])) == frozenset()
        assert sheet.strange_fonts(pdf, frozenset({"Caveat"})) != frozenset()


@pytest.mark.parametrize("name", NAMES)
def test_the_art_is_in_the_file_once_for_all_cards(name: str, printed: dict[str, PrintFile]) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        art = [page.obj.Resources.XObject[f"/Art.{side}"].objgen for page, side in zip(pdf.pages, ("front", "back") * 2, strict=True)]
    assert art[0] == art[2]
    assert art[1] == art[3]
    assert art[0] != art[1]


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_nothing_wrong(name: str, printed: dict[str, PrintFile], tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(printed[name].pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
    file = tmp_path / "cards.pdf"
    file.write_bytes(printed[name].pdf)
    try:
        run = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("qpdf is not installed; its library found nothing wrong")
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", NAMES)
def test_no_colour_is_wetter_than_paper_can_dry(name: str, designs: dict[str, CardDesign]) -> None:
    design = designs[name]
    drawn = design.style + "".join(design.files[path].decode() for path in design.art.values())
    inks = [
        sum(float(ink) for ink in re.findall(r"[\d.]+", colour)) for colour in re.findall(r"cmyk\(([^)]*)\)", drawn)
    ]
    assert len(inks) > 10
    assert max(inks) <= 300


def test_the_fonts_know_the_letters_of_european_names_and_a_rare_given_name(design: CardDesign) -> None:
    assert set("ŁßØñğőșțÅčřžŐŰİþæœ喆堃玥淼") <= glyphs.printable(design)
