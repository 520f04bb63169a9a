"""A build renders what changed and nothing else, and its output is that of a clean build, byte by byte."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

import pytest

from sitegen.build.order import Order, Part, Summary
from sitegen.build.walk import build
from sitegen.errors import Exit, Mistakes, SitegenError
from sitegen.model.lock import Lock
from sitegen.protect.keys import Roots
from tests.content.shop_folder import page, write_shop

TODAY = date(2026, 9, 8)
LOCK = Lock("5a" * 16)
ROOTS = Roots(bytes([97]) * 32, bytes([98]) * 32, bytes([99]) * 32)
ORDER = Order(
    first=TODAY,
    last=TODAY,
    instant=1_788_800_000,
    parts=frozenset({Part.PAGES}),
    roots=ROOTS,
    receiver=None,
    entropy=bytes,
    dev=True,
)
Edit: TypeAlias = Callable[[Path], object]


class Silent:
    """Progress that nobody sees."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        del name, total
        yield lambda: None


def front(title: str, *lines: str) -> str:
    return "\n".join([f"title: {title}", *lines])


PUBLIC = "audience: public"
GOLD = "audience: gold"
SHOP = {
    "pages__about": page(front("About us", PUBLIC, "menu: yes"), "We weave. ![cloth](/assets/cloth.svg)"),
    "pages__care__linen": page(front("Linen", PUBLIC, "tags: [linen]", "aliases: [/old-linen/]"), "Wash it cold."),
    "pages__care__wool": page(front("Wool", PUBLIC, "tags: [wool]"), "By hand. See [linen](linen.md)."),
    "pages__journal__one": page(front("One", PUBLIC, "layout: journal", "date: 2026-08-01"), "The first."),
    "pages__journal__two": page(front("Two", PUBLIC, "layout: journal", "date: 2026-08-02"), "The second."),
    "pages__journal__three": page(front("Three", PUBLIC, "layout: journal", "date: 2026-08-03"), "The third."),
    "pages__draft": page(front("A draft", PUBLIC, "draft: yes", "tags: [secret-plan]", "menu: yes"), "Not yet."),
    "pages__later": page(front("Later", PUBLIC, "publish_on: 2026-09-20", "expire_on: 2026-09-25"), "In time."),
    "pages__gold__offers": page(
        front("Gold offers", GOLD, "menu: yes", "teaser: Something for friends"),
        "Ten metres of it. ![cloth](/assets/gold.svg) See [the wool](../care/wool.md).",
    ),
    "pages__gold__tea": page(front("Gold tea", GOLD), "Tea at five.\n\n::: audience silver\nFor both.\n:::"),
    "pages__mixed": page(front("Mixed", PUBLIC), "For all.\n\n::: audience gold\nFor gold alone.\n:::"),
    "pages__half": page(front("Half", GOLD), "The beginning.\n\n<!-- more -->\n\nThe rest."),
}
PART = "{% macro line(word) %}<i>{{ word }}</i>{% endmacro %}"
THEME = {
    "themes/hearth/site/partials/foot.html": "<footer>{{ shop.name }}</footer>",
    "themes/hearth/site/partials/parts.html": PART,
    "themes/hearth/site/page.html": (
        '{% extends "site/base.html" %}{% import "site/partials/parts.html" as parts %}'
        '{% block under %}{{ parts.line(t("hello")) }}{% include "site/partials/foot.html" %}'
        '<link href="{{ static("static/site.css") }}">{% endblock %}'
    ),
    "themes/hearth/static/site.css": "p { color: red }",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = write_shop(tmp_path, **SHOP)
    base = root / "themes/hearth/site/base.html"
    base.write_text(base.read_text().replace("</html>", "{% block under %}{% endblock %}</html>"))
    for path, text in THEME.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "content/assets/gold.svg").write_bytes((root / "content/assets/cloth.svg").read_bytes() + b"<!-- gold -->")
    return root


def made(root: Path, order: Order = ORDER) -> Summary:
    return build(root, order, LOCK, Silent())[0]


def tree(root: Path, folder: str) -> dict[str, bytes]:
    top = root / folder
    files = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name != "build.json"}


