"""Read content/surveys/*.yaml: what the receiver asks those whom a campaign invited."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.shop.receiver_keys import by_language
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.survey import Factor, Survey

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
    survey = Survey(
        name=name,
        title=by_language(keys, "title", languages),
        intro=by_language(keys, "intro", languages) if keys.node("intro") else {},
        questions=_questions(keys, languages) if keys.node("questions") else {factor: {} for factor in Factor},
    )
    keys.finish()
    return survey


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
