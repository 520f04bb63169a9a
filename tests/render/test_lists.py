"""Lists of public pages: sections, tags, and nothing else."""

from __future__ import annotations

from pathlib import Path

from sitegen.render.site.lists import PublicList, lists, tag_slug
from tests.content.shop_folder import page
from tests.render.site_shop import day_entries, project


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
