"""Say what a survey lacks: a purpose, a sort of questions, one of the five factors."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.errors import Problem
from sitegen.model.survey import Ask, Factor, Survey

SORTS = {
    Ask.TRIVIAL: "that seems trivial",
    Ask.AVOIDED: "that people like to avoid",
    Ask.PURPOSE: "that serves its purpose",
}


def survey_findings(survey: Survey) -> Iterator[Problem]:
    """What the checklist of the survey leaves out. A poll only takes votes, and needs none.

    Source: "five main factors ... product quality, service, price, innovation and competitive image ... we must
    measure".
    """
    if survey.is_poll:
        return
    if not survey.purpose:
        message = f"the survey '{survey.name}' does not say what the shop wants to know"
        yield survey.place.problem("survey-gap", message, "add 'purpose'")
    for ask, sort in SORTS.items():
        if not set(survey.checklist.get(ask, ())) & set(survey.questions):
            message = f"the survey '{survey.name}' has no question {sort}"
            hint = f"name one below 'checklist: {ask}', by what it measures"
            yield survey.place.problem("survey-gap", message, hint)
    missing = [factor.value for factor in Factor if factor not in survey.questions]
    if missing:
        message = f"the survey '{survey.name}' does not ask about {', '.join(missing)}"
        hint = "ask about all five: quality, service, price, innovation and image"
        yield survey.place.problem("survey-gap", message, hint)
