"""The whole site as values: what is public, what is gated, and what each segment finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.readable import GatedAsset, GatedBlock, GatedPage, Site
from tests.content.shop_folder import page
from tests.render.site_shop import identify, public, site

JOURNAL = "title: {}\naudience: public\nlayout: journal\ndate: {}"


def problems_of(root: Path, **changed: str) -> tuple[Problem, ...]:
    with pytest.raises(Mistakes) as caught:
        site(root, **changed)
    return caught.value.problems


def gated_pages(made: Site) -> dict[str, GatedPage]:
    return {thing.id: thing for thing in made.gated if isinstance(thing, GatedPage)}


def test_the_public_site_has_its_pages_lists_and_plain_files(tmp_path: Path) -> None:
    made = public(site(tmp_path, pages__care__a=page("title: A\naudience: public\ntags: [linen]\naliases: [old/a]")))
    assert set(made) == {
        "index.html", "care/a/index.html", "care/index.html", "tags/linen/index.html", "tags/index.html", "404.html",
        "old/a/index.html",
        "feed.xml", "sitemap.xml", "robots.txt", ".nojekyll",
    }  # fmt: skip


def test_no_word_of_a_gated_page_is_public(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__canary=page(
            "title: Canarytitle\naudience: gold\ndescription: Canarywords\n"
            "tags: [canarytag]\nmenu: yes\nslug: canaryslug",
            "Canarybody\n\n![canaryalt](/assets/cloth.svg)",
        ),
        pages__a=page("title: A\naudience: public", "open\n\n::: audience gold\nCanaryblock\n:::"),
        pages__b=page("title: B\naudience: gold", "open\n\n<!-- more -->\n\nCanaryrest"),
    )
    for path, text in public(made).items():
        assert "canary" not in (path + text).lower()
        assert "gold" not in (path + text).lower()
        assert "cloth" not in path + text
    assert b"canary" not in made.shell.lower()


def test_a_gated_page_is_whole_for_its_segments(tmp_path: Path) -> None:
    made = gated_pages(site(tmp_path, pages__b=page("title: Offers\naudience: gold\ndescription: For you", "Words")))
    offers = made["pages/b.md"]
    assert (offers.segments, offers.title, offers.description) == (("gold",), "Offers", "For you")
    assert "<p>Words</p>" in offers.html


def test_a_teaser_is_public_only_where_it_was_written(tmp_path: Path) -> None:
    made = public(
        site(
            tmp_path,
            pages__b=page("title: Offers\naudience: gold\nteaser: Something warm"),
            pages__c=page("title: Hidden\naudience: gold"),
        )
    )
    assert f'<a href="/shop/m/{identify("pages/b.md")}/">Something warm</a>' in made["index.html"]
    assert identify("pages/c.md") not in made["index.html"]


def test_each_segment_finds_its_own_pages(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__a=page("title: A\naudience: gold\nmenu: yes\nweight: 5\ndescription: About A"),
        pages__b=page("title: B\naudience: {any: [{segment: is gold}, {segment: is silver}]}\nteaser: Come"),
        pages__c=page("title: C\naudience: public\nmenu: yes"),
    )
    found = {
        one.segment: [(item.title, item.menu, item.weight, item.teaser) for item in one.items]
        for one in made.navigation
    }
    assert found == {
        "everyone": [("Your page", False, 100, "")],
        "gold": [("A", True, 5, ""), ("B", False, 100, "Come")],
        "silver": [("B", False, 100, "Come")],
    }


def test_a_segment_that_opens_only_a_part_of_a_page_has_an_empty_navigation(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: A\naudience: public", "open\n\n::: audience gold\nwords\n:::"))
    assert {one.segment: len(one.items) for one in made.navigation} == {"everyone": 1, "gold": 0}


def test_a_shop_with_nothing_gated_but_its_members_home_has_one_navigation(tmp_path: Path) -> None:
    assert [one.segment for one in site(tmp_path).navigation] == ["everyone"]


def test_a_picture_is_sealed_once_for_all_the_segments_that_see_it(tmp_path: Path) -> None:
    picture = "![A fold](/assets/cloth.svg)"
    made = site(
        tmp_path,
        pages__a=page("title: A\naudience: gold", picture),
        pages__b=page("title: B\naudience: silver", picture),
        pages__c=page("title: C\naudience: public", f"open\n\n::: audience everyone\n{picture}\n:::"),
    )
    (asset,) = [thing for thing in made.gated if isinstance(thing, GatedAsset)]
    assert asset.segments == ("everyone", "gold", "silver")
    assert not [file.path for file in made.public if "cloth" in file.path]
    assert not [file for file in made.public if b"<svg" in file.content]


def test_a_picture_of_a_public_page_is_public(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: A\naudience: public", "![A fold](/assets/cloth.svg)"))
    assert [file.path for file in made.public if b"<svg" in file.content] == ["assets/cloth.13fab5b7af.svg"]


def test_a_picture_that_is_mailed_is_public_under_a_name_that_tells_nothing(tmp_path: Path) -> None:
    front = "title: A\nkind: holiday\naudience: gold\nchannels: [mail, page]\non: 2026-09-25"
    made = site(tmp_path, campaigns__a=page(front, "![A fold](/assets/cloth.svg)"))
    (path,) = [file.path for file in made.public if b"<svg" in file.content]
    assert re.fullmatch(r"assets/[0-9a-f]{20}\.svg", path)


def test_a_block_for_everyone_in_a_gold_page_is_gold(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: A\naudience: gold", "one\n\n::: audience everyone\ntwo\n:::"))
    assert not [thing for thing in made.gated if isinstance(thing, GatedBlock)]
    assert "<p>two</p>" in gated_pages(made)["pages/a.md"].html


def test_the_fields_are_those_that_any_page_asks_for(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__a=page("title: A\naudience: public", "{{ points | number }}\n\n::: audience gold\n{{ tier }}\n:::"),
    )
    assert made.fields == {"first_name", "points|number", "tier"}
    assert made.member_home == "pages/welcome.md"


def test_menus_list_public_pages_by_weight_and_title(tmp_path: Path) -> None:
    made = public(
        site(
            tmp_path,
            pages__a=page("title: Zoo\naudience: public\nmenu: yes\nweight: 1"),
            pages__b=page("title: B\naudience: public\nmenu: yes"),
            pages__c=page("title: A\naudience: public\nmenu: yes"),
            pages__d=page("title: Gold\naudience: gold\nmenu: yes"),
        )
    )
    assert re.findall(r'<li><a href="([^"]+)">(\w+)</a>', made["index.html"]) == [
        ("/shop/a/", "Zoo"), ("/shop/c/", "A"), ("/shop/b/", "B"),
    ]  # fmt: skip


def test_the_home_page_shows_the_newest_of_the_journal(tmp_path: Path) -> None:
    days = {f"pages__{name}": page(JOURNAL.format(name, f"2026-08-0{day}")) for day, name in enumerate("abcde", 1)}
    assert re.findall(r'href="/shop/(\w)/"', public(site(tmp_path, **days))["index.html"]) == ["e", "d", "c"]


def test_an_alias_leads_to_the_page(tmp_path: Path) -> None:
    made = public(site(tmp_path, pages__a=page("title: A\naudience: public\naliases: [/old/tea/]")))
    assert '<link rel="canonical" href="https://members.smallloom.example/shop/a/">' in made["old/tea/index.html"]
    assert '0; url=https://members.smallloom.example/shop/a/"' in made["old/tea/index.html"]


def test_titles_are_escaped(tmp_path: Path) -> None:
    made = public(site(tmp_path, pages__a=page('title: "<script>alert(1)</script> & co"\naudience: public')))
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</title>" in made["a/index.html"]


def test_the_shell_and_404_say_nothing_of_any_page(tmp_path: Path) -> None:
    made = site(tmp_path)
    assert made.shell.decode() == public(made)["404.html"]
    assert "Your page" not in made.shell.decode()


def test_mistakes_of_all_pages_come_in_one_run(tmp_path: Path) -> None:
    found = problems_of(
        tmp_path,
        pages__a=page("title: A\naudience: public", "[x](d.md)"),
        pages__b=page("title: B\naudience: gold", "[x](d.md)"),
        pages__c=page("title: C", "[x](d.md)"),
        pages__d=page("title: D\ndraft: yes"),
    )
    assert [(problem.file, problem.line, problem.code) for problem in found] == [
        ("content/pages/a.md", 5, "broken-link"),
        ("content/pages/b.md", 5, "broken-link"),
        ("content/pages/c.md", 4, "broken-link"),
    ]


def test_nothing_but_links_to_absent_pages_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        site(tmp_path, pages__a=page("title: A", "[x](d.md)"), pages__d=page("title: D\nexpire_on: 2026-09-01"))
    assert caught.value.exit_code == Exit.BROKEN_LINK


def test_a_template_that_fails_is_named_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(
        tmp_path,
        **{"themes/hearth/site/page.html": "one\n{{ page.titel }}\n", "pages/a.md": page("title: A\naudience: public")},
    )
    assert (problem.file, problem.line) == ("themes/hearth/site/page.html", 2)
    assert "pages/a.md" in problem.message


def test_the_same_shop_gives_the_same_bytes(tmp_path: Path) -> None:
    changed = {
        "pages__a": page("title: A\naudience: public\ntags: [b, a, c]"),
        "pages__b": page("title: B\naudience: gold"),
    }
    assert site(tmp_path / "one", **changed) == site(tmp_path / "two", **changed)
