"""A print house that merges itself gets everything it needs in one package, and is told what is secret."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]
import pytest

from sitegen.model.card import CardDesign
from sitegen.render.cards.blanking import blank
from sitegen.render.cards.package import Pages, package, plain
from sitegen.render.cards.press import prepared
from sitegen.render.cards.proof import voided
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_changed, print_file

FIRST = replace(LATIN, adviser_phone="0044 20 7946", name='O"Brien, =1+1')
CARDS = (FIRST, CHINESE, replace(LATIN, record=30_000, link="", code=""))


@pytest.fixture(scope="module")
def pages(design: CardDesign) -> Pages:
    art = print_changed(design, blank(pressed(design)[0], LATIN), (LATIN,), INSTANT)
    return Pages(art.pdf, print_file(design, (voided(LATIN),), "Sample", INSTANT).pdf)


@pytest.fixture(scope="module")
def packed(design: CardDesign, pages: Pages) -> dict[str, bytes]:
    with ZipFile(BytesIO(package(pressed(design)[0], CARDS, pages, "A quiet wish"))) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_everything_is_in_the_package(packed: dict[str, bytes]) -> None:
    assert [name for name in packed if not name.endswith(".ttf")] == [
        "README.txt",
        "art.pdf",
        "sample.pdf",
        "data.csv",
        "style.css",
        "fonts/LICENCES.txt",
    ]


def test_the_data_has_a_row_for_each_card_and_a_column_for_each_text(packed: dict[str, bytes]) -> None:
    first, second, third = csv.DictReader(StringIO(packed["data.csv"].decode(), newline=""))
    assert (first["record"], second["record"], third["record"]) == ("1", "2", "30000")
    assert first["name"] == 'O"Brien, =1+1'
    assert first["dedication"] == 'for O"Brien, =1+1'
    assert second["greeting"] == "\n".join(plain(f"<p>{part}") for part in CHINESE.greeting.split("<p>")[1:])
    assert first["adviser"] == "your linen adviser, Harbour Street\n0044 20 7946"
    assert (first["qr"], third["qr"], third["code"]) == (LATIN.link, "", "")
    assert list(first) == ["record", "language", *_slots(packed), "qr"]


def _slots(packed: dict[str, bytes]) -> list[str]:
    lines = [line for line in packed["README.txt"].decode().splitlines() if line.endswith(" pt")]
    return [line.split(":")[0].strip() for line in lines]


def test_numbers_are_text_for_programs_too(packed: dict[str, bytes]) -> None:
    assert packed["data.csv"].startswith(b'"record","language"')
    assert b'\r\n"30000","en",' in packed["data.csv"]


def test_what_a_spreadsheet_would_calculate_stays_as_it_is_printed(design: CardDesign, pages: Pages) -> None:
    made = package(pressed(design)[0], (replace(LATIN, name="+Ada+"),), pages, "A quiet wish")
    with ZipFile(BytesIO(made)) as zipped:
        assert b',"+Ada+",' in zipped.read("data.csv")


def test_the_art_has_no_text_and_the_sample_opens_no_door(packed: dict[str, bytes]) -> None:
    art = pypdfium2.PdfDocument(packed["art.pdf"])
    assert [page.get_textpage().get_text_range().strip() for page in art] == ["", ""]
    sample = pypdfium2.PdfDocument(packed["sample.pdf"])[1].get_textpage().get_text_range()
    assert "XXXX XXXX" in sample


def test_the_readme_says_where_texts_stand_and_what_is_secret(packed: dict[str, bytes], design: CardDesign) -> None:
    words = packed["README.txt"].decode()
    assert words.startswith("A quiet wish\nMoon rabbit: 3 cards\n")
    assert "  title: front, x 8, y 132.6, 89 x 5.6 mm; one line; 14 pt\n" in words
    assert 'The column "qr" of data.csv holds each member\'s own link' in words
    assert "back, x 65, y 97.5, 26 x 26 mm with its quiet zone" in words


def test_a_design_without_codes_has_no_links(design: CardDesign, pages: Pages) -> None:
    plainer = replace(design, qr=None)
    with ZipFile(BytesIO(package(prepared(plainer), CARDS, pages, "A quiet wish"))) as zipped:
        assert LATIN.link.encode() not in zipped.read("data.csv")
        assert b"Private" not in zipped.read("README.txt")


def test_the_fonts_of_the_style_come_with_their_licences(packed: dict[str, bytes], design: CardDesign) -> None:
    told = packed["fonts/LICENCES.txt"].decode()
    files = [name for name in packed if name.endswith(".ttf")]
    assert "fonts/EBGaramond-Regular.ttf" in files
    assert all(name.removeprefix("fonts/") in told for name in files)
    assert told.count("SIL Open Font License") == len(files)


def test_two_runs_make_the_same_package(design: CardDesign, pages: Pages) -> None:
    press = pressed(design)[0]
    assert package(press, CARDS, pages, "A") == package(press, iter(CARDS), pages, "A")


def test_paragraphs_and_breaks_are_lines() -> None:
    assert plain("<p>One <em>two</em></p>\n  <p>three &amp; four<br>five</p>") == "One two\nthree & four\nfive"
