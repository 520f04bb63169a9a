"""Tell which pages of a print file are the same, so that what is said of one is said of all."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pikepdf

_PART = re.compile(rb"/DPart \d+ \d+ R ")
_CONTENT = re.compile(rb"/Contents (?:\d+ \d+ R|\[ (?:\d+ \d+ R )*\]) ")


@dataclass(frozen=True, slots=True)
class Sameness:
    """What pages of one file have in common. Pages with equal `whole` show the same at the same place, from the same
    objects; those with equal `sheet` differ in what they show at most. Document parts are nobody's.
    """

    whole: bytes
    sheet: bytes


def sameness(page: pikepdf.Object) -> Sameness:
    """What the dictionary of a page says. Other objects are named by their numbers there, so equal is the same."""
    whole = _PART.sub(b"", page.unparse(resolved=True))
    return Sameness(whole, _CONTENT.sub(b"", whole))
