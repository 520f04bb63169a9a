"""Part a stack of cards, sorted for the post, into bundles that go to one region each.

How much of a postcode makes a region is told by the posts where they say so: three digits are a sectional center in
the United States (DMM, labeling list L002), the letters at the front an area in Britain, three signs a forward
sortation area in Canada, two digits a Leitregion in Germany and a département in France, three a postal area in
China. Where nothing is listed, two signs are our own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

SIGNS: Mapping[str, int] = MappingProxyType({"CA": 3, "CN": 3, "JP": 3, "KR": 2, "TW": 3, "US": 3})
"""Signs of a postcode that make a bundle, by country; two elsewhere."""
_USUAL = 2
_BY_LETTERS = frozenset({"GB", "GG", "IM", "JE"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """Cards that follow each other in the stack and go to one region: from record `first` to `last`."""

    name: str
    first: int
    last: int
    cards: int


def bundle(country: str, postcode: str) -> str:
    """The bundle of an address, like "DE 20", "US 054" or "GB YO"; the country alone where there is no postcode."""
    bare = re.sub("[^0-9A-Z]", "", postcode.upper())
    bare = bare.removeprefix(country) if country else bare
    letters = re.match("[A-Z]*", bare)
    start = letters[0] if letters and country in _BY_LETTERS else bare[: SIGNS.get(country, _USUAL)]
    return f"{country} {start}".strip()


def bundles(cards: Iterable[tuple[int, str]]) -> tuple[Bundle, ...]:
    """The bundles of a stack, in its order: `cards` holds record number and bundle of each card, top to bottom."""
    found: list[Bundle] = []
    for name, group in groupby(cards, key=lambda card: card[1]):
        records = [record for record, _ in group]
        found.append(Bundle(name, records[0], records[-1], len(records)))
    return tuple(found)
