"""A plain content stream is read without the library, and says the same as with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.cards.preflight.instructions import INLINE_IMAGE, Instruction, _parsed, instructions, plain

PLAIN = (
    "q", "Q", "BT", "ET", "f", "f*", "S", "T*", "W* n", "1 0 0 rg", ".5 G", "0 0 0 1 k", "1 0 0 -1 3.5 -4. cm", "5 Tr",
    "/Cs cs", "0.01 0.06 0.24 0 scn", "/Art.back Do", "/F1.0 12 Tf", "/a1.0 gs", "<0041> Tj", "[<0041>-12.5<0042>3] TJ",
    "[3 2] 1.5 d", "0 0 7 1 re", "1 2 m 3 4 l h", "4 M", "[] TJ", "10 0 d0",
)  # fmt: skip
STRANGE = (
    "(1 0 0 rg) Tj", "[(a) 3] TJ", "% 1 0 0 rg\n", "/Pattern cs /P scn", "/A#20B gs", "1.2.3 w", "--5 w", "1 0 0rg",
    "<4> Tj", "<00 41> Tj", "/P <</MCID 0>> BDC", "1234567890123 w", "0 g/X Do", "(", "]", "0 Td Tj", "xx", "1 2",
    "+3 w", "true g", "1\0w", "1\x0bw", "<0041> '", "[1.5-3<00>] TJ", "EI",
)  # fmt: skip
_PIECE = re.compile(r"<([^>]*)>|([-.0-9]+)")


def test_a_run_of_rectangles_is_nothing_before_it_is_filled() -> None:
    assert plain("q\n0 0 7 1 re\n10 0 2 1 re\nf\nQ") == [("q", ()), ("f", ()), ("Q", ())]


def test_what_a_plain_stream_says() -> None:
    said = plain("BT\n1 0 0 -1 41.5 101.2 Tm\n/F.0 20 Tf\n[<0042>-3<01cd>] TJ\nET")
    assert said is not None
    assert [(operator, [str(one) for one in operands]) for operator, operands in said] == [
        ("BT", []),
        ("Tm", ["1.0", "0.0", "0.0", "-1.0", "41.5", "101.2"]),
        ("Tf", ["/F.0", "20.0"]),
        ("TJ", ["[<0042>-3<01cd>]"]),
        ("ET", []),
    ]


@pytest.mark.parametrize("strange", STRANGE)
def test_what_is_not_plain_is_left_to_the_library(strange: str) -> None:
    assert plain(f"q {strange}") is None


@given(st.lists(st.sampled_from(PLAIN), max_size=12), st.sampled_from((" ", "\n", "\r\n", "\t")))
def test_the_library_reads_the_same_in_a_plain_stream(parts: list[str], space: str) -> None:
    text = space.join(parts)
    read = plain(text)
    assert read is not None
    assert _said(read) == _said(_by_the_library(text))


@given(
    st.lists(st.sampled_from((*PLAIN, *STRANGE)), max_size=4).map(" ".join)
    | st.text("01.-+ \n/<>[]()fqQgsTJdmreSDoBIET*%'\"#\0", max_size=12)
)
def test_whatever_is_taken_for_plain_means_what_the_library_reads(text: str) -> None:
    read = plain(text)
    if read is not None:
        assert _said(read) == _said(_by_the_library(text))


def test_a_picture_in_a_stream_is_read_by_the_library() -> None:
    with pikepdf.new() as pdf:
        stream = pdf.make_stream(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q")
        assert [operator for operator, _ in instructions(stream)] == ["q", INLINE_IMAGE, "Q"]


def test_the_parts_of_a_page_are_read_one_after_the_other() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pikepdf.Array(
            [pdf.make_stream(b"q 1"), pdf.make_stream(b"0 0 rg"), pdf.make_stream(b"f Q")]
        )
        assert [operator for operator, _ in instructions(page)] == ["q", "rg", "f", "Q"]


def _by_the_library(text: str) -> list[Instruction]:
    with pikepdf.new() as pdf:
        return list(_parsed(pdf.make_stream(text.encode("latin-1"))))


def _said(read: list[Instruction]) -> list[tuple[str, tuple[object, ...]]]:
    return [(operator, tuple(_value(one) for one in operands)) for operator, operands in read]


def _value(operand: object) -> object:
    if isinstance(operand, str):
        return tuple(_written(operand))
    if isinstance(operand, pikepdf.Array):
        return tuple(bytes(one) if isinstance(one, pikepdf.String) else float(one) for one in operand)
    if isinstance(operand, pikepdf.String):
        return (bytes(operand),)
    return str(operand) if isinstance(operand, pikepdf.Name) else float(operand)  # type: ignore[arg-type]


def _written(shown: str) -> Iterator[bytes | float]:
    for string, shift in _PIECE.findall(shown):
        yield float(shift) if shift else bytes.fromhex(string)
