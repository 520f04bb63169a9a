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
from sitegen.render.site.entries import Entries, GatedEntry, PublicEntry, entries
from sitegen.render.site.feeds import atom, sitemap
from sitegen.render.site.lists import PublicList, lists
from sitegen.render.site.search import indexes
from sitegen.render.site.static import static_files
from sitegen.render.site.whole import _Renderer
from sitegen.render.theme import templates
from tests.content.shop_folder import page
from tests.render.site_shop import SETTING, TODAY, identify, project, shell

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
    """A small shop's renderer, with a public and a gated entry."""

    renderer: _Renderer
    public: PublicEntry
    gated: GatedEntry


@cache
def side() -> Side:
    with TemporaryDirectory() as folder:
        made = project(Path(folder), pages__journal__a=OPEN, pages__journal__b=GATED)
    found = entries(made, TODAY, lambda id_: shell(identify(id_)))
    static = static_files(made.theme.name, made.theme.static)
    public = next(entry for entry in found.public if entry.id == "pages/journal/a.md")
    gated = next(entry for entry in found.gated if entry.id == "pages/journal/b.md")
    return Side(_Renderer(made, TODAY, SETTING, found, static), public, gated)


def _neighbours(entry: Any) -> object:
    one = side().renderer
    before, one.entries = one.entries, Entries((entry, side().public), ())
    try:
        return one.neighbours(entry)
    finally:
        one.entries = before


def _menu(entry: Any) -> object:
    made = side().renderer.project
    found = Entries((entry, side().public), ())
    return _Renderer(made, TODAY, SETTING, found, side().renderer.static).menu


PLACES: dict[str, Callable[[Any], object]] = {
    "feed": lambda entry: atom(side().renderer.project.shop, (entry,), date(2026, 9, 8)),
    "sitemap": lambda entry: sitemap(side().renderer.project.shop, (entry.url,)),
    "search": lambda entry: indexes(Entries((entry,), ()), {side().public.id: "<p>x</p>"}, (), "/shop/"),
    "list": lambda entry: side().renderer.list_page(PublicList("journal", "", "/shop/j/", "j/index.html", (entry,))),
    "tag": lambda entry: lists((entry,), side().renderer.project.shop),
    "previous and next": _neighbours,
    "menu": _menu,
    "page with its OpenGraph": lambda entry: _Renderer.public_page(side().renderer, entry),
    "front page": lambda entry: _Renderer.item(side().renderer, entry),
    "redirects": lambda entry: _Renderer.redirects(side().renderer, entry),
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
    teasers = side().renderer.teasers()
    assert [teaser.text for teaser in teasers] == ["Come in"]
    if protected == "url":  # the door, which says nothing
        assert teasers[0].url == side().gated.shell
        return
    theme = Theme("hearth", "Hearth", {"site/x.html": SNIPPETS[place] % protected}, {}, {}, ())
    with pytest.raises(Mistakes, match=protected):
        templates(theme, {}).render("site/x.html", "x", {"teasers": teasers})


def test_no_view_of_a_public_template_leads_to_a_gated_entry() -> None:
    seen: list[tuple[str, dict[str, object]]] = []
    renderer = side().renderer
    real = renderer.templates
    try:
        renderer.templates = Watched(seen)  # type: ignore[assignment]
        renderer.site()
    finally:
        renderer.templates = real
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
