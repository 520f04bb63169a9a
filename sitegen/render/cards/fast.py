"""Set every distinct text once, and put each card together from what is set."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from sitegen.render.cards.assemble import Parts, assembled
from sitegen.render.cards.fragments import fragments
from sitegen.render.cards.grounds import grounds
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.press import Press
from sitegen.render.cards.refusal import Refused
from sitegen.render.cards.typeset import too_long
from sitegen.render.cards.written import Written


def pages(press: Press, plate: Plate, cards: Sequence[Written]) -> tuple[pikepdf.Pdf, list[Refused]]:
    """Two pages for each card, and a refusal for each text that is too long even in its smallest size.

    Where anything is refused, its pages lack the text. Raises cutting.Inexpressible for a design that needs the
    reference engine: plates of Way.LINES and Way.GROUPS have been tried.
    """
    ground = grounds(press, (section for made in cards for section in made.sections))
    set_once = fragments(press, (text for made in cards for text in made.texts), in_lines=plate.way is Way.LINES)
    refused = [
        too_long(made.card, press.slots[text.slot], text.content)
        for made in cards
        for text in made.texts
        if text in set_once.too_long
    ]
    return assembled(press.design, Parts(plate.art, ground, set_once), cards), refused
