"""List what the theme's templates make, one unit each: pages, lists, doors. Nothing is rendered here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from markupsafe import Markup

from sitegen.model.body import Body
from sitegen.model.project import Project
from sitegen.model.segment import PUBLIC
from sitegen.render.fields import day_text
from sitegen.render.site.bodies import open_name
from sitegen.render.site.entries import LETTER, Entries, GatedEntry, PublicEntry
from sitegen.render.site.events import event_view
from sitegen.render.site.feeds import absolute
from sitegen.render.site.languages import groups, homes, journals, translation_view, translations
from sitegen.render.site.listings import Listings, list_language, pager
from sitegen.render.site.lists import ListPage, PublicList, TagIndex, part_of, tag_url
from sitegen.render.site.sharing import Thumbnail, thumbnail
from sitegen.render.site.staff import addressed
from sitegen.render.site.views import ItemView, LinkView, PageView, TranslationView

TAGS_TEMPLATES = ("site/tags.html", "site/list.html")
"""For the index of tags: the first of these that the theme has."""
NEWEST = 3
"""Journal pages on the home page."""
PUBLIC_TEMPLATES = {"home": "site/home.html", "journal": "site/journal.html"}
SEALED_TEMPLATES = {
    "member-home": "site/sealed/member-home.html",
    "campaign": "site/sealed/campaign.html",
    LETTER: "site/sealed/campaign.html",
}
MANIFEST = "site.webmanifest"
"""What telephones ask for the shop's name and icons, where the theme has it."""
SHELL, MISSING = "shell", "404"
"""The keys of the page that stands at the address of each gated page, and of the page for what is not there."""


@dataclass(frozen=True, slots=True)
class Text:
    """The body of a unit: readers of `segments` read it, below the public part those of `rest`.

    `source` is the file's id below content/. `toc`: the page lists its headings.
    """

    source: str
    body: Body
    segments: tuple[str, ...]
    rest: tuple[str, ...] = ()
    toc: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What is said of a gated page to those who may open it."""

    segments: tuple[str, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that one template makes. `key` names it, `path` says where it lies on the site ("" for gated pages).

    `view` is the page's own view, without the HTML of its text. `spoken`: the languages that it must speak, where it
    is one page for readers of all of them. `fed`: a feed tells its text. `image` is the path of the asset that it names
    as its picture.
    """

    key: str
    template: str
    path: str
    view: PageView
    items: tuple[ItemView, ...] = ()
    text: Text | None = None
    gate: Gate | None = None
    fed: bool = False
    spoken: tuple[str, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True)
class Units:
    """All units of one day, each kind in order."""

    public: tuple[Unit, ...]
    gated: tuple[Unit, ...]
    shell: Unit

    @property
    def every(self) -> tuple[Unit, ...]:
        """All of them."""
        return (*self.public, *self.gated, self.shell)


