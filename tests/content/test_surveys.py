"""No survey goes to a customer before somebody of the shop has tried it."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.content.survey_files import check_surveys
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign, EveryYear, OnDate, Window
from sitegen.model.channel import Kind
from sitegen.model.survey import Survey, Trial
from sitegen.model.tree import Place
from tests.audience.little_shop import campaign

HERE = Place("content/surveys/autumn.yaml", 1, 1)
EARLIER, DAY, LATER = date(2026, 9, 1), date(2026, 9, 30), date(2027, 9, 30)


def told(tried: date | None, *campaigns: Campaign) -> list[str]:
    """What is said of the survey `autumn`, tried on that day, beside these campaigns."""
    problems: list[Problem] = []
    trial = Trial("Ada", tried) if tried else None
    check_surveys([Survey("autumn", {"en": "Autumn"}, {}, {}, HERE, trial=trial)], campaigns, problems)
    assert {one.code for one in problems} <= {"untried-survey"}
    return [one.message for one in problems]


def invitation(name: str = "2026/autumn", day: date = DAY, draft: bool = False) -> Campaign:
    """A campaign that invites to a survey on a day."""
    return campaign(name, Kind.SURVEY, timing=OnDate(day), draft=draft)


def test_a_survey_that_was_tried_before_it_leaves_may_leave() -> None:
    assert told(EARLIER, invitation()) == []


def test_a_survey_that_nobody_tried_may_not_leave() -> None:
    assert told(None, invitation()) == ["nobody of the shop has tried the survey 'autumn'"]


@pytest.mark.parametrize("tried", [DAY, LATER])
def test_a_trial_on_its_day_or_later_comes_too_late(tried: date) -> None:
    assert told(tried, invitation()) == [f"the survey 'autumn' was tried on {tried}, and leaves on {DAY}"]


def test_a_survey_may_wait_for_its_trial_while_its_campaign_is_a_draft_or_another() -> None:
    assert told(None, invitation(draft=True), invitation("2026/spring")) == []


def test_a_survey_of_each_year_is_tried_before_the_last_of_its_campaigns() -> None:
    again = invitation("2027/autumn", LATER)
    assert told(date(2027, 9, 1), again, invitation()) == []
    assert told(LATER, again, invitation()) == [f"the survey 'autumn' was tried on {LATER}, and leaves on {LATER}"]


def test_a_campaign_without_a_day_of_its_own_needs_a_trial_and_no_day() -> None:
    yearly = campaign("2026/autumn", Kind.SURVEY, timing=EveryYear("birthday"))
    assert told(LATER, yearly) == []
    assert told(None, yearly) != []
    opens = campaign("2026/autumn", Kind.SURVEY, timing=EveryYear("birthday"), window=Window(DAY))
    assert told(LATER, opens) == [f"the survey 'autumn' was tried on {LATER}, and leaves on {DAY}"]
