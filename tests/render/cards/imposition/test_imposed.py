"""Whole sheets: printed, cut and piled they are the cards of the print file."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from PIL import Image

from sitegen.model.card import Axis, Fold, Side
from sitegen.model.print_house import Duplex, Intent, PrintHouse, Sheet
from sitegen.render.cards.imposition.forms import Unimposable
from sitegen.render.cards.imposition.imposed import imposed, imposed_into
from sitegen.render.cards.imposition.layout import layout, spots
from sitegen.render.cards.imposition.order import lifts
from sitegen.render.cards.imposition.papers import named_sheet
from sitegen.render.cards.imposition.slug import Slug
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.printing import PrintFile
from sitegen.render.cards.standard import conformed
from tests.render.cards.imposition.paper import FINE, POINTS, Pixels, cut_cards, drawn, print_file, same, trimmed

FONTS = Path(__file__).parents[4] / "themes" / "hearth" / "fonts" / "print"
PROFILE = Path(__file__).parents[4] / "sitegen" / "content" / "print_houses" / "fogra39.icc"
INSTANT = datetime(2026, 9, 1, tzinfo=UTC)
LATIN, CHINESE = ((FONTS / name).read_bytes() for name in ("EBGaramond-Regular.ttf", "HearthKai-Regular.ttf"))
SHEET = Sheet("small", 200, 260, lift=2)
CARDS = 9


@pytest.fixture(scope="module")
def pages() -> bytes:
    """A print file of nine cards, 60 by 40 mm with 3 mm bleed."""
    return print_file(CARDS, 60, 40, 3)


def about(cards: int, *fonts: bytes) -> Slug:
    return Slug("4F2A9C1D", "A quiet wish · 中秋", range(1, cards + 1), fonts)


@pytest.mark.parametrize("duplex", Duplex)
@pytest.mark.parametrize(
    ("size", "card", "turned"),
    [((200, 160), (60, 40), False), ((210, 160), (60, 40), True), ((160, 160), (60, 40), False),
     ((150, 230), (90, 60), True)],
)  # fmt: skip
def test_printed_cut_and_piled_each_card_has_its_own_back_behind_its_front_in_order(
    duplex: Duplex, size: tuple[float, float], card: tuple[float, float], turned: bool
) -> None:
    sheet = Sheet("small", *size, gutter=8, duplex=duplex, lift=2)
    source = print_file(CARDS, *card, 3)
    plan = layout(sheet, *card, 3, CARDS)
    assert plan.turned is turned
    originals = [trimmed(page, 3) for page in drawn(source)]

    printed = iter(drawn(imposed(source, sheet, about(CARDS))))
    pile: list[tuple[Pixels, Pixels]] = []
    for _, depth in lifts(plan):
        papers = [tuple(islice(printed, 2)) for _ in range(depth)]
        stack = [list(cut_cards(sheet, front, back, spots(plan, Side.FRONT))) for front, back in papers]
        pile.extend(paper[position] for position in range(plan.capacity) for paper in stack)

    cards = [(front, back) for front, back in pile if front.min() < 250]
    assert len(cards) == CARDS
    for number, (front, back) in enumerate(cards):
        shown = [at for at in range(CARDS) if same(front, originals[2 * at]) and same(back, originals[2 * at + 1])]
        assert shown == [number]


def test_a_folded_card_is_cut_from_both_sides_at_the_same_place() -> None:
    source, sheet = print_file(2, 100, 70, 3), Sheet("small", 150, 200)

    front, back, *_ = drawn(imposed(source, sheet, about(2), Fold(Axis.VERTICAL, 48)))

    # A dashed tick above the cards, seen from the other side at the mirrored place.
    strip = [page[: 20 * FINE].min(axis=(0, 2)) < 200 for page in (front, back)]
    marked = [{round(x / FINE) for x in line.nonzero()[0]} for line in strip]
    assert marked == [{25, 73, 125}, {25, 77, 125}]


def test_sheet_marks_and_boxes_agree_with_what_a_print_house_reads(pages: bytes, tmp_path: Path) -> None:
    (tmp_path / "sheets.pdf").write_bytes(imposed(pages, SHEET, about(CARDS, LATIN, CHINESE)))
    plan = layout(SHEET, 60, 40, 3, CARDS)
    (width, height), (left, top) = plan.hull, ((200 - plan.hull[0]) / 2, (260 - plan.hull[1]) / 2)

    checked = subprocess.run(["qpdf", "--check", tmp_path / "sheets.pdf"], capture_output=True, text=True, check=True)
    told = subprocess.run(["pdfinfo", "-box", tmp_path / "sheets.pdf"], capture_output=True, text=True, check=True)
    fonts = subprocess.run(["pdffonts", tmp_path / "sheets.pdf"], capture_output=True, text=True, check=True)

    assert "No syntax or stream encoding errors" in checked.stdout
    boxes = {
        name: [float(edge) for edge in edges.split()] for name, edges in re.findall(r"(\w+)Box: +(.*)", told.stdout)
    }
    sheet = [0, 0, 200 * POINTS, 260 * POINTS]
    trim = [edge * POINTS for edge in (left, top, left + width, top + height)]
    assert boxes["Media"] == pytest.approx(sheet, abs=0.01)
    assert boxes["Trim"] == pytest.approx(trim, abs=0.01)
    assert boxes["Bleed"] == pytest.approx([trim[0] - 3 * POINTS, trim[1] - 3 * POINTS, trim[2] + 3 * POINTS,
                                            trim[3] + 3 * POINTS], abs=0.01)  # fmt: skip
    assert len(fonts.stdout.splitlines()) == 2, "the slug line is drawn, not set: no font but the cards' own"


def test_the_art_is_in_the_file_once_and_the_sheets_are_hardly_larger_than_the_cards() -> None:
    source = print_file(200, 60, 40, 3)

    made = imposed(source, replace(named_sheet("SRA3"), lift=0), about(200, LATIN, CHINESE))

    with pikepdf.open(BytesIO(made)) as sheets:
        pictures = [
            one for one in sheets.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        assert len(pictures) == 1
        assert len(sheets.pages) == 2 * -(-200 // layout(named_sheet("SRA3"), 60, 40, 3, 200).capacity)
    assert len(made) < 1.3 * len(source)


def test_equal_pages_are_one_form() -> None:
    with pikepdf.open(BytesIO(print_file(8, 60, 40, 3))) as source:
        drawings = [page.obj.Contents.read_bytes() for page in source.pages]
        for number, page in enumerate(source.pages):
            page.obj.Contents = source.make_stream(drawings[number % 2])
        for sheet in imposed_into(source, Sheet("small", 200, 160), about(8)).pages:
            cards = {form.objgen for name, form in sheet.obj.Resources.XObject.items() if name.startswith("/Card")}
            assert len(cards) == 1


def test_pages_that_share_a_stream_but_not_their_resources_stay_what_they_are(pages: bytes) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        first, second = source.pages[0].obj, source.pages[1].obj
        art = {name: source.make_stream(f"{ink} 0 0 0 k 0 0 500 500 re f".encode(), Type=pikepdf.Name.XObject,
                                        Subtype=pikepdf.Name.Form, BBox=[0, 0, 500, 500])
               for name, ink in (("light", 0), ("dark", 1))}  # fmt: skip
        first.Contents = second.Contents = source.make_stream(b"/Art Do")
        first.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Art=art["light"]))
        second.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Art=art["dark"]))
        del source.pages[2:]
        content = BytesIO()
        imposed_into(source, Sheet("small", 100, 100), about(1)).save(content)

    front, back = (page[50 * FINE, 50 * FINE] for page in drawn(content.getvalue()))

    assert (front == 255).all()
    assert (back != 255).any()


def test_equal_inputs_give_equal_bytes(pages: bytes) -> None:
    assert imposed(pages, SHEET, about(CARDS, LATIN)) == imposed(pages, SHEET, about(CARDS, LATIN))


def test_pages_of_any_maker_are_imposed_whatever_their_origin_and_turn(pages: bytes) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        low = 3 * POINTS
        for page in source.pages:
            page.obj.MediaBox = page.obj.BleedBox = [-low, -low, 63 * POINTS, 43 * POINTS]
            page.obj.TrimBox = [0, 0, 60 * POINTS, 40 * POINTS]
            # Drawn upside down, and told to be turned: the same to look at.
            upside_down = b"-1 0 0 -1 %f %f cm 1 0 0 1 %f %f cm " % (60 * POINTS, 40 * POINTS, -low, -low)
            page.obj.Contents = source.make_stream(upside_down + page.obj.Contents.read_bytes())
        del source.pages[2:]
        source.Root.Pages.Rotate = 180
        content = BytesIO()
        source.save(content)
    with pikepdf.open(BytesIO(pages)) as source:
        del source.pages[2:]
        plain = BytesIO()
        source.save(plain)

    odd, even = (drawn(imposed(file.getvalue(), Sheet("small", 120, 100), about(1))) for file in (content, plain))

    assert all(same(one, other) for one, other in zip(odd, even, strict=True))


def test_bleeds_that_would_lie_on_each_other_end_in_the_middle_of_the_gutter() -> None:
    source, sheet = print_file(2, 60, 40, 3), Sheet("small", 150, 80, gutter=2)
    plan = layout(sheet, 60, 40, 3, 2)
    assert (plan.columns, plan.rows) == (2, 1)

    front = drawn(imposed(source, sheet, about(2)))[0]

    middle, row = 75 * FINE, 40 * FINE
    left, right = front[row, middle - 2], front[row, middle + 2]
    assert (left != right).any()
    assert (front[row, middle - 20] == left).all()
    assert (front[row, middle + 20] == right).all()


def test_document_parts_and_other_claims_about_the_old_pages_do_not_survive(pages: bytes) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        source.Root.DPartRoot = source.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.DPartRoot))
        source.Root.OutputIntents = pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFX)])
        with source.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata.register_xml_namespace("http://www.npes.org/pdfvt/ns/id/", "pdfvtid")
            metadata["pdfvtid:GTS_PDFVTVersion"], metadata["dc:title"] = "PDF/VT-1", "Wishes"

        imposed_into(source, SHEET, about(CARDS))

        assert "/DPartRoot" not in source.Root
        assert source.Root.OutputIntents[0].S == "/GTS_PDFX"
        told = source.Root.Metadata.read_bytes()
        assert b"GTS_PDFVT" not in told
        assert b"Wishes" in told
        assert source.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        (slice(3), "the file has 3 pages\nhint: a card has two, its front and its back"),
        (slice(0), "the file has 0 pages\nhint: a card has two, its front and its back"),
    ],
)
def test_a_file_whose_pages_are_no_cards_is_refused(pages: bytes, kept: slice, message: str) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        del source.pages[kept.stop :]

        with pytest.raises(Unimposable) as caught:
            imposed_into(source, SHEET, about(0))

    assert str(caught.value) == message


def test_cards_of_two_sizes_are_refused(pages: bytes) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        source.pages[5].obj.TrimBox = [9, 9, 150, 90]

        with pytest.raises(
            Unimposable, match=r"^page 6 is 49.7 x 28.6 mm and page 1 60.0 x 40.0 mm\nhint: impose cards"
        ):
            imposed_into(source, SHEET, about(CARDS))


def test_every_side_has_a_barcode_that_names_job_sheet_and_side(pages: bytes) -> None:
    document = pypdfium2.PdfDocument(imposed(pages, Sheet("small", 170, 180), about(CARDS, LATIN)))
    try:
        read = [_codes(page.render(scale=300 / 72).to_pil()) for page in document]
    finally:
        document.close()

    assert read == [["4F2A9C1D-0001F"], ["4F2A9C1D-0001B"], ["4F2A9C1D-0002F"], ["4F2A9C1D-0002B"]]


@pytest.mark.parametrize("duplex", Duplex)
def test_a_real_print_file_is_on_the_sheet_word_for_word_with_codes_that_scan(
    printed: dict[str, PrintFile], duplex: Duplex, tmp_path: Path
) -> None:
    source = printed["moon-rabbit"].pdf
    sheet = replace(named_sheet("SRA3"), duplex=duplex, registration=True)

    made = imposed(source, sheet, about(2, LATIN, CHINESE))

    (tmp_path / "sheets.pdf").write_bytes(made)
    subprocess.run(["qpdf", "--check", tmp_path / "sheets.pdf"], capture_output=True, check=True)
    assert len(_words(made)) == 2
    for side in range(2):
        words = [_words(source)[page] for page in (side, side + 2)]
        assert sorted("".join(_words(made)[side].split())) == sorted("".join("".join(words).split()))
    document = pypdfium2.PdfDocument(made)
    try:
        codes = _codes(document[1].render(scale=200 / 72).to_pil())
    finally:
        document.close()
    assert sum(code.startswith("https://") for code in codes) == 2
    assert codes.count("4F2A9C1D-0001B") == 1


def test_marks_are_on_every_plate_and_the_slug_line_on_the_black_one_alone(pages: bytes, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pages)) as source:
        del source.pages[2:]
        imposed_into(source, Sheet("small", 100, 80), about(1, LATIN)).save(tmp_path / "sheets.pdf")

    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{10 * 25.4}", "-dLastPage=1"]
    subprocess.run([*command, f"-sOutputFile={tmp_path / 'page.tif'}", tmp_path / "sheets.pdf"], check=True)

    for ink in ("Cyan", "Magenta", "Yellow", "Black"):
        with Image.open(tmp_path / f"page({ink}).tif") as plate:
            # Ten pixels a millimetre: the mark above the card's left edge, then the barcode below the card.
            mark, code = (np.asarray(plate.crop(box)).min() for box in ((195, 130, 205, 160), (220, 635, 280, 690)))
        assert mark < 128, ink
        assert bool(code < 128) is (ink == "Black"), ink


def test_finished_sheets_pass_the_preflight_of_a_print_house_that_takes_marks(printed: dict[str, PrintFile]) -> None:
    intent = Intent("FOGRA39", "Coated", "http://www.color.org", PROFILE.read_bytes())
    house = PrintHouse("any", "Any", bleed=3, marks=True, records=500, variable=False, intent=intent)
    sheet = replace(named_sheet("SRA3"), registration=True)

    with pikepdf.open(BytesIO(printed["moon-rabbit"].pdf)) as source:
        made = conformed(imposed_into(source, sheet, about(2, LATIN, CHINESE)), house, "Wishes", INSTANT)

    assert findings(made, house) == ()


def _words(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _codes(picture: Image.Image) -> list[str]:
    return sorted(found.text for found in zxingcpp.read_barcodes(picture.convert("L")))
