"""What stands on the site on a day, and who may read it."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from sitegen.model.project import Project
from sitegen.render.site.entries import Day, GatedEntry, PublicEntry, opened_by
from tests.content.shop_folder import page
from tests.render.site_shop import day_entries, project

EVENT = "title: Tea\nkind: event\naudience: {}\nchannels: [page]\non: 2026-09-25"


def ids(things: tuple[PublicEntry, ...] | tuple[GatedEntry, ...]) -> list[str]:
    return [thing.id for thing in things]


def test_pages_are_public_or_gated_by_their_audience(tmp_path: Path) -> None:
    found = day_entries(
        tmp_path, pages__a=page("title: A\naudience: public"), pages__b=page("title: B\naudience: gold")
    )
    assert ids(found.public) == ["pages/a.md", "pages/index.md"]
    assert ids(found.gated) == ["pages/b.md", "pages/welcome.md"]
    assert [entry.segments for entry in found.gated] == [("gold",), ("everyone",)]


def test_a_gated_entry_has_no_readable_title_or_address_for_public_templates(tmp_path: Path) -> None:
    (entry, _) = day_entries(tmp_path, pages__b=page("title: Secret\naudience: gold\nteaser: Come in")).gated
    for name in ("title", "description", "url", "path", "body", "tags"):
        with pytest.raises(AttributeError):
            getattr(entry, name)
    said = [str(getattr(entry, one.name)) for one in fields(entry) if one.name not in {"secret", "id"}]
    assert "Secret" not in " ".join(said)
    assert (entry.teaser, entry.shell) == ("Come in", "/shop/m/id-pages-b-md/")


def test_a_page_with_more_is_public_above_it(tmp_path: Path) -> None:
    text = "Beginning.\n\n<!-- more -->\n\nThe rest."
    found = day_entries(tmp_path, pages__b=page("title: B\naudience: gold", text))
    (entry,) = [entry for entry in found.public if entry.id == "pages/b.md"]
    assert (entry.rest, entry.body.public_blocks) == (("gold",), 1)
    assert ids(found.gated) == ["pages/welcome.md"]


def test_more_on_a_public_page_hides_nothing(tmp_path: Path) -> None:
    found = day_entries(tmp_path, pages__b=page("title: B\naudience: public", "a\n<!-- more -->\nb"))
    assert {entry.rest for entry in found.public} == {()}


@pytest.mark.parametrize(
    ("front", "there"),
    [
        ("publish_on: 2026-09-08", True),
        ("publish_on: 2026-09-09", False),
        ("expire_on: 2026-09-08", False),
        ("expire_on: 2026-09-09", True),
        ("draft: yes", False),
        ("draft: no", True),
    ],
)
def test_a_page_stands_within_its_days_and_never_as_a_draft(tmp_path: Path, front: str, there: bool) -> None:
    found = day_entries(tmp_path, pages__a=page(f"title: A\naudience: public\n{front}"))
    assert ("pages/a.md" in ids(found.public)) is there


def test_drafts_stand_where_they_are_asked_for(tmp_path: Path) -> None:
    day = Day(date(2026, 9, 8), drafts=True)
    assert "pages/a.md" in ids(day_entries(tmp_path, day, pages__a=page("title: A\ndraft: yes")).gated)


def test_campaigns_with_a_page_stand_among_the_news(tmp_path: Path) -> None:
    found = day_entries(tmp_path, campaigns__tea=page(EVENT.format("public")), campaigns__b=page(EVENT.format("gold")))
    (entry,) = [entry for entry in found.public if entry.id.startswith("campaigns/")]
    assert (entry.path, entry.url, entry.layout) == ("news/tea/index.html", "/shop/news/tea/", "campaign")
    assert entry.day == date(2026, 9, 25)
    assert "campaigns/b.md" in ids(found.gated)


def test_a_campaign_without_a_page_stands_nowhere(tmp_path: Path) -> None:
    found = day_entries(tmp_path, campaigns__a=page(EVENT.format("gold").replace("page", "mail")))
    assert not [one for one in (*ids(found.public), *ids(found.gated)) if one.startswith("campaigns/")]


ANY_OF = """\
segments:
  gold: {why: a, all: [{total spent: at least 1000}]}
  silver: {why: b, all: [{total spent: at least 100}]}
  friends: {why: c, any: [{segment: is gold}, {segment: is silver}]}
  both: {why: d, all: [{segment: is gold}, {segment: is silver}]}
"""


@pytest.mark.parametrize(
    ("audience", "segments"),
    [("gold", ("gold",)), ("friends", ("gold", "silver")), ("both", ("both",)), ("everyone", ("everyone",)),
     ("public", ("public",))],
)  # fmt: skip
def test_an_audience_of_several_segments_is_opened_by_each_of_them(
    tmp_path: Path, audience: str, segments: tuple[str, ...]
) -> None:
    made: Project = project(tmp_path, **{"segments/all.yaml": ANY_OF})
    assert opened_by(made, audience) == segments
