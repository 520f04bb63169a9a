"""The message library: the shop's own wishes and notes, from which campaigns may draw."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.body import Body
from sitegen.model.channel import Kind
from sitegen.model.tree import Place

SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Message:
    """A message of content/messages/. `id` is its path below that folder without `.md`; `season` may be ""."""

    id: str
    title: str
    kind: Kind
    body: Body
    place: Place
    language: str = ""
    season: str = ""
    tags: tuple[str, ...] = ()
