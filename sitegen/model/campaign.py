"""Campaigns: one thing to say, to whom, when, and by which channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sitegen.model.body import Body
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.embargo import EarlyAccess
from sitegen.model.event import Event
from sitegen.model.picture import PagePicture
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class OnDate:
    """`on: 2027-09-15`: once."""

    day: date


@dataclass(frozen=True, slots=True)
class OnOccasion:
    """`occasion: mid-autumn`: each year on the day of the occasion, `offset` days after it (negative: before)."""

    occasion: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class EveryYear:
    """`every: birthday`: each customer's own day; `fact` is a yearly fact of the customer."""

    fact: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class EachGift:
    """`every: gift`: a card for each row of the gifts table, on the day on which that gift needs it."""


@dataclass(frozen=True, slots=True)
class Anytime:
    """No day at all: a page only, or a message that the marketer sends by hand."""


Timing: TypeAlias = OnDate | OnOccasion | EveryYear | EachGift | Anytime


@dataclass(frozen=True, slots=True)
class Window:
    """When something is visible: from `publish_on` (inclusive) to `expire_on` (exclusive), in the shop's zone."""

    publish_on: date | None = None
    expire_on: date | None = None

    def contains(self, day: date) -> bool:
        """Whether the thing is visible on that day."""
        return (self.publish_on is None or self.publish_on <= day) and (self.expire_on is None or day < self.expire_on)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign. `id` is the path below content/campaigns/ without `.md`; `audience` is an audience id.

    `first_of`: only the first channel that is allowed for a recipient is used; otherwise each of them.
    `cards` names designs of the theme; the first that the recipient never had is used. A translation names the id of
    its `original` ("campaigns/2026/tea.md") and is a page only. `first` says who may read the
    page before its window opens, by their days.
    """

    id: str
    title: str
    kind: Kind
    message_class: MessageClass
    audience: str
    channels: tuple[Channel, ...]
    first_of: bool
    timing: Timing
    window: Window
    body: Body
    place: Place
    url_path: str
    subject: str = ""
    preheader: str = ""
    description: str = ""
    teaser: str = ""
    cards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    original: str = ""
    updated: date | None = None
    event: Event | None = None
    image: PagePicture | None = None
    toc: bool = False
    first: tuple[EarlyAccess, ...] = ()
