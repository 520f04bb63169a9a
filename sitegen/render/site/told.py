"""The files that tell of a day's public pages: feeds, sitemap, robots.txt, calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sitegen.model.readable import PublicFile
from sitegen.render.site.entries import PublicEntry
from sitegen.render.site.events import calendar_files
from sitegen.render.site.feeds import Feed, MapLine, feed_file, newest, robots, sitemaps
from sitegen.render.site.languages import feed_path
from sitegen.render.site.units import MISSING, Plan, Unit


def told(plan: Plan, public: Iterable[Unit], today: date, texts: Mapping[str, str]) -> Iterator[PublicFile]:
    """The files. `texts` are what feeds tell of pages, by their ids."""
    shop = plan.shop
    whole = [
        Feed(
            title=shop.said(shop.name, language),
            url=plan.homes.get(language, shop.base_path),
            path=feed_path(language, plan.journals, shop),
            entries=newest(journal, shop.feeds.items),
            subtitle=shop.said(shop.tagline, language),
            language=language,
        )
        for language, journal in plan.journals.items()
    ]
    for feed in (*whole, *plan.listings.feeds.values()):
        yield PublicFile(feed.path, feed_file(shop, feed, today, texts))
    lines = sorted(_lines(plan, public), key=lambda line: line.url)
    for path, content in (*sitemaps(shop, lines).items(), *calendar_files(shop, plan.entries.public).items()):
        yield PublicFile(path, content)
    yield PublicFile("robots.txt", robots(shop))


def _lines(plan: Plan, public: Iterable[Unit]) -> Iterator[MapLine]:
    changed = {entry.id: _changed(entry) for entry in plan.entries.public}
    for unit in public:
        if unit.key != MISSING:
            spoken = tuple((one.language, one.canonical) for one in unit.view.translations)
            yield MapLine(unit.view.url, changed.get(unit.key), spoken)


def _changed(entry: PublicEntry) -> date | None:
    return max(filter(None, (entry.updated, entry.day)), default=None)
