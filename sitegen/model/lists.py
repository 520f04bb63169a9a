"""How lists of pages are cut and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Sort: TypeAlias = Literal["date", "weight", "title"]
SORTS: tuple[Sort, ...] = ("date", "weight", "title")
"""By date: the newest first, then those without one by weight. Then always by title."""


@dataclass(frozen=True, slots=True)
class FeedSetting:
    """How many entries a feed has at most, whether it tells all of what is public of them or a summary, and whether
    each tag has one of its own."""

    items: int = 20
    content: Literal["full", "summary"] = "full"
    tags: bool = True


FEEDS = FeedSetting()
"""What a shop has that says nothing of feeds."""


@dataclass(frozen=True, slots=True)
class Listing:
    """`list: yes` of a section's own page (index.md): it shows its pages below its text, in this order."""

    sort: Sort = "date"
