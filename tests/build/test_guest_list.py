"""The list of guests: who has a chair, who waits, whom one reminds today; and a word on a year with too few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.people import open_people
from sitegen.build.post.guests import guest_list
from sitegen.model.gathering import Gatherings
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from tests.plain_shop import SHOP

CUSTOMERS = """\
customer_id,first_name,last_name,phone
C-1,Mei,Lin,+49 40 1
C-2,Jonas,=Berg,
C-3,Ada,Holm,+49 40 3
"""
EVENTS = """\
event_id,title,starts_at,vip,seats
E-1,Tea,2026-09-26 15:00,yes,3
E-2,Bread,2026-09-12 10:00,no,
E-3,Long ago,2026-09-01 10:00,yes,9
"""
ATTENDANCES = """\
event_id,customer_id,status,answered_on,party
E-1,C-3,accepted,2026-09-05,2
E-1,C-2,accepted,2026-09-04,2
E-1,C-1,declined,2026-09-04,
E-2,C-1,accepted,2026-09-13,1
E-2,C-2,accepted,,1
E-3,C-1,attended,2026-08-01,1
"""
SETTING = Gatherings(Place("content/programme/gatherings.yaml", 2), reminders=(14, 2))


def made(root: Path, setting: Gatherings | None, on: date) -> tuple[dict[str, list[str]], list[str]]:
    """The lists by their paths, line by line, and what was noticed."""
    for table, text in (("customers", CUSTOMERS), ("events", EVENTS), ("attendances", ATTENDANCES)):
        (root / "customers").mkdir(exist_ok=True)
        (root / "customers" / f"{table}.csv").write_text(text, encoding="utf-8")
    shop = replace(SHOP, source=FolderSource("customers"))
    programme = Programme(gatherings=setting)
    project = Project(shop, (), (), (), (), programme, Theme("", "", {}, {}, {}, ()), {})
    notices: list[str] = []
    with open_people(root, project, on) as people:
        found = {one.path: one.content.decode().splitlines() for one in guest_list(project, people, on, notices)}
    return found, notices


@pytest.mark.parametrize(
    ("on", "lines"),
    [
        (
            date(2026, 9, 12),
            [
                "E-2,Bread,2026-09-12 10:00:00,1,C-2,Jonas =Berg,,1,yes,no",
                "E-1,Tea,2026-09-26 15:00:00,1,C-2,Jonas =Berg,,2,yes,yes",
                "E-1,Tea,2026-09-26 15:00:00,2,C-3,Ada Holm,'+49 40 3,2,no,no",
            ],
        ),
        (
            date(2026, 9, 13),
            [
                "E-1,Tea,2026-09-26 15:00:00,1,C-2,Jonas =Berg,,2,yes,no",
                "E-1,Tea,2026-09-26 15:00:00,2,C-3,Ada Holm,'+49 40 3,2,no,no",
            ],
        ),
        (date(2026, 9, 27), []),
    ],
)
def test_guests_stand_by_event_in_the_order_of_their_answers(tmp_path: Path, on: date, lines: list[str]) -> None:
    found, _ = made(tmp_path, SETTING, on)
    head = "event_id,title,starts_at,turn,customer_id,name,phone,party,seated,remind"
    assert found == {"work/guests.csv": [head, *lines]}


def test_a_build_says_which_quarters_have_no_gathering(tmp_path: Path) -> None:
    _, notices = made(tmp_path, SETTING, date(2026, 9, 12))
    gaps = "from January to March, from April to June or from October to December"
    assert notices == [f"2026 has 2 of 4 VIP gatherings: none {gaps}"]
    assert made(tmp_path, replace(SETTING, least=2), date(2026, 9, 12))[1] == []


def test_a_programme_without_gatherings_has_no_list_and_no_word_of_them(tmp_path: Path) -> None:
    assert made(tmp_path, None, date(2026, 9, 12)) == ({}, [])
