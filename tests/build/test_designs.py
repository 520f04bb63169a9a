"""Cards of one campaign in several designs: each design in print files of its own."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Protocol

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.ledger import Delivery, State
from sitegen.send.ledger import open_ledger, record


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
    ]
    rows = csv.DictReader(io.StringIO((made / "manifest.csv").read_text()))
    assert [(row["record"], row["customer_id"], row["design"], row["file"]) for row in rows] == [
        ("1", "C-1", "moon-rabbit", "cards-moon-rabbit-001.pdf"),
        ("2", "C-3", "moon-rabbit", "cards-moon-rabbit-001.pdf"),
        ("3", "C-2", "winter-window", "cards-winter-window-001.pdf"),
    ]


def test_a_campaign_with_one_design_keeps_the_names_of_its_files(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "cards")
    made = shop.output / "cards" / "autumn-card"
    assert [path.name for path in made.glob("*.pdf")] == ["cards-001.pdf"]