class Plan:
    """What a day's pages say of each other: lists, neighbours, sections."""

    def __init__(self, project: Project, found: Entries) -> None:
        self.shop = project.shop
        self.base = project.shop.base_path
        self.assets = project.assets
        self.has_manifest = project.theme.source(f"site/{MANIFEST}") is not None
        self.entries = found
        self.listings = Listings(project.shop, found.public)
        self.lists = self.listings.made
        self.journals = journals(found, project.shop)
        self.homes = homes(found, project.shop)
        self.fed = frozenset(id_ for one in self.journals.values() for id_ in self.listings.fed(one))
        self.strings = {"en": {}, **project.theme.strings}
        self.tags_template = next((name for name in TAGS_TEMPLATES if project.theme.source(name)), TAGS_TEMPLATES[-1])
        self.templates = frozenset(project.theme.templates)
        self.versions = groups((*found.public, *found.gated))
        # A page stands in the lists of all its tags, and a tag above all its pages.
        self.items: dict[str, ItemView] = {}
        self.tag_link = cache(self._tag_link)

    def units(self) -> Units:
        """Every unit of the day."""
        pages = [self.page(entry) for entry in self.entries.public]
        pages += [self.list_page(page) for page in self.listings.pages()]
        pages += [self.tag_index(index) for index in self.listings.tags]
        pages.append(self.special("site/404.html", MISSING, f"{MISSING}.html"))
        if self.has_manifest:
            pages.append(self.special(f"site/{MANIFEST}", MANIFEST, MANIFEST))
        gated = tuple(self.gated_page(entry) for entry in self.entries.gated)
        return Units(tuple(pages), gated, self.special("site/shell.html", SHELL, ""))

    def page(self, entry: PublicEntry) -> Unit:
        """A public page, or one that is public in its beginning."""
        newer, older = self.neighbours.get(entry.id, (None, None))
        listed = self.listings.first(entry)
        view = PageView(
            title=entry.title,
            description=entry.description,
            url=entry.url,
            canonical=absolute(self.shop, entry.url),
            html=Markup(),
            tags=self.tag_links(entry),
            date=entry.day,
            date_text=day_text(entry.day, entry.language),
            language=entry.language,
            layout=entry.layout,
            kind=entry.layout,
            section=self.section(entry),
            pager=pager(listed) if listed else None,
            feed=self.listings.feed_link(entry.path),
            event=event_view(self.shop, entry),
            translations=self.translations(entry),
            next=newer,
            previous=older,
            draft=entry.draft,
        )
        template = self.template(PUBLIC_TEMPLATES, "site", entry.layout)
        text = Text(entry.id, entry.body, (PUBLIC,), entry.rest, entry.toc)
        items = tuple(self.item(one) for one in listed.entries) if listed else self.front_items(entry)
        return Unit(entry.id, template, entry.path, view, items, text, fed=entry.id in self.fed, image=entry.image)

    def list_page(self, page: ListPage) -> Unit:
        """A page of a list of a section or tag."""
        listed = page.whole
        view = replace(
            self.plain_view(self.listings.title(listed), page.url, "tag" if listed.tag else "list"),
            language=list_language(listed.folder, self.shop),
            section=self.tags_link(listed) if listed.tag else None,
            pager=pager(page),
            feed=self.listings.feed_link(listed.path),
            translations=self.list_translations(page),
        )
        items = tuple(self.item(entry) for entry in page.entries)
        return Unit(f"list {page.path}", "site/tag.html" if listed.tag else "site/list.html", page.path, view, items)

    def list_translations(self, page: ListPage) -> tuple[TranslationView, ...]:
        """The same section in other languages, from the first page of its list."""
        if page.number > 1 or page.whole.tag:
            return ()
        section = page.whole.folder.removeprefix(part_of(page.whole.folder, self.shop))
        alike = {
            list_language(listed.folder, self.shop): listed.url
            for listed in self.lists
            if listed.section and listed.folder.removeprefix(part_of(listed.folder, self.shop)) == section
        }
        spoken = (one for one in self.shop.tongues if one in alike)
        views = tuple(translation_view(one, alike[one], alike[one] == page.url, self.shop) for one in spoken)
        return views if len(views) > 1 else ()

    def tag_index(self, index: TagIndex) -> Unit:
        """The page of all tags."""
        language = list_language(index.path, self.shop)
        view = replace(self.plain_view(self.tags_title(language), index.url, "tags"), language=language)
        items = tuple(ItemView(one.tag, one.url, "", "", count=len(one.entries)) for one in index.tags)
        return Unit(f"list {index.path}", self.tags_template, index.path, view, items)

    def tags_link(self, listed: PublicList) -> LinkView:
        """The page of all tags, for the list of one."""
        part = part_of(listed.folder, self.shop)
        return LinkView(self.tags_title(list_language(listed.folder, self.shop)), f"{self.base}{part}tags/")

    def tags_title(self, language: str) -> str:
        """What the theme calls all tags together."""
        words = {**self.strings["en"], **self.strings.get(language, {})}
        return words.get("tags.title", "Tags")

    def gated_page(self, entry: GatedEntry) -> Unit:
        """The inside of a gated page."""
        secret = entry.secret
        language = secret.language or self.shop.language
        view = PageView(
            title=secret.title,
            description=secret.description,
            url=entry.shell,
            canonical=absolute(self.shop, entry.shell),
            html=self.staff_html(secret.html),
            tags=(),
            date=secret.day,
            date_text=day_text(secret.day, language),
            language=language,
            layout=secret.layout,
            kind=secret.layout,
            event=event_view(self.shop, entry),
            translations=self.translations(entry),
            draft=secret.draft,
        )
        template = self.template(SEALED_TEMPLATES, "site/sealed", secret.layout)
        text = None if secret.html else Text(entry.id, secret.body, entry.segments, toc=secret.toc)
        return Unit(entry.id, template, "", view, (), text, Gate(entry.segments, secret.title, secret.description))

    def staff_html(self, html: str) -> Markup:
        """What a page of the house holds, its links led to where the others lie."""
        return Markup(addressed(html, self.shells))  # noqa: S704 - the house's own templates escaped what it says

    @cached_property
    def shells(self) -> Mapping[str, str]:
        """Where each gated page lies, by its id."""
        return {entry.id: entry.shell for entry in self.entries.gated}

    def template(self, known: Mapping[str, str], folder: str, layout: str) -> str:
        """The template of a layout; for one of the theme's own, that of its name, or else that of any page."""
        own = f"{folder}/{layout}.html"
        return known.get(layout, own if own in self.templates else f"{folder}/page.html")

    def special(self, template: str, key: str, path: str) -> Unit:
        """A page without a text of its own."""
        view = self.plain_view(self.shop.name, self.base, key)
        return Unit(key, template, path, view, spoken=self.shop.tongues)

    def plain_view(self, title: str, url: str, kind: str) -> PageView:
        """The view of a page without a text."""
        canonical = absolute(self.shop, url)
        return PageView(title, "", url, canonical, Markup(), (), None, "", self.shop.language, kind, kind)

    def item(self, entry: PublicEntry) -> ItemView:
        """A page as a list shows it."""
        if entry.id not in self.items:
            made = self.thumbnails.get(entry.id)
            self.items[entry.id] = replace(item(entry), image=made.view) if made else item(entry)
        return self.items[entry.id]

    @cached_property
    def thumbnails(self) -> Mapping[str, Thumbnail]:
        """The pictures that pages name as theirs, as lists show them, by the pages' ids."""
        # A check goes on where a picture is missing, to tell what else is wrong.
        own = ((entry.id, self.assets[entry.image]) for entry in self.entries.public if entry.image in self.assets)
        return {id_: thumbnail(self.base, asset, self.shop.images, open_name(asset)) for id_, asset in own}

    def front_items(self, entry: PublicEntry) -> tuple[ItemView, ...]:
        """What the home page shows of the journal."""
        newest = self.journals.get(entry.language, ())[:NEWEST] if entry.layout == "home" else ()
        return tuple(self.item(other) for other in newest)

    def translations(self, entry: PublicEntry | GatedEntry) -> tuple[TranslationView, ...]:
        """The page in its languages. A public page tells nothing of versions that are locked as a whole."""
        alike = self.versions.get(entry.group)
        if alike is None:
            return ()
        return translations(entry, [other for other in alike if type(other) is type(entry)], self.shop)

    @cached_property
    def sections(self) -> Mapping[str, LinkView]:
        """Lists and pages that others lie below, by their paths."""
        links = {
            listed.path: LinkView(self.listings.title(listed), listed.url) for listed in self.lists if listed.section
        }
        return links | {entry.path: LinkView(entry.title, entry.url) for entry in self.entries.public}

    def section(self, entry: PublicEntry) -> LinkView | None:
        """What the page lies below; nothing else need link to a section that has no page of its own."""
        part = part_of(entry.path, self.shop)
        above = part + entry.path.removeprefix(part).partition("/")[0] + "/index.html"
        return None if entry.path == above else self.sections.get(above)

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[LinkView | None, LinkView | None]]:
        """The next newer and the next older page of each page of the journal, by its id."""
        found: dict[str, tuple[LinkView | None, LinkView | None]] = {}
        for dated in self.journals.values():
            journal = [entry for entry in dated if entry.layout == "journal"]
            links = [None, *(LinkView(entry.title, entry.url) for entry in journal), None]
            around = zip(journal, links, links[2:], strict=False)
            found |= {entry.id: (newer, older) for entry, newer, older in around}
        return found

    def tag_links(self, entry: PublicEntry) -> tuple[LinkView, ...]:
        """The lists of a page's tags."""
        part = part_of(entry.path, self.shop)
        return tuple(self.tag_link(tag, part) for tag in entry.tags)

    def _tag_link(self, tag: str, part: str) -> LinkView:
        return LinkView(tag, tag_url(tag, part, self.shop))


def item(entry: PublicEntry) -> ItemView:
    """A page as a list shows it."""
    return ItemView(entry.title, entry.url, entry.description, day_text(entry.day, entry.language))
