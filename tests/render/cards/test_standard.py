"""Finished print files hold to PDF/X-4 and PDF/VT-1, and other programs read them so."""

from __future__ import annotations

import subprocess
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from sitegen.errors import Exit
from sitegen.model.card import Axis, Card, CardDesign, Fold
from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.boxes import boxed, design_boxes, page_boxes
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Measures
from sitegen.render.cards.printing import PrintFile
from sitegen.render.cards.refusal import CardsRefused
from sitegen.render.cards.standard import Part, conformed
from tests.render.cards.conftest import INSTANT
from tests.render.cards.preflight.paper import drawn, house
from tests.render.cards.pressing import print_file

POINTS = 72 / 25.4
PARTS = (Part(1, 0, 1, "5f0a", "autumn", "en"), Part(2, 1, 1, "77b1", "autumn", "zh-CN"))
BLACK_BOX = "<div style='left: 0; top: 0; width: 111mm; height: 154mm; background: device-cmyk(0 0 0 1)'></div>"


def _made(wanted: PrintHouse, html: str = "<div>one</div>") -> bytes:
    with pikepdf.open(BytesIO(drawn(html))) as target:
        target.pages.append(target.pages[0])
        boxed(target, page_boxes(105, 148, 3, wanted))
        return conformed(target, wanted, "A quiet evening", INSTANT, PARTS)


def _said(*command: str | Path) -> str:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True).stdout


def test_a_card_of_the_theme_passes_the_preflight(design: CardDesign, printed: dict[str, PrintFile]) -> None:
    """All of them are looked at by the tests of designs."""
    assert findings(printed[design.name].pdf, house(), Measures(safe=design.safe)) == ()


def test_equal_pages_make_equal_bytes_and_another_date_makes_another_instance() -> None:
    assert _made(house("digital")) == _made(house("digital"))
    with pikepdf.open(BytesIO(drawn("<div>one</div>"))) as target:
        later = conformed(target, house(), "A quiet evening", INSTANT.replace(year=2027))
    with pikepdf.open(BytesIO(drawn("<div>one</div>"))) as target:
        now = conformed(target, house(), "A quiet evening", INSTANT)
    one, other = _metadata(later), _metadata(now)
    assert one["xmpMM:DocumentID"] == other["xmpMM:DocumentID"]
    assert one["xmpMM:InstanceID"] != other["xmpMM:InstanceID"]


def _metadata(pdf: bytes) -> dict[str, str]:
    keys = (
        "dc:title", "pdf:Trapped", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID",
        "xmpMM:InstanceID", "xmpMM:VersionID", "xmpMM:RenditionClass", "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion",
        "{http://www.npes.org/pdfvt/ns/id/}GTS_PDFVTVersion", "{http://www.npes.org/pdfvt/ns/id/}GTS_PDFVTModDate",
    )  # fmt: skip
    with pikepdf.open(BytesIO(pdf)) as target:
        said = target.open_metadata()
        return {key.rpartition("}")[2]: str(said.get(key, "")) for key in keys}


