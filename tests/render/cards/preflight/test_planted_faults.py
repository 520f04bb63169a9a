"""Each fault that a print house would meet is planted alone, and is what the preflight names."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import Box, Side
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Measures, Severity
from tests.render.cards.preflight.paper import (
    PLAIN,
    POINTS,
    changed,
    drawn,
    finished,
    found,
    handwritten,
    house,
    paper,
    picture,
    rules,
    saved,
)

IMAGE = '<img src="cloth.jpg" style="position: absolute; left: 20mm; top: 60mm; width: 50mm; height: 50mm">'
RGB_FORM = b"1 0 0 rg 100 100 40 40 re f"


@pytest.fixture(scope="session")
def plain() -> bytes:
    return paper()


def test_a_page_without_a_fault_has_no_finding(plain: bytes) -> None:
    assert found(plain) == ()


def test_a_picture_in_rgb_is_found() -> None:
    made = paper(PLAIN + IMAGE, {"cloth.jpg": picture("RGB", 600)})
    (one,) = (each for each in found(made) if each.severity is Severity.ERROR)
    assert (one.rule, one.page) == ("rgb", 1)
    assert one.message.startswith("a picture is in RGB")
    assert one.object.endswith(" R)")


def test_a_picture_in_four_inks_is_taken() -> None:
    assert rules(paper(PLAIN + IMAGE, {"cloth.jpg": picture("CMYK", 600)})) == set()


def test_black_text_for_screens_is_found() -> None:
    made = paper('<div style="color: #000">A quiet evening</div>')
    assert rules(made) == {"rgb", "black-text"}


def test_black_text_of_four_inks_is_found() -> None:
    made = paper('<div style="color: device-cmyk(.6 .4 .4 1)">A quiet evening</div>')
    assert rules(made) == {"black-text"}


def test_text_in_one_colour_of_two_inks_is_no_black() -> None:
    assert rules(paper('<div style="color: device-cmyk(1 .7 0 .2)">A quiet evening</div>')) == set()


def test_a_character_that_no_font_has_is_found() -> None:
    assert rules(paper("<div>A quiet \U00016e40 evening</div>")) == {"glyph"}


def test_text_that_runs_over_the_edge_is_found_with_its_place() -> None:
    made = paper('<div style="left: 90mm">A quiet evening, and the moon.</div>')
    (one,) = found(made)
    assert (one.rule, one.severity) == ("overflow", Severity.ERROR)
    assert one.box is not None
    assert one.box[0] == pytest.approx(90 * POINTS, abs=2)
    assert one.box[2] > (105 + 3) * POINTS


def test_text_near_the_edge_is_found() -> None:
    assert rules(paper('<div style="left: 7mm">A quiet evening</div>')) == set()
    assert rules(paper('<div style="left: 5mm">A quiet evening</div>')) == {"safe-area"}
    assert rules(paper('<div style="left: 23mm; top: 145.5mm">A quiet evening</div>')) == {"safe-area"}


def test_a_design_may_keep_text_further_from_the_edge() -> None:
    made = paper('<div style="left: 10mm">A quiet evening</div>')
    assert {one.rule for one in findings(made, house(), Measures(safe=9))} == {"safe-area"}
    assert findings(made, house(), Measures(safe=6)) == ()


def test_a_picture_with_too_much_ink_is_told() -> None:
    made = paper(IMAGE, {"cloth.jpg": picture("CMYK", 600, 250, 250, 200, 200)})
    assert rules(made) == set()
    assert "ink" in rules(made, Severity.WARNING)
    assert "ink" not in rules(paper(IMAGE, {"cloth.jpg": picture("CMYK", 600)}), Severity.WARNING)


def test_a_picture_of_150_pixels_to_the_inch_is_found() -> None:
    made = paper(PLAIN + IMAGE, {"cloth.jpg": picture("CMYK", 295)})
    (one,) = (each for each in found(made) if each.severity is Severity.ERROR)
    assert one.rule == "resolution"
    assert "150 pixels to the inch at its size of 50 x 50 mm" in one.message


@pytest.mark.parametrize(("side", "severity"), [(500, Severity.ERROR), (700, Severity.WARNING), (1000, None)])
def test_line_art_needs_more_pixels(side: int, severity: Severity | None) -> None:
    made = handwritten(b"q 141.73 0 0 141.73 60 60 cm /Lines Do Q")
    with pikepdf.open(BytesIO(made)) as target:
        image = target.make_stream(bytes((side + 7) // 8 * side), Type=Name.XObject, Subtype=Name.Image, ImageMask=True)
        image.Width, image.Height, image.BitsPerComponent = side, side, 1
        target.pages[0].obj.Resources.XObject = Dictionary(Lines=image)
        made = saved(target)
    assert [(one.rule, one.severity) for one in found(made)] == ([("resolution", severity)] if severity else [])


def test_a_picture_that_is_blurred_by_the_press_is_told() -> None:
    assert "interpolation" in rules(paper(IMAGE, {"cloth.jpg": picture("CMYK", 600)}), Severity.WARNING)


def test_a_link_is_found_with_its_place(plain: bytes) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[60, 60, 90, 70])
    (one,) = found(changed(plain, {"/Annots": Array([link])}))
    assert (one.rule, one.severity, one.page, one.box) == ("link", Severity.ERROR, 1, (60, 60, 90, 70))


def test_a_link_of_html_is_gone_from_a_finished_card() -> None:
    html = '<div><a href="https://members.lanternandloom.example/">the members\' home</a></div>'
    raw = drawn(html)
    assert b"/Annots" in raw or b"/Link" in raw or "link" in {one.rule for one in findings(raw, None)}
    assert "link" not in rules(finished(raw)) | rules(finished(raw), Severity.WARNING)


def test_a_missing_picture_is_found() -> None:
    assert rules(handwritten(b"q 100 0 0 100 60 60 cm /Cloth Do Q")) == {"missing"}


def test_half_a_picture_is_found() -> None:
    raw = drawn(PLAIN + IMAGE, {"cloth.jpg": picture("CMYK", 600)})
    with pikepdf.open(BytesIO(raw)) as target:
        image = next(one for one in target.objects if isinstance(one, pikepdf.Stream) and "/Width" in one)
        image.write(image.read_raw_bytes()[:2000], filter=Name.DCTDecode)
        raw = saved(target)
    assert rules(finished(raw)) == {"missing"}


def test_the_boxes_that_weasyprint_writes_are_found() -> None:
    said = {one.message for one in findings(drawn(PLAIN), None) if one.rule == "boxes"}
    assert said == {"the page has 0 mm of bleed, less than 3 mm"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"/MediaBox": Array([-8, -8, 306, 428])}, "begins at -8,-8"),
        ({"/TrimBox": None}, "no trim box"),
        ({"/ArtBox": Array([10, 10, 300, 400])}, "a trim box and an art box"),
        ({"/BleedBox": Array([0, 0, 400, 436.5354])}, "the bleed box reaches out of the media box"),
        ({"/TrimBox": Array([8.5039, 8.5039, 306.1417, 440])}, "the trim box reaches out of the bleed box"),
        ({"/TrimBox": Array([6, 8.5039, 306.1417, 428.0315])}, "the bleed is 2.12 3.00 3.00 3.00 mm"),
        ({"/UserUnit": 2}, "a unit of its own"),
    ],
)
def test_wrong_boxes_are_found(plain: bytes, change: dict[str, object], words: str) -> None:
    said = [one.message for one in found(changed(plain, change)) if one.rule == "boxes"]
    assert any(words in message for message in said), said


def test_another_print_house_wants_other_boxes_and_another_intent(plain: bytes) -> None:
    assert rules(plain, wanted=house("us")) == {"boxes", "intent"}
    assert rules(plain, wanted=house("with-marks")) == {"boxes"}
    assert rules(plain, wanted=house("digital")) == {"parts"}


def test_a_card_with_marks_is_right_for_the_house_with_marks_only() -> None:
    made = finished(drawn(PLAIN), house("with-marks"))
    assert found(made, house("with-marks")) == ()
    assert rules(made) == {"boxes"}


@pytest.mark.parametrize(
    ("operators", "rule"),
    [
        (b"1 0 0 rg 60 60 40 40 re f", "rgb"),
        (b"1 0 0 RG 60 60 m 90 90 l S", "rgb"),
        (b"/DeviceRGB cs 1 0 0 scn 60 60 40 40 re f", "rgb"),
        (b"1 1 1 1 k 60 60 40 40 re f", "ink"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", "rgb"),
        (b"/Nothing sh", "missing"),
        (b"/Nothing gs", "missing"),
        (b"BT /Nothing 12 Tf ET", "missing"),
    ],
)
def test_colours_and_things_of_a_content_stream_are_found(operators: bytes, rule: str) -> None:
    assert rules(handwritten(operators)) == {rule}


def test_a_colour_that_is_set_and_never_used_is_no_fault() -> None:
    assert found(handwritten(b"1 0 0 rg 0 0 0 1 k 60 60 40 40 re f")) == ()


def _with_form(**more: object) -> bytes:
    made = handwritten(b"/Inner Do")
    with pikepdf.open(BytesIO(made)) as target:
        form = target.make_stream(RGB_FORM, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 400]))
        for key, value in more.items():
            form[f"/{key}"] = value
        outer = target.make_stream(b"/Deep Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 400, 400]))
        outer.Resources = Dictionary(XObject=Dictionary(Deep=form))
        target.pages[0].obj.Resources.XObject = Dictionary(Inner=outer)
        return saved(target)


def test_rgb_inside_a_form_inside_a_form_is_found_by_its_name() -> None:
    (one,) = found(_with_form())
    assert one.rule == "rgb"
    assert one.object.startswith("Deep (")


def test_rgb_as_the_colour_of_a_group_is_found() -> None:
    made = _with_form(Group=Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB))
    assert "the group of a form is in RGB, a colour for screens" in {one.message for one in found(made)}
    assert rules(made, Severity.WARNING) == {"transparency"}


def _painted(**resources: pikepdf.Object) -> bytes:
    made = handwritten(b"/Pattern cs /P scn 60 60 40 40 re f")
    with pikepdf.open(BytesIO(made)) as target:
        values = {f"/{key}": target.make_indirect(value) for key, value in resources.items()}
        target.pages[0].obj.Resources.Pattern = Dictionary(values)
        return saved(target)


def test_rgb_in_a_gradient_is_found() -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]))
    assert rules(_painted(P=Dictionary(PatternType=2, Shading=shading))) == {"rgb"}


def test_too_much_ink_at_the_end_of_a_gradient_is_found() -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 0.9, 0.8], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 9, 9]), Function=function)
    assert rules(_painted(P=Dictionary(PatternType=2, Shading=shading))) == {"ink"}


def test_rgb_in_a_tile_is_found() -> None:
    made = handwritten(b"/Pattern cs /P scn 60 60 40 40 re f")
    with pikepdf.open(BytesIO(made)) as target:
        tile = target.make_stream(b"1 0 0 rg 0 0 3 3 re f", PatternType=1, PaintType=1, TilingType=1, XStep=5, YStep=5)
        tile.BBox, tile.Resources = Array([0, 0, 5, 5]), Dictionary()
        target.pages[0].obj.Resources.Pattern = Dictionary(P=tile)
        made = saved(target)
    assert rules(made) == {"rgb"}


def test_a_spot_colour_that_stands_on_rgb_is_found() -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    gold = Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint])
    made = handwritten(b"/Gold cs 1 scn 60 60 40 40 re f", ColorSpace=Dictionary(Gold=gold))
    assert rules(made) == {"rgb"}
    gold[2] = Name.DeviceCMYK
    made = handwritten(b"/Gold cs 1 scn 60 60 40 40 re f", ColorSpace=Dictionary(Gold=gold))
    assert (rules(made), rules(made, Severity.WARNING)) == (set(), {"spot"})


def test_a_font_that_is_not_in_the_file_is_found() -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    made = handwritten(b"BT 0 0 0 1 k /F 12 Tf 90 200 Td (hello) Tj ET", Font=Dictionary(F=font))
    assert rules(made) == {"font"}


def test_small_type_thin_lines_and_opacity_are_told_and_no_errors() -> None:
    made = paper(
        '<div style="font-size: 4pt">A quiet evening</div>'
        '<div style="top: 60mm; opacity: .5">and the moon</div>'
        '<div style="top: 80mm; width: 30mm; border-bottom: .1pt solid device-cmyk(0 0 0 1)">&#160;</div>'
    )
    assert rules(made) == set()
    assert rules(made, Severity.WARNING) >= {"small-text", "transparency"}
    thin = handwritten(b"0 0 0 1 K .1 w 60 60 m 90 60 l S")
    assert rules(thin, Severity.WARNING) == {"thin-line"}


def test_white_text_that_overprints_is_found() -> None:
    over = Dictionary(OP=True, op=True, OPM=1)
    raw = drawn('<div style="color: device-cmyk(0 0 0 0)">A quiet evening</div>')
    with pikepdf.open(BytesIO(raw)) as target:
        page = target.pages[0]
        page.obj.Resources.ExtGState.Over = over
        page.contents_add(b"/Over gs\n", prepend=True)
        raw = saved(target)
    assert rules(finished(raw)) == {"overprint"}


def test_whatever_prints_where_the_post_wants_nothing_is_found(plain: bytes) -> None:
    zone = Box(Side.FRONT, 15, 25, 50, 20)
    (one,) = findings(plain, house(), Measures(clear=(zone,)))
    assert (one.rule, one.page) == ("clear-zone", 1)
    assert one.box == pytest.approx((18 * POINTS, 106 * POINTS, 68 * POINTS, 126 * POINTS), abs=0.01)
    assert findings(plain, house(), Measures(clear=(Box(Side.BACK, 15, 25, 50, 20),))) == ()
    line = handwritten(b"0 0 0 1 K .3 w 60 60 m 90 60 l S")
    corner = Box(Side.FRONT, 15, 125, 20, 20)
    assert [one.rule for one in findings(line, house(), Measures(clear=(corner,)))] == ["clear-zone"]
    assert findings(line, house(), Measures(clear=(zone,))) == ()


def test_what_is_found_on_every_page_is_found_on_every_page(plain: bytes) -> None:
    with pikepdf.open(BytesIO(_with_form())) as target:
        target.pages.append(target.pages[0])
        made = saved(target)
    assert [(one.rule, one.page) for one in found(made)] == [("rgb", 1), ("rgb", 2)]
