"""Name the characters in a campaign's own words that make its texts cost twice as much, and what says the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from sitegen.errors import Problem
from sitegen.model.body import Body, place_in
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.tree import Place
from sitegen.render.text.alphabet import ALONE, ALONE_UCS2, is_forcing, name, plainer

_MARKER = "\ue000\\d+\ue001"
_PIECE = re.compile(rf"^:::[^\n]*|{_MARKER}|&#?\w+;|.", re.DOTALL | re.MULTILINE)
"""A shortcode's line, which no text says, a merge field, an entity, or a character."""


def dear_characters(campaign: Campaign) -> tuple[Problem, ...]:
    """One notice for each character outside the default alphabet, where it stands first.

    Nothing where the campaign is no text, or where its language needs such letters anyway, as Chinese does.
    """
    if Channel.TEXT not in campaign.channels:
        return ()
    places: dict[str, list[Place]] = {}
    for character, place in _forcing(campaign.body):
        places.setdefault(character, []).append(place)
    if any(unicodedata.category(character)[0] == "L" and plainer(character) is None for character in places):
        return ()
    return tuple(_notice(character, found) for character, found in places.items())


def _forcing(body: Body) -> Iterator[tuple[str, Place]]:
    for block in body.blocks:
        for found in _PIECE.finditer(block.markdown):
            if found[0][0] != "\ue000" and not found[0].startswith(":::"):
                for character in filter(is_forcing, unescape(found[0])[:1]):
                    yield character, place_in(body, block, found.start())
    for use in body.fields:
        yield from ((character, use.place) for character in use.fallback or "" if is_forcing(character))


def _notice(character: str, places: list[Place]) -> Problem:
    times = f", {len(places)} times," if len(places) > 1 else ""
    message = f"'{name(character)}'{times} leaves a text room for {ALONE_UCS2} characters instead of {ALONE}"
    said = plainer(character)
    hint = f"write {said!r} instead" if said else "leave it out"
    return places[0].problem("dear-character", message, hint)
