"""The life-stage programme: the month of a child, the stage of a family, and the rule that selects it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sitegen.audience.facts.facts import facts
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.ranks import NO_CUTS
from sitegen.model.care import LifeStage, LifeStages, NamedPage
from sitegen.model.tree import Place
from sitegen.programme.care.life_stages import (
    bare_months,
    month_on,
    product_findings,
    rule_of,
    stage_findings,
    stage_of,
)
from tests.audience.little_shop import TODAY, ask, segments, tables
from tests.programme.pages import page

HERE = Place("content/programme/care.yaml", 3, 1)


def stage(first: int, last: int, **more: object) -> LifeStage:
    """A stage with words of its own."""
    return replace(LifeStage(first, last, f"{first} to {last}", "Rest.", HERE), **more)  # type: ignore[arg-type]


def programme(*stages: LifeStage, first: int = -9, last: int = 24) -> LifeStages:
    """A programme of these stages."""
    return LifeStages("Little ones", first, last, stages, HERE)


@pytest.mark.parametrize(
    ("due", "born", "month"),
    [
        (280, None, -9),
        (225, None, -9),
        (224, None, -8),
        (29, None, -2),
        (28, None, -1),
        (0, None, -1),
        (-14, None, -1),
        (-15, None, None),
        (281, None, None),
        (-20, 0, 0),
        (3, -1, -1),
        (None, 30, 0),
        (None, 31, 1),
        (None, 365, 12),
        (None, None, None),
    ],
)
def test_a_child_has_a_month_before_and_after_its_birth(due: int | None, born: int | None, month: int | None) -> None:
    due_on = None if due is None else TODAY + timedelta(due)
    born_on = None if born is None else TODAY - timedelta(born)
    assert month_on(TODAY, due_on, born_on) == month


def test_the_stage_of_a_month_is_the_one_that_has_it() -> None:
    early, late = stage(-3, -1), stage(1, 4)
    found = [stage_of(programme(early, late), month) for month in (-4, -3, -1, 0, 1, 4, 5)]
    assert found == [None, early, early, None, late, late, None]


def test_a_rule_asks_for_the_facts_of_the_months() -> None:
    assert rule_of(stage(-9, -7)) == "any:\n  - pregnancy month: between 1 and 4\n"
    assert rule_of(stage(-1, 2)) == (
        "any:\n  - pregnancy month: between 10 and 10\n  - youngest child month: between 0 and 2\n"
    )


@pytest.mark.parametrize("today", [TODAY, date(2027, 2, 28)])
def test_a_rule_selects_the_families_whose_child_is_in_the_stage(today: date) -> None:
    days_to_come: list[int | None] = [None, *range(-28, 309, 9), 281, 280, 225, 224, 29, 28, -14, -15]
    days_since: list[int | None] = [None, -40, -1, *range(0, 800, 27), 28, 29, 30, 31, 365, 366]
    ages = [(due, born) for due in days_to_come for born in days_since]
    children = {
        f"C-{number}": (
            None if due is None else today + timedelta(due),
            None if born is None else today - timedelta(born),
        )
        for number, (due, born) in enumerate(ages)
    }
    stages = [stage(month, month) for month in range(-9, 25)] + [stage(-9, 24), stage(-3, 2), stage(3, 8)]
    found = in_stages(stages, children, today)
    for one in stages:
        expected = {
            customer
            for customer, (due, born) in children.items()
            if (month := month_on(today, due, born)) is not None and stage_of(programme(one), month) is one
        }
        assert found[one.title] == expected
        assert expected


def in_stages(
    stages: list[LifeStage], children: dict[str, tuple[date | None, date | None]], today: date
) -> dict[str, set[str]]:
    """The customers whom the rule of each stage selects, by its title; each has the one child."""
    rules = "".join(
        f"  s{number}:\n    {rule_of(one)}".replace("\n  -", "\n      -") for number, one in enumerate(stages)
    )
    segmented = segments(f"segments:\n{rules}")
    shop = tables(
        customers=[{"customer_id": customer} for customer in children],
        children=[
            {"child_id": f"K-{customer}", "customer_id": customer, "due_on": due, "born_on": born}
            for customer, (due, born) in children.items()
        ],
    )
    rows = ask(members(segmented, facts(shop, (), None, today), today, NO_CUTS))
    return {one.title: {row["customer_id"] for row in rows if row[f"s{number}"]} for number, one in enumerate(stages)}


def test_months_without_a_stage_are_told_together() -> None:
    little = programme(stage(-2, -1), stage(2, 3), first=-3, last=6)
    assert bare_months(little) == (-3, 0, 1, 4, 5, 6)
    (found,) = stage_findings(little, (), TODAY)
    assert found.message == "nothing is written for the months -3, 0..1, 4..6 of 'Little ones'"


def test_a_programme_without_gaps_and_with_its_pages_is_well() -> None:
    named = NamedPage("pages/cradle.md", HERE)
    whole = programme(stage(-1, 0, page=named), first=-1, last=0)
    assert list(stage_findings(whole, [page("cradle")], TODAY)) == []


@pytest.mark.parametrize("broken", [{"draft": True}, {"expire": TODAY}, {"publish": TODAY + timedelta(1)}])
def test_a_stage_whose_page_is_not_there_is_told(broken: dict[str, object]) -> None:
    named = NamedPage("pages/cradle.md", HERE)
    whole = programme(stage(-1, 0, page=named), first=-1, last=0)
    (found,) = stage_findings(whole, [page("cradle", **broken)], TODAY)  # type: ignore[arg-type]
    assert found.code == "stage-without-page"


def test_goods_that_the_shop_does_not_have_are_told() -> None:
    little = programme(stage(0, 1, groups=("quilts", "hats"), products=("P-1", "P-9")))
    found = [one.message for one in product_findings(little, ["P-1"], ["quilts"])]
    assert found == [
        "the stage '0 to 1' names the product 'P-9', which the shop does not have",
        "the stage '0 to 1' names the group of goods 'hats', which the shop does not have",
    ]
