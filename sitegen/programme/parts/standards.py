"""Show the service standards: what customers may expect, the least that they get, and by when."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.part import Arguments, Maker, On, Part, Terms, shows
from sitegen.model.service import Within


@dataclass(frozen=True, slots=True)
class StandardView:
    """A standard in the reader's language; how the house measures it is its own affair."""

    title: str
    expect: str
    minimum: str
    within: Within | None


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """None: all who read the text read it."""
    return ()


def part(on: On, _arguments: Arguments) -> Part:
    """The standards in the order in which they are written."""
    said = on.said
    return Part(
        tuple(
            StandardView(said(one.title), said(one.expect), said(one.minimum), one.within)
            for one in on.programme.standards
        )
    )


MAKER = Maker("standards", ("title",), shows(), rules, part)
