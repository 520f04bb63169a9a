"""What rules of service leave open: returns, standards, complaints, surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sitegen.model.care import NamedPage
from sitegen.model.service import Complaints, Payer, Returns, Standard, Unit, Within
from sitegen.model.shop import Hotline
from sitegen.model.survey import Ask, Factor, Survey
from sitegen.programme.service.findings import (
    MOST_STEPS,
    complaint_findings,
    page_findings,
    returns_findings,
    standard_findings,
)
from sitegen.programme.service.surveys import survey_findings
from tests.plain_shop import SHOP
from tests.programme.pages import page
from tests.programme.test_life_stages import HERE
from tests.programme.test_readability import HARD_RULE, PLAIN_RULE

WHOLE = Returns(
    HERE,
    Within(30, Unit.DAYS),
    "unwashed",
    Payer.SHOP,
    ("Call us.",),
    Within(5, Unit.WORKING_DAYS),
    (),
    NamedPage("pages/returns.md", HERE),
)


def test_returns_that_say_everything_are_well_without_exceptions() -> None:
    assert list(returns_findings(WHOLE)) == []


@pytest.mark.parametrize("key", ["within", "condition", "pays", "steps", "refund", "page"])
def test_what_returns_leave_open_is_told_one_by_one(key: str) -> None:
    empty: Mapping[str, object] = {"condition": "", "steps": ()}
    (found,) = returns_findings(replace(WHOLE, **{key: empty.get(key)}))  # type: ignore[arg-type]
    assert (found.code, found.hint) == ("open-return", f"add '{key}'")


def test_a_way_back_of_many_steps_is_told() -> None:
    assert list(returns_findings(replace(WHOLE, steps=("Call.",) * MOST_STEPS))) == []
    (found,) = returns_findings(replace(WHOLE, steps=("Call.",) * (MOST_STEPS + 1)))
    assert found.code == "long-return"


@pytest.mark.parametrize(
    ("minimum", "within", "vague"),
    [
        ("We do our best.", None, True),
        ("We do our best.", Within(4, Unit.HOURS), False),
        ("Within 4 rings.", None, False),
        ("Nobody waits alone.", None, False),
        ("我们尽力而为。", None, True),
        ("两分钟内有人打招呼。", None, False),
    ],
)
def test_a_standard_is_clear_by_a_number_a_time_or_a_word_without_exception(
    minimum: str, within: Within | None, vague: bool
) -> None:
    found = [one.code for one in standard_findings([Standard("Kindness", "Tea.", minimum, "a card", HERE, within)])]
    assert found == (["vague-standard"] if vague else [])


def test_a_standard_that_nobody_measures_is_told() -> None:
    (found,) = standard_findings([Standard("Kindness", "Tea.", "One cup each.", "", HERE)])
    assert found.code == "unmeasured-standard"


def test_it_must_be_easy_to_complain() -> None:
    shop = replace(SHOP, phone="+49 40 1", hotline=Hotline("Advice", "+49 30 2"))
    easy = Complaints(HERE, ("call",), Within(1, Unit.DAYS), "", (), NamedPage("pages/wrong.md", HERE))
    assert list(complaint_findings(easy, shop)) == []
    assert [one.message for one in complaint_findings(Complaints(HERE), replace(shop, hotline=Hotline("", "")))] == [
        "'complaints' names no way by which one may complain",
        "'complaints' does not say by when a person answers",
        "'complaints' does not say which page tells customers",
        "no third party stands by those who complain",
    ]
    (found,) = complaint_findings(easy, replace(shop, phone=""))
    assert found.message == "one may complain by call, and site.yaml names no telephone"


def test_only_the_pages_of_rules_and_their_translations_must_be_easy_to_read() -> None:
    hard = page("returns", HARD_RULE)
    translated = replace(page("returns.zh", "的" * 80 + "。"), original="pages/returns.md", language="zh")
    pages = [hard, translated, page("about", HARD_RULE), page("wrong", PLAIN_RULE)]
    found = [one.file for one in page_findings(pages, ["pages/returns.md", "pages/wrong.md"], SHOP)]
    assert found == ["content/pages/returns.md", "content/pages/returns.zh.md"]


def survey(**more: object) -> Survey:
    """A survey that asks all there is to ask."""
    whole = Survey(
        "autumn",
        {"en": "Autumn"},
        {},
        {factor: {"en": "?"} for factor in Factor},
        HERE,
        "what to mend",
        {Ask.TRIVIAL: (Factor.IMAGE,), Ask.AVOIDED: (Factor.PRICE,), Ask.PURPOSE: (Factor.QUALITY,)},
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def test_a_survey_with_a_purpose_five_factors_and_three_sorts_of_questions_is_well() -> None:
    assert list(survey_findings(survey())) == []


def test_a_sort_of_questions_that_is_not_asked_is_a_gap() -> None:
    asked = {Ask.TRIVIAL: (Factor.IMAGE,), Ask.AVOIDED: (Factor.PRICE,)}
    found = [one.message for one in survey_findings(survey(checklist=asked))]
    assert found == ["the survey 'autumn' has no question that serves its purpose"]


def test_the_checklist_counts_only_questions_that_are_asked() -> None:
    questions = {factor: {"en": "?"} for factor in Factor if factor is not Factor.PRICE}
    found = [one.message for one in survey_findings(survey(questions=questions))]
    assert found == [
        "the survey 'autumn' has no question that people like to avoid",
        "the survey 'autumn' does not ask about price",
    ]


def test_a_survey_without_a_purpose_is_told() -> None:
    assert [one.hint for one in survey_findings(survey(purpose=""))] == ["add 'purpose'"]
