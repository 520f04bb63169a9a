"""Codes as rectangles of black ink."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.render.cards import qr
from tests.examples import examples

LINK = "https://members.lanternandloom.example/#ABCDEFGHJKMNPQRSTVWXYZ012345"


def _picture(code: qr.Modules) -> Image.Image:
    side = len(code) + 2 * qr.QUIET
    picture = Image.new("L", (side, side), 255)
    for row, line in enumerate(code):
        for column, ink in enumerate(line):
            picture.putpixel((column + qr.QUIET, row + qr.QUIET), 0 if ink else 255)
    return picture.resize((4 * side, 4 * side), Image.Resampling.NEAREST)


def test_a_members_link_makes_version_four() -> None:
    code = qr.modules(LINK)
    assert len(code) == 33
    assert {len(row) for row in code} == {33}


def test_a_code_of_26_millimetres_has_modules_that_phones_can_read() -> None:
    assert qr.pitch(qr.modules(LINK), 26) == pytest.approx(26 / 41)


@examples(40)
@given(st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=60))
def test_what_is_written_can_be_read(text: str) -> None:
    (read,) = zxingcpp.read_barcodes(_picture(qr.modules("https://x.example/#" + text)))
    assert read.text == "https://x.example/#" + text


def test_the_rectangles_cover_the_ink_and_nothing_else() -> None:
    code = qr.modules(LINK)
    drawn = qr.operators(code, 10, 90, 41).decode()
    assert drawn.startswith("q 1.00000 0 0 -1.00000 14.0000 86.0000 cm 0 0 0 1 k\n")
    covered = [
        (int(row), int(column) + step)
        for column, row, length in re.findall(r"(\d+) (\d+) (\d+) 1 re", drawn)
        for step in range(int(length))
    ]
    assert len(covered) == len(set(covered))
    assert set(covered) == {(row, column) for row in range(33) for column in range(33) if code[row][column]}
