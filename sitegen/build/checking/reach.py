"""Find pages to which no way leads, and links that will break on a day to come."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from sitegen.build.checking.links import Link, Thing, has_page, texts
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.message import Message
from sitegen.model.page import Page
from sitegen.model.project import Project
from sitegen.model.readable import GatedBlock, GatedPage, PublicFile, Site
from sitegen.model.segment import PUBLIC

HREF = re.compile(r"""<a\s[^>]*?href=["']([^"'#?]*)""")


def orphans(project: Project, site: Site, addresses: Mapping[str, str]) -> Iterator[Problem]:
    """Pages of the day that nobody finds who begins at the home page, or a member at theirs.

    Looked for in the site as it is rendered, so that whatever a theme lists or puts into a menu is a way.
    `addresses` are the paths of pages on the host by the ids of their files.
    """
    reached = _reached(project, site, addresses)
    for id_, thing in texts(project):
        address = addresses.get(id_)
        if address is not None and has_page(thing) and address not in reached and not isinstance(thing, Message):
            who = "nobody" if thing.audience == PUBLIC else "no member"
            message = f"{who} finds this page: no menu, list or page leads to it"
            yield thing.place.problem("orphan-page", message, _way(thing))


def _way(thing: Page | Campaign) -> str:
    """What makes a way to a thing. Members' news show what has a description or a teaser."""
    if isinstance(thing, Campaign):
        return "link to it, or write a 'description': then members find it among their news"
    return "link to it, or give it a line 'menu: yes'"


def _reached(project: Project, site: Site, addresses: Mapping[str, str]) -> set[str]:
    base = project.shop.base_path
    pages: dict[str, list[str]] = {}
    for file in site.public:
        if isinstance(file, PublicFile) and file.path.endswith(".html"):
            pages.setdefault(base + file.path.removesuffix("index.html"), []).append(file.content.decode())
    for thing in site.gated:
        if isinstance(thing, GatedPage | GatedBlock):
            page = addresses.get(thing.id.partition("#")[0])
            if page is not None:
                pages.setdefault(page, []).append(thing.html)
    left = deque([base, addresses.get(f"pages/{project.shop.member_home}", base)])
    shown = (one for menu in site.navigation for one in menu.items if one.menu or one.teaser or one.letter)
    left.extend(_path(one.href, base) for one in shown)
    found: set[str] = set(left)
    while left:
        for html in pages.get(left.popleft(), ()):
            new = {_path(unescape(one), base) for one in HREF.findall(html)} - found
            found |= new
            left.extend(new)
    return found


def _path(href: str, base: str) -> str:
    return href if href.startswith("/") else base + href


@dataclass(frozen=True, slots=True)
class _Span:
    """Days on which a thing stands on the site, from today on; `end` is the first on which it does no more."""

    first: date
    end: date | None


def breaking_links(project: Project, links: Iterable[Link], today: date) -> Iterator[Problem]:
    """Links to pages that go before the page that links to them, or come after it: on that day no build succeeds."""
    things = dict(texts(project))
    for link in links:
        target = things.get(link.page)
        if target is None or not has_page(link.thing) or not has_page(target) or _is_draft(link.thing, target):
            continue
        here, there = _span(link.thing, today), _span(target, today)
        if here.end is not None and here.end <= today:
            continue
        # What is broken today already stops the build, and says so.
        if there.first > here.first > today:
            message = f"'{link.target}' comes on {there.first}, and this text links to it from {here.first}"
            hint = f"write 'publish_on: {there.first}' here too, or take the link out until then"
            yield link.place.problem("link-before-its-page", message, hint)
        if there.end is not None and there.end > today and (here.end is None or here.end > there.end):
            message = f"'{link.target}' goes on {there.end}, and the link to it stays: no build succeeds from that day"
            hint = f"write 'expire_on: {there.end}' here too, link to another page, or let that one stay"
            yield link.place.problem("expiring-link", message, hint)


def _is_draft(*things: Thing) -> bool:
    return any(getattr(thing, "draft", False) for thing in things)


def _span(thing: Thing, today: date) -> _Span:
    if isinstance(thing, Message):
        return _Span(today, None)
    begins = thing.first[0].day if thing.first else thing.window.publish_on
    first = max(begins or today, today)
    return _Span(first, thing.window.expire_on)
