"""Show how goods come back: until when, step by step, who pays, and when the money is there."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.model.service import Payer, Within


@dataclass(frozen=True, slots=True)
class ReturnsView:
    """The rules in the reader's language; what nobody wrote down is None, "" or empty. `pays`: shop or customer."""

    within: Within | None
    condition: str
    pays: Payer | None
    steps: tuple[str, ...]
    refund: Within | None
    exceptions: tuple[str, ...]


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text read it."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """The rules, None where there are none."""
    found = on.programme.returns
    if found is None:
        return Part()
    return Part(
        ReturnsView(
            within=found.within,
            condition=on.said(found.condition),
            pays=found.pays,
            steps=tuple(map(on.said, found.steps)),
            refund=found.refund,
            exceptions=tuple(map(on.said, found.exceptions)),
        )
    )


MAKER = Maker("returns", ("title",), shows(), rules, part)
