"""Feed, sitemap and robots.txt: lists of what is public, and of nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sitegen.model.shop import Shop
from sitegen.render.site.entries import PublicEntry

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def atom(shop: Shop, dated: tuple[PublicEntry, ...], today: date) -> bytes:
    """An Atom feed (RFC 4287) of the public entries that have a date, newest first."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": shop.language})
    SubElement(feed, "title").text = shop.name
    if shop.tagline:
        SubElement(feed, "subtitle").text = shop.tagline
    SubElement(feed, "link", {"href": absolute(shop, shop.base_path)})
    SubElement(feed, "link", {"rel": "self", "href": absolute(shop, shop.base_path + "feed.xml")})
    SubElement(feed, "id").text = absolute(shop, shop.base_path)
    SubElement(feed, "updated").text = _stamp(max((entry.day for entry in dated if entry.day), default=today))
    SubElement(SubElement(feed, "author"), "name").text = shop.name
    for entry in dated:
        _entry(feed, shop, entry)
    return _document(feed)


def sitemap(shop: Shop, urls: tuple[str, ...]) -> bytes:
    """A sitemap of public addresses, in ASCII (RFC 3986) as the protocol wants them."""
    root = Element("urlset", {"xmlns": SITEMAP})
    for url in urls:
        SubElement(SubElement(root, "url"), "loc").text = quote(absolute(shop, url), safe="/:%")
    return _document(root)


def robots(shop: Shop) -> bytes:
    """Everything may be crawled; what is gated has no words, so there is nothing to forbid (and to betray)."""
    return f"User-agent: *\nAllow: /\nSitemap: {absolute(shop, shop.base_path + 'sitemap.xml')}\n".encode()


def absolute(shop: Shop, url: str) -> str:
    """The address with scheme and host."""
    return shop.origin + url


def _entry(feed: Element, shop: Shop, entry: PublicEntry) -> None:
    assert entry.day
    item = SubElement(feed, "entry")
    SubElement(item, "title").text = entry.title
    SubElement(item, "link", {"href": absolute(shop, entry.url)})
    SubElement(item, "id").text = absolute(shop, entry.url)
    SubElement(item, "published").text = _stamp(entry.day)
    SubElement(item, "updated").text = _stamp(entry.day)
    if entry.description:
        SubElement(item, "summary").text = entry.description
    for tag in entry.tags:
        SubElement(item, "category", {"term": tag})


def _stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(root: Element) -> bytes:
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"
