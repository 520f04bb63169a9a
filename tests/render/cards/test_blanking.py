"""A design can be printed without what is one customer's."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.blanking import blank, personal, public
from tests.render.cards.conftest import CHINESE, INSTANT, LATIN
from tests.render.cards.pressing import pressed, print_changed


def _text(design: CardDesign, changed: CardDesign, card: Card) -> str:
    pages = pypdfium2.PdfDocument(print_changed(design, changed, (card,), INSTANT).pdf)
    return " ".join(page.get_textpage().get_text_range().replace("\r\n", " ") for page in pages)


def test_what_follows_the_customer_is_personal_and_what_follows_the_shop_is_not(design: CardDesign) -> None:
    found = personal(pressed(design)[0], LATIN)
    assert found == {"dedication", "name", "greeting", "signature", "adviser", "code"}


def test_a_public_card_says_what_every_card_says(design: CardDesign) -> None:
    press = pressed(design)[0]
    assert _text(design, public(press, LATIN), LATIN) == (
        "The moon is round tonight Your door to the members’ house Lantern & Loom · 0800 555 0199"
    )
    said = _text(design, public(press, CHINESE), CHINESE)
    assert CHINESE.name not in said
    assert CHINESE.shop in said


def test_a_blank_card_says_nothing(design: CardDesign) -> None:
    assert _text(design, blank(pressed(design)[0], LATIN), LATIN).strip() == ""


def test_braces_in_a_text_are_printed_and_not_run(design: CardDesign) -> None:
    odd = replace(LATIN, shop="{{ 6 * 7 }} {% endcall %}")
    assert "{{ 6 * 7 }} {% endcall %}" in _text(design, public(pressed(design)[0], odd), odd)