def test_title_dates_and_standard_stand_in_both_places() -> None:
    made = _made(house("digital"))
    said = _metadata(made)
    moment = "2026-09-01T08:00:00+00:00"
    assert said["dc:title"] == "A quiet evening"
    assert {said[key] for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")} == {moment}
    assert (said["GTS_PDFXVersion"], said["GTS_PDFVTVersion"]) == ("PDF/X-4", "PDF/VT-1")
    assert said["GTS_PDFVTModDate"] == moment
    assert (said["pdf:Trapped"], said["xmpMM:VersionID"], said["xmpMM:RenditionClass"]) == ("False", "1", "default")
    with pikepdf.open(BytesIO(made)) as target:
        assert target.pdf_version == "1.6"
        assert target.docinfo["/Trapped"] == Name("/False")
        assert str(target.docinfo["/ModDate"]) == "D:20260901080000+00'00'"
        assert len(target.trailer.ID) == 2
        assert "/Filter" not in target.Root.Metadata


def test_the_profile_is_there_once_and_packed() -> None:
    made = _made(house())
    with pikepdf.open(BytesIO(made)) as target:
        (intent,) = target.Root.OutputIntents
        assert (str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == ("FOGRA39", "http://www.color.org")
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == house().intent.profile
        assert len(intent.DestOutputProfile.read_raw_bytes()) < 0.7 * len(house().intent.profile)
        profiles = [one for one in target.objects if isinstance(one, pikepdf.Stream) and one.get("/N") == 4]
        assert len(profiles) == 1


def test_document_parts_name_record_customer_campaign_and_language() -> None:
    with pikepdf.open(BytesIO(_made(house("digital")))) as target:
        leaves = target.Root.DPartRoot.DPartRootNode.DParts[0]
        said = [{key: str(value) for key, value in leaf.DPM.items()} for leaf in leaves]
        pages = [leaf.Start.objgen for leaf in leaves]
        assert pages == [page.obj.objgen for page in target.pages]
        assert [page.obj.DPart.objgen for page in target.pages] == [leaf.objgen for leaf in leaves]
    assert said == [
        {"/Record": "1", "/Customer": "5f0a", "/Campaign": "autumn", "/Language": "en"},
        {"/Record": "2", "/Customer": "77b1", "/Campaign": "autumn", "/Language": "zh-CN"},
    ]


def test_a_house_without_variable_data_gets_no_document_parts() -> None:
    with pikepdf.open(BytesIO(_made(house()))) as target:
        assert "/DPartRoot" not in target.Root
        assert "/DPart" not in target.pages[0].obj


def test_what_pdf_x_forbids_is_taken_out() -> None:
    with pikepdf.open(BytesIO(drawn("<div>one</div>"))) as target:
        page = target.pages[0].obj
        page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 60, 90, 70])])
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        for key in ("/AcroForm", "/OpenAction", "/AA", "/Names"):
            target.Root[key] = Dictionary()
        boxed(target, page_boxes(105, 148, 3, house()))
        made = conformed(target, house(), "A quiet evening", INSTANT)
    assert findings(made, house()) == ()


def _edges(pdf: bytes, box: str) -> list[float]:
    with pikepdf.open(BytesIO(pdf)) as target:
        return [float(edge) / POINTS for edge in target.pages[0].obj[box]]


@pytest.mark.parametrize(
    ("name", "media", "bleed", "trim"),
    [
        ("eu", [0, 0, 111, 154], [0, 0, 111, 154], [3, 3, 108, 151]),
        ("us", [0, 0, 111.35, 154.35], [0, 0, 111.35, 154.35], [3.175, 3.175, 108.175, 151.175]),
        ("with-marks", [0, 0, 123, 166], [6, 6, 117, 160], [9, 9, 114, 157]),
    ],
)
def test_boxes_are_as_the_house_asks_in_millimetres(
    name: str, media: list[float], bleed: list[float], trim: list[float]
) -> None:
    made = _made(house(name))
    for box, edges in (("/MediaBox", media), ("/BleedBox", bleed), ("/TrimBox", trim)):
        assert _edges(made, box) == pytest.approx(edges, abs=0.001)
    assert findings(made, house(name)) == ()


def _rastered(pdf: bytes, folder: Path, *more: str) -> Image.Image:
    (folder / "a.pdf").write_bytes(pdf)
    _said("pdftoppm", "-r", "254", "-png", "-f", "1", "-l", "1", *more, folder / "a.pdf", folder / "page")
    (page,) = folder.glob("page*.png")
    with Image.open(page) as image:
        return image.convert("L")


def _ink(image: Image.Image) -> list[float]:
    """Left, top, right, bottom of what is dark, in millimetres (10 pixels each)."""
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return [edge / 10 for edge in box]


def test_less_bleed_is_cut_off_and_the_trim_stays_where_it_was(tmp_path: Path) -> None:
    square = "<div style='left: 23mm; top: 33mm; width: 10mm; height: 20mm; background: device-cmyk(0 0 0 1)'></div>"
    made = _made(replace(house(), bleed=2.0), square)
    assert _edges(made, "/MediaBox") == pytest.approx([0, 0, 109, 152], abs=0.001)
    assert _ink(_rastered(made, tmp_path)) == pytest.approx([22, 32, 32, 52], abs=0.15)


def test_a_hair_more_bleed_is_filled(tmp_path: Path) -> None:
    assert _ink(_rastered(_made(house("us"), BLACK_BOX), tmp_path)) == pytest.approx([0, 0, 111.4, 154.4], abs=0.15)


