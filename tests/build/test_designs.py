"""Cards of one campaign in several designs: each design in print files of its own."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from sitegen.build.cards.cards import doubts
from sitegen.build.cards.plates import Plates
from sitegen.build.cards.print_job import stock
from sitegen.build.cards.print_shop import Workshop
from sitegen.build.order import PrintOrder
from sitegen.content.project import read_project
from sitegen.model.card import Side
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.publish.store import Store
from sitegen.render.cards.plate import Plate, Way
from sitegen.send.ledger import open_ledger, record
from tests.build.conftest import SMALL_SHOP


class Shop(Protocol):
    """What tests do with a shop."""

    root: Path

    @property
    def output(self) -> Path: ...
    def build(self, *arguments: str) -> None: ...


def had(customer: str, design: str) -> Delivery:
    """A card that left a year ago."""
    return Delivery(
        campaign="old",
        edition="old/2025-09-22",
        channel=Channel.CARD,
        address_key=customer.ljust(64, "0"),
        customer_id=customer,
        state=State.PRINTED,
        day=date(2025, 9, 8),
        message_class=MessageClass.CARE,
        claimed_at="2025-09-08T08:00:00Z",
        design=design,
    )


@pytest.mark.slow
def test_each_design_is_printed_apart_and_nobody_gets_one_again(shop: Shop) -> None:
    card = shop.root / "content" / "campaigns" / "autumn-card.md"
    text = card.read_text().replace("card: moon-rabbit", "card: [moon-rabbit, winter-window]")
    card.write_text(text.replace("audience: gold", "audience: everyone"))
    with open_ledger(shop.root / ".sitegen" / "ledger.sqlite") as ledger:
        assert record(ledger, had("C-2", "moon-rabbit"))
        assert record(ledger, had("C-3", "winter-window"))
    shop.build("--on", "2026-09-08", "--only", "cards,work")
    made = shop.output / "cards" / "autumn-card"
    assert sorted(path.name for path in made.glob("*.pdf")) == [
        "cards-moon-rabbit-001.pdf",
        "cards-winter-window-001.pdf",
        "proof-moon-rabbit.pdf",
        "proof-winter-window.pdf",
    ]
    rows = csv.DictReader(io.StringIO((made / "manifest.csv").read_text()))
    assert [(row["record"], row["customer_id"], row["design"], row["file"]) for row in rows] == [
        ("1", "C-1", "moon-rabbit", "cards-moon-rabbit-001.pdf"),
        ("2", "C-3", "moon-rabbit", "cards-moon-rabbit-001.pdf"),
        ("3", "C-2", "winter-window", "cards-winter-window-001.pdf"),
    ]


def test_a_design_that_slots_can_not_express_goes_another_way_and_says_so(tmp_path: Path) -> None:
    project = read_project(SMALL_SHOP)
    design = project.theme.design("moon-rabbit")
    assert design
    styles = {
        # A line under a text is more than letters.
        "underlined": ".slot-dedication { border-bottom: 0.5pt solid device-cmyk(0% 0% 0% 100%) }",
        # What a slot looks like depends on the slots before it.
        "depending": ".slot-name ~ .slot-greeting { text-align: right }",
    }
    designs = tuple(replace(design, name=name, style=design.style + more) for name, more in styles.items())
    made_with = stock(replace(project, theme=replace(project.theme, designs=designs)), PrintOrder())
    plates = Plates(Store(tmp_path / "plates"), made_with)
    ways = {name: plates.of(name, Workshop(made_with)) for name in styles}
    assert {name: plate.way for name, plate in ways.items() if isinstance(plate, Plate)} == {
        "underlined": Way.GROUPS,
        "depending": Way.PAGES,
    }
    assert plates.notices() == (
        "cards/underlined is printed text by text: a slot draws more than letters (operator 'm')",
        "cards/depending is printed by whole pages: its back looks different when its slots are set apart",
    )

    # A plate that was kept still says so.
    again = Plates(Store(tmp_path / "plates"), made_with)
    assert {name: again.of(name, NoShop()) for name in styles} == ways
    assert again.notices() == plates.notices()


def test_lines_that_may_look_stepped_are_told() -> None:
    design = read_project(SMALL_SHOP).theme.design("moon-rabbit")
    assert design
    picture = io.BytesIO()
    Image.new("1", [round(side / 25.4 * 400) for side in (111, 154)], 1).save(picture, "TIFF")
    coarse = replace(design, files={**design.files, "front.tif": picture.getvalue()}, art={Side.FRONT: "front.tif"})
    (told,) = doubts([design, coarse])
    assert told.startswith("cards/moon-rabbit: front.tif has 400 pixels per inch, and lines want 450: look closely, ")


class NoShop(Workshop):
    """Nothing may be compiled here."""

    def __init__(self) -> None:
        pass

    def plate(self, design: str) -> Plate:
        raise AssertionError(design)
