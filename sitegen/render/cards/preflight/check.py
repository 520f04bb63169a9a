"""Look through a whole PDF: the file, its parts, its pages and what they draw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from struct import error as StructError  # noqa: N812 - it is an exception, whatever its name

import pikepdf

from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.preflight.examine import Examiner
from sitegen.render.cards.preflight.file_rules import file_findings
from sitegen.render.cards.preflight.finding import Finding, Measures, error
from sitegen.render.cards.preflight.page_rules import frame_of, page_findings
from sitegen.render.cards.preflight.part_rules import part_findings
from sitegen.render.cards.preflight.sameness import sameness
from sitegen.render.cards.preflight.zones import printed_zones

BROKEN = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    StructError,
    TypeError,
    ValueError,
)
"""What reading a PDF may raise whose dictionaries hold something else than the standard says."""
_STREAMS = 2_000
_STREAMS_PER_PAGE = 100
_AGAIN = "save the file again from the program that made it"
_PLAIN = Measures()


def findings(pdf: bytes, house: PrintHouse | None, measures: Measures = _PLAIN) -> tuple[Finding, ...]:
    """Everything that is wrong with the file or worth a look, by page; () for a file that may be printed.

    With a print house, boxes, ink, intent and document parts must be as it asks. Never raises for what is in the
    bytes: what can't be read is a finding. It knows the rules of PDF/X-4 that matter here, and is no validator of it.
    """
    try:
        opened = pikepdf.open(BytesIO(pdf))
    except pikepdf.PasswordError:
        return (error("encryption", "the file is locked with a password", "save it without one"),)
    except BROKEN as fault:
        return (error("structure", f"the file can't be read as a PDF: {_said(fault)}", _AGAIN),)
    with opened:
        found = list(_guarded(file_findings(opened, house), 0))
        found += _guarded(part_findings(opened, house), 0)
        found += _guarded(_pages(opened, house, measures), 0)
        if measures.clear:
            found += _guarded(printed_zones(pdf, measures), 0)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.page, one.severity, one.rule)))


def _pages(opened: pikepdf.Pdf, house: PrintHouse | None, measures: Measures) -> Iterator[Finding]:
    count = len(opened.pages)
    if count == 0:
        yield error("structure", "the file has no pages", _AGAIN)
    examiner = Examiner(house.ink if house else None, _STREAMS + _STREAMS_PER_PAGE * count)
    sheets: dict[bytes, tuple[Finding, ...]] = {}
    drawings: dict[bytes, tuple[Finding, ...]] = {}
    for number, page in enumerate(opened.pages, start=1):
        # The pages of a print file have one sheet, and half of them may show the same: each is looked at once.
        same = sameness(page.obj)
        if same.sheet not in sheets:
            sheets[same.sheet] = tuple(_guarded(page_findings(page, number, house), number))
        if same.whole not in drawings:
            drawings[same.whole] = tuple(_guarded(_drawn(examiner, page, number, measures), number))
        yield from (replace(one, page=number) for one in (*sheets[same.sheet], *drawings[same.whole]))


def _drawn(examiner: Examiner, page: pikepdf.Page, number: int, measures: Measures) -> Iterator[Finding]:
    for one in examiner.page(page, frame_of(page, measures)):
        yield replace(one, page=number)


def _guarded(found: Iterator[Finding], page: int) -> Iterator[Finding]:
    try:
        yield from found
    except BROKEN as fault:
        yield error("structure", f"something in it can't be read: {_said(fault)}", _AGAIN, page)


def _said(fault: BaseException) -> str:
    # qpdf names what it reads from: here a place in memory, which tells nobody anything.
    words = re.sub(r"\bstream <[^>]*>: ", "", " ".join(str(fault).split()))
    return words.removeprefix("unknown: ")[:200] or type(fault).__name__