def digests(root: Path, folder: str) -> object:
    return json.loads((root / folder / "build.json").read_text())["site"]


def is_as_clean(root: Path, order: Order = ORDER) -> None:
    """The output equals that of a build that takes nothing over."""
    made(root, replace(order, folder="clean", clean=True))
    assert tree(root, "output") == tree(root, "clean")
    assert digests(root, "output") == digests(root, "clean")


def content(path: str, old: str, new: str) -> Edit:
    """An edit of a file below the shop's folder."""

    def edit(root: Path) -> None:
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert old in text, path
        file.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def gone(path: str) -> Edit:
    return lambda root: (root / path).unlink()


def moved(path: str, to: str) -> Edit:
    return lambda root: (root / path).rename(root / to)


def new(path: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)

    return edit


def through_a_rename(path: str, text: str) -> Edit:
    """As many editors save: a new file takes the old one's place."""

    def edit(root: Path) -> None:
        (root / f"{path}~").write_text(text)
        (root / f"{path}~").replace(root / path)

    return edit


def fifty(root: Path) -> None:
    for number in range(50):
        new(f"content/pages/many/p{number}.md", page(front(f"Page {number}", PUBLIC), f"Text {number}."))(root)


def the_date_kept(path: str, old: str, new_text: str) -> Edit:
    """An edit of the same length that leaves the file's time as it was."""

    def edit(root: Path) -> None:
        before = (root / path).stat()
        content(path, old, new_text)(root)
        os.utime(root / path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return edit


ANOTHER = "new: {why: they come, all: [{total spent: at least 5}]}"
CARE, ABOUT, OFFERS = "content/pages/care/linen.md", "content/pages/about.md", "content/pages/gold/offers.md"
BASE = "themes/hearth/site/base.html"
EDITS: dict[str, Edit] = {
    "a draft is published": content("content/pages/draft.md", "draft: yes", "draft: no"),
    "a public page becomes a draft": content("content/pages/journal/two.md", "date:", "draft: yes\ndate:"),
    "a gated page becomes a draft": content("content/pages/gold/tea.md", GOLD, f"{GOLD}\ndraft: yes"),
    "a slug changes": content(ABOUT, "menu: yes", "menu: yes\nslug: who-we-are"),
    "a gated slug changes": content(OFFERS, "menu: yes", "menu: yes\nslug: best"),
    "a file moves": moved(ABOUT, "content/pages/about-us.md"),
    "a public page is deleted": gone("content/pages/journal/two.md"),
    "a gated page is deleted": gone("content/pages/gold/tea.md"),
    "the last page of a section is deleted": gone("content/pages/mixed.md"),
    "a section gets a page of its own": new("content/pages/care/index.md", page(front("Care", PUBLIC), "All of it.")),
    "a title changes": content("content/pages/journal/two.md", "title: Two", "title: Second"),
    "a menu title changes": content(ABOUT, "About us", "Who we are"),
    "a gated title changes": content(OFFERS, "Gold offers", "Best offers"),
    "a description comes": content(CARE, "title: Linen", "title: Linen\ndescription: How to wash it"),
    "a date changes": content("content/pages/journal/one.md", "2026-08-01", "2026-08-09"),
    "a tag is added": content("content/pages/care/wool.md", "[wool]", "[wool, linen]"),
    "a tag is removed": content(CARE, "tags: [linen]", "tags: []"),
    "a text changes": content(CARE, "Wash it cold.", "Wash it very cold."),
    "a gated text changes": content(OFFERS, "Ten metres", "Twelve metres"),
    "a gated block changes": content("content/pages/mixed.md", "For gold alone.", "For our gold friends."),
    "the public part changes": content("content/pages/half.md", "The beginning.", "Another beginning."),
    "a block changes its audience": content("content/pages/mixed.md", "audience gold", "audience silver"),
    "a teaser changes": content(OFFERS, "Something for friends", "Something for you"),
    "an alias changes": content(CARE, "/old-linen/", "/older-linen/"),
    "the base template changes": content(BASE, "<main>", '<main class="wide">'),
    "an included template changes": content("themes/hearth/site/partials/foot.html", "<footer>", "<footer class=x>"),
    "a macro changes": content("themes/hearth/site/partials/parts.html", "<i>", "<b>"),
    "a word of the theme changes": content("themes/hearth/locale/en.yaml", "Welcome", "Hello"),
    "a stylesheet changes": content("themes/hearth/static/site.css", "red", "blue"),
    "the sealed template changes": new("themes/hearth/site/sealed/page.html", "<div>{{ page.html }}</div>"),
    "a segment changes": content("content/segments/all.yaml", "at least 100}", "at least 200}"),
    "a segment comes": content(
        "content/segments/all.yaml", "segments:", "segments:\n  new: {why: x, all: [{total spent: at least 5}]}"
    ),
    "a picture changes": content("content/assets/cloth.svg", "30 20", "30 30"),
    "a gated picture changes": content("content/assets/gold.svg", "30 20", "30 30"),
    "the shop's name changes": content("content/site.yaml", "name: The Small Loom", "name: The Big Loom"),
    "the site's address changes": content("content/site.yaml", "example/shop", "example/store"),
    "a page is raised to gold": content(ABOUT, PUBLIC, GOLD),
    "a page with a block is raised to gold": content("content/pages/mixed.md", PUBLIC, GOLD),
    "a gold page is lowered to the public": content("content/pages/gold/tea.md", GOLD, PUBLIC),
    "a gold page is lowered to silver": content("content/pages/gold/tea.md", GOLD, "audience: silver"),
    "a file is saved by rename": through_a_rename(CARE, page(front("Linen", PUBLIC), "Wash it warm.")),
    "fifty files are saved at once": fifty,
    "a file keeps its time and length": the_date_kept(CARE, "Wash it cold.", "Wash it warm."),
    "two pages exchange their texts": lambda root: (
        moved(CARE, "content/pages/x.md")(root),
        moved("content/pages/care/wool.md", CARE)(root),
        moved("content/pages/x.md", "content/pages/care/wool.md")(root),
        content(CARE, "linen.md", "wool.md")(root),
    ),
    "search is switched off": content("content/site.yaml", "currency: EUR", "currency: EUR\nsearch: no"),
    "a campaign with a page comes": new(
        "content/campaigns/tea.md",
        page(front("Tea", "kind: promotion", GOLD, "channels: [page]", "on: 2026-09-10"), "Come for tea."),
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_output_is_that_of_a_clean_build(shop: Path, edit: Edit) -> None:
    made(shop)
    edit(shop)
    summary = made(shop)
    assert summary.rendered + summary.unchanged > 5
    is_as_clean(shop)
    assert made(shop).rendered == 0
    assert tree(shop, "output") == tree(shop, "clean")


def test_a_build_without_a_change_renders_nothing(shop: Path) -> None:
    first = made(shop)
    assert (first.rendered > 5, first.unchanged) == (True, 0)
    second = made(shop)
    assert (second.rendered, second.unchanged) == (0, first.rendered)


RENDERED = {
    "a text changes": {CARE},
    "a gated text changes": {OFFERS},
    "a teaser changes": {"content/pages/index.md"},
    "a gated picture changes": {OFFERS},
    "a picture changes": {ABOUT},
}


@pytest.mark.parametrize("name", RENDERED)
def test_only_what_hangs_on_an_edit_is_rendered(shop: Path, name: str) -> None:
    made(shop)
    EDITS[name](shop)
    assert made(shop).rendered == len(RENDERED[name])


WHY = {
    "a text changes": (CARE, "its text changed (content/pages/care/linen.md)"),
    "a menu title changes": ("content/pages/care/wool.md", "the menu changed"),
    "a title changes": ("/shop/journal/", "the pages that it lists changed"),
    "a slug changes": ("content/pages/care/wool.md", "the menu changed"),
    "an included template changes": (CARE, "the theme's template 'site/page.html', or one that it uses, changed"),
    "a word of the theme changes": (CARE, "the theme's word 'hello' changed (en)"),
    "a stylesheet changes": (CARE, "the theme's file 'static/site.css' changed"),
    "a gated picture changes": (OFFERS, "the file 'content/assets/gold.svg' changed"),
    "the shop's name changes": (CARE, "the shop's name changed (content/site.yaml)"),
    "a tag is added": ("/shop/tags/linen/", "the pages that it lists changed"),
    "a file moves": ("pages/about-us.md", "it is new"),
}


@pytest.mark.parametrize("name", WHY)
def test_why_names_the_input_in_words(shop: Path, name: str) -> None:
    asked, reason = WHY[name]
    made(shop)
    EDITS[name](shop)
    (line,) = made(shop, replace(ORDER, why=asked)).why
    assert line.startswith(f"{asked}: rendered, because ")
    assert reason in line


def test_why_tells_of_an_unchanged_page_what_it_reads(shop: Path) -> None:
    made(shop)
    first, *rest = made(shop, replace(ORDER, why=ABOUT)).why
    assert first == f"{ABOUT}: unchanged; it was last rendered because it is new"
    assert "  content/assets/cloth.svg" in rest


def test_why_of_what_is_no_page_says_so_with_a_hint(shop: Path) -> None:
    assert made(shop, replace(ORDER, why="pages/abuot.md")).why == (
        "'pages/abuot.md' is no page of this site",
        "hint: did you mean 'pages/about.md'?",
    )


@pytest.mark.parametrize("day", [date(2026, 9, 20), date(2026, 9, 26), date(2026, 10, 1)])
def test_a_day_that_comes_changes_what_stands(shop: Path, day: date) -> None:
    made(shop)
    order = replace(ORDER, first=day, last=day)
    made(shop, order)
    is_as_clean(shop, order)
    made(shop)
    is_as_clean(shop)


def test_unchanged_locked_files_keep_their_bytes_and_only_others_are_written(shop: Path) -> None:
    made(shop)
    before = tree(shop, "output/site")
    EDITS["a gated text changes"](shop)
    made(shop)
    after = tree(shop, "output/site")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert {path.split("/")[0] for path in changed} == {"sg"}
    # The page, and the search index of its segment.
    assert len(changed) == 2


def test_a_mistake_leaves_the_output_as_it_was_and_mending_it_is_enough(shop: Path) -> None:
    made(shop)
    before = tree(shop, "output")
    content(CARE, "Wash it cold.", "Wash {{ frist_name }}.")(shop)
    with pytest.raises(Mistakes):
        made(shop)
    assert tree(shop, "output") == before
    content(CARE, "{{ frist_name }}", "it hot")(shop)
    assert made(shop).rendered == 1
    is_as_clean(shop)


def test_a_mistake_in_a_template_leaves_the_output_as_it_was(shop: Path) -> None:
    made(shop)
    before = tree(shop, "output")
    content(BASE, "<main>", "{{ page.titel }}<main>")(shop)
    with pytest.raises(Mistakes):
        made(shop)
    assert tree(shop, "output") == before
    content(BASE, "{{ page.titel }}", "")(shop)
    assert made(shop).rendered == 0
    is_as_clean(shop)


def test_what_somebody_changed_in_the_output_is_made_again(shop: Path) -> None:
    made(shop)
    home, stray = shop / "output/site/about/index.html", shop / "output/site/stray.html"
    home.write_text("something else")
    stray.write_text("mine")
    (shop / "output/site/care/wool/index.html").unlink()
    next((shop / "output/site/sg").rglob("*.bin")).write_bytes(b"torn")
    made(shop)
    is_as_clean(shop)


def test_a_lost_or_torn_memory_costs_time_and_nothing_else(shop: Path) -> None:
    made(shop)
    (memory,) = (shop / ".sitegen/pages").glob("output.bin")
    memory.write_bytes(memory.read_bytes()[:-20])
    assert made(shop).unchanged == 0
    is_as_clean(shop)
    memory.unlink()
    shutil.rmtree(shop / ".sitegen/twins")
    made(shop)
    is_as_clean(shop)


def test_a_memory_that_would_run_a_program_is_not_read(shop: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str, ...]]:
            return os.mkdir, (str(shop / "was-here"),)

    made(shop)
    (memory,) = (shop / ".sitegen/pages").glob("output.bin")
    body = pickle.dumps(Evil())
    memory.write_bytes(blake2b(body, digest_size=16).digest() + body)
    made(shop)
    assert not (shop / "was-here").exists()


def test_other_keys_lock_everything_anew(shop: Path) -> None:
    made(shop)
    order = replace(ORDER, roots=Roots(bytes(32), bytes(32), bytes(32)))
    made(shop, order)
    is_as_clean(shop, order)


def test_a_clean_build_renders_everything(shop: Path) -> None:
    first = made(shop)
    clean = made(shop, replace(ORDER, clean=True))
    assert (clean.rendered, clean.unchanged) == (first.rendered, 0)


def test_several_processes_make_the_same_bytes(shop: Path) -> None:
    for number in range(150):
        new(f"content/pages/many/p{number}.md", page(front(f"Page {number}", PUBLIC), f"Text {number}."))(shop)
    made(shop, replace(ORDER, processes=2))
    is_as_clean(shop)
    content(BASE, "<main>", "<main id=x>")(shop)
    made(shop, replace(ORDER, processes=2))
    is_as_clean(shop)


def test_a_mistake_in_one_of_many_pages_is_told_by_several_processes_too(shop: Path) -> None:
    for number in range(150):
        new(f"content/pages/many/p{number}.md", page(front(f"Page {number}", PUBLIC), "Text."))(shop)
    content("content/pages/many/p77.md", "Text.", "[{{ first_name }}](../about.md#{{ tier }})")(shop)
    with pytest.raises(SitegenError):
        made(shop, replace(ORDER, processes=2))
    assert not (shop / "output/site").exists()


def test_a_day_after_the_other_the_files_have_one_time(shop: Path) -> None:
    made(shop)
    EDITS["a text changes"](shop)
    later = replace(ORDER, instant=ORDER.instant + 60)
    made(shop, later)
    times = {int(path.stat().st_mtime) for path in (shop / "output/site").rglob("*")}
    assert times == {later.instant}


@pytest.mark.slow
def test_a_random_walk_of_edits_ends_as_a_clean_build_does(shop: Path) -> None:
    days = [TODAY + timedelta(days=number) for number in (0, 12, 18)]
    for number, edit in enumerate(EDITS.values()):
        try:
            edit(shop)
            made(shop, replace(ORDER, first=days[number % 3], last=days[number % 3]))
        except (AssertionError, FileNotFoundError, SitegenError):
            continue
    order = replace(ORDER, first=TODAY, last=TODAY)
    try:
        made(shop, order)
    except SitegenError:
        return
    is_as_clean(shop, order)


SECRET = "The indigo quilts of the old mill are kept for you behind the blue curtain until Sunday evening."


def test_a_leak_that_an_edit_makes_is_found_though_nothing_else_is_looked_through(shop: Path) -> None:
    content(OFFERS, "Ten metres of it.", SECRET)(shop)
    made(shop)
    before = tree(shop, "output")
    content(CARE, "Wash it cold.", f"Wash it cold. {SECRET}")(shop)
    with pytest.raises(SitegenError, match=re.escape(OFFERS)) as caught:
        made(shop)
    assert caught.value.exit_code == Exit.LEAK
    assert tree(shop, "output") == before


def test_words_that_were_public_on_purpose_are_a_leak_once_they_are_not(shop: Path) -> None:
    mixed = "content/pages/mixed.md"
    content(mixed, "For all.", f"For all. {SECRET}")(shop)
    content(mixed, "For gold alone.", SECRET)(shop)
    content(CARE, "Wash it cold.", SECRET)(shop)
    made(shop)
    content(mixed, f"For all. {SECRET}", "For all.")(shop)
    with pytest.raises(SitegenError, match=re.escape(CARE)):
        made(shop)


@pytest.mark.parametrize(("edit", "whole"), [("a text changes", False), ("a gated text changes", True)])
def test_all_is_looked_through_only_where_more_than_public_pages_changed(shop: Path, edit: str, whole: bool) -> None:
    made(shop)
    memory = shop / ".sitegen/audit.npz"
    before = memory.stat().st_mtime_ns
    EDITS[edit](shop)
    made(shop)
    assert (memory.stat().st_mtime_ns != before) == whole
