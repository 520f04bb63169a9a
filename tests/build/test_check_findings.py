"""What a check notices beyond what stops a build: anchors, pictures, ways, links that will break, levels."""

from __future__ import annotations

import io
import re
import shutil
import socket
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from sitegen.build.checking import pictures
from sitegen.build.checking.anchors import broken_anchors, ids_of
from sitegen.build.checking.check import LOCK, Wish, _order, check
from sitegen.build.checking.classes import CODES, class_of
from sitegen.build.checking.coverage import bare_occasions, unused_segments
from sitegen.build.checking.links import links
from sitegen.build.checking.reach import breaking_links, orphans
from sitegen.build.checking.report import Findings, Report
from sitegen.build.site import content_ring, page_addresses, readable_site
from sitegen.cli.progress import Silent
from sitegen.content.error_codes import explained
from sitegen.content.project import read_project
from sitegen.content.references import pointers
from sitegen.errors import Exit, Problem
from sitegen.model.check import DEFAULTS, CheckClass, CheckLevel, CheckSetting
from sitegen.model.project import Project
from sitegen.model.readable import GatedBlock, GatedPage, PublicFile, Site

BASE = Path(__file__).parents[1] / "broken" / "base"
TODAY = date(2026, 9, 8)
MANY_IDS = """---
title: Many
audience: public
---
## Drying

A note[^1].

## Drying

::: audience gold
## Drying {#named}

## Yours & mine
:::

## Drying again

Under a block, [^1] again.

[^1]: In the wind.

::: audience public
## Drying

Text with a term.
{: #term }
:::
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "shop"))


def write(shop: Path, path: str, text: str) -> None:
    file = shop / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def page(shop: Path, path: str, text: str, front: str = "audience: public") -> None:
    write(shop, f"pages/{path}", f"---\ntitle: A page\n{front}\n---\n{text}\n")


def said(problems: Iterable[Problem]) -> list[tuple[str, int, str]]:
    return [(problem.file.removeprefix("content/"), problem.line, problem.code) for problem in problems]


def rendered(project: Project) -> Site:
    order = _order(TODAY)
    return readable_site(project, order, content_ring(project, order, LOCK))


def test_the_ids_of_a_page_are_those_that_it_has_on_the_site(shop: Path) -> None:
    write(shop, "pages/many.md", MANY_IDS)
    project = read_project(shop)
    blocks = ids_of(project, next(one for one in project.pages if one.id == "pages/many.md"))
    site = rendered(project)
    (html,) = [
        file.content.decode() for file in site.public if isinstance(file, PublicFile) and file.path == "many/index.html"
    ]
    gated = "".join(one.html for one in site.gated if isinstance(one, GatedBlock) and one.id.startswith("pages/many"))
    free = [real for block in blocks if not block.readers for real in block.names.values()]
    few = [real for block in blocks if block.readers for real in block.names.values()]
    assert len(free) >= 7
    assert sorted(free) == sorted(one for one in re.findall(r'\sid="([^"]+)"', html) if one in free)
    assert sorted(few) == sorted(re.findall(r'\sid="([^"]+)"', gated)) == ["named--2", "yours-mine--2"]


def test_every_id_of_a_page_can_be_linked_to_and_nothing_else(shop: Path) -> None:
    write(shop, "pages/many.md", MANY_IDS)
    project = read_project(shop)
    blocks = ids_of(project, next(one for one in project.pages if one.id == "pages/many.md"))
    good = {real for block in blocks if not block.readers for real in block.names.values()}
    wanted = [*sorted(good), "top", "", "dryin", "yours-mine--2"]
    page(shop, "care/links.md", "\n\n".join(f"[a](../many.md#{one})" for one in wanted))
    project = read_project(shop)
    found = list(broken_anchors(project, [one for one in links(project) if one.source == "pages/care/links.md"]))
    last = 5 + 2 * len(wanted) - 2
    assert said(found) == [
        ("pages/care/links.md", last - 2, "broken-anchor"),
        ("pages/care/links.md", last, "anchor-for-few"),
    ]
    assert found[0].hint == "did you mean '#drying'?"


def test_a_block_finds_its_own_places_by_the_names_that_its_author_gave_them(shop: Path) -> None:
    text = "{}\n\n::: audience gold\n## Yours\n\n[see](#yours)\n:::\n\n::: audience gold\n[see](#yours--2)\n:::"
    page(shop, "room.md", text.format("Hello."), "menu: yes")
    project = read_project(shop)
    assert list(broken_anchors(project, links(project))) == []
    page(shop, "room.md", text.format("[see](#yours)"), "menu: yes")
    project = read_project(shop)
    assert said(broken_anchors(project, links(project))) == [("pages/room.md", 5, "broken-anchor")]


def test_what_a_shortcode_links_to_is_a_link_with_its_place(shop: Path) -> None:
    button, figure = (
        '::: button to="care/linen.md#wash" words="Wash" :::',
        '::: figure src="/assets/cloth.svg" alt="A" :::',
    )
    page(shop, "shown.md", f"{button}\n\n{figure}")
    project = read_project(shop)
    found = [one for one in links(project) if one.source == "pages/shown.md"]
    assert [(one.target, one.page, one.place.line) for one in found] == [
        ("care/linen.md#wash", "pages/care/linen.md", 5),
        ("/assets/cloth.svg", "", 7),
    ]
    assert said(broken_anchors(project, found)) == [("pages/shown.md", 5, "broken-anchor")]


def test_what_stands_in_code_points_nowhere_and_addresses_in_angles_do() -> None:
    text = "`[a](b.md)` <https://x.example/> [c][d] ![e](/assets/f.png)\n\n```\n[g](h.md)\n```\n\n[d]: i.md#j\n"
    found = {one.target: (text[one.offset :].startswith(one.target), one.words) for one in pointers(text)}
    assert found == {
        "https://x.example/": (True, None),
        "/assets/f.png": (True, "e"),
        "i.md#j": (True, None),
    }


@given(some.lists(some.sampled_from(["[a](b.md#c)", "![d](/assets/e.png)", "`[f](g.md)`", "\n\n", "> ", "word ", "*"])))
def test_every_pointer_stands_where_it_says(parts: list[str]) -> None:
    text = "".join(parts)
    for one in pointers(text):
        assert text[one.offset : one.offset + len(one.target)] == one.target


@pytest.mark.parametrize(
    ("kind", "size", "name", "codes"),
    [
        ("PNG", (9, 9), "a.png", []),
        ("JPEG", (9, 9), "a.jpeg", []),
        ("WEBP", (9, 9), "a.webp", []),
        ("AVIF", (9, 9), "a.avif", []),
        ("GIF", (9, 9), "a.gif", []),
        ("PNG", (9, 9), "a.jpg", ["wrong-picture-ending"]),
        ("TIFF", (9, 9), "a.png", ["wrong-picture-ending"]),
        ("PNG", (4001, 1), "a.png", ["large-picture"]),
    ],
)
def test_a_picture_is_what_its_name_says_and_no_larger_than_screens(
    kind: str, size: tuple[int, int], name: str, codes: list[str], shop: Path
) -> None:
    content = io.BytesIO()
    Image.new("RGB", size).save(content, kind)
    assert problems_of_picture(shop, name, content.getvalue()) == codes


def problems_of_picture(shop: Path, name: str, content: bytes) -> list[str]:
    (shop / "content/assets" / name).write_bytes(content)
    page(shop, "shown.md", f"![words](/assets/{name})")
    project = read_project(shop)
    return [one.code for one in pictures.picture_problems(project, links(project))]


def test_a_heavy_picture_and_a_damaged_one_are_told(shop: Path) -> None:
    content = io.BytesIO()
    Image.new("RGB", (9, 9)).save(content, "PNG")
    assert problems_of_picture(shop, "a.png", content.getvalue() + bytes(3_000_000)) == ["heavy-picture"]
    assert problems_of_picture(shop, "a.png", content.getvalue()[:20]) == ["damaged-picture"]
    assert problems_of_picture(shop, "a.png", b"") == ["damaged-picture"]


def test_an_asset_is_used_where_a_text_a_setting_or_a_whole_gallery_names_it(shop: Path) -> None:
    for name in ("a.png", "c.svg", "tour/d.png", "tour/e.png", "advisers/f.png", "lost.png"):
        file = shop / "content/assets" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
    page(shop, "shown.md", "[a](/assets/a.png)\n\n<!-- /assets/tour -->")
    write(shop, "data/pictures.yaml", "logo: c.svg\n")
    told = [one.file for one in pictures.unused_assets(shop, read_project(shop))]
    assert told == ["content/assets/lost.png"]


def test_a_page_is_found_by_menus_links_and_lists_and_an_island_is_not(shop: Path) -> None:
    page(shop, "one.md", "To [two](two.md).")
    page(shop, "two.md", "To [one](one.md).")
    page(shop, "few/three.md", "Hello.", "audience: gold\nmenu: yes")
    page(shop, "few/four.md", "Hello.", "audience: gold\ndescription: Something new")
    page(shop, "few/five.md", "Hello.", "audience: gold")
    page(shop, "few/six.md", "Hello.", "audience: gold")
    page(shop, "seven.md", "Hello.\n\n::: audience gold\nTo [five](few/five.md).\n:::", "audience: public\nmenu: yes")
    project = read_project(shop)
    found = orphans(project, rendered(project), page_addresses(project, _order(TODAY), LOCK))
    lost = {file for file, _, code in said(found) if code == "orphan-page"}
    assert lost == {"pages/one.md", "pages/two.md", "pages/few/six.md", "campaigns/autumn-page.md"}


@pytest.mark.parametrize(
    ("here", "there", "code"),
    [
        ("", "", ""),
        ("", "expire_on: 2026-12-31", "expiring-link"),
        ("expire_on: 2026-12-31", "expire_on: 2026-12-31", ""),
        ("expire_on: 2027-01-01", "expire_on: 2026-12-31", "expiring-link"),
        ("expire_on: 2026-09-08", "expire_on: 2026-12-31", ""),
        ("publish_on: 2026-10-01", "publish_on: 2026-10-05", "link-before-its-page"),
        ("publish_on: 2026-10-05", "publish_on: 2026-10-01", ""),
        ("", "publish_on: 2026-09-01", ""),
        ("draft: yes", "expire_on: 2026-12-31", ""),
    ],
)
def test_a_link_breaks_on_the_day_on_which_its_page_is_not_there(shop: Path, here: str, there: str, code: str) -> None:
    page(shop, "here.md", "To [there](there.md).", f"audience: public\n{here}")
    page(shop, "there.md", "Here.", f"audience: public\n{there}")
    project = read_project(shop)
    found = said(breaking_links(project, links(project), TODAY))
    assert [one[2] for one in found] == ([code] if code else [])


def test_a_segment_is_used_where_another_one_that_is_used_asks_for_it(shop: Path) -> None:
    rule = "\n    title: T\n    all:\n      - "
    text = (shop / "content/segments/friends.yaml").read_text()
    text += f"  near:{rule}country: is DE\n  dear:{rule}segment: is near\n  far:{rule}country: is NL\n"
    text += f"  farther:{rule}segment: is far\n"
    write(shop, "segments/friends.yaml", text)
    page(shop, "dear.md", "Hello.", "audience: dear")
    (problem,) = unused_segments(read_project(shop), TODAY)
    assert problem.code == "unused-segment"
    assert "2 segments: 'far', 'farther'" in problem.message


def test_a_day_for_which_a_campaign_is_written_under_any_name_is_not_bare(shop: Path) -> None:
    assert [one.code for one in bare_occasions(read_project(shop), TODAY)] == ["bare-occasion"]
    front = "title: A wish\nkind: holiday\naudience: everyone\nchannels: [mail]\non: 2026-10-03"
    write(shop, "campaigns/unity.md", f"---\n{front}\n---\nA quiet day to you.\n")
    assert list(bare_occasions(read_project(shop), TODAY)) == []


def test_every_code_of_a_class_is_explained_and_every_class_has_a_level() -> None:
    assert set(DEFAULTS) == set(CheckClass)
    assert set(CODES) == set(CheckClass) - {CheckClass.MESSAGES}
    assert [code for codes in CODES.values() for code in codes if not explained(code)] == []
    assert class_of("law-discount") is CheckClass.MESSAGES
    assert class_of("broken-anchor") is CheckClass.ANCHORS


def test_the_document_names_every_class_with_its_level() -> None:
    text = (Path(__file__).parents[2] / "docs/check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z-]+) \| ([a-z]+) \|", text, re.MULTILINE)
    assert dict(rows) == {name.value: level.value for name, level in DEFAULTS.items()}
    assert [name for name, _ in rows] == [name.value for name in CheckClass]


@pytest.mark.parametrize("level", CheckLevel)
@pytest.mark.parametrize("strict", [False, True])
def test_a_shop_says_how_much_a_finding_weighs(level: CheckLevel, strict: bool) -> None:
    found = Findings(CheckSetting({CheckClass.ANCHORS: level}))
    problem = Problem("content/pages/a.md", 5, 3, "broken-anchor", "m")
    found.tell([problem])
    report = found.report(strict)
    stops = level is CheckLevel.ERROR or (level is CheckLevel.WARN and strict)
    assert report.mistakes == ((problem,) if stops else ())
    assert report.warnings == ((problem,) if level is CheckLevel.WARN and not strict else ())
    assert report.infos == ((problem,) if level is CheckLevel.INFO else ())
    assert report.exit_code is (Exit.BROKEN_LINK if stops else Exit.DONE)


def test_what_stops_a_build_of_the_day_is_a_mistake_whatever_its_class(shop: Path) -> None:
    # To open the customers takes most of a check, and here only words are wrong.
    shutil.rmtree(shop / "content/customers")
    with (shop / "content/site.yaml").open("a") as file:
        file.write("check: {internal-links: ignore}\n")
    page(shop, "moon.md", "A [draft](draft.md).", "audience: public\npublish_on: 2027-01-01")
    page(shop, "draft.md", "Not yet.", "audience: public\ndraft: yes")
    assert checked(shop).mistakes == ()
    page(shop, "moon.md", "A [draft](draft.md).")
    report = checked(shop)
    assert (said(report.mistakes), report.exit_code) == ([("pages/moon.md", 5, "broken-link")], Exit.BROKEN_LINK)


def checked(shop: Path) -> Report:
    return check(shop, Wish(TODAY), Silent())


def test_nothing_of_a_check_asks_the_network_unless_it_is_told_to(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody asks the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page(shop, "out.md", "See [this](https://nowhere.example/).")
    assert checked(shop).exit_code is Exit.DONE


def test_what_a_check_rendered_is_whole(shop: Path) -> None:
    site = rendered(read_project(shop))
    assert any(isinstance(one, GatedPage) for one in site.gated)
    assert all(isinstance(one, PublicFile) for one in site.public)
