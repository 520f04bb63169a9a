"""Everything that lists a day's public pages: pages of lists, the index of tags, feeds, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry
from sitegen.render.site.feeds import Feed, newest
from sitegen.render.site.lists import (
    ListPage,
    PublicList,
    TagIndex,
    lists,
    own_lists,
    page_url,
    pages_of,
    part_of,
    tag_indexes,
)
from sitegen.render.site.views import LinkView, PagerView


class Listings:
    """The lists of one day. `made` need a page made for them; the others stand on pages that ask for them."""

    def __init__(self, shop: Shop, entries: tuple[PublicEntry, ...]) -> None:
        self.shop = shop
        self.made = lists(entries, shop)
        self.own = {listed.page.id: listed for listed in own_lists(entries, shop) if listed.page}

    @cached_property
    def tags(self) -> tuple[TagIndex, ...]:
        """The index of tags, for the site and for each language's folder."""
        return tag_indexes(self.made, self.shop.base_path)

    def pages(self) -> Iterator[ListPage]:
        """The pages of lists that need to be made: of a page's own list, those after the first."""
        for listed in self.made:
            yield from pages_of(listed, self.shop.paginate)
        for listed in self.own.values():
            yield from pages_of(listed, self.shop.paginate)[1:]

    def first(self, entry: PublicEntry) -> ListPage | None:
        """What a page shows of its own list; None where it has none."""
        listed = self.own.get(entry.id)
        return pages_of(listed, self.shop.paginate)[0] if listed else None

    def fed(self, journal: tuple[PublicEntry, ...]) -> frozenset[str]:
        """The ids of the pages whose text stands in a feed, that of the whole site (`journal`) or of a list."""
        if self.shop.feeds.content != "full":
            return frozenset()
        cut = newest(journal, self.shop.feeds.items)
        return frozenset(
            entry.id for found in (cut, *(feed.entries for feed in self.feeds.values())) for entry in found
        )

    @cached_property
    def feeds(self) -> dict[str, Feed]:
        """The feeds of lists that have dated entries, by the paths of the lists."""
        every = (*self.made, *self.own.values())
        some = (listed for listed in every if listed.folder and (self.shop.feeds.tags or not listed.tag))
        found = {listed.path: self._feed(listed) for listed in some}
        return {path: feed for path, feed in found.items() if feed.entries}

    def feed_link(self, path: str) -> LinkView | None:
        """The feed of the list at a path, or of the section that a page at this path lies in."""
        part = part_of(path, self.shop)
        section = f"{part}{path.removeprefix(part).partition('/')[0]}/index.html"
        feed = self.feeds.get(path) or self.feeds.get(section)
        return LinkView(feed.title, self.shop.base_path + feed.path) if feed else None

    def title(self, listed: PublicList) -> str:
        """The title of a list; a section's folder may have another name in the list's language."""
        return self.shop.said(list_title(listed), list_language(listed.folder, self.shop))

    def _feed(self, listed: PublicList) -> Feed:
        return Feed(
            title=f"{self.title(listed)} · {self.shop.name}",
            url=listed.url,
            path=f"{listed.folder}feed.xml",
            entries=newest(listed.entries, self.shop.feeds.items),
            language=list_language(listed.folder, self.shop),
        )


def pager(page: ListPage) -> PagerView | None:
    """The way to the pages before and after; None where a list has one page only."""
    if page.total == 1:
        return None
    around = (number for number in (page.number - 1, page.number + 1) if 1 <= number <= page.total)
    links = {number: LinkView(str(number), page_url(page.whole, number)) for number in around}
    return PagerView(page.number, page.total, links.get(page.number - 1), links.get(page.number + 1))


def list_title(listed: PublicList) -> str:
    """The title of a list: its page's own, its tag, or its folder's name."""
    return listed.page.title if listed.page else listed.tag or listed.section.replace("-", " ").capitalize()


def list_language(folder: str, shop: Shop) -> str:
    """The language of what lies in a folder: that of the folder of translations above it, else the shop's."""
    return part_of(folder, shop).rstrip("/") or shop.language
