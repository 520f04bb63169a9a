"""Read content/surveys/*.yaml: what the receiver asks those whom a campaign invited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.asking import invited
from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.shop.receiver_keys import by_language
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.survey import Ask, Factor, Survey, Trial

FOLDER = "content/surveys"


def read_surveys(root: Path, languages: Collection[str], problems: list[Problem]) -> tuple[Survey, ...]:
    """The shop's surveys by name; what is wrong is added to `problems`."""
    surveys: list[Survey] = []
    for path in files_below(root / FOLDER, ".yaml"):
        label = f"{FOLDER}/{path}"
        try:
            keys = Keys(read_yaml(read_text(root / label, root), label), problems, "this survey")
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
            continue
        surveys.append(_survey(path.removesuffix(".yaml"), keys, languages))
    return tuple(surveys)


def _survey(name: str, keys: Keys, languages: Collection[str]) -> Survey:
    ideas = _ideas(keys, languages)
    asks = keys.node("questions")
    if ideas and asks:
        message = "a survey asks questions, or takes votes for ideas"
        keys.problems.append(keys.place("questions").problem("poll-with-questions", message, "make two surveys of it"))
    survey = Survey(
        name=name,
        title=by_language(keys, "title", languages),
        intro=by_language(keys, "intro", languages) if keys.node("intro") else {},
        questions=_questions(keys, languages) if asks or ideas else {factor: {} for factor in Factor},
        place=keys.mapping.place,
        purpose=keys.text("purpose"),
        checklist=_checklist(keys),
        trial=_trial(keys),
        ideas=ideas,
    )
    keys.finish()
    return survey


def check_surveys(surveys: Iterable[Survey], campaigns: Collection[Campaign], problems: list[Problem]) -> None:
    """Add a problem for each survey that a campaign invites to and that nobody of the shop has tried before.

    A survey that is asked each year is tried again each year, so only the last of its campaigns counts.
    """
    for survey in surveys:
        inviting = [one for one in campaigns if survey.name in invited(one) and not one.draft]
        leaves = max((day for day in map(_day, inviting) if day), default=None)
        if inviting and survey.trial is None:
            message = f"nobody of the shop has tried the survey '{survey.name}'"
            hint = "fill it out as a customer would, then write 'tried: {by: NAME, on: DATE}'; or draft its campaign"
            problems.append(survey.place.problem("untried-survey", message, hint))
        elif survey.trial is not None and leaves is not None and survey.trial.on >= leaves:
            message = f"the survey '{survey.name}' was tried on {survey.trial.on}, and leaves on {leaves}"
            problems.append(survey.place.problem("untried-survey", message, "let it leave on a day after its trial"))


def _day(campaign: Campaign) -> date | None:
    """The day on which a campaign leaves, None where only its occasion tells."""
    return campaign.timing.day if isinstance(campaign.timing, OnDate) else campaign.window.publish_on


def _checklist(keys: Keys) -> dict[Ask, tuple[Factor, ...]]:
    inner = keys.keys("checklist")
    if inner is None:
        return {}
    found = {ask: tuple(_factors(inner, ask.value)) for ask in Ask}
    inner.finish()
    return {ask: factors for ask, factors in found.items() if factors}


def _factors(keys: Keys, key: str) -> Iterator[Factor]:
    for scalar in keys.scalars(key):
        if scalar.text in set(Factor):
            yield Factor(scalar.text)
        else:
            message = f"no question measures '{scalar.text}'"
            keys.problems.append(scalar.place.problem("unknown-word", message, did_you_mean(scalar.text, Factor)))


def _trial(keys: Keys) -> Trial | None:
    inner = keys.keys("tried")
    if inner is None:
        return None
    inner.node("on", required=True)
    by, on = inner.text("by", required=True), inner.day("on")
    inner.finish()
    return Trial(by, on or date.min)


def _ideas(keys: Keys, languages: Collection[str]) -> dict[str, dict[str, str]]:
    outer = keys.keys("ideas")
    if outer is None:
        return {}
    numbers = [entry.key.text for entry in outer.rest()]
    if not numbers:
        message = "a poll without an idea takes no votes"
        keys.problems.append(outer.mapping.place.problem("missing-key", message, "write 'NUMBER: words' for each idea"))
    return {number: dict(by_language(outer, number, languages)) for number in numbers}


def _questions(keys: Keys, languages: Collection[str]) -> dict[Factor, dict[str, str]]:
    outer = keys.keys("questions")
    if outer is None:
        return {}
    questions: dict[Factor, dict[str, str]] = {}
    for entry in outer.rest():
        factor = entry.key.text
        if factor in set(Factor):
            questions[Factor(factor)] = dict(by_language(outer, factor, languages))
        else:
            message = f"a question cannot measure '{factor}'"
            keys.problems.append(entry.key.place.problem("unknown-word", message, did_you_mean(factor, Factor)))
    return questions
