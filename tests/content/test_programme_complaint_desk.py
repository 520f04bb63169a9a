"""`complaint_desk:` of the programme: what is written becomes one value, whole."""

from __future__ import annotations

from textwrap import dedent

from sitegen.content.programme.read import read_programme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.complaint_desk import USUAL_TIMES, ComplaintDesk, Step
from sitegen.model.tree import Place

FILE = "content/programme/service.yaml"


def read(text: str) -> tuple[ComplaintDesk | None, list[Problem]]:
    problems: list[Problem] = []
    programme = read_programme({FILE: read_yaml(dedent(text).lstrip("\n"), FILE)}, problems)
    return programme.complaint_desk, problems


def test_the_times_of_the_steps_where_complaints_go_and_what_is_mechanical() -> None:
    found, problems = read(
        """
        complaint_desk:
          days: {talk: 3, feedback: 14}
          head office: [quality, courier-attitude]
          second chance: 6 weeks
          likeness: 55
        """
    )

    assert problems == []
    assert found == ComplaintDesk(
        days={**USUAL_TIMES, Step.TALK: 3, Step.FEEDBACK: 14},
        head_office=("quality", "courier-attitude"),
        second_chance=42,
        likeness=55,
        place=Place(FILE, 2, 3),
    )


def test_what_is_not_written_is_as_usual() -> None:
    found, problems = read("complaint_desk: {likeness: 70}")

    assert (found, problems) == (ComplaintDesk(place=Place(FILE, 1, 17)), [])


def test_a_shop_without_the_section_has_no_desk_of_its_own() -> None:
    assert read("tiers: []") == (None, [])
