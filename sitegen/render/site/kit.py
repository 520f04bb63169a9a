"""Render units: what all pages of one build share, and a record of what each of them reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sitegen.model.directive import Directive
from sitegen.model.menu import MAIN
from sitegen.model.part import Part
from sitegen.model.picture import Scaled
from sitegen.model.project import Asset, Project
from sitegen.model.readable import GatedBlock
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.render.fields import direction
from sitegen.render.form_links import open_address
from sitegen.render.markup import Form, Links
from sitegen.render.parts import Offers, Stage, asked, is_cell, spelled
from sitegen.render.reads import DataFiles, Fingerprint, Noted, Read, Reads, Trace, noting
from sitegen.render.shortcodes import form
from sitegen.render.site import sharing
from sitegen.render.site.bodies import Found, Ground, Look, SiteLinks, body_parts
from sitegen.render.site.entries import LETTER, Day, Entries, opened_by
from sitegen.render.site.events import CALENDAR, logical_path, with_file
from sitegen.render.site.feed_html import feed_html
from sitegen.render.site.feeds import feed_text
from sitegen.render.site.inputs import OWN, own_value, shared_value
from sitegen.render.site.languages import (
    Versions,
    feed_path,
    homes,
    journals,
    language_of,
    open_graph_locale,
    versions,
    with_language,
)
from sitegen.render.site.made import Made, Setting
from sitegen.render.site.menus import at, menus
from sitegen.render.site.search import CountedBlock, counted
from sitegen.render.site.sharing import Shared
from sitegen.render.site.static import StaticFiles, static_files
from sitegen.render.site.units import Unit
from sitegen.render.site.views import MenuItemView, PageView, ShopView, SiteView, TeaserView, shop_view
from sitegen.render.theme import Templates, templates, words

FIELD = re.compile(r'data-sg-field="([^"]+)"')
DERIVED = frozenset({"html", "toc", "image"})
"""Attributes of a page that are made of its text."""


class Kit:
    """What the pages of one build share; no two threads may use it at the same time."""

    def __init__(self, project: Project, day: Day, setting: Setting, found: Entries) -> None:
        self.project = project
        self.day = day
        self.setting = setting
        self.entries = found
        self.base = project.shop.base_path
        self.reads = Reads()
        self.shown = Look(project.shop.images, project.theme.picture_sizes)
        self.card = (project.theme.social and project.theme.social.digest, project.shop.name, project.shop.tagline)
        self.shares = any("page.image" in source for source in project.theme.reached().values())
        self.static: StaticFiles = static_files(project.theme.name, project.theme.static, project.theme.origins)
        self.addresses = {entry.id: entry.url for entry in found.public} | {
            entry.id: entry.shell for entry in found.gated
        }
        self.versions = versions(found, project.shop)
        self.homes = homes(found, project.shop)
        self.journals = frozenset(journals(found, project.shop))
        self.ground = Ground(
            base=self.base,
            addresses=Noted(self.addresses, "address", self.reads),
            assets=Noted(project.assets, "asset", self.reads),
            identify=noting(setting.identify, self.reads, lambda _: ("locks", "")),
            opened_by=noting(self.opened_by, self.reads, lambda audience: ("audience", audience)),
            found=Found(),
            letters=frozenset(entry.id for entry in found.gated if entry.secret.layout == LETTER),
            look=self.look,
            form=self.form,
            forms=noting(lambda target: open_address(target, project.shop), self.reads, lambda _: ("forms", "")),
            versions=Versions(
                found=Noted(self.versions.found, "version", self.reads),
                public=Noted(self.versions.public, "language", self.reads),
                gated=Noted(self.versions.gated, "sealed language", self.reads),
            ),
        )
        self.templates: Templates = templates(
            project.theme,
            {"static": noting(self.static_url, self.reads, lambda name: ("static", name))},
            self.reads,
        )
        strings = {
            language: Noted(said, "word", self.reads, f"{language} ")
            for language, said in {"en": {}, **project.theme.strings}.items()
        }
        self.noted_theme = replace(project.theme, strings=strings)
        self.shops: dict[str, ShopView] = {}
        self.sites: dict[str, SiteView] = {}
        self.items: dict[str, dict[str, tuple[MenuItemView, ...]]] = {}
        self.data = DataFiles(project.data, "data", self.reads)
        # Shortcodes see what they are handed and what all templates share.
        self.templates.environment.globals["data"] = self.data
        self.values: dict[Read, Fingerprint] = {}
        self.checked: dict[int, tuple[Read, ...]] = {}
        self.offers = Offers(project, day.today, self.titles)
        self.parts: dict[str, Part] = {}
        self.language = project.shop.language

    def render(self, unit: Unit) -> tuple[Made, Trace]:
        """The unit filled, and what it read. Raises Mistakes with the template's or the page's place."""
        self.reads.taken()
        self.language = unit.view.language
        ground = replace(self.ground, found=Found())
        view = unit.view
        if unit.text:
            text = unit.text
            parts = body_parts(ground, text.source, text.body, text.segments, text.rest)
            view = replace(view, html=parts.html, toc=parts.headings if text.toc else ())
        if unit.gate and view.event:
            view = replace(view, event=with_file(view.event, ground.identify(logical_path(unit.key))))
        shared = self.shared(unit, view, ground.found.pictures)
        if shared:
            view = replace(view, image=shared.view)
        page = self.templates.render(unit.template, unit.key, self.variables(replace(unit, view=view)))
        for language in unit.spoken[1:]:
            other = self.variables(replace(unit, view=replace(view, language=language)))
            page = with_language(page, language, self.templates.render(unit.template, unit.key, other))
        found = ground.found
        blocks = tuple(found.blocks)
        # Whatever is cut out of Markup is Markup, and escapes each time something is done with it.
        plain = str(view.html)
        searched = self.project.shop.search and unit.text is not None
        made = Made(
            html=page,
            blocks=blocks,
            open_files=tuple(sorted(found.public_assets.items())),
            gated_files=tuple((path, tuple(sorted(who))) for path, who in sorted(found.gated_assets.items())),
            fields=frozenset(key for html in (page, *(block.html for block in blocks)) for key in FIELD.findall(html)),
            counted=counted(view.description, plain) if searched else None,
            counted_blocks=tuple(_counted(block) for block in blocks if _is_found(block, unit)) if searched else (),
            pictures=tuple(sorted({**found.pictures, **({shared.path: shared.recipe} if shared else {})}.items())),
            gated_pictures=tuple((recipe, tuple(sorted(who))) for recipe, who in found.gated_pictures.items()),
            told=feed_text(feed_html(plain, view.canonical)) if unit.fed else "",
            made_files=tuple(sorted(found.made_files.items())),
            gated_made=tuple(
                (name, content, tuple(sorted(who))) for name, (content, who) in sorted(found.gated_made.items())
            ),
        )
        reads = self.reads.taken()
        if unit.text:
            reads |= {("text", ""), ("fed", "")}
        if searched:
            reads |= {("page", "description")}
        if unit.spoken:
            reads |= {("spoken", "")}
        derived = {("page", name) for name in DERIVED} if unit.text else set()
        return made, {read: self.value(read, unit) for read in reads - derived}

    def shared(self, unit: Unit, view: PageView, pictures: Mapping[str, Scaled]) -> Shared | None:
        """What stands for the page where it is shared; nothing of a gated one does."""
        if unit.gate:
            return None
        self.reads.note("shares", "")
        if not self.shares:
            return None
        self.look()
        self.reads.note("image", "")
        self.reads.note("page", "title")
        shop, assets = self.project.shop, self.ground.assets
        # A check goes on where a picture is missing, to tell what else is wrong.
        own = sharing.of_asset(shop, assets[unit.image], view.title) if unit.image in assets else None
        found = own or sharing.first_shown(shop, view.html, pictures, assets)
        style = self.project.theme.social
        return found or (sharing.card(shop, view.title, style) if style and shop.images.cards else None)

    def variables(self, unit: Unit) -> Mapping[str, object]:
        """What the unit's template may see."""
        language, shown = unit.view.language, self.menus(unit)
        return {
            "shop": self.shop(language),
            "site": self.site(language),
            "page": unit.view,
            "menu": shown.get(MAIN, ()),
            "menus": shown,
            "data": self.data,
            "items": unit.items,
            "teasers": self.shown_teasers(unit),
            "t": words(self.noted_theme, language),
        }

    def value(self, read: Read, unit: Unit) -> Fingerprint:
        """What an input is now, as the unit sees it."""
        kind, name = read
        if kind in OWN:
            return own_value(self, kind, name, unit)
        if read not in self.values:
            self.values[read] = shared_value(self, kind, name)
        return self.values[read]

    def form(self, links: Links) -> Form:
        """The HTML of shortcodes, and of parts of the programme, in a stretch of text."""
        assert isinstance(links, SiteLinks)
        stage = Stage(
            offers=self.offers,
            language=self.language,
            shop=self.shop(self.language),
            seat=links.seat,
            part=lambda language, directive: self.part(language, directive, links.readers != (PUBLIC,)),
            body=links.body,
            block=links.number,
            among=lambda audience: {"file": links.among(audience).made},
            links=lambda _links, audience: links.among(audience),
        )
        return form(self.templates, "site", links, stage)

    def part(self, language: str, directive: Directive, members: bool) -> Part:
        """What a part of the programme shows, noted as an input. Raises BadArgument."""
        spelling = spelled(language, directive, members)
        self.reads.note("part", spelling)
        if spelling not in self.parts:
            self.parts[spelling] = asked(spelling, self.offers)
        return self.parts[spelling]

    def titles(self, language: str, members: bool) -> Mapping[str, str]:
        """The titles of pages that anybody may read, or every one of the `members`, in the language where it can be."""
        own = {entry.id: entry.title for entry in self.entries.public}
        if members:
            own |= {one.id: one.secret.title for one in self.entries.gated if one.segments == (EVERYONE,)}
        return {id_: own.get(self.versions.found.get(f"{language} {id_}", id_), title) for id_, title in own.items()}

    def look(self) -> Look:
        """How pictures are made and shown."""
        self.reads.note("pictures", "")
        return self.shown

    def opened_by(self, audience: str) -> tuple[str, ...]:
        """The segments whose keys open a thing for an audience."""
        return opened_by(self.project, audience)

    def static_url(self, name: str) -> str:
        """The address of one of the theme's files."""
        return self.base + self.static.path(name)

    def shop(self, language: str) -> ShopView:
        """The shop as pages of a language show it."""
        if language not in self.shops:
            self.shops[language] = shop_view(self.project.shop, language)
        return self.shops[language]

    def site(self, language: str) -> SiteView:
        """What every page of a language shares."""
        if language not in self.sites:
            self.sites[language] = SiteView(
                base=self.base,
                home_url=self.homes.get(language, self.base),
                runtime_url=self.base + self.setting.runtime_path,
                csp=self.setting.csp,
                dev=self.setting.dev,
                language=language,
                year=self.day.today.year,
                feed_url=self.base + feed_path(language, self.journals, self.project.shop),
                generator=self.setting.generator,
                search=self.project.shop.search,
                calendar_url=self.base + CALENDAR if any(entry.event for entry in self.entries.public) else "",
                direction=direction(language),
                locale=open_graph_locale(language),
                full=self.project.shop.output.member_data == "full",
                staff=bool(self.project.staff),
            )
        return self.sites[language]

    def menu_items(self, language: str) -> dict[str, tuple[MenuItemView, ...]]:
        """The public menus of pages in a language, before it is known where their reader stands."""
        if language not in self.items:
            self.items[language] = menus(self.project.shop, self.entries.public, language)
        return self.items[language]

    def menus(self, unit: Unit) -> dict[str, tuple[MenuItemView, ...]]:
        """The menus as they stand on a page."""
        url, home = unit.view.url, self.site(unit.view.language).home_url
        return {name: at(items, url, home) for name, items in self.menu_items(unit.view.language).items()}

    def shown_teasers(self, unit: Unit) -> tuple[TeaserView, ...]:
        """The teasers as the home page shows them, and no other."""
        return self.teasers(unit.view.language) if unit.view.kind == "home" else ()

    def teasers(self, language: str) -> tuple[TeaserView, ...]:
        """What anybody may read of gated things in a language."""
        spoken = (entry for entry in self.entries.gated if language_of(entry, self.project.shop) == language)
        ordered = sorted(spoken, key=lambda entry: (entry.weight, entry.id))
        return tuple(TeaserView(entry.teaser, entry.shell) for entry in ordered if entry.teaser)

    def asset(self, path: str) -> Asset:
        """A file of content/assets/."""
        return self.project.assets[path]


def _is_found(block: GatedBlock, unit: Unit) -> bool:
    """Whether a search finds a block. Readers of a cell of the programme may be some who must not know its page."""
    return not is_cell(block.id) or unit.gate is None or unit.gate.segments == (EVERYONE,)


def _counted(block: GatedBlock) -> CountedBlock:
    return CountedBlock(block.id.rpartition("#")[0], block.segments, counted("", block.html))
