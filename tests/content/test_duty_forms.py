"""What the receiver reads of duties: words and questions, whatever else is wrong in the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sitegen.content.duty_forms import read_duty_forms, read_managers
from sitegen.model.column import Column, Kind
from sitegen.model.duty import Act
from sitegen.model.duty_form import DutyForm, DutyQuestion
from sitegen.model.table import STANDARD

CONTACTS = STANDARD.table("contacts")
DUTIES = """\
desk:
  since: 2026-01-01
  regions: {North: A-05, West: A-07}
  head office: A-01
  owners: [A-01, A-09]
duties:
  - name: big-order
    title: Call about the big order
    why: an order over 2000
    what: call
    for each: nothing-that-there-is
    questions:
      - {ask: Do they like it?, answer: liked}
      - {ask: Is it warm?, answer: warm}
      - {ask: How many steps?, answer: nowhere}
      - Does the zip close?
  - {name: tidy, what: task, questions: Is it tidy?}
  - {name: dance, what: dancing}
  - a word
"""


def shop(folder: Path, **files: str) -> Path:
    programme = folder / "content" / "programme"
    programme.mkdir(parents=True)
    for name, text in files.items():
        (programme / f"{name}.yaml").write_text(text)
    return folder


def test_a_form_has_the_words_and_the_questions_of_its_duty(tmp_path: Path) -> None:
    contacts = replace(CONTACTS, columns=(*CONTACTS.columns, Column("warm", Kind.YES_NO, "is it warm")))
    assert read_duty_forms(shop(tmp_path, duties=DUTIES, broken="a: [", tiers="tiers: []\n"), contacts) == (
        DutyForm(
            "big-order",
            "Call about the big order",
            Act.CALL,
            "an order over 2000",
            (
                DutyQuestion("Do they like it?", "liked", yes_no=True),
                DutyQuestion("Is it warm?", "warm", yes_no=True),
                DutyQuestion("How many steps?"),
                DutyQuestion("Does the zip close?"),
            ),
        ),
        DutyForm("tidy", "tidy", Act.TASK, "", (DutyQuestion("Is it tidy?"),)),
    )


def test_managers_are_those_of_the_regions_the_head_office_and_the_owners(tmp_path: Path) -> None:
    assert read_managers(shop(tmp_path, duties=DUTIES)) == {"A-01", "A-05", "A-07", "A-09"}


def test_a_shop_without_a_programme_has_neither(tmp_path: Path) -> None:
    assert (read_duty_forms(tmp_path, CONTACTS), read_managers(tmp_path)) == ((), frozenset())
