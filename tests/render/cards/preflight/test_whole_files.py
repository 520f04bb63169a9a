"""Whole files: what can't be read, what must not be in them, and the parts of PDF/VT-1."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from io import BytesIO

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from sitegen.render.cards.boxes import boxed, page_boxes
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Edges, Finding, Severity
from sitegen.render.cards.preflight.placing import union, within
from sitegen.render.cards.standard import Part, conformed
from tests.examples import examples
from tests.render.cards.preflight.paper import (
    BLEED,
    HEIGHT,
    INSTANT,
    WIDTH,
    drawn,
    found,
    handwritten,
    house,
    paper,
    rules,
    saved,
)

PLAIN = paper()


def _with(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(PLAIN)) as target:
        change(target)
        return saved(target)


def _two_records() -> bytes:
    digital = house("digital")
    with pikepdf.open(BytesIO(drawn("<div>one</div>"))) as target:
        for _ in range(3):
            target.pages.append(target.pages[0])
        boxed(target, page_boxes(WIDTH, HEIGHT, BLEED, digital))
        parts = (Part(1, 0, 2, "5f0a", "autumn", "en"), Part(2, 2, 2, "77b1", "autumn", "zh"))
        return conformed(target, digital, "Autumn", INSTANT, parts)


def test_what_is_no_pdf_is_said_to_be_none() -> None:
    (one,) = findings(b"Dear friend, this is a letter.", None)
    assert (one.rule, one.severity, one.page) == ("structure", Severity.ERROR, 0)
    assert one.message.startswith("the file can't be read as a PDF")


def test_a_file_cut_in_the_middle_is_damaged() -> None:
    assert "structure" in {one.rule for one in findings(PLAIN[: len(PLAIN) // 2], None)}


def test_a_locked_file_is_found() -> None:
    def locked(owner: str, user: str) -> bytes:
        with pikepdf.open(BytesIO(PLAIN)) as target:
            content = BytesIO()
            target.save(content, encryption=pikepdf.Encryption(owner=owner, user=user))
            return content.getvalue()

    assert "encryption" in rules(locked("shop", ""))
    (one,) = found(locked("shop", "secret"))
    assert one.message == "the file is locked with a password"


def _keys(*keys: str) -> Callable[[pikepdf.Pdf], None]:
    def change(target: pikepdf.Pdf) -> None:
        for key in keys:
            target.Root[key] = Dictionary()

    return change


def _no_intent(target: pikepdf.Pdf) -> None:
    del target.Root.OutputIntents


def _two_intents(target: pikepdf.Pdf) -> None:
    target.Root.OutputIntents.append(target.Root.OutputIntents[0])


def _no_profile(target: pikepdf.Pdf) -> None:
    del target.Root.OutputIntents[0].DestOutputProfile


def _screen_profile(target: pikepdf.Pdf) -> None:
    profile = target.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"prtrCMYK", b"mntrRGB ", 1))


def _no_metadata(target: pikepdf.Pdf) -> None:
    del target.Root.Metadata


def _other_standard(target: pikepdf.Pdf) -> None:
    target.Root.Metadata.write(target.Root.Metadata.read_bytes().replace(b"PDF/X-4", b"PDF/X-3"))


def _trapped_otherwise(target: pikepdf.Pdf) -> None:
    target.docinfo["/Trapped"] = Name("/True")


def _attached(target: pikepdf.Pdf) -> None:
    target.Root.Names = Dictionary(EmbeddedFiles=Dictionary(), JavaScript=Dictionary())


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_keys("/AcroForm"), "active"),
        (_keys("/OpenAction"), "active"),
        (_keys("/AA"), "active"),
        (_attached, "active"),
        (_no_intent, "intent"),
        (_two_intents, "intent"),
        (_no_profile, "intent"),
        (_screen_profile, "intent"),
        (_no_metadata, "metadata"),
        (_other_standard, "metadata"),
        (_trapped_otherwise, "metadata"),
    ],
)
def test_what_pdf_x_forbids_or_asks_for_is_found(change: Callable[[pikepdf.Pdf], None], rule: str) -> None:
    assert rules(_with(change)) == {rule}


def test_a_newer_pdf_is_found() -> None:
    with pikepdf.open(BytesIO(PLAIN)) as target:
        content = BytesIO()
        target.save(content, force_version="2.0")
    assert rules(content.getvalue()) == {"version"}


def test_pages_of_two_sizes_are_told() -> None:
    def change(target: pikepdf.Pdf) -> None:
        target.add_blank_page(page_size=(300, 300))

    assert "boxes" in rules(_with(change), Severity.WARNING)


def test_the_parts_of_a_file_for_a_digital_press_are_whole() -> None:
    assert found(_two_records(), house("digital")) == ()


def _leaf(target: pikepdf.Pdf, number: int) -> pikepdf.Object:
    return target.Root.DPartRoot.DPartRootNode.DParts[0][number]


def _overlap(target: pikepdf.Pdf) -> None:
    _leaf(target, 1).Start = target.pages[1].obj


def _left_over(target: pikepdf.Pdf) -> None:
    _leaf(target, 1).End = target.pages[2].obj


def _stranger(target: pikepdf.Pdf) -> None:
    del target.pages[3].obj["/DPart"]


@pytest.mark.parametrize(
    ("change", "page", "words"),
    [
        (_overlap, 3, "has the pages 2 to 4, and page 3 comes next"),
        (_left_over, 4, "the page is in no document part"),
        (_stranger, 4, "does not name the document part"),
    ],
)
def test_parts_that_do_not_hold_together_are_found(
    change: Callable[[pikepdf.Pdf], None], page: int, words: str
) -> None:
    with pikepdf.open(BytesIO(_two_records())) as target:
        change(target)
        made = saved(target)
    (one,) = (each for each in found(made, house("digital")) if each.severity is Severity.ERROR)
    assert (one.rule, one.page) == ("parts", page)
    assert words in one.message


def _nested(depth: int) -> bytes:
    """Forms inside forms, each drawing the next one twice, and nowhere twice at the same place."""
    with pikepdf.open(BytesIO(handwritten(b"/F Do"))) as target:
        inner = target.make_stream(b"0 0 0 1 k 0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form)
        inner.BBox = Array([0, 0, 9, 9])
        for level in range(depth):
            drawing = b"/F Do 1 0 0 1 %d 0 cm /F Do" % 2**level
            outer = target.make_stream(drawing, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
            outer.Resources = Dictionary(XObject=Dictionary(F=inner))
            inner = outer
        target.pages[0].obj.Resources.XObject = Dictionary(F=inner)
        return saved(target)


def test_forms_that_call_each_other_without_end_are_given_up() -> None:
    assert rules(_nested(20)) == {"limits"}


def test_a_form_that_draws_itself_is_found() -> None:
    with pikepdf.open(BytesIO(handwritten(b"/F Do"))) as target:
        form = target.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        target.pages[0].obj.Resources.XObject = Dictionary(F=form)
        made = saved(target)
    assert rules(made) == {"structure"}


@examples(60)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=30))
def test_no_damage_makes_it_fall(damage: list[tuple[int, int]]) -> None:
    _survives(PLAIN, damage)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=60))
def test_no_damage_makes_it_fall_however_often(damage: list[tuple[int, int]]) -> None:
    with pikepdf.open(BytesIO(_two_records())) as target:
        content = BytesIO()
        target.save(content, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    _survives(content.getvalue(), damage)


def _survives(pdf: bytes, damage: list[tuple[int, int]]) -> None:
    broken = bytearray(pdf)
    for place, value in damage:
        broken[place % len(broken)] = value
    assert all(isinstance(one, Finding) for one in findings(bytes(broken), house()))


OPERANDS = st.one_of(
    st.integers(-1000, 1000).map(str),
    st.sampled_from(["/F", "/X", "/DeviceRGB", "(a)", "<00>", "[1 (b)]", "[]", "<<>>", "null", "true", "1e9"]),
)
OPERATORS = st.sampled_from(
    ["q", "Q", "cm", "gs", "rg", "k", "cs", "scn", "BT", "Tf", "Tm", "Td", "Tj", "TJ", "'", '"', "Do"]
)


@examples(150)
@given(st.lists(st.tuples(st.lists(OPERANDS, max_size=6), OPERATORS), max_size=8))
def test_no_content_makes_it_fall(lines: list[tuple[list[str], str]]) -> None:
    content = "\n".join(" ".join([*operands, operator]) for operands, operator in lines)
    assert all(isinstance(one, Finding) for one in found(handwritten(content.encode())))


NUMBER = st.floats(-1.5, 1.5).map(lambda value: round(value, 2))
STRETCH = st.tuples(NUMBER, NUMBER).filter(lambda two: min(map(abs, two)) > 0.1)


@examples(40)
@given(STRETCH, st.booleans(), st.sampled_from([8, 14, 30]), st.sampled_from([0, 1.5]))
def test_text_is_found_where_pdfium_sees_it(
    stretch: tuple[float, float], upright: bool, size: int, spacing: float
) -> None:
    """Both measure the outlines: pdfium by itself, the walker from the font's own table."""
    across, up = stretch
    turn = f"{across} 0 0 {up}" if upright else f"0 {across} {up} 0"
    ours, theirs = _boxes(turn, size, spacing)
    assert all(abs(one - other) < 1 for one, other in zip(ours, theirs, strict=True))


