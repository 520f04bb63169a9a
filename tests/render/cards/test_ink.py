"""What other programs see in print files of the fast engine: plates, fonts, pictures, boxes, and every code."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pikepdf
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from sitegen.model.card import Box, Card, CardDesign, Side
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.press import prepared
from sitegen.render.cards.printing import Imprint, PrintFile
from sitegen.render.cards.printing import print_file as printed_file
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.looking import BLACK_INK, POINTS, Seen
from tests.render.cards.pressing import pressed, print_file, print_house

Plates: TypeAlias = dict[str, NDArray[np.uint8]]

COLOURS = ("Cyan", "Magenta", "Yellow")
DOTS = 72
"""An inch, on plates."""
FINE = 220
"""An inch, where codes are read: a module of the sample's is 0.63 mm."""
WHITE = 255
CARDS = 60
READ = {
    "moon-rabbit": {"greeting", "signature", "adviser", "invitation", "code", "shop", "qr"},
    "opinion-fan": {"name", "greeting", "scale", "question", "invitation", "code", "thanks", "sender", "address", "qr"},
}
"""What stands in black on white paper."""


def _said(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def _plates(pdf: bytes, folder: Path) -> list[Plates]:
    """The four plates of each page, as Ghostscript separates them; 255 is no ink."""
    (folder / "cards.pdf").write_bytes(pdf)
    _said("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", f"-r{DOTS}",
          f"-sOutputFile={folder}/%d.tif", folder / "cards.pdf")  # fmt: skip
    found = []
    for number in range(1, len(list(folder.glob("*(Black).tif"))) + 1):
        files = {ink: folder / f"{number}({ink}).tif" for ink in (*COLOURS, "Black")}
        found.append({ink: np.asarray(Image.open(file)).copy() for ink, file in files.items()})
    return found


def _cut(plate: NDArray[np.uint8], box: Box, bleed: float) -> NDArray[np.uint8]:
    top, bottom = (round((edge + bleed) * DOTS / 25.4) for edge in (box.y, box.y + box.height))
    left, right = (round((edge + bleed) * DOTS / 25.4) for edge in (box.x, box.x + box.width))
    return plate[top:bottom, left:right]


def _places(design: CardDesign, number: int) -> dict[str, Box]:
    """The boxes of slots and code on a page, by name."""
    boxes = {slot.name: slot.box for slot in design.slots} | ({"qr": design.qr} if design.qr else {})
    side = (Side.FRONT, Side.BACK)[number % 2]
    return {name: box for name, box in boxes.items() if box.side is side}


def _bare(design: CardDesign, cards: tuple[Card, ...]) -> bytes:
    """The print file without its art; the design's own plate says how it is set."""
    bare = replace(design, art={})
    plate = Plate(b"", pressed(design)[1].way, "")
    imprint = Imprint(print_house("eu"), "sample", "Sample", INSTANT)
    return printed_file(prepared(bare), plate, cards, imprint).pdf


@pytest.mark.parametrize("name", [*READ])
def test_words_and_codes_on_white_paper_are_on_the_black_plate_alone(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile], tmp_path: Path
) -> None:
    design, seen = designs[name], set()
    for number, plates in enumerate(_plates(printed[name].pdf, tmp_path)):
        for place, box in _places(design, number).items():
            inks = {ink: _cut(plate, box, design.bleed) for ink, plate in plates.items()}
            if place in READ[name]:
                assert {ink: int(inks[ink].min()) for ink in COLOURS} == dict.fromkeys(COLOURS, WHITE), place
                assert (int(inks["Black"].min()) < WHITE // 2, int(inks["Black"].max())) == (True, WHITE), place
                seen.add(place)
    assert seen == READ[name]


@pytest.mark.parametrize("name", ["opinion-fan", pytest.param("moon-rabbit", marks=pytest.mark.slow)])
def test_without_its_art_a_card_has_colour_in_its_coloured_words_alone(
    name: str, designs: dict[str, CardDesign], tmp_path: Path
) -> None:
    design, pdf = designs[name], _bare(designs[name], (LATIN, CHINESE))
    seen = Seen(design, pdf)
    for number, plates in enumerate(_plates(pdf, tmp_path)):
        for slot in (slot for slot in design.slots if slot.name in _places(design, number)):
            if {letter.ink for letter in seen.slot(number, slot)} - {BLACK_INK}:
                assert slot.name not in READ[name]
                around = replace(slot.box, y=slot.box.y - 1, height=slot.box.height + 2)
                for ink in COLOURS:
                    _cut(plates[ink], around, design.bleed).fill(WHITE)
        assert {ink: int(plates[ink].min()) for ink in COLOURS} == dict.fromkeys(COLOURS, WHITE), number
        assert (int(plates["Black"].min()) < WHITE) is bool(READ[name] & set(_places(design, number)))


@pytest.fixture(scope="module")
def sixty(design: CardDesign) -> tuple[Card, ...]:
    """Sixty customers of two languages, each with a link of their own; every eighth name is long."""
    return tuple(
        replace(
            CHINESE if number % 3 == 0 else LATIN,
            record=number,
            customer_id=f"c{number:04d}",
            name=f"Maximiliane Great-Hartlepool {number}" if number % 8 == 0 else f"Ann {number}",
            link=f"https://members.lanternandloom.example/#{pow(7919, number + 40, 16**28):028X}",
        )
        for number in range(1, CARDS + 1)
    )


@pytest.fixture(scope="module")
def file(design: CardDesign, sixty: tuple[Card, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "cards.pdf"
    path.write_bytes(print_file(design, sixty, "Sample", INSTANT).pdf)
    return path


def test_qpdf_finds_nothing_wrong_in_a_print_file(file: Path) -> None:
    assert "No syntax or stream encoding errors" in _said("qpdf", "--check", file)


def test_every_font_is_embedded_as_a_subset_with_a_name_of_its_own(file: Path) -> None:
    lines = [line.split() for line in _said("pdffonts", file).splitlines()[2:]]
    assert {tuple(line[-5:-2]) for line in lines} == {("yes", "yes", "yes")}
    assert all(re.fullmatch(r"[A-Z]{6}\+[A-Za-z-]+", line[0]) for line in lines)
    with pikepdf.open(file) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/DescendantFonts" in one]
        named = {(str(font.BaseFont), font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) for font in fonts}
        inner = {
            (str(one.BaseFont), str(one.FontDescriptor.FontName)) for font in fonts for one in font.DescendantFonts
        }
    assert len(lines) == len(fonts)
    assert len(named) == len({name for name, _ in named}) > 5
    assert inner == {(name, name) for name, _ in named}


def test_there_is_no_picture_of_dots_in_a_print_file(file: Path) -> None:
    assert _said("pdfimages", "-list", "-l", "12", file).splitlines()[2:] == []


def test_every_page_has_the_boxes_of_the_design(file: Path, design: CardDesign) -> None:
    lines = _said("pdfinfo", "-box", "-f", "1", "-l", str(2 * CARDS), file).splitlines()
    bleed, width, height = design.bleed * POINTS, design.width * POINTS, design.height * POINTS
    media = (0, 0, width + 2 * bleed, height + 2 * bleed)
    wanted = {"MediaBox": media, "BleedBox": media, "TrimBox": (bleed, bleed, bleed + width, bleed + height)}
    for name, edges in wanted.items():
        found = [tuple(map(float, line.split()[-4:])) for line in lines if f"{name}:" in line]
        assert len(found) == 2 * CARDS
        assert set(found) == {tuple(round(edge, 2) for edge in edges)}


@pytest.fixture(scope="module")
def codes(file: Path, design: CardDesign) -> list[Path]:
    """A picture of each card's code, drawn by poppler."""
    assert design.qr
    left, top, side = (round(length * FINE / 25.4) for length in (
        design.qr.x + design.bleed, design.qr.y + design.bleed, design.qr.width))  # fmt: skip
    _said("pdftoppm", "-gray", "-e", "-r", str(FINE), "-x", str(left), "-y", str(top), "-W", str(side), "-H", str(side),
          file, file.parent / "code")  # fmt: skip
    return sorted(file.parent.glob("code-*.pgm"))


def test_zbar_reads_every_customers_link_once(codes: list[Path], sixty: tuple[Card, ...]) -> None:
    read = _said("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *codes).split()
    assert read == [card.link for card in sixty]
    assert len(set(read)) == CARDS


def test_zxing_reads_every_customers_link_once(codes: list[Path], sixty: tuple[Card, ...]) -> None:
    read = [[code.text for code in zxingcpp.read_barcodes(Image.open(path))] for path in codes]
    assert read == [[card.link] for card in sixty]
