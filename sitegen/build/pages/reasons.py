"""Say in words why a page must be rendered: which of its inputs is another than the last time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.pages.memory import Remembered
from sitegen.render.reads import Fingerprint, Read
from sitegen.render.site.kit import Kit
from sitegen.render.site.units import Unit

if TYPE_CHECKING:
    from sitegen.build.pages.renew import Renewal

NEW = "it is new"
TAMPERED = "the output no longer holds it as it was built"
FIRST = ("text", "page", "items", "template", "word", "static", "menu")
"""The order in which inputs are told: what somebody has most likely edited comes first."""


def reason(remembered: Remembered | None, unit: Unit, kit: Kit) -> str:
    """Why a unit can't be taken over, "" where it can."""
    if remembered is None:
        return NEW
    changed = [read for read, before in remembered.own.items() if kit.value(read, unit) != before]
    changed += shared_changes(remembered.shared, unit, kit)
    return "; ".join(dict.fromkeys(said(read, unit) for read in ordered(changed)))


def shared_changes(shared: Mapping[Read, Fingerprint], unit: Unit, kit: Kit) -> tuple[Read, ...]:
    """The inputs that are another than before; asked once for all units that share them."""
    key = id(shared)
    if key not in kit.checked:
        kit.checked[key] = tuple(read for read, before in shared.items() if kit.value(read, unit) != before)
    return kit.checked[key]


def ordered(reads: list[Read]) -> list[Read]:
    """Inputs in the order in which they are told."""
    return sorted(reads, key=lambda read: (FIRST.index(read[0]) if read[0] in FIRST else len(FIRST), read))


WORDS = {
    "items": "the pages that it lists changed",
    "template": "the theme's template '{0}', or one that it uses, changed",
    "static": "the theme's file '{0}' changed",
    "word": "the theme's word '{2}' changed ({1})",
    "menu": "the menu changed",
    "menus": "the menus changed",
    "teasers": "the teasers of gated pages changed",
    "shop": "the shop's {2} changed (content/site.yaml)",
    "site": "the site's {2} changed",
    "address": "'{0}', to which it links, has another address now",
    "asset": "the file 'content/assets/{0}' changed",
    "audience": "who opens '{0}' changed",
    "locks": "the site's key changed",
    "data": "the data file '{0}' changed",
}
"""What is said of a changed input: its name, and where that is a language and something else, these two."""


def said(read: Read, unit: Unit) -> str:
    """One changed input in words."""
    kind, name = read
    plain = name.replace("_", " ")
    if kind == "text":
        return f"its text changed ({unit.text.body.file})" if unit.text else "its text changed"
    if kind == "page":
        return f"its {plain} changed"
    language, _, word = name.partition(" ")
    return WORDS.get(kind, f"{kind} {{0}} changed").format(name, language, word.replace("_", " "))


def why_rendered(asked: str, renewal: Renewal) -> tuple[str, ...]:
    """Why a page was rendered, or that it was not and what it hangs on; `asked` is its file or its address."""
    units = renewal.draft.units.every
    name = asked.removeprefix("./").strip("/")
    for unit in units:
        if name in _names(unit, renewal.draft.kit.base):
            why = renewal.reasons.get(unit.key)
            if why is not None:
                return (f"{asked}: rendered, because {why}",)
            remembered = renewal.units[unit.key]
            last = f"it was last rendered because {remembered.reason}"
            return (f"{asked}: unchanged; {last}", "it reads:", *(f"  {line}" for line in inputs(remembered)))
    near = did_you_mean(name, (one for unit in units for one in _names(unit, renewal.draft.kit.base)))
    return (f"'{asked}' is no page of this site", f"hint: {near or 'name its Markdown file or its address'}")


def _names(unit: Unit, base: str) -> tuple[str, ...]:
    """What a page is called: its file, its file on the site, its address."""
    url = unit.view.url.strip("/")
    files = (f"content/{unit.key}", unit.key) if unit.text else (unit.key,)
    built = (unit.path, f"output/site/{unit.path}") if unit.path else ()
    address = (url, url.removeprefix(base.strip("/")).strip("/")) if unit.text or unit.path else ()
    return (*files, *built, *address)


def inputs(remembered: Remembered) -> tuple[str, ...]:
    """The files and values that a unit read, as a list for people."""
    names = {
        "template": "themes: {}", "static": "themes: {}", "address": "content/{}",
        "asset": "content/assets/{}", "data": "data: {}", "audience": "audience: {}",
    }  # fmt: skip
    reads = sorted({*remembered.own, *remembered.shared})
    return tuple(names[kind].format(name) for kind, name in reads if kind in names)
