"""Check that no page and no alias takes the address of a list, a feed or another file that the build makes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.segment import PUBLIC

PAGE_OF_A_LIST = re.compile(r"(.*/)?page/[0-9]+")
FILES = ("404.html", "calendar.ics", "event.ics", "feed.xml", "index.html", "robots.txt", "search.json", "sitemap.xml")
"""Names of files that stand beside pages."""


def check_generated(
    pages: Iterable[Page], campaigns: Iterable[Campaign], languages: Iterable[str]
) -> Iterator[Problem]:
    """What stands in the way of a later page of a list, of a feed, and aliases in the way of a section's list."""
    paged = (campaign for campaign in campaigns if Channel.PAGE in campaign.channels)
    things: list[Page | Campaign] = [*pages, *paged]
    public = [thing for thing in things if thing.audience == PUBLIC or thing.body.public_blocks]
    parts = [thing.url_path.strip("/").split("/") for thing in public]
    sections = {path[0] for path in parts if len(path) > 1} - set(languages)
    for thing, path in zip(public, parts, strict=True):
        if PAGE_OF_A_LIST.fullmatch("/".join(path)) or path[-1] in FILES:
            message = f"the address '{'/'.join(path)}' belongs to the build"
            yield thing.place.problem("taken-address", message, "give the page a 'slug' of its own, or rename it")
        for alias in thing.aliases:
            if alias in sections or PAGE_OF_A_LIST.fullmatch(alias) or alias.rpartition("/")[2] in FILES:
                message = f"the alias '{alias}' is the address of something else"
                yield thing.place.problem("same-address", message, "remove it from 'aliases'")
