"""People: the customer file becomes facts, memberships and values, as wide as somebody asks for."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.rules import parse_segments
from sitegen.build.people import People, lost_photos, open_people, people_on
from sitegen.errors import Mistakes
from sitegen.model.campaign import EveryYear
from sitegen.model.programme import Programme
from sitegen.model.project import Asset, Project
from sitegen.model.shop import FolderSource
from sitegen.model.theme import Theme
from tests.audience.little_shop import TODAY, campaign, tree
from tests.plain_shop import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {
    "customers": """
        customer_id,first_name,last_name,class,adviser_id,birthday,country
        C-1,Mei,Lin,customer,A-1,1980-09-08,CN
        C-2,Jonas,Berg,customer,,,DE
        C-3,Kim,Moe,staff,,,DE
    """,
    "orders": """
        order_id,customer_id,ordered_at,amount
        1,C-1,2026-09-01,100.00
        2,C-2,2026-09-08,60.00
        3,C-3,2026-09-01,10.00
    """,
    "contacts": """
        contact_id,customer_id,adviser_id,at
        1,C-2,A-2,2026-09-01
        2,C-2,A-2,2026-09-02
        3,C-2,A-1,2026-09-03
    """,
    "advisers": """
        adviser_id,first_name,last_name,photo
        A-1,Yue,Shen,advisers/yue.png
        A-2,Kari,Dahl,advisers/lost.png
    """,
}
SEGMENTS = """
    segments:
      best: {all: [{total spent: top 1}, {none: [{class: is staff}]}]}
      buyers: {all: [{ordered: {within last: 7 days}}]}
"""


@contextmanager
def people(folder: Path, segments: str = SEGMENTS, **more: Any) -> Iterator[tuple[Project, People]]:
    """The people of a shop with these segments, and a greeting for birthdays."""
    (folder / "customers").mkdir()
    for name, text in FILES.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / "customers" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found, facts, problems = parse_segments([tree(segments)], CATALOGUE)
    assert problems == ()
    shop = replace(SHOP, source=FolderSource("customers"))
    wish = campaign(timing=EveryYear("birthday"))
    assets = {"advisers/yue.png": Asset("advisers/yue.png", b"a picture")}
    project = Project(shop, facts, found, (wish,), (), Programme(), Theme("", "", {}, {}, {}, ()), assets)
    with open_people(folder, project, TODAY, **more) as opened:
        yield project, opened


def told(people: People, *columns: str) -> list[tuple[Any, ...]]:
    """Those columns of the facts, by customer."""
    rows = people.engine.ask(people.facts.select("customer_id", *columns).order_by("customer_id"))
    return [tuple(row[column] for column in columns) for row in rows]


def test_for_rules_alone_nothing_else_is_reckoned(tmp_path: Path) -> None:
    with people(tmp_path, messages=False) as (_, opened):
        events = [name for name in opened.facts.columns if name.startswith("event_")]
        assert len(events) == 1
        assert set(opened.facts.columns) == {"customer_id", "class", "total_spent", *events}
        rows = opened.engine.ask(opened.members.order_by("customer_id"))
        assert [(row["best"], row["buyers"]) for row in rows] == [(True, True), (False, True), (False, True)]


def test_messages_find_their_day_and_the_closest_adviser(tmp_path: Path) -> None:
    with people(tmp_path) as (_, opened):
        assert told(opened, "adviser_id", "adviser_name", "birthday") == [
            ("A-1", "Yue Shen", date(1980, 9, 8)),
            ("A-2", "Kari Dahl", None),
            (None, None, None),
        ]
        said = opened.engine.ask(opened.values.order_by("customer_id"))
        assert [row["adviser_first_name"] for row in said] == ["Yue", "Kari", None]
        customers = opened.engine.ask(opened.tables["customers"].order_by("customer_id"))
        assert [row["adviser_id"] for row in customers] == ["A-1", "A-2", None]


def test_an_adviser_whose_picture_is_not_there_is_told_of(tmp_path: Path) -> None:
    with people(tmp_path) as (_, opened):
        (yue, nobody, _) = opened.engine.ask(opened.values.order_by("customer_id"))
        assert str(yue["adviser_photo"]).startswith(f"{SHOP.origin}/assets/")
        assert nobody["adviser_photo"] is None
        assert lost_photos(opened) == (
            "letters of adviser 'A-2' show no picture: there is no content/assets/advisers/lost.png",
        )


def test_one_engine_answers_for_two_days(tmp_path: Path) -> None:
    with people(tmp_path, messages=False) as (project, now):
        then = people_on(now.engine, project, TODAY - timedelta(7), " then")
        assert told(now, "total_spent") != told(then, "total_spent")
        assert [cut and cut.customer_id for cut in then.cuts.found.values()] == ["C-1"]
        assert (now.count(), then.count()) == (3, 3)


def test_a_missing_value_stops_where_a_segment_says_so(tmp_path: Path) -> None:
    strict = "segments: {rich: {unknown: fail, all: [{birthday: this month}]}}"
    with pytest.raises(Mistakes) as raised, people(tmp_path, strict):
        pass
    assert [str(problem).partition(": ")[2].splitlines()[0] for problem in raised.value.problems] == [
        "2 customers miss a value that 'rich' asks for"
    ]
