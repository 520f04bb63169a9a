"""Menus: what pages ask for and what site.yaml adds, and never a gated page in a public one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.readable import Navigation
from sitegen.render.site.menus import at, menus
from sitegen.render.site.views import MenuItemView
from tests.content.shop_folder import SITE, page
from tests.render.site_shop import day_entries, project, public, site


def entry(title: str, more: str = "menu: yes") -> str:
    return page(f"title: {title}\naudience: public\n{more}")


def made(root: Path, settings: str = "", language: str = "en", **files: str) -> dict[str, tuple[MenuItemView, ...]]:
    changed = {"site.yaml": SITE + settings, **files}
    shop = project(root, **changed).shop
    return menus(shop, day_entries(root, **changed).public, language)


def test_a_page_stands_in_the_menus_that_it_names(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        pages__a=entry("A", "menu: yes\nweight: 30"),
        pages__b=entry("B", "menu: footer"),
        pages__c=entry("C", "menu: [main, footer]\nweight: 20"),
        pages__d=entry("D", "menu: no"),
        pages__e=page("title: E\naudience: gold\nmenu: [main, footer]"),
    )
    assert {name: [item.title for item in items] for name, items in found.items()} == {
        "main": ["C", "A"],
        "footer": ["C", "B"],
    }


def test_site_yaml_adds_lines_names_pages_anew_and_puts_them_in_order(tmp_path: Path) -> None:
    settings = """
menus:
  main:
    - {page: a.md, title: First, weight: 1}
    - {title: Elsewhere, url: "https://other.example/x", weight: 200}
    - {title: Down, url: /care/, weight: 150}
    - title: More
      weight: 2
      children: [{page: b.md}, {title: Post, url: "mailto:a@b.example", weight: 5}]
"""
    found = made(tmp_path, settings, pages__a=entry("A"), pages__b=entry("B"), pages__c=entry("C"))
    assert [(item.title, item.url) for item in found["main"]] == [
        ("First", "/shop/a/"),
        ("More", ""),
        ("C", "/shop/c/"),
        ("Down", "/shop/care/"),
        ("Elsewhere", "https://other.example/x"),
    ]
    assert [(child.title, child.url) for child in found["main"][1].children] == [
        ("Post", "mailto:a@b.example"),
        ("B", "/shop/b/"),
    ]


def test_a_line_whose_page_is_not_on_the_site_today_stands_nowhere(tmp_path: Path) -> None:
    settings = "menus: {footer: [{page: a.md}, {title: Empty, children: [{page: a.md}]}]}\n"
    assert made(tmp_path, settings, pages__a=entry("A", "publish_on: 2027-01-01"))["footer"] == ()


def test_menus_lead_to_pages_in_their_readers_language_where_there_are_some(tmp_path: Path) -> None:
    settings = "languages: [en, zh]\n"
    files = {"pages__a": entry("A"), "pages__b": entry("B", ""), "pages__b.zh.md": entry("乙", "language: zh")}
    assert [item.title for item in made(tmp_path, settings, "zh", **files)["main"]] == ["A"]
    files["pages__a.zh.md"] = entry("甲", "language: zh\nmenu: yes")
    assert [item.title for item in made(tmp_path, settings, "zh", **files)["main"]] == ["甲"]


def test_the_current_line_and_those_above_it_are_marked() -> None:
    items = (
        MenuItemView("Home", "/shop/"),
        MenuItemView("Care", "/shop/care/"),
        MenuItemView("More", "", children=(MenuItemView("Linen", "/shop/care/linen/"),)),
        MenuItemView("Away", "https://other.example/shop/care/linen/"),
    )
    home, care, more, away = at(items, "/shop/care/linen/", "/shop/")
    assert (home.current, home.ancestor) == (False, False)
    assert (care.current, care.ancestor) == (False, True)
    assert (more.ancestor, more.children[0].current) == (True, True)
    assert (away.current, away.ancestor) == (False, False)
    assert at(items, "/shop/care/", "/shop/")[1] == MenuItemView("Care", "/shop/care/", current=True)


PATHS = st.lists(st.sampled_from(("a", "b", "care")), max_size=3).map(
    lambda parts: "/" + "".join(f"{p}/" for p in parts)
)


@given(urls=st.lists(PATHS, unique=True), here=PATHS)
def test_no_line_is_both_here_and_above(urls: list[str], here: str) -> None:
    items = at(tuple(MenuItemView(url, url) for url in urls), here, "/")
    assert [item.url for item in items if item.current] == [url for url in urls if url == here]
    assert all(here.startswith(item.url) for item in items if item.ancestor)
    assert not any(item.current and item.ancestor for item in items)


def test_a_gated_page_stands_in_its_members_menu_alone(tmp_path: Path) -> None:
    one = site(tmp_path, pages__inner=page("title: Canary room\naudience: gold\nmenu: footer"))
    assert not any("Canary" in text for text in public(one).values())
    [gold] = [navigation for navigation in one.navigation if navigation.segment == "gold"]
    assert isinstance(gold, Navigation)
    assert [(item.title, item.menu) for item in gold.items] == [("Canary room", True)]
