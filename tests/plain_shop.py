"""One shop as a value, for tests that need some shop; they replace what matters to them."""

from __future__ import annotations

from sitegen.model.shop import FolderSource, Hotline, PostalAddress, Sender, Shop

SHOP = Shop(
    name="Lantern & Loom",
    tagline="Linen, quilts and prayer beads",
    url="https://members.lanternandloom.example",
    timezone="Europe/Berlin",
    language="en",
    languages=("en", "zh"),
    currency="EUR",
    address=PostalAddress("Große Bergstraße 41", "22767", "Hamburg", "DE"),
    phone="+49 40 66969 001",
    hotline=Hotline("Consumer Advice Line", "+49 30 23125 400"),
    sender=Sender("Lantern & Loom", "letters@lanternandloom.example", "goodbye@lanternandloom.example"),
    source=FolderSource("customers"),
    theme="hearth",
    member_home="welcome.md",
)
