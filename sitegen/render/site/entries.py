"""The things that may stand on the site on one day, public or gated, with their addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sitegen.audience.selection.access import access_segments, visible
from sitegen.audience.selection.embargo import standing
from sitegen.model.body import FIELD_OPEN, Body
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.channel import Channel
from sitegen.model.event import Event
from sitegen.model.lists import Listing
from sitegen.model.page import Page
from sitegen.model.project import Project
from sitegen.model.staff_page import StaffPage
from sitegen.model.tree import Place
from sitegen.render.site.letters import Letter, letters

LETTER = "letter"
"""The layout of a letter in the archive."""
STAFF = "staff"
"""The layout of a page of the staff."""
STRANGER: frozenset[str] = frozenset()
"""A reader who is in no audience at all."""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """A thing that anybody may read in whole or, where its body has a public part, in its beginning.

    `id` is the file's path below content/; `url` the path on the host; `rest` names the segments that open the
    part below `<!-- more -->` (empty where there is none). A page and its translations have one `group`, the id of
    the original.
    """

    id: str
    url: str
    path: str
    title: str
    description: str
    tags: tuple[str, ...]
    day: date | None
    language: str
    layout: str
    weight: int
    body: Body
    place: Place
    rest: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    image: str = ""
    menus: tuple[str, ...] = ()
    updated: date | None = None
    listing: Listing | None = None
    event: Event | None = None
    group: str = ""
    toc: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class GatedEntry:
    """A thing that only members of `segments` may read.

    It has deliberately no title, description or readable address: those stand in `secret`, which only the sealed
    side of the renderer takes. `teaser` is what its author wrote for the public.
    """

    id: str
    shell: str
    segments: tuple[str, ...]
    teaser: str
    weight: int
    secret: Secret
    group: str = ""


@dataclass(frozen=True, slots=True)
class Secret:
    """What a gated entry says to those who may read it. `html`: it was made elsewhere, and has no body; then the menus
    and lists of `named_to` alone name it.
    """

    title: str
    description: str
    tags: tuple[str, ...]
    day: date | None
    language: str
    layout: str
    menu: bool
    body: Body
    place: Place
    updated: date | None = None
    event: Event | None = None
    toc: bool = False
    draft: bool = False
    html: str = ""
    named_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries of one day, each kind in the order of their ids."""

    public: tuple[PublicEntry, ...]
    gated: tuple[GatedEntry, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What decides whether a thing stands on the site: the day, and whether drafts do."""

    today: date
    drafts: bool = False


def entries(project: Project, day: Day, shell: Callable[[str], str]) -> Entries:
    """The entries of a day. `shell` gives the path of the shell page for an id ("m/abc.../")."""
    public: list[PublicEntry] = []
    gated: list[GatedEntry] = []
    for thing in _things(project, day):
        segments = opened_by(project, thing.audience)
        for_anybody = visible(thing.audience, STRANGER)
        if for_anybody or thing.body.public_blocks:
            public.append(_public(project, thing, () if for_anybody else segments))
        else:
            gated.append(_gated(thing, segments, project.shop.base_path + shell(thing_id(thing))))
    gated += (_archived(project, letter, shell) for letter in letters(project, day.today))
    gated += (_of_staff(page, project.shop.base_path + shell(page.id)) for page in project.staff)
    return Entries(tuple(public), tuple(gated))


def opened_by(project: Project, audience: str) -> tuple[str, ...]:
    """The segments whose keys open a thing for an audience."""
    segment = project.segment(audience)
    return access_segments(segment) if segment else (audience,)


def thing_id(thing: Page | Campaign) -> str:
    """The id by which links name a thing: its path below content/."""
    return thing.id if isinstance(thing, Page) else f"campaigns/{thing.id}.md"


def _things(project: Project, day: Day) -> list[Page | Campaign]:
    paged = [campaign for campaign in project.campaigns if Channel.PAGE in campaign.channels]
    things: list[Page | Campaign] = [*project.pages, *paged]
    seen = (standing(thing, day.today) for thing in things if day.drafts or not thing.draft)
    return [thing for thing in seen if thing is not None]


def _public(project: Project, thing: Page | Campaign, rest: tuple[str, ...]) -> PublicEntry:
    return PublicEntry(
        id=thing_id(thing),
        url=project.shop.base_path + thing.url_path,
        path=thing.url_path + "index.html",
        title=thing.title,
        description=thing.description,
        tags=thing.tags,
        day=_day(thing),
        language=thing.language or project.shop.language,
        layout=_layout(thing),
        weight=_weight(thing),
        body=thing.body,
        place=thing.place,
        rest=rest,
        aliases=thing.aliases,
        image=thing.image.path if thing.image else "",
        menus=thing.menus if isinstance(thing, Page) else (),
        updated=thing.updated,
        listing=thing.listing if isinstance(thing, Page) else None,
        event=thing.event,
        toc=thing.toc,
        group=thing.original or thing_id(thing),
        draft=thing.draft,
    )


def _gated(thing: Page | Campaign, segments: tuple[str, ...], shell: str) -> GatedEntry:
    secret = Secret(
        title=thing.title,
        description=thing.description or _preheader(thing),
        tags=thing.tags,
        day=_day(thing),
        language=thing.language,
        layout=_layout(thing),
        menu=isinstance(thing, Page) and bool(thing.menus),
        body=thing.body,
        place=thing.place,
        updated=thing.updated,
        event=thing.event,
        toc=thing.toc,
        draft=thing.draft,
    )
    group = thing.original or thing_id(thing)
    return GatedEntry(thing_id(thing), shell, segments, thing.teaser, _weight(thing), secret, group)


def _archived(project: Project, letter: Letter, shell: Callable[[str], str]) -> GatedEntry:
    """A letter's page. It is no news: neither a description nor a teaser makes it one."""
    campaign = letter.campaign
    id_ = thing_id(campaign)
    secret = Secret(
        title=campaign.title,
        description="",
        tags=(),
        day=letter.day,
        language=campaign.language,
        layout=LETTER,
        menu=False,
        body=letter.body,
        place=campaign.place,
    )
    segments = opened_by(project, campaign.audience)
    return GatedEntry(id_, project.shop.base_path + shell(id_), segments, "", 100, secret, id_)


def _of_staff(page: StaffPage, shell: str) -> GatedEntry:
    secret = Secret(
        title=page.title,
        description="",
        tags=(),
        day=None,
        language=page.language,
        layout=STAFF,
        menu=bool(page.menu),
        body=Body(page.id, (), ()),
        place=Place(page.id),
        html=page.html,
        named_to=page.menu,
    )
    return GatedEntry(page.id, shell, page.readers, "", page.weight, secret, page.id)


def _preheader(thing: Page | Campaign) -> str:
    # One with a merge field was written for one recipient, and a list is for all.
    return thing.preheader if isinstance(thing, Campaign) and FIELD_OPEN not in thing.preheader else ""


def _weight(thing: Page | Campaign) -> int:
    return thing.weight if isinstance(thing, Page) else 100


def _layout(thing: Page | Campaign) -> str:
    return thing.layout if isinstance(thing, Page) else "campaign"


def _day(thing: Page | Campaign) -> date | None:
    if isinstance(thing, Page):
        return thing.day
    return thing.window.publish_on or (thing.timing.day if isinstance(thing.timing, OnDate) else None)
