"""The phrases of the rule language: what each kind of fact allows, and what is said when it does not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.phrases import forms, parse_phrase
from sitegen.errors import Problem
from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec, Phrase, Unit
from sitegen.model.tree import Place

PLACE = Place("content/segments/all.yaml", 3, 9)


def parse(text: str, kind: Kind, allowed: tuple[str, ...] = ()) -> Phrase | Problem:
    return parse_phrase(text, FactSpec("fact", kind, "fact", allowed=allowed), PLACE)


def complaint(text: str, kind: Kind, allowed: tuple[str, ...] = ()) -> str:
    found = parse(text, kind, allowed)
    assert isinstance(found, Problem), found
    return f"{found.message} / {found.hint}"


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("at least 2", Kind.INTEGER, rule.AtLeast(Decimal(2))),
        ("more than 2000", Kind.MONEY, rule.MoreThan(Decimal(2000))),
        ("at most 0.125", Kind.MONEY, rule.AtMost(Decimal("0.125"))),
        ("less than -5", Kind.MONEY, rule.LessThan(Decimal(-5))),
        ("between 1000 and 2999.99", Kind.MONEY, rule.Between(Decimal(1000), Decimal("2999.99"))),
        ("is 4", Kind.INTEGER, rule.NumberIs(Decimal(4))),
        ("top 20%", Kind.MONEY, rule.TopPercent(Decimal(20))),
        ("top 2.5 %", Kind.MONEY, rule.TopPercent(Decimal("2.5"))),
        ("top 100", Kind.MONEY, rule.TopCount(100)),
        ("top customers bringing 80%", Kind.MONEY, rule.TopBringing(Decimal(80))),
        ("within last 365 days", Kind.DATE, rule.WithinLast(365, Unit.DAYS)),
        ("within  last 1 week", Kind.DATE, rule.WithinLast(1, Unit.WEEKS)),
        ("more than 6 months ago", Kind.DATE, rule.MoreThanAgo(6, Unit.MONTHS)),
        ("within next 2 years", Kind.DATE, rule.WithinNext(2, Unit.YEARS)),
        ("is yesterday", Kind.DATE, rule.IsDay(-1)),
        ("before 2026-09-25", Kind.DATE, rule.Before(date(2026, 9, 25))),
        ("after 2024-02-29", Kind.DATE, rule.After(date(2024, 2, 29))),
        ("on 2026-01-01", Kind.DATE, rule.On(date(2026, 1, 1))),
        ("this month", Kind.DATE, rule.ThisMonth()),
        ("is today", Kind.YEARLY, rule.IsDay(0)),
        ("is tomorrow", Kind.LUNAR, rule.IsDay(1)),
        ("is NO", Kind.TEXT, rule.TextIs("NO")),
        ("is not 01234", Kind.TEXT, rule.TextIs("01234", negated=True)),
        ("is 'at home'", Kind.TEXT, rule.TextIs("at home")),
        ("one of [DE, 'AT', \"a, b\"]", Kind.TEXT, rule.OneOf(("DE", "AT", "a, b"))),
        ("contains 上海", Kind.TEXT, rule.Contains("上海")),
        ("starts with Lin", Kind.TEXT, rule.StartsWith("Lin")),
        ("ends with ova", Kind.TEXT, rule.EndsWith("ova")),
        ("matches domain example.org", Kind.TEXT, rule.MatchesDomain("example.org")),
        ("matches domain @mail.müller.example", Kind.TEXT, rule.MatchesDomain("@mail.müller.example")),
        ("yes", Kind.YES_NO, rule.YesNo(True)),
        ("no", Kind.YES_NO, rule.YesNo(False)),
        ("has table linen", Kind.LIST, rule.HasAny(("table linen",))),
        ("has any of [beads, linen]", Kind.LIST, rule.HasAny(("beads", "linen"))),
        ("has all of [beads, linen]", Kind.LIST, rule.HasAll(("beads", "linen"))),
        ("has none of [beads]", Kind.LIST, rule.HasNone(("beads",))),
        ("is known", Kind.TEXT, rule.IsKnown()),
        ("is empty", Kind.YEARLY, rule.IsEmpty()),
    ],
)
def test_a_phrase_is_read_by_the_kind_of_its_fact(text: str, kind: Kind, phrase: Phrase) -> None:
    assert parse(text, kind) == phrase


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("at least 1.000", Kind.MONEY, "'1.000' can be read in two ways, in 'fact: at least 1.000'"),
        ("at least 1,000", Kind.MONEY, "write 1000, without a separator"),
        ("at least 1,000,000", Kind.MONEY, "write 1000000, without a separator"),
        ("at least 2,5", Kind.MONEY, "write 2.5, with a point"),
        ("at least ten", Kind.MONEY, "'ten' is not a number"),
        ("at least ٣", Kind.MONEY, "'٣' is not a number"),
        ("at least 1e9", Kind.MONEY, "'1e9' is not a number"),
        ("between 5 and 3", Kind.MONEY, "write between 3 and 5"),
        ("top 0%", Kind.MONEY, "write more than 0% and at most 100%"),
        ("top 101%", Kind.MONEY, "write more than 0% and at most 100%"),
        ("top 2.5", Kind.MONEY, "write a whole number from 1, or top N%"),
        ("atleast 2", Kind.INTEGER, "did you mean 'at least N'?"),
        ("at least 5", Kind.DATE, "cannot read 'at least 5': 'fact' is a date / allowed: within last N days"),
        ("within last 2.5 days", Kind.DATE, "'2.5' is not a number of days"),
        ("within last 200 years", Kind.DATE, "write 0 to 100"),
        ("before 2026-02-30", Kind.DATE, "fact: before 2026-02-30' / write a date like 2026-09-25"),
        ("before 20260925", Kind.DATE, "'20260925' is not a date"),
        ("before 2026-01-01", Kind.YEARLY, "'fact' is a day that comes back each year"),
        ("is one of [DE, AT]", Kind.TEXT, "write one of [DE, AT]"),
        ("is [DE, AT]", Kind.TEXT, "write one of [a, b]"),
        ("is not known", Kind.TEXT, "write is known or is empty"),
        ("one of []", Kind.TEXT, "write the texts in the brackets"),
        ("has any of beads", Kind.LIST, "write has any of [a, b], or has a"),
        ("true", Kind.YES_NO, "allowed: yes, no, is known, is empty"),
        ("", Kind.TEXT, "cannot read '': 'fact' is a text"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_told_what_would_be_allowed(text: str, kind: Kind, said: str) -> None:
    assert said in complaint(text, kind)


def test_a_text_that_the_fact_never_has_is_a_mistake_with_a_suggestion() -> None:
    assert complaint("is stuff", Kind.TEXT, ("customer", "staff")) == "'fact' is never 'stuff' / did you mean 'staff'?"
    assert complaint("one of [staff, Ovner]", Kind.TEXT, ("staff", "owner")).startswith("'fact' is never 'Ovner'")


@given(st.text(), st.sampled_from(Kind))
def test_any_text_is_a_phrase_or_a_problem(text: str, kind: Kind) -> None:
    assert parse(text, kind) is not None


@given(
    st.sampled_from(Kind).flatmap(lambda kind: st.tuples(st.just(kind), st.sampled_from(forms(kind)))),
    st.lists(st.text(max_size=12), min_size=4, max_size=4),
)
def test_a_form_with_any_words_in_it_is_a_phrase_or_a_problem(form: tuple[Kind, object], words: list[str]) -> None:
    kind, chosen = form
    shown = getattr(chosen, "shown", "")
    for name, word in zip(("days|weeks|months|years", "N", "TEXT", "DATE"), ("days", *words), strict=False):
        shown = shown.replace(name, word)
    assert parse(shown, kind) is not None


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=2))
def test_an_exact_number_is_read_exactly(number: Decimal) -> None:
    assert parse(f"at least {number:f}", Kind.MONEY) == rule.AtLeast(number)
