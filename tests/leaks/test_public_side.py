"""The public side of the renderer can't say what is for few: whoever touches it there stops the build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from sitegen.errors import Mistakes
from sitegen.model.theme import Theme
from sitegen.render.site.entries import Entries, GatedEntry, PublicEntry
from sitegen.render.site.feeds import Feed, feed_file
from sitegen.render.site.kit import Kit
from sitegen.render.site.lists import lists
from sitegen.render.site.search import counted, indexes
from sitegen.render.site.told import told
from sitegen.render.site.units import Plan
from sitegen.render.site.whole import Draft, _redirects, draft
from sitegen.render.theme import templates
from tests.content.shop_folder import page
from tests.render.site_shop import SETTING, TODAY, project

OPEN = page(
    "title: Open\naudience: public\nlayout: journal\ndate: 2026-09-01\ntags: [tea]\naliases: [old/]\nmenu: yes",
)
GATED = page("title: The brass key\naudience: gold\nlayout: journal\ndate: 2026-09-02\ntags: [key]\nteaser: Come in")
PROTECTED = sorted({one.name for one in fields(PublicEntry)} - {one.name for one in fields(GatedEntry)})
"""What a public entry says and a gated one does not."""


@dataclass
class Mixed:
    """An entry that is public but for one attribute, which is that of a gated one; it notes what is asked of it."""

    public: PublicEntry
    gated: GatedEntry
    protected: str = ""
    asked: set[str] = field(default_factory=set)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """What `isinstance` takes it for."""
        return PublicEntry

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self.gated if name == self.protected else self.public, name)


@dataclass(frozen=True, slots=True)
class Side:
    """A small shop's site before it is rendered, with a public and a gated entry."""

    drafted: Draft
    public: PublicEntry
    gated: GatedEntry


@cache
def side() -> Side:
    with TemporaryDirectory() as folder:
        made = project(Path(folder), pages__journal__a=OPEN, pages__journal__b=GATED)
    drafted = draft(made, TODAY, SETTING)
    public = next(entry for entry in drafted.entries.public if entry.id == "pages/journal/a.md")
    gated = next(entry for entry in drafted.entries.gated if entry.id == "pages/journal/b.md")
    return Side(drafted, public, gated)


def _plan(entry: Any) -> Plan:
    return Plan(side().drafted.kit.project, Entries((entry, side().public), ()))


def _told(entry: Any) -> object:
    plan = _plan(entry)
    return list(told(plan, (plan.page(entry),), date(2026, 9, 8), {}))


def _menu(entry: Any) -> object:
    found = Entries((entry, side().public), ())
    return Kit(side().drafted.kit.project, TODAY, SETTING, found).menu_items("en")


SHOP = side().drafted.kit.project.shop
PLACES: dict[str, Callable[[Any], object]] = {
    "feed": lambda entry: feed_file(SHOP, Feed("Journal", "/shop/", "feed.xml", (entry,)), date(2026, 9, 8)),
    "feeds, sitemap, calendars": _told,
    "search": lambda entry: indexes(Entries((entry,), ()), {side().public.id: counted("", "<p>x</p>")}, (), "/shop/"),
    "tag": lambda entry: lists((entry,), SHOP),
    "previous and next": lambda entry: _plan(entry).neighbours,
    "menu": _menu,
    "page with its OpenGraph": lambda entry: _plan(entry).page(entry),
    "front page": lambda entry: _plan(entry).item(entry),
    "redirects": lambda entry: _redirects(side().drafted, entry),
}
"""Whatever makes public files of entries."""


@pytest.mark.parametrize("protected", PROTECTED)
@pytest.mark.parametrize("place", PLACES)
def test_goal_3_a_public_place_that_touches_a_protected_attribute_raises(place: str, protected: str) -> None:
    whole = Mixed(side().public, side().gated)
    PLACES[place](whole)
    assert whole.asked & set(PROTECTED)
    mixed = Mixed(side().public, side().gated, protected)
    if protected in whole.asked:
        with pytest.raises(AttributeError, match=f"'GatedEntry' object has no attribute '{protected}'"):
            PLACES[place](mixed)
    else:
        PLACES[place](mixed)
        assert protected not in mixed.asked


def test_every_protected_attribute_is_touched_by_some_place() -> None:
    asked: set[str] = set()
    for place in PLACES.values():
        whole = Mixed(side().public, side().gated)
        place(whole)
        asked |= whole.asked
    # Where a file stands is for messages to its author.
    assert set(PROTECTED) - asked <= {"place"}


SNIPPETS = {
    "404": "{{ teasers[0].%s }}",
    "OpenGraph": '<meta property="og:title" content="{{ teasers[0].%s }}">',
    "JSON-LD": '<script type="application/ld+json">{"name": "{{ teasers[0].%s }}"}</script>',
    "list": "{%% for teaser in teasers %%}{{ teaser.%s }}{%% endfor %%}",
    "tag": "{{ (teasers | first).%s }}",
    "previous and next": "{{ teasers[0]['%s'] }}",
}
"""How a theme's author might try."""


@pytest.mark.parametrize("protected", [*PROTECTED, "secret", "segments", "id", "html", "content", "summary"])
@pytest.mark.parametrize("place", SNIPPETS)
def test_goal_3_a_template_that_touches_a_protected_attribute_of_a_gated_page_raises(
    place: str, protected: str
) -> None:
    teasers = side().drafted.kit.teasers("en")
    assert [teaser.text for teaser in teasers] == ["Come in"]
    if protected == "url":  # the door, which says nothing
        assert teasers[0].url == side().gated.shell
        return
    theme = Theme("hearth", "Hearth", {"site/x.html": SNIPPETS[place] % protected}, {}, {}, ())
    with pytest.raises(Mistakes, match=protected):
        templates(theme, {}).render("site/x.html", "x", {"teasers": teasers})


def test_no_view_of_a_public_template_leads_to_a_gated_entry() -> None:
    seen: list[tuple[str, dict[str, object]]] = []
    with TemporaryDirectory() as folder:
        drafted = draft(project(Path(folder), pages__journal__a=OPEN, pages__journal__b=GATED), TODAY, SETTING)
    drafted.kit.templates = Watched(seen)  # type: ignore[assignment]
    for unit in drafted.units.every:
        drafted.kit.render(unit)
    public = [views for name, views in seen if not name.startswith("site/sealed/")]
    assert len(public) > 5
    assert all("The brass key" not in repr(views) and "GatedEntry" not in repr(views) for views in public)
    assert "The brass key" in repr(seen)


@dataclass
class Watched:
    """Templates that show nothing and note what they are given."""

    seen: list[tuple[str, dict[str, object]]]

    def render(self, name: str, about: str, views: Any) -> str:
        self.seen.append((name, dict(views)))
        return ""
