"""Whose a complaint is, and who gives the final opinion on it."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.model.complaint_desk import ComplaintDesk, Route
from sitegen.model.duty import Desk
from sitegen.model.programme import Programme
from sitegen.model.tree import Place
from sitegen.programme.complaints.machine import Rules
from sitegen.programme.complaints.rules import manager, responsible, rules_on

TODAY = date(2026, 9, 8)
DESK = Desk(date(2026, 8, 1), Place("duties.yaml"), regions={"West": "A-7"}, head_office="A-5", owners=("A-1",))
SHOP = Programme(desk=DESK, complaint_desk=ComplaintDesk(likeness=50))
ADVISERS = {"A-1", "A-5", "A-7"}


def test_managers_are_those_of_the_regions_and_the_head_office_and_the_owners() -> None:
    expected = Rules(ComplaintDesk(likeness=50), TODAY, frozenset({"A-1", "A-5", "A-7"}), date(2026, 8, 1))
    assert rules_on(SHOP, TODAY) == expected
    assert rules_on(Programme(), TODAY) == Rules(ComplaintDesk(), TODAY)


@pytest.mark.parametrize(
    ("route", "whose", "region", "expected"),
    [
        (Route.HEAD_OFFICE, "A-1", "West", "A-5"),
        (Route.REGION, "A-1", "West", "A-1"),
        (Route.REGION, "", "West", "A-7"),
        (Route.REGION, "A-99", "North", "A-5"),
    ],
)
def test_a_complaint_is_the_head_offices_or_the_advisers_and_never_nobodys_where_somebody_answers(
    route: Route, whose: str, region: str, expected: str
) -> None:
    assert responsible(SHOP, route, whose, region, ADVISERS) == expected


def test_who_is_no_adviser_is_nobody() -> None:
    assert responsible(SHOP, Route.HEAD_OFFICE, "A-1", "West", {"A-1"}) == "A-1"
    assert responsible(Programme(), Route.REGION, "", "West", ADVISERS) == ""


def test_the_final_opinion_is_given_in_the_region_or_at_the_head_office() -> None:
    assert manager(SHOP, Route.REGION, "West", ADVISERS) == "A-7"
    assert manager(SHOP, Route.REGION, "North", ADVISERS) == "A-5"
    assert manager(SHOP, Route.HEAD_OFFICE, "West", ADVISERS) == "A-5"
    assert manager(Programme(), Route.HEAD_OFFICE, "West", ADVISERS) == ""
