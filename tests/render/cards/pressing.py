"""Print cards as the build does; presses and plates of a design are kept, since making them takes longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from sitegen.content.print_house_files import read_print_house
from sitegen.errors import Problem
from sitegen.model.card import Card, CardDesign
from sitegen.model.print_house import PrintHouse
from sitegen.model.tree import Place
from sitegen.render.cards.compile import plate
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.printing import Imprint, PrintFile
from sitegen.render.cards.printing import print_file as printed_file

_KEPT: dict[int, tuple[CardDesign, Press, Plate]] = {}


def print_file(
    design: CardDesign, cards: Sequence[Card], titled: str, instant: datetime, way: Way | None = None
) -> PrintFile:
    """The cards' print file for the house "eu": the design's own way unless another is named."""
    press, made = pressed(design)
    chosen = made if way is None else replace(made, way=way)
    return printed_file(press, chosen, cards, Imprint(print_house("eu"), "sample", titled, instant))


def print_changed(design: CardDesign, changed: CardDesign, cards: Sequence[Card], instant: datetime) -> PrintFile:
    """The cards in a design with the art of `design` and other words, by whole pages: nothing is compiled."""
    imprint = Imprint(print_house("eu"), "sample", "Sample", instant)
    whole = replace(pressed(design)[1], way=Way.PAGES)
    return printed_file(prepared(changed), whole, cards, imprint)


def pressed(design: CardDesign) -> tuple[Press, Plate]:
    """A press for the design, and its plate. Raises CardsRefused where the design is broken."""
    if id(design) not in _KEPT:
        press = prepared(design)
        _KEPT[id(design)] = design, press, plate(press)
    return _KEPT[id(design)][1:]


@cache
def print_house(name: str) -> PrintHouse:
    """One of the houses that come with sitegen."""
    problems: list[Problem] = []
    house = read_print_house(None, name, Place("site.yaml"), problems)
    assert problems == []
    return house
