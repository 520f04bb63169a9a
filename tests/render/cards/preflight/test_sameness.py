"""Pages that are the same are looked at once, and what is wrong is told of each; others are not taken for the same."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from sitegen.render.cards.preflight.sameness import sameness
from tests.render.cards.preflight.paper import found, handwritten, saved

GOOD, RGB = b"0 0 0 1 k 60 60 40 40 re f", b"1 0 0 rg 60 60 40 40 re f"


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    target = pikepdf.open(BytesIO(handwritten(GOOD)))
    for _ in range(3):
        target.pages.append(target.pages[0])
    return target


def _told(target: pikepdf.Pdf) -> list[tuple[str, int]]:
    return [(one.rule, one.page) for one in found(saved(target))]


def test_pages_differ_in_what_they_show_or_in_their_sheet(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(GOOD)
    pdf.pages[2].obj.TrimBox = Array([9, 9, 300, 400])
    first, other, cut, again = (sameness(page.obj) for page in pdf.pages)
    assert first == again
    assert (first.sheet, first.whole) == (other.sheet, first.whole)
    assert first.whole != other.whole
    assert first.sheet != cut.sheet


def test_pages_of_different_records_may_be_the_same(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.DPart = pdf.make_indirect(Dictionary())
    assert len({sameness(page.obj) for page in pdf.pages}) == 1


def test_pages_with_other_resources_are_others(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources = pdf.make_indirect(Dictionary())
    pdf.pages[2].obj.Resources = pdf.make_indirect(Dictionary())
    assert len({sameness(page.obj).sheet for page in pdf.pages}) == 3


@pytest.mark.parametrize("parts", [1, 2])
def test_a_fault_of_one_page_is_found_there(pdf: pikepdf.Pdf, parts: int) -> None:
    for page in pdf.pages:
        page.obj.Contents = Array([pdf.make_stream(GOOD)] * parts)
    pdf.pages[2].obj.Contents = Array([pdf.make_stream(RGB), pdf.make_stream(GOOD)][:parts])
    assert _told(pdf) == [("rgb", 3)]


def test_a_fault_of_pages_that_are_the_same_is_told_of_each(pdf: pikepdf.Pdf) -> None:
    wrong = pdf.make_stream(RGB)
    for number in (1, 3):
        pdf.pages[number].obj.Contents = wrong
        pdf.pages[number].obj.UserUnit = 2
    assert _told(pdf) == [("boxes", 2), ("rgb", 2), ("boxes", 4), ("rgb", 4)]