@examples(40)
@given(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER).filter(lambda turn: abs(turn[0] * turn[3] - turn[1] * turn[2]) > 0.1))
def test_text_on_the_slant_is_never_found_in_too_little_room(turn: tuple[float, float, float, float]) -> None:
    ours, theirs = _boxes(" ".join(map(str, turn)), 14, 0)
    assert within(theirs, ours, 1)


def _boxes(turn: str, size: int, spacing: float) -> tuple[Edges, Edges]:
    made = _turned(f"{turn} 150 210 cm BT {spacing} Tc /F {size} Tf 3 2 Td".encode())
    text = pypdfium2.PdfDocument(made)[0].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    (one,) = (each for each in findings(made, house()) if each.rule == "black-text")
    assert one.box is not None
    return one.box, reduce(union, boxes)


_LINE = paper("<div>Evening moon</div>")


def _turned(start: bytes) -> bytes:
    """The words of a page set by WeasyPrint, shown again somewhere else, in mixed black so that they are found."""
    with pikepdf.open(BytesIO(_LINE)) as target:
        page = target.pages[0].obj
        ((_, font),) = page.Resources.Font.items()
        shown = next(
            one.operands[0].unparse()
            for one in pikepdf.parse_content_stream(target.pages[0])
            if str(one.operator) == "TJ"
        )
        page.Contents = target.make_stream(b"1 1 1 1 k " + start + b" " + shown + b" TJ ET")
        page.Resources = Dictionary(Font=Dictionary(F=font))
        return saved(target)
