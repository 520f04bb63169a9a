"""Read `care:`, `life_stages:` and `coverage:` of content/programme/*.yaml."""

from __future__ import annotations

import re
from datetime import time

from sitegen.content.keys import Keys
from sitegen.content.own_days import WEEKDAYS
from sitegen.content.programme.forms import channels, mappings, named_page, named_pages, section_keys, words
from sitegen.errors import Problem
from sitegen.model.care import AnswerPromise, Care, Coverage, LifeStage, LifeStages, NamedPage, Pages, SaleStage
from sitegen.model.tree import Node

EARLIEST, LATEST = -9, 24
"""The months of a life-stage programme: nine before the birth, two years after it."""
SPAN = re.compile(r"(-?[0-9]{1,2})(?:\s*\.\.\s*(-?[0-9]{1,2}))?")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
NINE_TO_FIVE = (time(9), time(17))


def read_care(node: Node, problems: list[Problem]) -> Care | None:
    """What `care:` says."""
    keys = section_keys(node, problems, "care")
    if keys is None:
        return None
    answer = keys.keys("answer")
    pages: dict[str, NamedPage] = {}
    groups = keys.keys("pages")
    for entry in groups.rest() if groups else ():
        assert groups
        page = named_page(groups, entry.key.text)
        if page is not None:
            pages[entry.key.text] = page
    care = Care(node.place, _answer(answer) if answer else None, pages)
    keys.finish()
    return care


def _answer(keys: Keys) -> AnswerPromise:
    opens, closes = _clock(keys)
    named = words(keys, "days", WEEKDAYS) or WEEKDAYS[:5]
    keys.node("hours", required=True)
    promise = AnswerPromise(
        hours=keys.integer("hours", 8, 1, 200),
        days=tuple(sorted(WEEKDAYS.index(name) for name in named)),
        opens=opens,
        closes=closes,
        channels=channels(keys),
    )
    keys.finish()
    return promise


def _clock(keys: Keys) -> tuple[time, time]:
    text = keys.text("open")
    found = CLOCK.fullmatch(text)
    if not text:
        return NINE_TO_FIVE
    if found is not None:
        opens, closes = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        if opens < closes:
            return opens, closes
    hint = 'write two times of one day, like "09:00-17:00"'
    keys.problems.append(keys.place("open").problem("wrong-value", f"'open' can't be '{text}'", hint))
    return NINE_TO_FIVE


def read_life_stages(node: Node, problems: list[Problem]) -> LifeStages | None:
    """What `life_stages:` says: its stages in the order of their months, none of which two have."""
    keys = section_keys(node, problems, "life_stages")
    if keys is None:
        return None
    title = keys.text("title", required=True)
    first, last = _months(keys) or (EARLIEST, LATEST)
    stages: list[LifeStage] = []
    for inner in mappings(keys.node("stages", required=True), problems, "stages", "stage"):
        stage = _stage(inner)
        if stage is not None:
            _compare(stage, (first, last), stages, problems)
            stages.append(stage)
    keys.finish()
    return LifeStages(title, first, last, tuple(sorted(stages, key=lambda stage: stage.first)), node.place)


def _stage(keys: Keys) -> LifeStage | None:
    keys.node("months", required=True)
    months = _months(keys)
    page, groups, products = named_page(keys, "page"), keys.texts("groups"), keys.texts("products")
    title, say = keys.text("title", required=True), keys.text("say")
    keys.finish()
    if months is None:
        return None
    if not (page or say or groups or products):
        message = f"the stage '{title}' has nothing for its months"
        hint = "add 'say', 'page', 'groups' or 'products'"
        keys.problems.append(keys.mapping.place.problem("empty-stage", message, hint))
    return LifeStage(*months, title, say, keys.mapping.place, page, groups, products)


def _compare(stage: LifeStage, bounds: tuple[int, int], others: list[LifeStage], problems: list[Problem]) -> None:
    if stage.first < bounds[0] or stage.last > bounds[1]:
        message = f"the stage '{stage.title}' goes beyond the programme's months {bounds[0]}..{bounds[1]}"
        problems.append(stage.place.problem("stage-outside", message, "shorten it, or lengthen the programme"))
    for other in others:
        if stage.first <= other.last and other.first <= stage.last:
            month = max(stage.first, other.first)
            message = f"month {month} is in the stage '{other.title}' already"
            problems.append(stage.place.problem("same-month", message, "let each month be in one stage"))


def _months(keys: Keys) -> tuple[int, int] | None:
    text = keys.text("months")
    if not text:
        return None
    found = SPAN.fullmatch(text)
    if found is not None:
        first, last = int(found[1]), int(found[2] or found[1])
        if EARLIEST <= first <= last <= LATEST:
            return first, last
    hint = f"write months from {EARLIEST} to {LATEST}, counted from the birth, like -3..-1, or one of them"
    keys.problems.append(keys.place("months").problem("wrong-value", f"'months' can't be '{text}'", hint))
    return None


def read_coverage(node: Node, problems: list[Problem]) -> Coverage | None:
    """What `coverage:` says."""
    keys = section_keys(node, problems, "coverage")
    if keys is None:
        return None
    every = keys.keys("every")
    coverage = Coverage(node.place, _pages(every) if every else {}, _named(keys, "groups"), _named(keys, "products"))
    keys.finish()
    return coverage


def _named(keys: Keys, key: str) -> dict[str, Pages]:
    outer = keys.keys(key)
    found: dict[str, Pages] = {}
    for entry in outer.rest() if outer else ():
        assert outer
        inner = outer.keys(entry.key.text)
        if inner is not None:
            found[entry.key.text] = _pages(inner)
    return found


def _pages(keys: Keys) -> Pages:
    pages = {stage: named_pages(keys, stage.value) for stage in SaleStage}
    keys.finish()
    return {stage: found for stage, found in pages.items() if found}
