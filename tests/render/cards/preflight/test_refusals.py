"""A fault of one card is that card's, a fault of all is the design's."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from sitegen.model.card import Card, CardDesign
from sitegen.render.cards.boxes import boxed, page_boxes
from sitegen.render.cards.preflight.refusals import refusals
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.standard import conformed
from tests.render.cards.preflight.paper import BLEED, HEIGHT, INSTANT, WIDTH, drawn, house

QUIET = "<div>A quiet evening</div>"
NEAR = '<div style="left: 4mm">A quiet evening</div>'
RICH = '<div style="top: 60mm; color: device-cmyk(.6 .4 .4 1)">and the moon</div>'


def _printed(*pages: str) -> bytes:
    with pikepdf.new() as target:
        for html in pages:
            with pikepdf.open(BytesIO(drawn(html))) as page:
                target.pages.extend(page.pages)
        boxed(target, page_boxes(WIDTH, HEIGHT, BLEED, house()))
        return conformed(target, house(), "Sample", INSTANT)


def test_good_cards_are_printed(design: CardDesign, latin: Card, chinese: Card) -> None:
    assert refusals(_printed(QUIET, QUIET, QUIET, QUIET), design, (latin, chinese), house()) == ()


def test_faults_are_told_by_record_or_once_for_all(design: CardDesign, latin: Card, chinese: Card) -> None:
    pdf = _printed(QUIET, QUIET + RICH, QUIET + RICH, NEAR)
    assert refusals(pdf, design, (latin, chinese), house()) == (
        Refused(0, "", "", "black text is mixed of several inks (60 40 40 100)", "write device-cmyk(0 0 0 1)"),
        Refused(
            chinese.record, chinese.customer_id, "",
            "text comes nearer than 5 mm to the edge, where the knife may cut", "move it inwards",
        ),
    )  # fmt: skip
