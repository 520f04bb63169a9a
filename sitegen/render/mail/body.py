"""The words of an e-mail: a campaign's blocks as HTML with links, pictures and campaign tags fit for mail."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.model.campaign import Campaign
from sitegen.model.channel import MessageClass
from sitegen.render.markup import Form, Links, html, inner_alone
from sitegen.render.plain.tree import Element, parse
from sitegen.render.variant import blocks_for

CONTENT_WIDTH = 472
"""Pixels between the margins of a letter: Outlook takes a picture's width from its attribute alone."""

_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)(")', re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def body_html(campaign: Campaign, audiences: frozenset[str], links: Links, form: Form = inner_alone) -> str:
    """The blocks that readers in `audiences` see, as HTML. Merge-field markers come out untouched."""
    parts = []
    for block in blocks_for(campaign.body, audiences):
        part = html(block.markdown, links, form=form)
        parts.append(f'<div class="for-some">\n{part}\n</div>' if block.audience else part)
    joined = _IMAGE.sub(_fitted, "\n".join(parts))
    if campaign.message_class is MessageClass.PROMOTION:
        return _LINK.sub(lambda found: found[1] + escape(tagged(unescape(found[2]), campaign.id)) + found[3], joined)
    return joined


def tagged(url: str, campaign: str) -> str:
    """An https link with the campaign's tags, unless it has some already. Only promotions may carry them."""
    if not url.startswith("https://") or "utm_" in url:
        return url
    address, mark, fragment = url.partition("#")
    tags = f"utm_source=newsletter&utm_medium=email&utm_campaign={quote(campaign)}"
    return f"{address}{'&' if '?' in address else '?'}{tags}{mark}{fragment}"


def opening(body: str, most: int) -> str:
    """The first words of a body, at most about `most` characters, for the line below the subject."""
    words = " ".join(_PARAGRAPH.findall(body)[:3])
    text = " ".join(unescape(_TAG.sub(" ", words)).split())
    text = re.sub(r" ([,.;:!?])", r"\1", text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if head.count(FIELD_OPEN) > head.count(FIELD_CLOSE):
        head = head[: head.rindex(FIELD_OPEN)]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"


def _fitted(found: re.Match[str]) -> str:
    """An image with alt and width, not wider than the letter; a drawing that no mail program shows becomes its alt."""
    attributes = _attributes(found[0])
    alt = escape(attributes.get("alt", ""))
    if attributes.get("src", "").partition("?")[0].endswith(".svg"):
        return f'<span class="picture-words">{alt}</span>' if alt else ""
    width, height = _number(attributes, "width") or CONTENT_WIDTH, _number(attributes, "height")
    shown = min(width, CONTENT_WIDTH)
    size = f'width="{shown}"' + (f' height="{round(height * shown / width)}"' if height else "")
    return f'<img src="{escape(attributes.get("src", ""))}" alt="{alt}" {size}>'


def _attributes(tag: str) -> dict[str, str]:
    first = parse(tag).children[0]
    return first.attributes if isinstance(first, Element) else {}


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0
