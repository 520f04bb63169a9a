"""A campaign's text as a card shows it: paragraphs, emphasis and line breaks, and the recipient's own words."""

from __future__ import annotations

import re
from html import escape

from sitegen.errors import Exit, Mistakes
from sitegen.model.campaign import Campaign
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.render.away import NoLinks
from sitegen.render.fields import said_values, speller
from sitegen.render.markup import html
from sitegen.render.merge import MergeTemplate, merge, split
from sitegen.render.variant import blocks_for

TAG = re.compile(r"<\s*/?\s*([a-zA-Z0-9]+)[^>]*>")
ANCHOR = re.compile(r"</?a\b[^>]*>")
ALLOWED = frozenset({"p", "strong", "em", "br"})


def greeting_template(campaign: Campaign, audiences: frozenset[str]) -> MergeTemplate:
    """The text for readers in `audiences`. Raises Mistakes (exit 7) where it holds more than a card can."""
    pieces: list[str] = []
    for block in blocks_for(campaign.body, audiences):
        piece = ANCHOR.sub("", html(block.markdown, NoLinks()))
        strange = sorted({name.lower() for name in TAG.findall(piece)} - ALLOWED)
        if strange:
            place = Place(campaign.body.file, block.line)
            hint = "write paragraphs with *emphasis* only, or send this campaign by another channel"
            message = f"a card can't hold <{strange[0]}>"
            raise Mistakes([place.problem("card-text", message, hint)], Exit.CARD)
        pieces.append(re.sub(r"<(/?)(\w+)[^>]*>", r"<\1\2>", piece))
    return split("\n".join(pieces), campaign.body.fields)


def greeting(template: MergeTemplate, recipient: Recipient, language: str, shop: Shop) -> str:
    """The recipient's greeting: trusted HTML, values escaped."""
    values = said_values(recipient.values, shop, language)
    return merge(template, values, speller(language, shop.currency), escape)


def own_words(text: str) -> str:
    """A person's own words as a card shows them: all of it escaped, an empty line between two paragraphs."""
    paragraphs = re.split(r"\n\s*\n", "\n".join(text.strip().splitlines()))
    lines = ([escape(line.strip()) for line in paragraph.split("\n")] for paragraph in paragraphs)
    return "\n".join(f"<p>{'<br>'.join(paragraph)}</p>" for paragraph in lines)
