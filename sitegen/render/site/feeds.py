"""Feeds, sitemap and robots.txt: lists of what is public, and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from heapq import nlargest
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
MOST = 50_000
"""Addresses of one sitemap (sitemaps.org); more need several, and an index of them."""
PLAIN = re.compile(r"[A-Za-z0-9/:%._~-]*")
"""An address that needs no encoding."""
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold, not even escaped."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `path`, of the page at `url`. `entries` are those with a date, the newest first, as many as it has."""

    title: str
    url: str
    path: str
    entries: tuple[PublicEntry, ...]
    subtitle: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line of the sitemap: an address, and the day of its last change where that is known.

    `alternates` are the page's languages with the whole address of each, itself too.
    """

    url: str
    changed: date | None = None
    alternates: tuple[tuple[str, str], ...] = ()


def newest(entries: Iterable[PublicEntry], most: int) -> tuple[PublicEntry, ...]:
    """The entries that a feed has: those with a date, the newest first."""
    dated = ((entry.day, entry.id, entry) for entry in entries if entry.day)
    return tuple(entry for _, _, entry in nlargest(most, dated, key=lambda found: found[:2]))


def feed_text(html: str) -> str:
    """HTML as it stands in a feed: escaped once, however many feeds tell it."""
    return _escaped(html)


def feed_file(shop: Shop, feed: Feed, today: date, content: Mapping[str, str] | None = None) -> bytes:
    """An Atom feed (RFC 4287). `content` has the public parts of entries by their ids, as `feed_text`."""
    language = feed.language or shop.language
    lines = [f"<feed xmlns={quoteattr(ATOM)} xml:lang={_quoted(language)}>", _said("title", feed.title)]
    lines += [_said("subtitle", feed.subtitle)] if feed.subtitle else []
    lines += [
        f"<link href={_quoted(iri(absolute(shop, feed.url)))} />",
        f'<link rel="self" href={_quoted(iri(absolute(shop, shop.base_path + feed.path)))} />',
        _said("id", absolute(shop, feed.url)),
        _said("updated", _stamp(max((_changed(entry) for entry in feed.entries), default=today))),
        f"<author>\n    {_said('name', shop.name)}\n  </author>",
    ]
    for entry in feed.entries:
        lines += _entry(shop, entry, language, (content or {}).get(entry.id, ""))
    return _document("\n  ".join(lines) + "\n</feed>")


def sitemaps(shop: Shop, lines: Iterable[MapLine], most: int = MOST) -> dict[str, bytes]:
    """The sitemap's files by path: sitemap.xml, and where it is an index, sitemap-1.xml and so on beside it."""
    found = tuple(lines)
    if len(found) <= most:
        return {"sitemap.xml": _sitemap(shop, found)}
    parts = [found[at : at + most] for at in range(0, len(found), most)]
    files = {f"sitemap-{number}.xml": _sitemap(shop, part) for number, part in enumerate(parts, start=1)}
    named = "".join(
        f"  <sitemap>\n    {_said('loc', iri(absolute(shop, shop.base_path + name)))}\n  </sitemap>\n" for name in files
    )
    return {"sitemap.xml": _document(f"<sitemapindex xmlns={quoteattr(SITEMAP)}>\n{named}</sitemapindex>"), **files}


def robots(shop: Shop) -> bytes:
    """Everything may be crawled; what is gated has no words, so there is nothing to forbid (and to betray)."""
    return f"User-agent: *\nAllow: /\nSitemap: {absolute(shop, shop.base_path + 'sitemap.xml')}\n".encode()


def absolute(shop: Shop, url: str) -> str:
    """The address with scheme and host."""
    return shop.origin + url


def iri(address: str) -> str:
    """An address in ASCII (RFC 3986), as programs want it that read no others."""
    return address if PLAIN.fullmatch(address) else quote(address, safe="/:%")


def _sitemap(shop: Shop, lines: Iterable[MapLine]) -> bytes:
    found = tuple(lines)
    spaces = f" xmlns:xhtml={quoteattr(XHTML)}" if any(line.alternates for line in found) else ""
    urls = "".join(_url(shop, line) for line in found)
    return _document(f"<urlset xmlns={quoteattr(SITEMAP)}{spaces}>\n{urls}</urlset>")


def _url(shop: Shop, line: MapLine) -> str:
    # An encoded address has nothing in it that XML would read as its own.
    said = [f"<loc>{iri(absolute(shop, line.url))}</loc>"]
    said += [f"<lastmod>{line.changed.isoformat()}</lastmod>"] if line.changed else []
    said += [
        f'<xhtml:link rel="alternate" hreflang={_quoted(language)} href={_quoted(iri(address))} />'
        for language, address in line.alternates
    ]
    return "  <url>\n" + "".join(f"    {one}\n" for one in said) + "  </url>\n"


def _entry(shop: Shop, entry: PublicEntry, language: str, content: str) -> list[str]:
    assert entry.day
    spoken = "" if entry.language == language else f" xml:lang={_quoted(entry.language)}"
    said = [
        _said("title", entry.title),
        f"<link href={_quoted(iri(absolute(shop, entry.url)))} />",
        _said("id", absolute(shop, entry.url)),
        _said("published", _stamp(entry.day)),
        _said("updated", _stamp(_changed(entry))),
    ]
    said += [_said("summary", entry.description)] if entry.description else []
    said += [f"<category term={_quoted(tag)} />" for tag in entry.tags]
    said += [f'<content type="html">{content}</content>'] if content else []
    return [f"<entry{spoken}>", *(f"  {one}" for one in said), "</entry>"]


def _said(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>"


def _escaped(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))


def _quoted(text: str) -> str:
    return quoteattr(FORBIDDEN.sub("", text))


def _changed(entry: PublicEntry) -> date:
    assert entry.day
    return max(entry.day, entry.updated or entry.day)


def _stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(root: str) -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?>\n{root}\n".encode()
