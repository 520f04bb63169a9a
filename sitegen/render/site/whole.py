"""The whole site of one day: public files, gated things, and each segment's navigation. Nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from markupsafe import Markup

from sitegen.errors import Mistakes, Problem, exit_for
from sitegen.model.project import Project
from sitegen.model.readable import GatedPage, Navigation, NavigationItem, PublicFile, Site
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.render.away import mailed_files
from sitegen.render.fields import day_text
from sitegen.render.mail.portraits import portrait_files
from sitegen.render.site.bodies import Found, Ground, body_html
from sitegen.render.site.entries import LETTER, Day, Entries, GatedEntry, PublicEntry, entries, opened_by
from sitegen.render.site.feeds import absolute, atom, robots, sitemap
from sitegen.render.site.lists import PublicList, lists, tag_slug
from sitegen.render.site.search import indexes
from sitegen.render.site.static import StaticFiles, static_files
from sitegen.render.site.views import ItemView, LinkView, PageView, SiteView, TeaserView, shop_view
from sitegen.render.theme import Templates, templates, words

FIELD = re.compile(r'data-sg-field="([^"]+)"')
Thing = TypeVar("Thing")
Made = TypeVar("Made")
NEWEST = 3
"""Journal pages on the home page."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the build tells the renderer of the host and the locks.

    `identify` makes the opaque id of a logical path, `shell_path` the folder of a shell page for an id,
    `runtime_path` and `csp` come with the browser half.
    """

    identify: Callable[[str], str]
    shell_path: Callable[[str], str]
    runtime_path: str
    csp: str
    dev: bool
    generator: str


def render_site(project: Project, day: Day, setting: Setting) -> Site:
    """The site as readable values.

    Raises Mistakes with the theme's or the page's place where something is missing.
    """
    found = entries(project, day, lambda id_: setting.shell_path(setting.identify(id_)))
    renderer = _Renderer(project, day, setting, found, static_files(project.theme.name, project.theme.static))
    return renderer.site()


class _Renderer:
    """One build's pages; it holds what they share."""

    def __init__(self, project: Project, day: Day, setting: Setting, found: Entries, static: StaticFiles) -> None:
        self.project = project
        self.day = day
        self.setting = setting
        self.entries = found
        self.static = static
        self.base = project.shop.base_path
        self.ground = Ground(
            base=self.base,
            addresses={entry.id: entry.url for entry in found.public}
            | {entry.id: entry.shell for entry in found.gated},
            assets=project.assets,
            identify=setting.identify,
            opened_by=lambda audience: opened_by(project, audience),
            found=Found(),
            letters=frozenset(entry.id for entry in found.gated if entry.secret.layout == LETTER),
        )
        self.templates: Templates = templates(project.theme, {"static": lambda name: self.base + static.path(name)})
        self.menu = tuple(
            sorted((entry for entry in found.public if entry.menu), key=lambda entry: (entry.weight, entry.title))
        )
        self.lists = lists(found.public, project.shop)
        self.bodies: dict[str, str] = {}

    def site(self) -> Site:
        problems: list[Problem] = []
        pages = _each(self.public_page, self.entries.public, problems)
        pages += _each(self.list_page, self.lists, problems)
        pages += [redirect for entry in self.entries.public for redirect in self.redirects(entry)]
        gated = _each(self.gated_page, self.entries.gated, problems)
        if problems:
            raise Mistakes(problems, exit_for(problems))
        shell = self.special("site/shell.html", "shell")
        missing = PublicFile("404.html", self.special("site/404.html", "404"))
        blocks = tuple(self.ground.found.blocks)
        htmls = [file.content.decode() for file in (*pages, missing)] + [shell.decode()]
        htmls += [page.html for page in gated] + [block.html for block in blocks]
        opening = {segment for page in gated for segment in page.segments}
        opening |= {segment for block in blocks for segment in block.segments}
        return Site(
            public=(*pages, missing, *self.plain_files()),
            gated=(*gated, *blocks, *self.ground.gated_assets()),
            navigation=self.navigation(opening),
            shell=shell,
            fields=frozenset(key for html in htmls for key in FIELD.findall(html)),
            member_home=f"pages/{self.project.shop.member_home}",
            search=indexes(self.entries, self.bodies, blocks, self.base),
        )

    def public_page(self, entry: PublicEntry) -> PublicFile:
        html = self.bodies[entry.id] = body_html(self.ground, entry.id, entry.body, (PUBLIC,), entry.rest)
        view = PageView(
            title=entry.title,
            description=entry.description,
            url=entry.url,
            canonical=absolute(self.project.shop, entry.url),
            html=html,
            tags=self.tag_links(entry.tags),
            date=entry.day,
            date_text=day_text(entry.day, entry.language),
            language=entry.language,
            layout=entry.layout,
            kind=entry.layout,
            section=self.section(entry),
            **self.neighbours(entry),
        )
        name = {"home": "site/home.html", "journal": "site/journal.html"}.get(entry.layout, "site/page.html")
        return PublicFile(entry.path, self.whole(name, entry.id, view, self.front_items(entry)))

    def list_page(self, listed: PublicList) -> PublicFile:
        view = self.plain_view(listed.tag or _section_title(listed), listed.url, "tag" if listed.tag else "list")
        name = "site/tag.html" if listed.tag else "site/list.html"
        items = tuple(self.item(entry) for entry in listed.entries)
        return PublicFile(listed.path, self.whole(name, listed.path, view, items))

    def redirects(self, entry: PublicEntry) -> list[PublicFile]:
        target = absolute(self.project.shop, entry.url)
        html = Markup(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title>'
            '<meta http-equiv="refresh" content="0; url={0}"><link rel="canonical" href="{0}">'
            '<a href="{0}">{0}</a></html>\n'
        ).format(target)
        return [PublicFile(alias.strip("/") + "/index.html", html.encode()) for alias in entry.aliases]

    def gated_page(self, entry: GatedEntry) -> GatedPage:
        secret = entry.secret
        html = self.bodies[entry.id] = body_html(self.ground, entry.id, secret.body, entry.segments)
        view = PageView(
            title=secret.title,
            description=secret.description,
            url=entry.shell,
            canonical=absolute(self.project.shop, entry.shell),
            html=html,
            tags=(),
            date=secret.day,
            date_text=day_text(secret.day, secret.language or self.project.shop.language),
            language=secret.language or self.project.shop.language,
            layout=secret.layout,
            kind=secret.layout,
        )
        known = {
            "member-home": "site/sealed/member-home.html",
            "campaign": "site/sealed/campaign.html",
            LETTER: "site/sealed/campaign.html",
        }
        page = self.render(known.get(secret.layout, "site/sealed/page.html"), entry.id, view, ())
        return GatedPage(entry.id, entry.segments, secret.title, page, secret.description)

    def navigation(self, opening: set[str]) -> tuple[Navigation, ...]:
        """For each segment that opens something, what it finds: gated pages only, public menus are in the page."""
        # Who opens only a part of a page asks for a navigation too, and must find one, though it holds nothing.
        return tuple(
            Navigation(segment, tuple(_line(entry) for entry in self.entries.gated if segment in entry.segments))
            for segment in sorted(opening | {EVERYONE})
        )

    def special(self, name: str, about: str) -> bytes:
        shop = self.project.shop
        return self.whole(name, about, self.plain_view(shop.name, self.base, about), ())

    def plain_view(self, title: str, url: str, kind: str) -> PageView:
        shop = self.project.shop
        canonical = absolute(shop, url)
        return PageView(title, "", url, canonical, Markup(), (), None, "", shop.language, kind, kind)

    def whole(self, name: str, about: str, view: PageView, items: tuple[ItemView, ...]) -> bytes:
        return self.render(name, about, view, items).encode()

    def render(self, name: str, about: str, view: PageView, items: tuple[ItemView, ...]) -> str:
        shop = self.project.shop
        site = SiteView(
            base=self.base,
            home_url=self.base,
            runtime_url=self.base + self.setting.runtime_path,
            csp=self.setting.csp,
            dev=self.setting.dev,
            language=view.language,
            year=self.day.today.year,
            feed_url=self.base + "feed.xml",
            generator=self.setting.generator,
        )
        views = {
            "shop": shop_view(shop),
            "site": site,
            "page": view,
            "menu": tuple(LinkView(entry.title, entry.url, entry.url == view.url) for entry in self.menu),
            "items": items,
            "teasers": self.teasers() if view.kind == "home" else (),
            "t": words(self.project.theme, view.language),
        }
        return self.templates.render(name, about, views)

    def teasers(self) -> tuple[TeaserView, ...]:
        ordered = sorted(self.entries.gated, key=lambda entry: (entry.weight, entry.id))
        return tuple(TeaserView(entry.teaser, entry.shell) for entry in ordered if entry.teaser)

    def front_items(self, entry: PublicEntry) -> tuple[ItemView, ...]:
        return tuple(self.item(other) for other in self.journal()[:NEWEST]) if entry.layout == "home" else ()

    def section(self, entry: PublicEntry) -> LinkView | None:
        """What the page lies below; nothing else need link to a section that has no page of its own."""
        above = entry.path.partition("/")[0] + "/index.html"
        if entry.path == above:
            return None
        links = [LinkView(other.title, other.url) for other in self.entries.public if other.path == above]
        links += [LinkView(_section_title(listed), listed.url) for listed in self.lists if listed.path == above]
        return links[0] if links else None

    def journal(self) -> tuple[PublicEntry, ...]:
        dated = [entry for entry in self.entries.public if entry.day and entry.layout in {"journal", "campaign"}]
        return tuple(sorted(dated, key=lambda entry: (entry.day, entry.id), reverse=True))

    def neighbours(self, entry: PublicEntry) -> dict[str, LinkView]:
        if entry.layout != "journal":
            return {}
        links: dict[str, LinkView] = {}
        for newer, older in pairwise(other for other in self.journal() if other.layout == "journal"):
            if older is entry:
                links["next"] = LinkView(newer.title, newer.url)
            if newer is entry:
                links["previous"] = LinkView(older.title, older.url)
        return links

    def tag_links(self, tags: tuple[str, ...]) -> tuple[LinkView, ...]:
        return tuple(LinkView(tag, f"{self.base}tags/{tag_slug(tag)}/") for tag in tags)

    def item(self, entry: PublicEntry) -> ItemView:
        return ItemView(entry.title, entry.url, entry.description, day_text(entry.day, entry.language))

    def plain_files(self) -> tuple[PublicFile, ...]:
        shop = self.project.shop
        urls = sorted([entry.url for entry in self.entries.public] + [listed.url for listed in self.lists])
        letters = [campaign for campaign in self.project.campaigns if self.day.drafts or not campaign.draft]
        assets = self.ground.found.public_assets | mailed_files(letters, self.project.assets)
        assets |= portrait_files(self.project.assets)
        return (
            PublicFile("feed.xml", atom(shop, self.journal(), self.day.today)),
            PublicFile("sitemap.xml", sitemap(shop, tuple(urls))),
            PublicFile("robots.txt", robots(shop)),
            # Without it, one well-known host drops folders that start with an underscore and rewrites pages.
            PublicFile(".nojekyll", b""),
            *(PublicFile(path, content) for path, content in sorted(self.static.files.items())),
            *(PublicFile(path, content) for path, content in sorted(assets.items())),
        )


def _section_title(listed: PublicList) -> str:
    return listed.section.replace("-", " ").capitalize()


def _each(render: Callable[[Thing], Made], things: Iterable[Thing], problems: list[Problem]) -> list[Made]:
    made: list[Made] = []
    for thing in things:
        try:
            made.append(render(thing))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return made


def _line(entry: GatedEntry) -> NavigationItem:
    secret = entry.secret
    if secret.layout == LETTER:
        # The newest first, whatever their titles.
        assert secret.day
        weight = -secret.day.toordinal()
        return NavigationItem(
            secret.title,
            entry.shell,
            menu=False,
            weight=weight,
            teaser=day_text(secret.day, secret.language),
            letter=True,
        )
    # What stands in the menu is no news.
    teaser = "" if secret.menu else secret.description or entry.teaser
    return NavigationItem(secret.title, entry.shell, secret.menu, entry.weight, teaser)
