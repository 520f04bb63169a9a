"""News that some are told before the others: who finds it on each day, and that nobody else does."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.build.audit import Reach, audit_site, told
from sitegen.build.checking.coverage import unused_segments
from sitegen.build.checking.links import links
from sitegen.build.checking.reach import breaking_links
from sitegen.build.order import Order
from sitegen.build.schedule import schedule
from sitegen.content.project import read_project
from sitegen.model.project import Project
from sitegen.model.readable import PublicFile
from sitegen.render.site.entries import Day, Entries, entries
from sitegen.render.site.whole import render_site
from tests.build.test_renewal import ORDER, is_as_clean, made, new, tree
from tests.content.shop_folder import page, write_shop
from tests.leaks.layers import layers
from tests.leaks.small_audit import RING
from tests.render.site_shop import SETTING, identify, shell

WORDS = "The indigo of Nantong dries on the line behind the house since Tuesday."
FRONT = """\
title: Nantong indigo
audience: public
publish_on: 2026-11-15
first: {gold: 2026-11-01, silver: 2026-11-08}
aliases: [old-indigo]
tags: [bluest]
teaser: Blue comes"""
TEXT = f"{WORDS}\n\n<!-- more -->\n\nAnd more.\n\n::: audience silver\nSilver words of the shop.\n:::"
BEFORE, GOLD, BOTH, ALL = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15))


@pytest.fixture
def news(tmp_path: Path) -> Project:
    return read_project(write_shop(tmp_path, pages__blue=page(FRONT, TEXT)))


def on(project: Project, day: date) -> Entries:
    return entries(project, Day(day), lambda id_: shell(identify(id_)))


def opened(project: Project, day: date) -> tuple[str, ...] | None:
    """Who can open the news on a day: segments, () for anybody, None where it is not there."""
    found = on(project, day)
    if any(entry.id == "pages/blue.md" for entry in found.public):
        return ()
    return next((entry.segments for entry in found.gated if entry.id == "pages/blue.md"), None)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (BEFORE, None),
        (GOLD, ("gold",)),
        (BOTH - timedelta(days=1), ("gold",)),
        (BOTH, ("gold", "silver")),
        (ALL - timedelta(days=1), ("gold", "silver")),
        (ALL, ()),
        (ALL + timedelta(days=900), ()),
    ],
)
def test_each_day_has_its_readers(news: Project, day: date, who: tuple[str, ...] | None) -> None:
    assert opened(news, day) == who


def test_until_its_day_nothing_of_the_news_is_for_the_public(news: Project) -> None:
    (entry,) = [entry for entry in on(news, BOTH).gated if entry.id == "pages/blue.md"]
    assert entry.teaser == ""
    assert entry.secret.body.public_blocks == 0
    assert entry.secret.title == "Nantong indigo"


def test_early_news_bears_no_day_that_is_still_to_come(tmp_path: Path) -> None:
    dated = write_shop(tmp_path, pages__blue=page(f"{FRONT}\ndate: 2026-11-15", TEXT))
    found = read_project(dated)
    early = {day: entry for day in (GOLD, BOTH) for entry in on(found, day).gated if entry.id == "pages/blue.md"}
    assert {day: entry.secret.day for day, entry in early.items()} == {GOLD: GOLD, BOTH: BOTH}
    (late,) = [entry for entry in on(found, ALL).public if entry.id == "pages/blue.md"]
    assert late.day == ALL


def test_a_block_of_early_news_is_for_those_who_are_told_and_in_its_audience(tmp_path: Path) -> None:
    text = "For all.\n\n::: audience friends\nFor friends.\n:::"
    segments = "segments:\n" + "".join(
        f"  {name}: {{why: they come, all: [{{orders: at least {least}}}]}}\n"
        for name, least in (("gold", 9), ("silver", 5), ("friends", 2))
    )
    found = read_project(write_shop(tmp_path, **{"segments/all.yaml": segments}, pages__blue=page(FRONT, text)))
    (blue,) = [one for one in found.pages if one.id == "pages/blue.md"]
    assert [block.audience for block in blue.body.blocks] == ["", "friends"]
    for early in blue.first:
        narrowed = early.body.blocks[1].audience
        segment = found.segment(narrowed)
        assert segment is not None
        assert segment.title == f"friends in {early.audience}"


@pytest.mark.parametrize("day", [BEFORE, GOLD, BOTH, ALL])
def test_what_lies_in_the_open_says_nothing_before_the_day(news: Project, day: date) -> None:
    site = render_site(news, Day(day), SETTING)
    public = {file.path: file.content for file in site.public if isinstance(file, PublicFile)}
    said = b"\n".join(layer for path, content in public.items() for layer in (path.encode(), *layers(content)))
    for secret in (b"nantong", b"indigo of", b"old-indigo", b"bluest", b"blue comes", b"and more."):
        assert (secret in said) is (day == ALL and secret != b"blue comes"), secret


@pytest.mark.parametrize("day", [BEFORE, GOLD, BOTH, ALL])
def test_the_leak_check_minds_the_news_until_its_day(news: Project, day: date) -> None:
    site = render_site(news, Day(day), SETTING)
    public = {file.path: file.content for file in site.public if isinstance(file, PublicFile)} | {
        "gossip.txt": WORDS.encode()
    }
    found = audit_site(Reach(news, site, sorted(public.items()), day), RING, {}).findings
    said = [told(finding) for finding in found]
    assert len(said) == (0 if day == ALL else 1)
    assert all("gossip.txt" in one and "content/pages/blue.md" in one for one in said)


def test_of_a_page_for_some_only_those_among_them_are_told_first(tmp_path: Path) -> None:
    front = "title: A\naudience: silver\npublish_on: 2026-11-15\nfirst: {gold: 2026-11-01, everyone: 2026-11-08}"
    found = read_project(write_shop(tmp_path, pages__blue=page(front)))
    (both,) = opened(found, GOLD) or ()
    segment = found.segment(both)
    assert segment is not None
    assert (segment.named, both.startswith("rule-")) == (False, True)
    assert opened(found, BOTH) == ("silver",), "everyone of silver"
    assert opened(found, ALL) == ("silver",)


def test_a_campaigns_page_is_told_first_while_its_mail_waits_for_its_day(tmp_path: Path) -> None:
    front = (
        "title: Tea\nkind: news\naudience: everyone\nchannels: [page, mail]\non: 2026-11-15\n"
        "subject: Tea is there\npublish_on: 2026-11-15\nfirst: {gold: 2026-11-01}"
    )
    found = read_project(write_shop(tmp_path, campaigns__tea=page(front)))
    early, late = on(found, GOLD), on(found, ALL)
    (before,) = [entry for entry in early.gated if entry.id == "campaigns/tea.md"]
    (after,) = [entry for entry in late.gated if entry.id == "campaigns/tea.md"]
    assert (before.segments, before.secret.day) == (("gold",), GOLD)
    assert (after.segments, after.secret.day) == (("everyone",), ALL)


def test_the_schedule_names_who_is_told_on_which_day(news: Project) -> None:
    said = [
        (change.at.date(), change.reason)
        for change in schedule(news, BEFORE, ALL)
        if change.place.file == "content/pages/blue.md"
    ]
    assert said == [
        (GOLD, "the page 'Nantong indigo' appears for 'gold'"),
        (BOTH, "the page 'Nantong indigo' appears for 'gold and silver'"),
        (ALL, "the page 'Nantong indigo' appears"),
    ]


def test_each_day_is_built_as_from_nothing_and_the_public_files_change_on_the_last_alone(tmp_path: Path) -> None:
    root = write_shop(tmp_path, pages__blue=page(FRONT, TEXT))
    shown: dict[date, dict[str, bytes]] = {}
    for day in (BEFORE, GOLD, BOTH, ALL):
        order: Order = replace(ORDER, first=day, last=day)
        made(root, order)
        is_as_clean(root, order)
        files = tree(root, "output/site")
        # A feed without news bears the day of its build.
        elsewhere = ("sg/", "m/", "feed.xml")
        shown[day] = {path: content for path, content in files.items() if not path.startswith(elsewhere)}
    assert shown[BEFORE] == shown[GOLD] == shown[BOTH]
    assert {"blue/index.html", "old-indigo/index.html"} <= shown[ALL].keys() - shown[BOTH].keys()
    again = made(root, replace(ORDER, first=ALL, last=ALL))
    assert again.rendered == 0
    new("content/pages/other.md", page("title: Other\naudience: public"))(root)
    made(root, replace(ORDER, first=ALL, last=ALL))
    is_as_clean(root, replace(ORDER, first=ALL, last=ALL))
    assert json.loads((root / "output/build.json").read_text())["site"]


def test_who_is_only_told_first_is_a_segment_that_is_used(tmp_path: Path) -> None:
    found = read_project(write_shop(tmp_path, pages__blue=page(FRONT, WORDS)))
    assert not list(unused_segments(found, GOLD))


def test_a_link_to_early_news_leads_to_the_door_from_the_first_day_on(tmp_path: Path) -> None:
    link = page("title: Link\naudience: public\npublish_on: {}", "See [it](blue.md).")
    first = write_shop(tmp_path, pages__blue=page(FRONT, WORDS), pages__link=link.format("2026-11-01"))
    found = read_project(first)
    assert not list(breaking_links(found, links(found), BEFORE))
    (tmp_path / "content/pages/link.md").write_text(link.format("2026-10-31"), encoding="utf-8")
    found = read_project(first)
    (problem,) = breaking_links(found, links(found), date(2026, 10, 1))
    assert problem.code == "link-before-its-page"
