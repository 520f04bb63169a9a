"""The desk's own page, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from sitegen.model.segment import PUBLIC

if TYPE_CHECKING:
    from sitegen.serve.clerk import Listing, Reader, Thing
    from sitegen.serve.live import LiveServer

BY_CHANNEL = {"mail": ("mail", "e-mail"), "text": ("texts", "text"), "card": ("cards", "card")}
"""Where the desk shows a channel, and what people call it."""


def desk_page(found: Listing, notices: tuple[str, ...], live: str, server: LiveServer) -> str:
    """Everything of the shop on one page; a click on a line opens it as somebody who may read it."""
    sections = (
        _section("pages", "Pages", "".join(_page(thing) for thing in sorted(found.pages, key=_order))),
        _section("campaigns", "Campaigns", "".join(_campaign(thing) for thing in found.campaigns)),
        _section("readers", "Audiences", "".join(_reader(reader, server.base) for reader in found.readers)),
    )
    warned = "".join(f"<li>{escape(notice)}</li>" for notice in notices)
    warnings = f'<section id="notices"><h2>Warnings</h2><ul class="notices">{warned}</ul></section>' if warned else ""
    inner = (
        f'<header class="top"><p class="eyebrow">The desk of the preview</p><h1>{escape(found.shop)}</h1>'
        f'<p class="about">As on {found.day.isoformat()}. '
        f'<a href="{escape(server.base)}">The site</a> · <a href="built/">What the last build will send</a></p>'
        '<p class="find"><label for="find">Find</label><input id="find" type="search" autocomplete="off" '
        'placeholder="a title, an address, an audience, draft …"><span id="count" role="status"></span></p></header>'
        f"{warnings}{''.join(sections)}"
    )
    return _document(found.shop, inner, live, server.base)


def failed_page(why: str, live: str) -> str:
    """The desk of a shop that can't be read."""
    inner = (
        '<header class="top"><p class="eyebrow">The desk of the preview</p><h1>The shop can’t be read</h1></header>'
        f'<pre class="why">{escape(why)}</pre>'
    )
    return _document("The desk", inner, live, "/")


def _document(title: str, inner: str, live: str, base: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Desk: {escape(title)}</title>\n"
        f'<link rel="stylesheet" href="{live}desk.css">\n'
        f'<script src="{live}desk.js" data-base="{escape(base)}" defer></script>\n'
        f"</head>\n<body>\n<main>\n{inner}\n</main>\n</body>\n</html>\n"
    )


def _section(name: str, title: str, rows: str) -> str:
    inner = f"<ul>{rows}</ul>" if rows else "<p>None yet.</p>"
    return f'<section id="{name}"><h2>{title}</h2>{inner}</section>'


def _order(thing: Thing) -> tuple[bool, str]:
    return bool(thing.door), thing.id


def _page(thing: Thing) -> str:
    return f"<li>{_title(thing)}{_badges(thing)}<span class='where'>{escape(_where(thing))}</span></li>"


def _campaign(thing: Thing) -> str:
    id_ = thing.id.removeprefix("campaigns/").removesuffix(".md")
    ways = "".join(
        f'<a class="way" href="{folder}/{quote(id_)}/">{name}</a>'
        for channel in thing.channels
        for folder, name in [BY_CHANNEL.get(channel, ("", ""))]
        if folder
    )
    when = f"<span class='when'>{escape(thing.when)}</span>" if thing.when else ""
    ways, where = f"<span class='ways'>{ways}</span>", f"<span class='where'>{escape(_where(thing))}</span>"
    return f"<li>{_title(thing)}{_badges(thing)}{when}{ways}{where}</li>"


def _title(thing: Thing) -> str:
    if not thing.url:
        return f"<span class='title'>{escape(thing.title)}</span>"
    door = f' data-as="{escape(thing.door)}"' if thing.door else ""
    return f'<a class="title" href="{escape(thing.url)}"{door}>{escape(thing.title)}</a>'


def _badges(thing: Thing) -> str:
    badges: Iterable[tuple[str, str]] = (
        *(("state", state) for state in thing.state),
        ("shut" if thing.door else "open", _audience(thing)),
        ("language", thing.language),
    )
    return "".join(f'<span class="badge {kind}">{escape(text)}</span>' for kind, text in badges)


def _audience(thing: Thing) -> str:
    return thing.audience if thing.door or thing.audience == PUBLIC else f"{thing.audience}, its beginning public"


def _where(thing: Thing) -> str:
    return f"content/{thing.id}"


def _reader(reader: Reader, base: str) -> str:
    return (
        f'<li><a class="title" href="{escape(base)}" data-as="{escape(reader.id)}">{escape(reader.title)}</a>'
        f'<span class="badge shut">{escape(reader.id)}</span>'
        f'<span class="number" data-count="{escape(reader.id)}"></span></li>'
    )
