"""Make a design ready for many cards: its fonts, styles and template, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import Environment, StrictUndefined, Template
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from sitegen.model.card import CardDesign, Slot
from sitegen.render.cards import glyphs
from sitegen.render.cards.fetcher import BASE, DesignFetcher
from sitegen.render.cards.soundness import sound

_ENGINE_STYLE = """
@page {{ size: {width}mm {height}mm; margin: 0 }}
html, body {{ margin: 0; padding: 0; color: device-cmyk(0 0 0 1) }}
p {{ margin: 0 }}
.page {{ position: relative; width: {width}mm; height: {height}mm; break-after: page; overflow: visible }}
.page.last {{ break-after: auto }}
.slot {{ position: absolute; break-inside: avoid }}
.slot.line {{ white-space: nowrap }}
"""


@dataclass(frozen=True, slots=True)
class Press:
    """A design with everything that costs time to load. Not to be shared between threads: Pango is not safe.

    `known` holds every character that its fonts have, `families` the names that they give themselves; `grounds` is the
    memory of grounds.grounds: what it drew once is the same in every file.
    """

    design: CardDesign
    slots: dict[str, Slot]
    template: Template
    style: CSS
    fonts: FontConfiguration
    fetcher: DesignFetcher
    known: frozenset[str]
    families: frozenset[str]
    grounds: dict[str, bytes] = field(default_factory=dict)


def prepared(design: CardDesign) -> Press:
    """The press for a design. Raises CardsRefused for a fault in its template, its style or its fonts."""
    fonts = FontConfiguration()
    fetcher = DesignFetcher(design.files)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    with sound(design):
        return Press(
            design=design,
            slots={slot.name: slot for slot in design.slots},
            template=environment.from_string(design.template),
            style=CSS(string=_style(design), base_url=BASE, url_fetcher=fetcher, font_config=fonts),
            fonts=fonts,
            fetcher=fetcher,
            known=glyphs.printable(design),
            families=glyphs.families(design),
        )


def _style(design: CardDesign) -> str:
    """The engine's own rules come first, so that the design may add to them."""
    own = _ENGINE_STYLE.format(width=design.width, height=design.height)
    return own + "".join(_position(slot) for slot in design.slots) + design.style


def _position(slot: Slot) -> str:
    box = slot.box
    place = f"left: {box.x}mm; top: {box.y}mm; width: {box.width}mm; height: {box.height}mm"
    return f".slot-{slot.name} {{ {place} }}\n"
