"""A text that many cards share is read once; a card that lacks it, or has one too many, is found all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Name

from sitegen.model.card import CardDesign
from sitegen.render.cards.lean import lean
from sitegen.render.cards.press import Press
from sitegen.render.cards.verify import verified
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_file

CARDS = (
    *(replace(LATIN, record=number, customer_id=f"c{number}", name=f"Anna {'I' * number}") for number in range(1, 5)),
    *(replace(CHINESE, record=number, customer_id=f"c{number}", name=f"明{'光' * number}") for number in range(5, 8)),
)
BACKS = (1, 3, 5, 7)
"""The backs of the four cards in English."""
_TEXT = re.compile(rb"/T[0-9a-f]{16} Do")


@pytest.fixture(scope="module")
def pdf(design: CardDesign) -> bytes:
    return print_file(design, CARDS, "Sample", INSTANT).pdf


@pytest.fixture(scope="module")
def press(design: CardDesign) -> Press:
    return pressed(design)[0]


def _told(
    pdf: bytes, press: Press, change: Callable[[bytes], bytes], backs: tuple[int, ...] = BACKS[3:]
) -> set[tuple[int, str]]:
    """What is found when the content of these backs is changed."""
    with pikepdf.open(BytesIO(pdf)) as target:
        for number in backs:
            page = target.pages[number].obj
            page.Contents = target.make_stream(change(page.Contents.read_bytes()))
        content = BytesIO()
        target.save(content)
    return {(one.record, one.slot) for one in verified(content.getvalue(), CARDS, press)}


def test_a_text_that_many_pages_draw_gets_a_page_of_its_own(pdf: bytes, press: Press) -> None:
    thin = lean(pdf)
    with pikepdf.open(BytesIO(pdf)) as whole, pikepdf.open(BytesIO(thin.pdf)) as target:
        before, after = (
            [len(_TEXT.findall(page.Contents.read_bytes())) for page in one.pages] for one in (whole, target)
        )
    taken = [len(thin.shared.texts[number]) for number in range(len(before))]
    assert after[: len(before)] == [all_ - gone for all_, gone in zip(before, taken, strict=True)]
    assert taken[:4] == [0, 0, 0, 0]
    assert min(taken[5], taken[7], taken[13]) > 0
    assert verified(pdf, CARDS, press) == ()


def _first(content: bytes, new: bytes) -> bytes:
    changed = _TEXT.sub(lambda found: new.replace(b"DRAW", found[0]), content, count=1)
    assert changed != content
    return changed


@pytest.mark.parametrize(
    "instead",
    [b"", b"% DRAW\n", b"BT (DRAW) Tj ET", b"BT\nBI /W 1 /H 1 /BPC 8 /CS /G ID ET\nDRAW EI ET"],
    ids=["nothing", "comment", "string", "picture"],
)
@pytest.mark.parametrize("backs", [BACKS[3:], BACKS], ids=["one", "four"])
def test_a_text_that_pages_do_not_draw_is_missed(
    pdf: bytes, press: Press, instead: bytes, backs: tuple[int, ...]
) -> None:
    lacking = _told(pdf, press, lambda content: _first(content, instead), backs)
    assert {record for record, slot in lacking if slot} == {number // 2 + 1 for number in backs}


@pytest.mark.parametrize("way", ["plain", "in the middle of a text", "through a form without resources"])
def test_a_text_of_other_cards_that_one_page_draws_too_is_found(pdf: bytes, press: Press, way: str) -> None:
    with pikepdf.open(BytesIO(pdf)) as target:
        mine, others = (_TEXT.findall(target.pages[number].obj.Contents.read_bytes()) for number in (BACKS[3], 13))
        strange = next(name for name in others if name not in mine)
        inner = target.make_stream(strange, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 999, 999]))
        target.pages[BACKS[3]].obj.Resources.XObject["/Inner"] = inner
        content = BytesIO()
        target.save(content)
    written = {"plain": strange, "in the middle of a text": b"BT\n%b\nET" % strange}.get(way, b"/Inner Do")
    found = _told(content.getvalue(), press, lambda content: content.replace(mine[0], mine[0] + b"\n" + written))
    assert found == {(4, "")}


@pytest.mark.parametrize("again", [b"%b", b"BT\n%b\nET"], ids=["plain", "in the middle of a text"])
def test_a_text_that_one_page_draws_twice_is_found(pdf: bytes, press: Press, again: bytes) -> None:
    def twice(content: bytes) -> bytes:
        return _TEXT.sub(lambda found: b"%b\nq 1 0 0 1 0 60 cm\n%b\nQ" % (found[0], again % found[0]), content, count=1)

    assert _told(pdf, press, twice) == {(4, "")}
