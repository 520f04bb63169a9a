"""Who is told before the others: the key `first` of a page, and the sections on gatherings and related goods."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.selection.access import access_segments, visible
from sitegen.audience.selection.embargo import standing
from sitegen.content.audiences import Audiences
from sitegen.content.markdown_file import cut
from sitegen.content.page_file import read_page
from sitegen.content.programme.gatherings import read_gatherings, read_related
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.page import Page
from sitegen.model.rule import All, Any, Rule, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC

NAMES = ("gold", "silver", "bronze")
OPENS = date(2026, 11, 15)
DAYS = some.dates(OPENS - timedelta(days=12), OPENS + timedelta(days=3))


def read(audience: str, first: dict[str, date]) -> tuple[Page, Audiences]:
    told = "".join(f"\n  {name}: {day}" for name, day in first.items()) or " {}"
    text = f"---\ntitle: A\naudience: {audience}\npublish_on: {OPENS}\nfirst:{told}\n---\nWords.\n"
    known = Audiences(CATALOGUE, frozenset(NAMES), [])
    return read_page(cut(text, "content/pages/a.md"), "a.md", known, known.problems), known


def opens(audience: str, known: Audiences, reader: frozenset[str]) -> bool:
    """Whether a reader with these audiences opens it: by one key of those that do."""
    segment = known.made.get(audience)
    keys = access_segments(segment) if segment else (audience,)
    return any(_holds(key, known, reader) for key in keys)


def _holds(key: str, known: Audiences, reader: frozenset[str]) -> bool:
    made = known.made.get(key)
    return _in(made.rule, known, reader) if made else visible(key, reader)


def _in(rule: Rule, known: Audiences, reader: frozenset[str]) -> bool:
    match rule:
        case All(parts=parts):
            return all(_in(part, known, reader) for part in parts)
        case Any(parts=parts):
            return any(_in(part, known, reader) for part in parts)
        case SegmentIs(segment=name):
            return _holds(name, known, reader)
    raise AssertionError(rule)


@settings(max_examples=200)
@given(
    some.sampled_from((PUBLIC, EVERYONE, *NAMES)),
    some.dictionaries(some.sampled_from((EVERYONE, *NAMES)), DAYS, max_size=4),
    some.frozensets(some.sampled_from(NAMES)),
    DAYS,
)
def test_on_each_day_those_read_it_who_were_told_by_then_and_for_whom_it_is(
    audience: str, first: dict[str, date], segments: frozenset[str], today: date
) -> None:
    page, known = read(audience, first)
    late = {name for name, day in first.items() if day >= OPENS}
    assert {problem.code for problem in known.problems} == ({"late-first"} if late else set())
    reader = segments | {EVERYONE}
    told = any(visible(name, reader) for name, day in first.items() if day <= today and name not in late)
    expected = visible(audience, reader) and (today >= OPENS or told)
    shown = standing(page, today)
    assert (shown is not None and opens(shown.audience, known, reader)) is expected
    if today < OPENS and shown is not None:
        assert not visible(shown.audience, frozenset()), "never for the public before its day"


@given(some.text(alphabet="abc: [{}]\n-1,&*", max_size=60))
def test_no_words_in_the_sections_are_more_than_mistakes(text: str) -> None:
    for section, reader in (("gatherings", read_gatherings), ("related", read_related)):
        indented = "\n".join(f"  {line}" for line in text.split("\n"))
        try:
            node = read_yaml(f"{section}:\n{indented}\n", "content/programme/a.yaml").get(section)
        except Mistakes:
            continue
        problems: list[Problem] = []
        if node is not None:
            reader(node, problems)
        assert all(problem.line and problem.message for problem in problems)
