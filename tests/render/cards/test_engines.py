"""The fast engine prints what the reference prints, and knows what it can't."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.plate import Way
from sitegen.render.cards.printing import PrintFile
from tests.render.cards.conftest import INSTANT
from tests.render.cards.pressing import pressed, print_file
from tests.render.cards.test_designs import NAMES

DOTS = 300
DIFFERENT = 64
"""Levels of 255 by which a dot differs from all nine dots there: letters may move by less than a dot, since WeasyPrint
rounds a letter's advance by the size in which a document had it first."""
TOLERATED = 24
"""Dots of a page, among two million."""
QUICK = ("first-snow", "moon-rabbit")
"""Capitals by style, and four lines a card; the other designs are compared by `-m slow`."""
EVERY = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]


def _looks(pdf: bytes) -> list[tuple[str, NDArray[np.int16]]]:
    """Text and picture (grey levels) of each page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [
            (
                page.get_textpage().get_text_range(),
                page.render(scale=DOTS / 72, grayscale=True).to_numpy().astype(np.int16),
            )
            for page in document
        ]


def _strange(one: NDArray[np.int16], other: NDArray[np.int16]) -> int:
    """Dots of one picture that are like none of the nine dots of the other there."""
    padded = np.pad(other, 1, mode="edge")
    around = [np.abs(one - padded[y : y + one.shape[0], x : x + one.shape[1]]) for y in range(3) for x in range(3)]
    return int(np.count_nonzero(np.minimum.reduce(around) > DIFFERENT))


def _assert_alike(fast: bytes, whole: bytes) -> None:
    pages = list(zip(_looks(fast), _looks(whole), strict=True))
    words = [[sorted(text.split()) for text, _ in pair] for pair in pages]
    assert [one for one, _ in words] == [other for _, other in words]
    for (_, one), (_, other) in pages:
        assert one.shape == other.shape
        assert max(_strange(one, other), _strange(other, one)) <= TOLERATED


def _styled(design: CardDesign, style: str) -> CardDesign:
    return replace(design, art={}, style=design.style + style)


@pytest.mark.parametrize("name", EVERY)
def test_both_engines_print_the_same_card_in_both_languages(
    name: str, designs: dict[str, CardDesign], printed: dict[str, PrintFile], latin: Card, chinese: Card
) -> None:
    _, plate = pressed(designs[name])
    assert (plate.way, plate.why) == (Way.LINES, "")
    whole = print_file(designs[name], (latin, chinese), "Sample", INSTANT, Way.PAGES)
    _assert_alike(printed[name].pdf, whole.pdf)
    assert printed[name].pages == whole.pages


def test_a_difference_of_one_word_is_seen(design: CardDesign, latin: Card) -> None:
    one, other = (
        print_file(design, (card,), "Sample", INSTANT).pdf
        for card in (latin, replace(latin, adviser="Ingrid Halvorson"))
    )
    (_, first), (_, second) = _looks(one)[1], _looks(other)[1]
    assert _strange(first, second) > TOLERATED


@pytest.mark.parametrize(
    "style",
    [
        ".slot-name { border-bottom: 0.3pt solid device-cmyk(0 0 0 1) }",
        pytest.param(".slot-signature { text-decoration: underline }", marks=pytest.mark.slow),
        ".slot-signature { transform: rotate(-4deg) }",
        pytest.param(".slot-code { word-spacing: 0.4em }", marks=pytest.mark.slow),
        pytest.param(".slot-code { line-height: 1.25 } .slot-code span { font-size: 80% }", marks=pytest.mark.slow),
    ],
)
def test_a_slot_that_lines_alone_cannot_express_is_set_text_by_text(
    design: CardDesign, latin: Card, chinese: Card, style: str
) -> None:
    styled = _styled(design, style)
    _, plate = pressed(styled)
    assert plate.way is Way.GROUPS
    assert plate.why
    cards = (latin, chinese)
    whole = print_file(styled, cards, "Sample", INSTANT, Way.PAGES)
    _assert_alike(print_file(styled, cards, "Sample", INSTANT).pdf, whole.pdf)


@pytest.mark.parametrize(
    "style",
    [
        ".slot-name + .slot-greeting { font-style: italic }",
        pytest.param(".slot-name::before { content: '— ' }", marks=pytest.mark.slow),
        ".slot { counter-increment: slot } .slot-shop::after { content: ' ' counter(slot) }",
    ],
)
def test_a_design_whose_slots_depend_on_each_other_is_printed_by_whole_pages(
    design: CardDesign, latin: Card, style: str
) -> None:
    styled = _styled(design, style)
    _, plate = pressed(styled)
    assert plate.way is Way.PAGES
    assert plate.why.endswith("its back looks different when its slots are set apart")
    assert print_file(styled, (latin,), "Sample", INSTANT) == print_file(styled, (latin,), "Sample", INSTANT, Way.PAGES)


def test_a_card_looks_the_same_in_whatever_company(design: CardDesign, latin: Card) -> None:
    cards = [replace(latin, record=one, customer_id=f"c{one}", name=f"Ada {'I' * one}") for one in (3, 1, 2)]
    together = _looks(print_file(design, cards, "Sample", INSTANT).pdf)
    alone = _looks(print_file(design, cards[1:2], "Sample", INSTANT).pdf)
    for (text, one), (words, other) in zip(together[2:4], alone, strict=True):
        assert text == words
        assert max(_strange(one, other), _strange(other, one)) == 0
