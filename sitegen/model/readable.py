"""What the renderer hands on: readable things, each with the segments that may read it, and files for anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sitegen.model.picture import Recipe, Scaled


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file for anybody. `path` is relative to output/site/."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StandingFile:
    """A file for anybody that stands at its place already, as it should: nobody need make it again."""

    path: str


@dataclass(frozen=True, slots=True)
class GatedPage:
    """A page for the members of `segments`. `id` is its logical path; it never leaves the build."""

    id: str
    segments: tuple[str, ...]
    title: str
    html: str
    description: str


@dataclass(frozen=True, slots=True)
class GatedBlock:
    """A stretch of a page for the members of `segments`."""

    id: str
    segments: tuple[str, ...]
    html: str


@dataclass(frozen=True, slots=True)
class GatedAsset:
    """A picture or another file that only gated things show or link to."""

    id: str
    segments: tuple[str, ...]
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class GatedPicture:
    """A picture that only gated things show, before it is made; then it is a GatedAsset. `id` as there."""

    id: str
    segments: tuple[str, ...]
    recipe: Scaled


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A line of the member's menu, list of news, or archive of letters.

    `language` is "" where the shop has one language only, `original` the address of the page that this translates.
    """

    title: str
    href: str
    menu: bool
    weight: int
    teaser: str
    letter: bool = False
    language: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the members of one segment find behind the door."""

    segment: str
    items: tuple[NavigationItem, ...]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page that a search may find; `href` is relative to the site, `text` what the hit is quoted from.

    `language` is "" where the shop has one language only.
    """

    title: str
    href: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """What the members of one segment can search, or anybody where `segment` is PUBLIC.

    `words` maps each folded word to its documents (see render.search), `letters` says how single letters fold.
    """

    segment: str
    documents: tuple[SearchDocument, ...]
    words: Mapping[str, tuple[int, ...]]
    letters: Mapping[str, str]


Gated: TypeAlias = GatedPage | GatedBlock | GatedAsset


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site, readable: it may be written only after every gated thing was sealed.

    `shell` is the page that stands at the address of every gated page (the same bytes for each); `fields` are the
    keys of the member's record that pages ask for; `member_home` is the id of the members' home page. `standing` are
    the ids of gated things whose locked files stand at their places already. `pictures`, by their paths, and
    `gated_pictures` are yet to be made. `redirects` are former addresses with where they lead, relative to the site.
    """

    public: tuple[PublicFile | StandingFile, ...]
    gated: tuple[Gated, ...]
    navigation: tuple[Navigation, ...]
    shell: bytes
    fields: frozenset[str]
    member_home: str
    search: tuple[SearchIndex, ...] = ()
    standing: frozenset[str] = frozenset()
    pictures: Mapping[str, Recipe] = field(default_factory=dict)
    gated_pictures: tuple[GatedPicture, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
