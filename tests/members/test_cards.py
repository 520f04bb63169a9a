"""What stands on the membership cards: whoever gets one reads on it what the model says, and what their room says."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from tests.golden.sample_shop import Shop as Built
from tests.golden.sample_shop import copy_of_the_sample
from tests.members.conftest import code
from tests.members.model import Model, Shop
from tests.members.table import GRAZYNA, TABLE
from tests.members.written import Written

pytestmark = pytest.mark.slow

PRINTED = date(2026, 11, 6)
"""A fortnight before they are in the letter boxes: `lead: 14`."""
SEASON = 92
"""Days for which somebody is newly risen: whoever reached Silver or Gold from 6 August on."""
OTHERS = ("opinion-card", "birthday", "birthday-zh")
"""Campaigns whose hundreds of cards are made for that day too, and are told elsewhere."""


@dataclass(frozen=True, slots=True)
class Card:
    """Both sides of a card as a printer gets them, without spaces: where lines break is the design's business."""

    front: str
    back: str


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample with the cards of that day, as a printer gets them."""
    built = copy_of_the_sample(tmp_path_factory.mktemp("cards") / "shop")
    for name in OTHERS:
        (built.root / "content" / "campaigns" / "2026" / f"{name}.md").unlink()
    built.build("cards", f"{PRINTED}")
    return built


@pytest.fixture(scope="module")
def cards(shop: Built) -> Mapping[str, Card]:
    """The membership cards of both languages by their holders."""
    campaigns = shop.root / "output" / "cards" / "2026"
    return {**_cards(campaigns / "membership-card"), **_cards(campaigns / "membership-card-zh")}


@pytest.fixture(scope="module")
def model(shop: Built) -> Model:
    """The shop on the day on which the cards are made."""
    return Model(Shop(shop.root), PRINTED)


def test_of_the_ten_the_one_gets_a_card_who_rose_this_season(cards: Mapping[str, Card]) -> None:
    # Grażyna came to 2615.00 on 1 September; the others have long been in their tiers, or have none that is told.
    assert TABLE.keys() & cards.keys() == {GRAZYNA}


def test_the_card_says_what_the_table_says(cards: Mapping[str, Card]) -> None:
    row, card = TABLE[GRAZYNA], cards[GRAZYNA]
    assert squeezed(row.name) in card.front
    assert row.tier in card.front
    assert squeezed(row.adviser) in card.back
    assert re.search(rf"{squeezed(row.next_gift)}[^0-9]{{1,30}}{row.missing}(?![0-9])", card.back)


def test_each_card_has_the_name_the_tier_the_adviser_the_next_gift_and_the_code_of_its_holder(
    cards: Mapping[str, Card], model: Model, shop: Built
) -> None:
    assert {model.member(holder).language for holder in cards} == {"en", "zh"}
    for holder, card in cards.items():
        member = model.member(holder)
        written = Written(Shop(shop.root), member.language)
        assert squeezed(member.name) in card.front, holder
        assert written.said(member.tier) in card.front, holder
        assert squeezed(member.name) in card.back, holder
        assert squeezed(member.adviser) in card.back, holder
        assert code(shop, holder) in card.back.replace("-", ""), holder
        gifts = [squeezed(written.gift(one["title"]["en"])) for one in model.programme["points"]["gifts"]]
        named = [gift for gift in gifts if gift in card.back]
        assert named == ([squeezed(written.gift(member.next_gift))] if member.next_gift else []), holder
        if named:
            missing = f"{member.points_to_next_gift:,}"
            assert re.search(rf"{re.escape(named[0])}[^0-9]{{1,30}}{missing}(?![0-9])", card.back), holder


def _cards(folder: Path) -> dict[str, Card]:
    found = {}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pdf = pypdfium2.PdfDocument(folder / row["file"])
            front, back = (pdf[int(row["page"]) - 1 + side].get_textpage().get_text_range() for side in (0, 1))
            found[row["customer_id"]] = Card(squeezed(front), squeezed(back))
            pdf.close()
    return found


def squeezed(text: str) -> str:
    """A text without the spaces and line ends in it."""
    return "".join(text.split())
