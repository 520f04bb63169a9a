"""Know the shop for the desk: what there is, who is who, and any one message, made when somebody asks for it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sitegen.errors import SitegenError

if TYPE_CHECKING:
    from sitegen.build.order import Order
    from sitegen.build.people import People
    from sitegen.model.campaign import Campaign
    from sitegen.model.lock import Lock
    from sitegen.model.page import Page
    from sitegen.model.project import Project
    from sitegen.serve.specimens import Specimen

Stamp: TypeAlias = tuple[int, int]
"""Counts of what was saved, and of what concerned people: as long as they stay, so does what was read."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A page or a campaign, as the desk lists it. `url` is "" while it does not stand on the site.

    `door`: the audience whose invented member may open it, "" where anybody may. `state` says why it is not for
    everybody's eyes yet, or no longer: "draft", "from 2026-09-20", "until 2026-09-01"; "" where nothing is the matter.
    """

    id: str
    title: str
    url: str
    audience: str
    door: str
    state: tuple[str, ...]
    language: str
    when: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """An audience through whose eyes the site can be seen."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a shop has written, and its audiences; `day` is the day that the preview shows."""

    shop: str
    day: date
    pages: tuple[Thing, ...]
    campaigns: tuple[Thing, ...]
    readers: tuple[Reader, ...]


@dataclass(slots=True)
class Clerk:
    """Answers for the shop in `root`. What it has read it keeps until something else was saved."""

    root: Path
    read_at: Stamp = (-1, -1)
    met_at: Stamp = (-1, -1)
    project: Project | None = None
    people: People | None = None
    held: ExitStack = field(default_factory=ExitStack)
    asked: int = 0

    def listing(self, order: Order, stamp: Stamp) -> Listing | str:
        """Everything that is written; a sentence where the shop can't be read."""
        try:
            return _listing(self._project(stamp), order, self._lock(order))
        except SitegenError as error:
            return str(error)

    def counts(self, order: Order, stamp: Stamp) -> dict[str, int] | str:
        """How many customers each named segment has, and all together under ""."""
        from sitegen.build.segments import segment_counts  # noqa: PLC0415 - only the worker knows people

        try:
            found = segment_counts(self._people(order, stamp))
        except SitegenError as error:
            return str(error)
        return {"": found.customers, **found.inside}

    def knows(self, customer: str, order: Order, stamp: Stamp) -> bool:
        """Whether there is a customer of that number."""
        try:
            engine = self._people(order, stamp).engine
        except SitegenError:
            return False
        customers = engine.tables["customers"]
        return bool(engine.count(customers.filter(customers["customer_id"] == customer)))

    def specimens(self, channel: str, campaign: str, customer: str, order: Order, stamp: Stamp) -> Specimen | str:
        """Messages of a campaign for one customer, or for one of each kind of reader; a sentence where none can be."""
        from sitegen.build.offers import with_goods  # noqa: PLC0415 - only the worker makes messages
        from sitegen.serve.specimens import Bench, specimen  # noqa: PLC0415 - as above

        try:
            people = self._people(order, stamp)
            self.asked += 1
            project = with_goods(self.root, self._project(stamp), order.first, order.database)
            bench = Bench(self.root, project, people, order, self._lock(order), self.asked)
            return specimen(bench, channel, campaign, customer)
        except SitegenError as error:
            return str(error)

    def _lock(self, order: Order) -> Lock:
        from sitegen.build.keys import open_lock  # noqa: PLC0415 - as above

        return open_lock(self.root, order.roots, order.dev, order.entropy).lock

    def _project(self, stamp: Stamp) -> Project:
        from sitegen.content.project import read_project  # noqa: PLC0415 - as above

        if self.project is None or self.read_at != stamp:
            self.project, self.read_at = read_project(self.root), stamp
        return self.project

    def _people(self, order: Order, stamp: Stamp) -> People:
        from sitegen.build.people import open_people  # noqa: PLC0415 - as above

        # A rule written on the spot makes an audience, so people are met anew with every change of what is written.
        if self.people is None or self.met_at != stamp:
            self.held.close()
            self.people = None
            project = self._project(stamp)
            self.people = self.held.enter_context(open_people(self.root, project, order.first, order.database))
            self.met_at = stamp
        return self.people


def _listing(project: Project, order: Order, lock: Lock) -> Listing:
    from sitegen.audience.selection.embargo import standing  # noqa: PLC0415 - only the worker reads
    from sitegen.build.site import page_addresses  # noqa: PLC0415 - as above
    from sitegen.model.segment import EVERYONE  # noqa: PLC0415 - as above

    addresses = page_addresses(project, order, lock)
    titles = {segment.id: segment.title or segment.id for segment in project.segments}

    def thing(one: Page | Campaign, id_: str, channels: tuple[str, ...] = (), when: str = "") -> Thing:
        now = standing(one, order.first) or one
        return Thing(
            id=id_,
            title=one.title,
            url=addresses.get(id_, ""),
            audience=titles.get(now.audience, now.audience),
            door=_door(project, now),
            state=_state(one, order.first),
            language=one.language or project.shop.language,
            when=when,
            channels=channels,
        )

    pages = tuple(thing(page, page.id) for page in project.pages)
    campaigns = tuple(
        thing(one, f"campaigns/{one.id}.md", tuple(channel.value for channel in one.channels), _when(one))
        for one in project.campaigns
    )
    readers = [Reader(EVERYONE, "any customer")]
    readers += [Reader(one.id, one.title or one.id) for one in project.segments if one.named]
    return Listing(project.shop.name, order.first, pages, campaigns, tuple(readers))


def _door(project: Project, thing: Page | Campaign) -> str:
    from sitegen.audience.selection.access import visible  # noqa: PLC0415 - only the worker reads
    from sitegen.render.site.entries import STRANGER, opened_by  # noqa: PLC0415 - as above

    public = visible(thing.audience, STRANGER) or thing.body.public_blocks
    return "" if public else opened_by(project, thing.audience)[0]


def _state(thing: Page | Campaign, today: date) -> tuple[str, ...]:
    window = thing.window
    state = ["draft"] if thing.draft else []
    if window.publish_on and today < window.publish_on:
        waits = thing.first and today < thing.first[0].day
        state += [f"from {thing.first[0].day}"] if waits else []
        state.append(f"for all from {window.publish_on}" if thing.first else f"from {window.publish_on}")
    if window.expire_on and window.expire_on <= today:
        state.append(f"until {window.expire_on}")
    return tuple(state)


def _when(campaign: Campaign) -> str:
    from sitegen.model.campaign import EachGift, EveryYear, OnDate, OnOccasion  # noqa: PLC0415 - as above

    match campaign.timing:
        case OnDate(day):
            return day.isoformat()
        case OnOccasion(occasion, offset):
            return f"{occasion}{f' {offset:+d} days' if offset else ''}"
        case EveryYear(fact, offset):
            return f"every {fact}{f' {offset:+d} days' if offset else ''}"
        case EachGift():
            return "every gift"
        case _:
            return ""
