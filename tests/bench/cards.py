"""Cards to measure with, and the same cards as anybody would write them for WeasyPrint alone."""

from __future__ import annotations

import base64

from sitegen.model.card import Card, CardDesign, Side

NAMES = ("Mei Lin", "Łukasz Kowalczyk", "Anneliese von Bergen", "王小明", "Jonas Brandt", "Zoë Müller")
WISH = (
    "Tonight the moon is the same over every roof. May someone you love sit close enough to share the last mooncake, "
    "and may whoever is far away look up at the same hour."
)


def sample_cards(number: int) -> tuple[Card, ...]:
    """Cards with different names and links."""
    return tuple(_card(record) for record in range(1, number + 1))


def _card(record: int) -> Card:
    name = NAMES[record % len(NAMES)]
    code = f"{record:028d}"
    return Card(
        record=record,
        customer_id=f"C-{record:05d}",
        name=name,
        lines=("Weberstraße 3", "22767 Hamburg"),
        greeting=f"<p>Dear {name},</p><p>{WISH}</p>",
        link=f"https://members.lanternandloom.example/#{code}",
        code="-".join(code[start : start + 4] for start in range(0, 28, 4)),
        adviser="Anke Petersen",
        adviser_title="Senior adviser, linen",
        adviser_phone="+49 40 66969 011",
        store="Lantern & Loom Hamburg",
        shop="Lantern & Loom",
        hotline="+49 30 23125 400",
        language="en",
    )


def whole_page_html(design: CardDesign, card: Card) -> str:
    """A card as one HTML document of two pages, with the design's art as pictures and its text in plain boxes."""
    fonts = "".join(
        f'@font-face {{ font-family: "EB Garamond"; src: url(data:font/ttf;base64,{_base64(content)}) }}'
        for path, content in design.files.items()
        if path == "fonts/EBGaramond-Regular.ttf"
    )
    pages = "".join(
        f'<section><img src="data:image/svg+xml;base64,{_base64(design.files[design.art[side]])}">'
        f"<div>{card.name if side is Side.FRONT else card.greeting + card.adviser + card.code}</div></section>"
        for side in Side
    )
    return (
        f"<style>{fonts} @page {{ size: {design.width}mm {design.height}mm; margin: 0; bleed: {design.bleed}mm }}"
        "body { margin: 0; font-family: 'EB Garamond' } section { break-after: page; position: relative }"
        f"img {{ width: 100%; height: {design.height}mm }} div {{ position: absolute; top: 20mm; left: 10mm }}"
        f"</style><body>{pages}</body>"
    )


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
