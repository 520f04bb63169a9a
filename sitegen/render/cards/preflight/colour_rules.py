"""Judge colours: what a press can't print, prints too wet, or prints otherwise than the screen shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.render.cards.preflight.colours import Colour, Family, Space, inks, is_mixed_black
from sitegen.render.cards.preflight.finding import Severity

MOST_INK = 300.0
"""Percent of the four inks together that coated paper takes, where no print house says otherwise."""
_INKS = frozenset(("All", "None", "Cyan", "Magenta", "Yellow", "Black"))
_CONVERT = "write it as device-cmyk(...), or convert it to the print house's profile"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a thing, wherever it stands."""

    rule: str
    severity: Severity
    message: str
    hint: str = ""


def of_colour(colour: Colour, what: str, limit: float | None) -> Iterator[Verdict]:
    """What is wrong with a colour that `what` ("text", "a line") is painted in; `limit` is the print house's ink."""
    yield from of_space(colour.space, what)
    mixed = inks(colour)
    if mixed is not None and 100 * sum(mixed) > (limit or MOST_INK) + 0.5:
        severity = Severity.WARNING if limit is None else Severity.ERROR
        message = f"{what} takes {100 * sum(mixed):.0f} % of ink, more than {limit or MOST_INK:g} %"
        yield Verdict("ink", severity, message, "make the colour lighter, or replace its grey part by black")


def of_space(space: Space, what: str) -> Iterator[Verdict]:
    """What is wrong with a colour space."""
    if space.family is Family.RGB:
        named = f" (as a stand-in for the spot colour '{space.name}')" if space.name else ""
        yield Verdict("rgb", Severity.ERROR, f"{what} is in RGB{named}, a colour for screens", _CONVERT)
    elif space.family is Family.CALIBRATED:
        message = f"{what} is in a colour of its own profile ({space.name}), which the press converts"
        yield Verdict("rgb", Severity.WARNING, message, _CONVERT)
    elif space.family is Family.SPOT and not _INKS.issuperset(space.name.split(", ")):
        message = f"{what} needs the ink '{space.name}' beside the four"
        yield Verdict("spot", Severity.WARNING, message, "ask the print house, or mix it from the four inks")
    elif space.family is Family.UNKNOWN:
        yield Verdict("colour", Severity.ERROR, f"{what} has an unknown colour space", "save the file again")


def of_text(colour: Colour, overprint: bool) -> Iterator[Verdict]:
    """What is wrong with a colour because small shapes stand in it."""
    if colour.space.family is Family.RGB and all(value <= 0.2 for value in colour.values):
        message = "black text is in RGB: it would print in all four inks"
        yield Verdict("black-text", Severity.ERROR, message, "write device-cmyk(0 0 0 1)")
    elif is_mixed_black(colour):
        parts = " ".join(f"{100 * ink:.0f}" for ink in inks(colour) or ())
        message = f"black text is mixed of several inks ({parts})"
        yield Verdict("black-text", Severity.ERROR, message, "write device-cmyk(0 0 0 1)")
    if overprint and inks(colour) == (0.0, 0.0, 0.0, 0.0):
        message = "white text overprints: it would not be there at all"
        yield Verdict("overprint", Severity.ERROR, message, "let white knock out what lies below")
