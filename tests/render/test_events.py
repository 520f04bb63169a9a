"""Events of pages: open calendar files for anybody, locked ones for members, and never one for the other."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.model.event import Event
from sitegen.model.readable import GatedAsset, GatedPage
from sitegen.render.site.events import event_view, logical_path
from tests.calendars import events
from tests.content.shop_folder import SITE, page
from tests.render.site_shop import day_entries, identify, project, public, site

SHOWS = (
    '<html><title>{{ page.title }}</title><main>{{ page.html }}</main>{% if page.event %}'
    '<a href="{{ page.event.url or "#" }}"{% if page.event.locked %} data-sg-file="{{ page.event.locked }}"{% endif %}>'
    "{{ page.event.start_text }} - {{ page.event.end_text }}</a>{% endif %}</html>"
)  # fmt: skip
THEMED = {"themes/hearth/site/page.html": SHOWS, "themes/hearth/site/sealed/page.html": SHOWS}
WHEN = "event: {start: 2026-10-03 15:00, end: 2026-10-03 17:30, place: Hamburg}"


def summaries(content: str | bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(content)]


def test_a_public_event_has_a_file_beside_its_page_and_stands_in_the_calendar_of_all(tmp_path: Path) -> None:
    made = public(
        site(
            tmp_path,
            **THEMED,
            pages__days__tea=page(f"title: Tea\naudience: public\n{WHEN}"),
            pages__days__walk=page("title: A walk\naudience: public\nevent: {start: 2026-05-01}"),
        )
    )
    assert [path for path in made if path.endswith(".ics")] == [
        "days/tea/event.ics",
        "days/walk/event.ics",
        "calendar.ics",
    ]
    assert summaries(made["days/tea/event.ics"]) == ["Tea"]
    assert summaries(made["calendar.ics"]) == ["A walk", "Tea"]
    assert (
        '<a href="/shop/days/tea/event.ics">Saturday, 3 October 2026, 15:00 - 17:30</a>' in made["days/tea/index.html"]
    )
    assert ">Friday, 1 May 2026 - </a>" in made["days/walk/index.html"]


def test_without_public_events_there_is_no_calendar(tmp_path: Path) -> None:
    assert not [path for path in public(site(tmp_path, pages__a=page(f"title: A\n{WHEN}"))) if path.endswith(".ics")]


def test_a_gated_event_has_a_locked_file_for_the_segments_of_its_page(tmp_path: Path) -> None:
    made = site(tmp_path, **THEMED, pages__inner=page(f"title: Canary tea\naudience: gold\n{WHEN}"))
    assert not any("Canary" in text or "2026-10-03" in text or "20261003" in text for text in public(made).values())
    [file] = [thing for thing in made.gated if isinstance(thing, GatedAsset)]
    assert (file.id, file.segments, file.media_type) == ("pages/inner.md/event.ics", ("gold",), "text/calendar")
    assert summaries(file.content) == ["Canary tea"]
    [opened] = [thing for thing in made.gated if isinstance(thing, GatedPage) and thing.id == "pages/inner.md"]
    assert re.findall(r'data-sg-file="([^"]*)"', opened.html) == [identify(logical_path("pages/inner.md"))]


def test_a_campaign_with_a_page_can_be_an_event(tmp_path: Path) -> None:
    front = f"title: Tea\nkind: event\nsales: no\naudience: gold\nchannels: [page]\n{WHEN}"
    [entry] = [one for one in day_entries(tmp_path, campaigns__tea=page(front)).gated if one.id == "campaigns/tea.md"]
    assert entry.secret.event == Event(
        datetime.fromisoformat("2026-10-03 15:00"), datetime.fromisoformat("2026-10-03 17:30"), "Hamburg"
    )


def test_the_bytes_of_a_calendar_hang_on_the_page_and_not_on_the_day_of_the_build(tmp_path: Path) -> None:
    dated = page(f"title: Tea\naudience: public\nupdated: 2026-09-02\n{WHEN}")
    made = public(site(tmp_path, pages__a=dated))["a/event.ics"]
    assert "DTSTAMP:20260901T220000Z" in made
    undated = public(site(tmp_path, pages__a=page(f"title: Tea\naudience: public\n{WHEN}")))["a/event.ics"]
    assert "DTSTAMP:20251231T230000Z" in undated


def test_times_are_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    chinese = {"site.yaml": SITE + "languages: [en, zh]\n", "pages__a": page(f"title: 茶\nlanguage: zh\n{WHEN}")}
    [entry] = [one for one in day_entries(tmp_path, **chinese).gated if one.id == "pages/a.md"]
    view = event_view(project(tmp_path, **chinese).shop, entry)
    assert view is not None
    assert (view.start, view.start_text) == ("2026-10-03T15:00:00", "2026年10月3日星期六 15:00")
    assert (view.end, view.end_text) == ("2026-10-03T17:30:00", "17:30")
