"""Describe a theme's files: theme.yaml, a card's design.yaml, social/card.yaml, words."""

from __future__ import annotations

from sitegen.content.schemas.forms import (
    LINE,
    Json,
    Names,
    either,
    group,
    integer,
    items,
    named,
    number,
    offered,
    text,
    word,
    words,
    yes_no,
)
from sitegen.model.card import Axis, Side
from sitegen.model.channel import Kind

MILLIMETRES: Json = {"type": "number"}


def theme(names: Names) -> Json:
    """theme.yaml."""
    font = {
        "family": text("The family's name, as the style sheets say it."),
        "licence": text("Its licence by its SPDX name.", "OFL-1.1"),
        "text": text("The file with the licence's words.", "fonts/OFL.txt"),
    }
    keys = {
        "name": text("The name of its folder."),
        "title": text("What people call it."),
        "description": text("A sentence about it."),
        "version": text("Its own version; in quotes where it looks like a number."),
        "author": text("Who made it."),
        "licence": text("Its licence."),
        "homepage": text("Where to read more."),
        "sitegen": text("For which versions of sitegen it is made.", ">=0.1,<0.4"),
        "parent": offered("A theme whose files count wherever this one has none.", names.themes),
        "picture_sizes": text("How wide pictures of an article are shown, as the attribute `sizes` of HTML says it."),
        "fonts": items("The fonts that it brings along.", group("A font.", font, ("family", "licence", "text"))),
        "copied": named("Digests of the parent's files when they were copied; `sitegen theme` writes them.", LINE),
    }
    return group("A theme: what the site, the letters and the cards look like.", keys)


def design(_: Names) -> Json:
    """A card's design.yaml."""
    place = {
        "page": word("Which side it stands on.", Side),
        "x": number("Millimetres from the left edge of the trim."),
        "y": number("Millimetres from the top edge of the trim."),
    }
    box = {**place, "width": number("Millimetres."), "height": number("Millimetres.")}
    slot = {
        **box,
        "sizes": either(
            "Type sizes in points, largest first: a long text takes the next smaller one.",
            {"type": "number"},
            {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1000}},
        ),
        "one_line": yes_no("Whether it must stand on one line.", False),
    }
    keys = {
        "title": text("What people call it."),
        "base": words("Templates and styles of cards/ that it shares with others."),
        "kinds": words("The kinds of campaigns that it is made for; without it, all.", Kind),
        "width": number("Width of the cut card in millimetres."),
        "height": number("Height of the cut card in millimetres."),
        "bleed": number("Millimetres beyond the cut that are printed, and cut off."),
        "safe": number("Millimetres from the cut within which no text stands."),
        "art": group("The drawings, in CMYK.", {side.value: text(f"The {side.value}'s SVG.") for side in Side}),
        "qr": group(
            "Where the code of the member's door stands.",
            {**place, "size": number("Millimetres.")},
            ("x", "y", "size"),
        ),
        "slots": named(
            "Where texts stand, by name: title, greeting, signature ...",
            group("A box.", slot, ("x", "y", "width", "height")),
        ),
        "fold": group(
            "Where the card is folded.",
            {"axis": word("Along which line.", Axis), "at": number("Millimetres from the left or top edge.")},
            ("at",),
        ),
    }
    needed = ("title", "width", "height", "bleed", "safe", "slots")
    return group("A card design: lengths in millimetres, places from the top left corner of the trim.", keys, needed)


def social(_: Names) -> Json:
    """social/card.yaml."""
    lettering = {
        "x": integer("Pixels from the left.", 0, 1199),
        "y": integer("Pixels from the top.", 0, 629),
        "width": integer("Pixels.", 1, 1200),
        "height": integer("Pixels.", 1, 630),
        "sizes": either(
            "Type sizes in pixels: [88, 72, 60].", {"type": "integer"}, {"type": "array", "items": {"type": "integer"}}
        ),
        "ink": text("Its colour, in quotes.", "#2F3E63"),
        "fonts": words("Font files below fonts/, in the order in which they are asked for a letter."),
    }
    needed = ("sizes", "ink", "fonts")
    keys = {
        "ground": text("A PNG of 1200 x 630 pixels below social/."),
        "title": group("Where the page's title stands.", lettering, needed),
        "name": group("Where the shop's name stands.", lettering, needed),
    }
    return group("What pictures for sharing look like.", keys, ("ground", "title", "name"))


def locale(_: Names) -> Json:
    """A file of locale/: words of the theme in one language."""
    return named("Words of the theme in the language that the file's name ends with.", LINE)
