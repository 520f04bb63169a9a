"""What lists, menus, feeds and data add to the inputs of a page: what it shows, and nothing else."""

from __future__ import annotations

from pathlib import Path

from sitegen.render.reads import Trace
from sitegen.render.site.whole import draft
from tests.content.shop_folder import SITE, page
from tests.render.site_shop import SETTING, TODAY, project

SHOWS = "<html><title>{{ page.title }}</title><main>{{ page.html }}</main>%s</html>"


def trace(root: Path, template: str, unit: str = "pages/a.md", **files: str) -> Trace:
    theme = {"themes/hearth/site/page.html": SHOWS % template}
    changed = {"pages__a": page("title: A\naudience: public"), **theme, **files}
    drafted = draft(project(root, **changed), TODAY, SETTING)
    [found] = [one for one in drafted.units.every if one.key == unit]
    return drafted.kit.render(found)[1]


def test_a_page_hangs_on_the_data_files_that_it_shows(tmp_path: Path) -> None:
    template = "{{ data.prices.linen }}"
    first = trace(tmp_path, template, **{"data/prices.yaml": "linen: 1\n", "data/rooms.yaml": "x: 1\n"})
    assert [read for read in first if read[0] == "data"] == [("data", "prices")]
    # Where it stands on the page is the same, and so is the page.
    moved = trace(tmp_path, template, **{"data/prices.yaml": "# new\nlinen: 1\n", "data/rooms.yaml": "x: 2\n"})
    assert moved == first
    assert trace(tmp_path, template, **{"data/prices.yaml": "linen: 2\n"}) != first


def test_a_page_that_goes_through_all_data_hangs_on_their_names(tmp_path: Path) -> None:
    template = "{% for name in data %}{{ name }}{% endfor %}"
    first = trace(tmp_path, template, **{"data/b.yaml": "x: 1\n"})
    assert trace(tmp_path, template, **{"data/c.yaml": "x: 1\n"}) != first


def test_a_page_hangs_on_the_menus_that_it_shows_and_on_where_it_lies(tmp_path: Path) -> None:
    template = "{% for one in menus.footer %}{{ one.title }}{% endfor %}"
    line = "menus: {footer: [{title: %s, url: https://x.example}]}\n"
    first = trace(tmp_path, template, **{"site.yaml": SITE + line % "Elsewhere"})
    assert {("menus", "en"), ("page", "url")} <= set(first)
    assert trace(tmp_path, template, **{"site.yaml": SITE + line % "Away"}) != first


def test_a_page_is_made_again_when_a_feed_begins_to_tell_it(tmp_path: Path) -> None:
    dated = {"pages__a": page("title: A\naudience: public\nlayout: journal\ndate: 2026-08-01")}
    newer = {"pages__b": page("title: B\naudience: public\nlayout: journal\ndate: 2026-08-02")}
    one = {"site.yaml": SITE + "feeds: {items: 1}\n"}
    assert trace(tmp_path / "1", "", **dated, **one)[("fed", "")] is True
    assert trace(tmp_path / "2", "", **dated, **newer, **one)[("fed", "")] is False


def test_a_page_with_a_link_to_a_form_hangs_on_the_ways_to_the_shop(tmp_path: Path) -> None:
    files = {"pages__a": page("title: A\naudience: public", "[Tell us](complaint:), or [come](rsvp:)")}

    def read(folder: str, lines: str) -> Trace:
        drafted = draft(project(tmp_path / folder, **files, **{"site.yaml": SITE + lines}), TODAY, SETTING)
        [found] = [one for one in drafted.units.every if one.key == "pages/a.md"]
        return drafted.kit.render(found)[1]

    first = read("1", 'phone: "+49 40 1"\n')
    assert ("forms", "") in first
    assert first != read("2", 'phone: "+49 40 2"\n')
    assert first == read("3", 'phone: "+49 40 1"\n')