def test_crop_marks_stand_outside_the_bleed_and_on_every_plate(tmp_path: Path) -> None:
    empty = _rastered(_made(house("with-marks"), ""), tmp_path)
    marked = _ink(empty)
    assert marked == pytest.approx([0.5, 0.5, 122.5, 165.5], abs=0.15)
    inside = empty.crop((60, 60, 1170, 1600))
    assert inside.getextrema() == (255, 255)
    inks = _plates(_made(house("with-marks"), ""), tmp_path)
    assert all(image.point(lambda value: 255 if value < 128 else 0).getbbox() for image in inks.values())


def test_fold_marks_stand_where_the_fold_meets_the_edges_of_both_pages(designs: dict[str, CardDesign]) -> None:
    folded = replace(designs["gift-crane"], fold=Fold(Axis.VERTICAL, 70))
    with pikepdf.open(BytesIO(drawn(""))) as target:
        target.pages.append(target.pages[0])
        boxed(target, design_boxes(folded, house("with-marks")))
        made = conformed(target, house("with-marks"), "Folded", INSTANT)
    start, dot = 6 + 3, 25.4 / 300
    for page, fold in ((0, start + 70), (1, start + 210 - 70)):
        picture = _page(made, page)
        columns = range(round((start + 20) / dot), round((start + 190) / dot))
        inked = [x * dot for x in columns if picture.crop((x, 0, x + 1, round(5.5 / dot))).getextrema() != (255, 255)]
        assert inked
        assert inked == pytest.approx([fold] * len(inked), abs=0.15)
        assert picture.crop((90, 90, 2200, 1500)).getextrema() == (255, 255)


def _page(pdf: bytes, number: int) -> Image.Image:
    """A page at 300 dots an inch, in greys."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        picture: Image.Image = document[number].render(scale=300 / 72, grayscale=True).to_pil()
        return picture


def test_more_bleed_than_the_design_has_is_refused(design: CardDesign) -> None:
    with pytest.raises(CardsRefused) as caught:
        design_boxes(design, replace(house(), name="poster", bleed=5.0))
    assert caught.value.exit_code is Exit.CARD
    assert "the print house 'poster' wants 5 mm of bleed, the design has 3 mm" in str(caught.value)


def _plates(pdf: bytes, folder: Path) -> dict[str, Image.Image]:
    """The four plates of the first page, as Ghostscript separates it; 255 is no ink."""
    (folder / "plates.pdf").write_bytes(pdf)
    _said("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r150", "-dFirstPage=1", "-dLastPage=1",
          f"-sOutputFile={folder / 'plate.tif'}", folder / "plates.pdf")  # fmt: skip
    plates: dict[str, Image.Image] = {}
    for ink in ("Cyan", "Magenta", "Yellow", "Black"):
        with Image.open(folder / f"plate({ink}).tif") as image:
            plates[ink] = image.copy()
    return plates


@pytest.fixture(scope="module")
def bare(designs: dict[str, CardDesign], latin: Card) -> bytes:
    """The back of a card without its art: words and code only."""
    design = replace(designs["moon-rabbit"], art={})
    with pikepdf.open(BytesIO(print_file(design, (latin,), "Sample", INSTANT).pdf)) as target:
        del target.pages[0]
        content = BytesIO()
        target.save(content)
    return content.getvalue()


def test_words_and_code_print_in_black_ink_alone(bare: bytes, tmp_path: Path) -> None:
    """Ghostscript is the judge: nothing on the plates of cyan, magenta and yellow."""
    plates = _plates(bare, tmp_path)
    assert {ink: image.getextrema() for ink, image in plates.items()} == {
        "Cyan": (255, 255),
        "Magenta": (255, 255),
        "Yellow": (255, 255),
        "Black": (0, 255),
    }


@pytest.mark.parametrize("name", ["eu", "digital", "with-marks"])
def test_other_programs_read_the_file_as_we_do(name: str, tmp_path: Path) -> None:
    file = tmp_path / "cards.pdf"
    file.write_bytes(_made(house(name)))
    assert "No syntax or stream encoding errors" in _said("qpdf", "--check", file)
    boxes = {line.split(":")[0]: [float(edge) for edge in line.split()[1:]]
             for line in _said("pdfinfo", "-box", file).splitlines() if "Box:" in line}  # fmt: skip
    assert boxes["TrimBox"] == pytest.approx(
        [edge * POINTS for edge in _edges(file.read_bytes(), "/TrimBox")], abs=0.01
    )
    fonts = _said("pdffonts", file).splitlines()[2:]
    assert [line.split()[-5:-3] for line in fonts] == [["yes", "yes"]]
