"""Lists of public pages: sections, tags, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.site.listings import pager
from sitegen.render.site.lists import PublicList, lists, own_lists, pages_of, tag_indexes, tag_slug, tag_url
from sitegen.render.site.views import LinkView, PagerView
from tests.content.shop_folder import SITE, page
from tests.render.site_shop import day_entries, project, site
from tests.render.site_shop import public as public_files


def made(root: Path, **changed: str) -> dict[str, PublicList]:
    shop = project(root, **changed).shop
    return {found.path: found for found in lists(day_entries(root, **changed).public, shop)}


def public(front: str = "") -> str:
    return page(f"title: A\naudience: public\n{front}")


def test_a_section_without_a_page_of_its_own_gets_a_list(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        pages__care__b=page("title: B\naudience: public"),
        pages__care__a=page("title: A\naudience: public"),
        pages__care__c=page("title: C\naudience: public\ndate: 2026-09-01"),
        pages__stores__index=public(),
        pages__stores__d=public(),
    )
    assert list(found) == ["care/index.html"]
    listed = found["care/index.html"]
    assert (listed.section, listed.tag, listed.url) == ("care", "", "/shop/care/")
    assert [entry.title for entry in listed.entries] == ["C", "A", "B"]


def test_a_folder_of_translations_is_no_section(tmp_path: Path) -> None:
    assert made(tmp_path, pages__en__a=public()) == {}


def test_every_tag_has_a_list_of_its_public_pages(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        pages__a=public("tags: [linen, \u4eba\u751f]"),
        pages__b=page("title: B\naudience: gold\ntags: [linen, secret]"),
        pages__c=page("title: C\naudience: public\ndate: 2026-09-01\ntags: [linen]"),
    )
    assert set(found) == {"tags/linen/index.html", "tags/\u4eba\u751f/index.html"}
    assert [entry.title for entry in found["tags/linen/index.html"].entries] == ["C", "A"]


def test_tags_with_one_address_are_one_tag(tmp_path: Path) -> None:
    found = made(tmp_path, pages__a=public("tags: [Linen]"), pages__b=public("tags: [linen]\nslug: x"))
    assert [(path, len(one.entries)) for path, one in found.items()] == [("tags/linen/index.html", 2)]


def test_a_tag_is_a_part_of_an_address() -> None:
    assert [tag_slug(tag) for tag in ("Care of linen", "c++", "\u4e2d\u79cb")] == ["care-of-linen", "c", "\u4e2d\u79cb"]


def dated(number: int) -> str:
    return page(
        f"title: Page {number:02d}\naudience: public\nlayout: journal\ndate: 2026-08-{number:02d}\ntags: [loom]"
    )


def many(count: int) -> dict[str, str]:
    return {f"pages__journal__p{number:02d}": dated(number) for number in range(1, count + 1)}


def titles(html: str) -> list[str]:
    return re.findall(r"Page \d\d", html.partition("</main>")[2])


def settings(text: str) -> dict[str, str]:
    return {"site.yaml": SITE + text}


def test_a_list_is_cut_into_pages_that_lead_to_each_other(tmp_path: Path) -> None:
    shop = project(tmp_path, **many(5), **settings("paginate: 2\n")).shop
    listed = next(one for one in lists(day_entries(tmp_path, **many(5)).public, shop) if one.section)
    pages = pages_of(listed, shop.paginate)
    assert [(one.number, one.total, one.url, one.path, len(one.entries)) for one in pages] == [
        (1, 3, "/shop/journal/", "journal/index.html", 2),
        (2, 3, "/shop/journal/page/2/", "journal/page/2/index.html", 2),
        (3, 3, "/shop/journal/page/3/", "journal/page/3/index.html", 1),
    ]
    views = [pager(one) for one in pages]
    assert views[0] == PagerView(1, 3, None, LinkView("2", "/shop/journal/page/2/"))
    assert views[1] == PagerView(2, 3, LinkView("1", "/shop/journal/"), LinkView("3", "/shop/journal/page/3/"))
    assert views[2] == PagerView(3, 3, LinkView("2", "/shop/journal/page/2/"), None)


@given(count=st.integers(0, 40), size=st.integers(0, 12))
def test_every_entry_stands_on_one_page_and_no_page_is_empty(count: int, size: int) -> None:
    entries: Any = tuple(range(count))
    pages = pages_of(PublicList("a", "", "/a/", "a/index.html", entries, "a/"), size)
    assert tuple(one for piece in pages for one in piece.entries) == entries
    assert all(piece.entries for piece in pages) or count == 0
    assert all(len(piece.entries) <= (size or count) for piece in pages)
    assert {piece.total for piece in pages} == {len(pages)}


def test_twelve_stand_on_a_page_unless_the_shop_says_otherwise(tmp_path: Path) -> None:
    made = public_files(site(tmp_path, **many(13)))
    assert [path for path in made if "/page/" in path] == ["journal/page/2/index.html", "tags/loom/page/2/index.html"]
    assert titles(made["journal/page/2/index.html"]) == ["Page 01"]
    one = public_files(site(tmp_path, **many(13), **settings("paginate: 0\n")))
    assert not any("/page/" in path for path in one)
    assert len(titles(one["journal/index.html"])) == 13


def test_a_section_with_a_page_of_its_own_shows_its_pages_there_where_that_asks_for_it(tmp_path: Path) -> None:
    index = "title: Our journal\naudience: public"
    made = public_files(site(tmp_path, **many(3), pages__journal__index=page(index, "Own words.")))
    assert titles(made["journal/index.html"]) == []
    asked = many(3) | {"pages__journal__index": page(f"{index}\nlist: yes", "Own words.")}
    made = public_files(site(tmp_path, **asked, **settings("paginate: 2\n")))
    assert "Own words." in made["journal/index.html"]
    assert titles(made["journal/index.html"]) == ["Page 03", "Page 02"]
    assert titles(made["journal/page/2/index.html"]) == ["Page 01"]
    assert "Own words." not in made["journal/page/2/index.html"]
    assert "journal/feed.xml" in made


def test_an_own_list_is_sorted_as_its_page_says(tmp_path: Path) -> None:
    def item(title: str, more: str) -> str:
        return page(f"title: {title}\naudience: public\n{more}")

    files = {
        "pages__care__b": item("Beads", "weight: 3"),
        "pages__care__l": item("Linen", "weight: 1\ndate: 2026-08-01"),
        "pages__care__w": item("Wool", "weight: 2\ndate: 2026-09-01"),
    }

    def order(sort: str) -> list[str]:
        entries = day_entries(
            tmp_path, **files, pages__care__index=page(f"title: Care\naudience: public\nlist: yes\n{sort}")
        )
        [listed] = own_lists(entries.public, project(tmp_path).shop)
        return [entry.title for entry in listed.entries]

    assert order("") == ["Wool", "Linen", "Beads"]
    assert order("sort: weight") == ["Linen", "Wool", "Beads"]
    assert order("sort: title") == ["Beads", "Linen", "Wool"]


def test_all_tags_have_a_page_with_the_number_of_their_pages(tmp_path: Path) -> None:
    entries = day_entries(tmp_path, **many(2), pages__a=public("tags: [Alpha, secret words]"))
    shop = project(tmp_path).shop
    [index] = tag_indexes(lists(entries.public, shop), shop.base_path)
    assert (index.url, index.path) == ("/shop/tags/", "tags/index.html")
    assert [(one.tag, len(one.entries)) for one in index.tags] == [("Alpha", 1), ("loom", 2), ("secret words", 1)]
    assert "/shop/tags/loom/" in public_files(site(tmp_path, **many(2)))["tags/index.html"]


def test_each_language_has_lists_of_its_own_below_its_folder(tmp_path: Path) -> None:
    chinese = settings("languages: [en, zh]\n")
    files = many(1) | {
        "pages__zh__journal__a": page("title: 甲\naudience: public\nlanguage: zh\ndate: 2026-08-01\ntags: [亚麻]")
    }
    shop = project(tmp_path, **files, **chinese).shop
    made = lists(day_entries(tmp_path, **files, **chinese).public, shop)
    found = {one.path: [entry.title for entry in one.entries] for one in made}
    assert found == {
        "journal/index.html": ["Page 01"],
        "zh/journal/index.html": ["甲"],
        "tags/loom/index.html": ["Page 01"],
        "zh/tags/亚麻/index.html": ["甲"],
    }
    assert tag_url("亚麻", "zh/journal/a/index.html", shop) == "/shop/zh/tags/亚麻/"
