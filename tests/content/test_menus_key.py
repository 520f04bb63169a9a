"""Menus in site.yaml and in front matter, lists of sections, and addresses that the build needs itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.model.lists import FeedSetting, Listing
from sitegen.model.menu import Menu
from tests.content.shop_folder import SITE, mistakes_of, page, write_shop

PUBLIC = {"pages__about": page("title: About\naudience: public")}


def told(root: Path, settings: str = "", **files: str) -> list[str]:
    found = mistakes_of(write_shop(root, **PUBLIC, **{"site.yaml": SITE + settings}, **files))
    return [str(problem).replace("\n", " ") for problem in found.values()]


def test_menus_are_read_in_their_order(tmp_path: Path) -> None:
    settings = "menus:\n  footer:\n    - {page: about.md, weight: 3}\n    - {title: Post, url: 'mailto:a@b.example'}\n"
    [menu] = read_project(write_shop(tmp_path, **PUBLIC, **{"site.yaml": SITE + settings})).shop.menus
    assert isinstance(menu, Menu)
    assert (menu.name, [(line.title, line.page, line.url, line.weight) for line in menu.lines]) == (
        "footer",
        [("", "pages/about.md", "", 3), ("Post", "", "mailto:a@b.example", 100)],
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{page: abuot.md}", "content/site.yaml:9:18: there is no page 'abuot.md' hint: did you mean 'about.md'?"),
        ("{page: welcome.md}", "content/site.yaml:9:18: 'welcome.md' is not for anybody, but a menu stands on"),
        ("{title: A, url: 'ftp://x'}", "content/site.yaml:9:27: 'ftp://x' is no address"),
        ("{title: A, url: 'javascript:alert(1)'}", "content/site.yaml:9:27: 'javascript:alert(1)' is no address"),
        ("{title: A}", "content/site.yaml:9:11: this line of a menu leads nowhere"),
        ("{url: 'https://x.example'}", "content/site.yaml:9:11: this line of a menu has no 'title'"),
        ("{page: about.md, url: /about/}", "content/site.yaml:9:33: 'page' and 'url' both say where"),
        ("{page: about.md, wait: 3}", "content/site.yaml:9:28: unknown key 'wait' in this line of a menu"),
        ("about.md", "content/site.yaml:9:11: a line of the menu 'main' must hold keys and values"),
        (
            "{title: A, children: [{title: B, children: [{page: about.md}]}]}",
            "content/site.yaml:9:44: unknown key 'children' in this line of a menu",
        ),
    ],
)
def test_a_mistake_in_a_line_is_told(tmp_path: Path, line: str, message: str) -> None:
    said = told(tmp_path, f"# Menus\nmenus:\n  main: [ {line}]\n")
    assert [one for one in said if one.startswith(message)], said


def test_a_menu_has_a_name_and_lines(tmp_path: Path) -> None:
    assert told(tmp_path, "menus: {main: about.md}\n")[0].startswith(
        "content/site.yaml:7:15: the menu 'main' must be a list"
    )
    assert told(tmp_path, "menus: {Foot menu: []}\n")[0].startswith(
        "content/site.yaml:7:9: 'Foot menu' can't be the name of a menu"
    )
    assert told(tmp_path, pages__a=page("title: A\nmenu: Foot menu"))[0].startswith(
        "content/pages/a.md:3:7: 'Foot menu' can't be the name of a menu"
    )


@pytest.mark.parametrize(
    ("written", "menus"),
    [
        ("yes", ("main",)),
        ("no", ()),
        ("true", ("main",)),
        ("footer", ("footer",)),
        ("[main, footer]", ("main", "footer")),
    ],
)
def test_a_page_names_its_menus(tmp_path: Path, written: str, menus: tuple[str, ...]) -> None:
    project = read_project(write_shop(tmp_path, pages__a=page(f"title: A\nmenu: {written}")))
    assert next(one.menus for one in project.pages if one.id == "pages/a.md") == menus


def test_lists_and_feeds_have_settings(tmp_path: Path) -> None:
    shop = read_project(write_shop(tmp_path)).shop
    assert (shop.paginate, shop.feeds) == (12, FeedSetting(20, "full"))
    settings = SITE + "paginate: 0\nfeeds: {items: 5, content: summary, tags: no}\n"
    shop = read_project(write_shop(tmp_path, **{"site.yaml": settings})).shop
    assert (shop.paginate, shop.feeds) == (0, FeedSetting(5, "summary", tags=False))
    assert "'paginate' can't be '-1'" in told(tmp_path, "paginate: -1\n")[0]
    assert "unknown content 'half'" in told(tmp_path, "feeds: {content: half}\n")[0]


def test_a_page_says_how_its_list_is_sorted(tmp_path: Path) -> None:
    listed = page("title: A\nlist: yes\nsort: title")
    project = read_project(write_shop(tmp_path, pages__a__index=listed))
    assert next(one.listing for one in project.pages if one.id == "pages/a/index.md") == Listing("title")
    assert "but this page has none" in told(tmp_path, pages__a__index=page("title: A\nsort: title"))[0]


@pytest.mark.parametrize("path", ["page__2", "journal__page__2", "a__feed.xml.md", "calendar.ics.md"])
def test_no_page_takes_an_address_that_the_build_needs(tmp_path: Path, path: str) -> None:
    [said] = told(tmp_path, **{f"pages__{path}": page("title: A\naudience: public")})
    assert "belongs to the build" in said


@pytest.mark.parametrize("alias", ["journal", "about", "journal/page/2", "feed.xml", "old/feed.xml", "tags/x"])
def test_no_alias_is_the_address_of_something_else(tmp_path: Path, alias: str) -> None:
    files = {
        "pages__journal__a": page("title: A\naudience: public"),
        "pages__b": page(f"title: B\naudience: public\naliases: [{alias}]"),
    }
    assert told(tmp_path, **files) == [
        f"content/pages/b.md:1:1: the alias '{alias}' is the address of something else hint: remove it from 'aliases'"
    ]
