"""What the members of each segment find behind the door: their menu, their news, and the archive of letters."""

from __future__ import annotations

from sitegen.model.readable import Navigation, NavigationItem
from sitegen.model.segment import EVERYONE
from sitegen.model.shop import Shop
from sitegen.render.fields import day_text
from sitegen.render.site.entries import LETTER, STAFF, Entries, GatedEntry
from sitegen.render.site.languages import groups, language_of


def navigation(found: Entries, opening: set[str], shop: Shop) -> tuple[Navigation, ...]:
    """For each segment that opens something, what it finds: gated pages only, public menus are in the page."""
    originals = _originals(found)
    lines = {entry.id: _line(entry, originals.get(entry.id, ""), shop) for entry in found.gated}
    # Who opens only a part of a page asks for a navigation too, and must find one, though it holds nothing.
    return tuple(
        Navigation(segment, tuple(lines[entry.id] for entry in found.gated if _names(entry, segment)))
        for segment in sorted(opening | {EVERYONE})
    )


def _names(entry: GatedEntry, segment: str) -> bool:
    """Whether members of a segment find it there. Of the house's own pages, which may be thousands, they find a few."""
    return segment in (entry.secret.named_to if entry.secret.layout == STAFF else entry.segments)


def _originals(found: Entries) -> dict[str, str]:
    """The address of the page that each translation stands for in menus, by the translation's id."""
    originals: dict[str, str] = {}
    for group, alike in groups(found.gated).items():
        first = next((entry for entry in alike if entry.id == group), alike[0])
        assert isinstance(first, GatedEntry)
        originals |= {entry.id: first.shell for entry in alike if entry is not first}
    return originals


def _line(entry: GatedEntry, original: str, shop: Shop) -> NavigationItem:
    secret = entry.secret
    language = language_of(entry, shop)
    is_letter = secret.layout == LETTER
    # What stands in the menu is no news.
    teaser = "" if secret.menu else secret.description or entry.teaser
    return NavigationItem(
        title=secret.title,
        href=entry.shell,
        menu=secret.menu and not is_letter,
        # Of letters the newest first, whatever their titles.
        weight=-secret.day.toordinal() if is_letter and secret.day else entry.weight,
        teaser=day_text(secret.day, language) if is_letter else teaser,
        letter=is_letter,
        language=language if len(shop.languages) > 1 else "",
        original=original,
    )
