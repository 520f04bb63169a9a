"""Say of which cards a print file's faults are."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.model.card import Card, CardDesign
from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Finding, Measures, Severity
from sitegen.render.cards.refusal import Refused

PAGES = 2
"""Pages of a card."""


def refusals(pdf: bytes, design: CardDesign, cards: Sequence[Card], house: PrintHouse) -> tuple[Refused, ...]:
    """What the preflight refuses of a print file of `cards`, two pages each; () where all may be printed.

    A fault that all cards share is the design's, and told once (record 0).
    """
    faults: dict[tuple[str, str], list[Finding]] = {}
    for one in findings(pdf, house, Measures(safe=design.safe)):
        if one.severity is Severity.ERROR:
            faults.setdefault((one.message, one.hint), []).append(one)
    refused: set[Refused] = set()
    for (message, hint), same in faults.items():
        numbers = {(one.page - 1) // PAGES for one in same if one.page}
        if not numbers or len(numbers) == len(cards):
            refused.add(Refused(0, "", "", message, hint))
        else:
            owners = [cards[number] for number in numbers if number < len(cards)]
            refused |= {Refused(card.record, card.customer_id, "", message, hint) for card in owners}
    return tuple(sorted(refused))
