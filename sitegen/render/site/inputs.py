"""Say what each input of a unit is now, so that it can be compared with what the unit read the last time."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING

from sitegen.model.menu import MAIN
from sitegen.model.part import BadArgument
from sitegen.render import images
from sitegen.render.parts import asked
from sitegen.render.reads import Fingerprint, fingerprint
from sitegen.render.site.units import Text, Unit
from sitegen.render.theme import closure

if TYPE_CHECKING:
    from sitegen.render.site.kit import Kit

OWN = frozenset({"page", "items", "teasers", "text", "fed", "spoken", "image"})
"""Kinds of inputs whose value is another for each unit."""


def own_value(kit: Kit, kind: str, name: str, unit: Unit) -> Fingerprint:
    """The value of an input that hangs on the unit."""
    # Asked a dozen times for each page of the site.
    if kind == "page":
        return fingerprint(getattr(unit.view, name, None))
    if kind == "text":
        return text_print(unit.text) if unit.text else None
    return fingerprint(kit.shown_teasers(unit) if kind == "teasers" else getattr(unit, kind))


def shared_value(kit: Kit, kind: str, name: str) -> Fingerprint:
    """The value of an input that is the same for all units; many are called by a language and a word."""
    language, _, word = name.partition(" ")
    values: dict[str, Callable[[], object]] = {
        "shop": lambda: getattr(kit.shop(language), word, None),
        "version": lambda: kit.versions.found.get(name),
        "language": lambda: kit.versions.public.get(name),
        "sealed language": lambda: kit.versions.gated.get(name),
        "site": lambda: getattr(kit.site(language), word, None),
        "word": lambda: kit.project.theme.strings.get(language, {}).get(word),
        "static": lambda: kit.static.names.get(name),
        "template": lambda: closure(kit.templates, name),
        "address": lambda: kit.addresses.get(name),
        "asset": lambda: asset_digest(kit, name),
        "audience": lambda: kit.opened_by(name),
        "locks": lambda: kit.setting.locks,
        "menu": lambda: kit.menu_items(name).get(MAIN),
        "menus": lambda: kit.menu_items(name),
        "data": lambda: kit.project.data.get(name) if name else tuple(kit.project.data),
        "pictures": lambda: (kit.shown, images.maker(), kit.card),
        "shares": lambda: kit.shares,
        "part": lambda: part_said(kit, name),
        "forms": lambda: (kit.project.shop.receiver, kit.project.shop.phone, kit.project.shop.sender.address),
    }
    return fingerprint(values[kind]())


def part_said(kit: Kit, spelling: str) -> object:
    """What a part of the programme shows, with the audiences of its cells; None where its argument means nothing."""
    try:
        part = kit.parts.get(spelling) or asked(spelling, kit.offers)
    except BadArgument:
        return None
    return part, [kit.offers.audience(cell.rule) for cell in part.cells]


def asset_digest(kit: Kit, path: str) -> str | None:
    """The digest of a file of content/assets/; None where there is none."""
    asset = kit.project.assets.get(path)
    return sha256(asset.content).hexdigest() if asset else None


def text_print(text: Text) -> bytes:
    """The fingerprint of a text: all that stands in it and who reads it, and not on which lines it stands."""
    whole = repr((text.body.said, text.toc, text.segments, text.rest))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()
