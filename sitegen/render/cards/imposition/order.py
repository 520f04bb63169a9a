"""Deal the cards out to the sheets, so that cutting and piling them brings them back in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.model.card import Side
from sitegen.model.print_house import Order
from sitegen.render.cards.imposition.layout import Layout, spots


@dataclass(frozen=True, slots=True)
class Position:
    """Where one page of a card is printed. Sheets, rows and columns count from 1, as one looks at that side."""

    sheet: int
    side: Side
    row: int
    column: int


def dealt(plan: Layout) -> tuple[tuple[int | None, ...], ...]:
    """For each sheet, the card (from 0) at each position, in the order of layout.spots; None is a blank.

    Cut and stack ("deep, right, down"): of a lift of S sheets, position k of sheet s carries card k*S+s, so the cut
    stacks, piled position by position, are in order. The last lift is as thin as its cards allow, blanks come last.
    """
    if plan.sheet.order is Order.BY_SHEET:
        return tuple(_sheet(plan, start, step=1) for start in range(0, plan.cards, plan.capacity))
    return tuple(_sheet(plan, start + sheet, depth) for start, depth in lifts(plan) for sheet in range(depth))


def lifts(plan: Layout) -> Iterator[tuple[int, int]]:
    """The first card (from 0) of each stack of sheets that is cut at once, and how many sheets it has."""
    deepest = plan.sheet.lift or max(1, _sheets(plan, plan.cards))
    for start in range(0, plan.cards, deepest * plan.capacity):
        yield start, min(deepest, _sheets(plan, plan.cards - start))


def positions(plan: Layout) -> tuple[tuple[Position, Position], ...]:
    """Where the front and the back of each card are printed, in the order of the cards."""
    fronts, backs = spots(plan, Side.FRONT), spots(plan, Side.BACK)
    found: dict[int, tuple[Position, Position]] = {}
    for number, cards in enumerate(dealt(plan), start=1):
        for card, front, back in zip(cards, fronts, backs, strict=True):
            if card is not None:
                found[card] = (
                    Position(number, Side.FRONT, front.row + 1, front.column + 1),
                    Position(number, Side.BACK, back.row + 1, back.column + 1),
                )
    return tuple(found[card] for card in range(plan.cards))


def _sheet(plan: Layout, first: int, step: int) -> tuple[int | None, ...]:
    cards = (first + position * step for position in range(plan.capacity))
    return tuple(card if card < plan.cards else None for card in cards)


def _sheets(plan: Layout, cards: int) -> int:
    return -(-cards // plan.capacity)
