"""Tell readers that a promise to them is still open; where records hold it, the text says which, and until when."""

from __future__ import annotations

from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, shows

RULE = "all:\n  - promised: {at least: 1, with: {kept_on: is empty}}\n"
"""The rule of those to whom something is promised that nobody has done yet."""


def rules(_terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rule of those who wait for something."""
    return (RULE,)


def part(_on: On, _arguments: Arguments) -> Part:
    """One cell: what stands in it is a field of the reader's own record."""
    return Part(cells=(Cell("open", RULE, None),))


MAKER = Maker("", ("title",), shows(), rules, part)
