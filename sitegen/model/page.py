"""Pages of the site, as written."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date

from sitegen.model.body import Body
from sitegen.model.campaign import Window
from sitegen.model.embargo import EarlyAccess
from sitegen.model.event import Event
from sitegen.model.lists import Listing
from sitegen.model.picture import PagePicture
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Page:
    """A page of content/pages/.

    `id` is the path below content/ ("pages/care/linen.md"); `url_path` is "" for the home page, else
    "care/linen/". A page stands in its `menus`, in order of weight, then title; `day` is the date of a journal
    page, `updated` the day on which it was last changed, where it says so. A translation names its `original`, an id.
    `first` says who may read it before its window opens, by their days.
    """

    id: str
    title: str
    audience: str
    body: Body
    window: Window
    place: Place
    url_path: str
    description: str = ""
    teaser: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    layout: str = "page"
    weight: int = 100
    menus: tuple[str, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    day: date | None = None
    original: str = ""
    updated: date | None = None
    listing: Listing | None = None
    image: PagePicture | None = None
    event: Event | None = None
    toc: bool = False
    first: tuple[EarlyAccess, ...] = ()

    @property
    def section(self) -> str:
        """The first folder of the URL, or "" for a page at the top."""
        return self.url_path.partition("/")[0] if self.url_path.count("/") > 1 else ""


def linked_page(target: str, source: str) -> str:
    """The id of the page that a link to a Markdown file means, seen from the file `source` ("pages/about.md").

    A target that starts with "/" counts from content/pages/.
    """
    path = target.partition("#")[0]
    if path.startswith("/"):
        return "pages" + path
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
