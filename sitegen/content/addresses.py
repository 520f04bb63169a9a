"""Check that every public address is whole, its own, and none of the site's own folders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.segment import PUBLIC

PART = re.compile(r"(?!\.)[^\s/?#%\\<>\"'\x00-\x1f\x7f]+")
"""One part of an address: no spaces, nothing that a browser reads as more than a name, no leading full stop."""
OWN_FOLDERS = ("assets", "fonts", "m", "sg", "static", "tags")
"""Top folders of the site that the build fills."""


def is_part(text: str) -> bool:
    """Whether a text can be one part of an address."""
    return bool(PART.fullmatch(text))


def read_aliases(keys: Keys, audience: str) -> tuple[str, ...]:
    """The `aliases` of a thing, without slashes around them; those that are no addresses are reported.

    A gated thing can have none: its old address would stand on the site for anybody to read.
    """
    aliases: list[str] = []
    for scalar in keys.scalars("aliases"):
        alias = scalar.text.strip("/")
        if not all(is_part(part) for part in alias.split("/")):
            hint = "write a former path, like care/linen"
            keys.problems.append(scalar.place.problem("bad-alias", f"'{scalar.text}' is no address", hint))
        else:
            aliases.append(alias)
    if aliases and audience != PUBLIC:
        hint = "remove 'aliases': a members' page is found by its members' menu"
        message = "only a page for 'public' can have aliases: they stand on the site for anybody to read"
        keys.problems.append(keys.place("aliases").problem("gated-alias", message, hint))
    return tuple(dict.fromkeys(aliases))


def check_same_address(pages: Iterable[Page], campaigns: Iterable[Campaign]) -> list[Problem]:
    """Things that would stand at the same address."""
    things = _things(pages, campaigns)
    first: dict[str, Page | Campaign] = {}
    problems: list[Problem] = []
    for thing in things:
        other = first.setdefault(thing.url_path, thing)
        if other is not thing:
            message = f"'{other.place.file}' has the address '/{thing.url_path}' already"
            problems.append(thing.place.problem("same-address", message, "give one of them a 'slug' of its own"))
    return problems


def check_addresses(pages: Iterable[Page], campaigns: Iterable[Campaign]) -> tuple[Problem, ...]:
    """Addresses with strange characters, addresses in the build's own folders, aliases that are addresses too."""
    things = [thing for thing in _things(pages, campaigns) if thing.audience == PUBLIC or thing.body.public_blocks]
    taken = {thing.url_path.strip("/") for thing in things}
    problems: list[Problem] = []
    for thing in things:
        problems.extend(_strange(thing))
        for alias in thing.aliases:
            if alias in taken or alias.split("/")[0] in OWN_FOLDERS:
                message = f"the alias '{alias}' is the address of something else"
                problems.append(thing.place.problem("same-address", message, "remove it from 'aliases'"))
            taken.add(alias)
    return tuple(problems)


def _things(pages: Iterable[Page], campaigns: Iterable[Campaign]) -> list[Page | Campaign]:
    return [*pages, *(campaign for campaign in campaigns if Channel.PAGE in campaign.channels)]


def _strange(thing: Page | Campaign) -> Iterator[Problem]:
    parts = thing.url_path.strip("/").split("/") if thing.url_path else []
    for part in parts:
        if not is_part(part):
            message = f"'{part}' can't be part of an address"
            yield thing.place.problem("bad-address", message, "rename the file or folder, with hyphens for spaces")
    if parts and parts[0] in OWN_FOLDERS:
        message = f"the folder '{parts[0]}/' of the site belongs to the build"
        yield thing.place.problem("taken-address", message, "choose another folder")
