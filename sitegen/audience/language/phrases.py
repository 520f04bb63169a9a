"""Read the phrases of the rule language: a closed grammar, by the kind of the fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeAlias

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec, Phrase, Unit
from sitegen.model.tree import Place

LONGEST = {Unit.DAYS: 36_600, Unit.WEEKS: 5_200, Unit.MONTHS: 1_200, Unit.YEARS: 100}
"""A period is at most about a hundred years long."""
SYMBOLS = {
    ">": "more than",
    ">=": "at least",
    "<": "less than",
    "<=": "at most",
    "=": "is",
    "==": "is",
    "!=": "is not",
}
"""Words for what programmers write; a value can't start with most of these in YAML."""


class Unreadable(ValueError):
    """A part of a phrase has the wrong form. `hint` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


Build: TypeAlias = Callable[[re.Match[str]], Phrase]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of phrase, as it is shown to people and as it is recognised."""

    shown: str
    pattern: re.Pattern[str]
    build: Build


def parse_phrase(text: str, fact: FactSpec, place: Place) -> Phrase | Problem:
    """The phrase that `text` says about a fact of that kind, or the problem with it."""
    words = " ".join(text.split())
    for form in forms(fact.kind):
        found = form.pattern.fullmatch(words)
        if found:
            try:
                phrase = form.build(found)
            except Unreadable as wrong:
                return place.problem("bad-phrase", f"{wrong.message}, in '{fact.name}: {words}'", wrong.hint)
            return _checked(phrase, fact, place)
    message = f"cannot read '{words}': '{fact.name}' is {KIND_WORDS[fact.kind]}"
    return place.problem("bad-phrase", message, _hint(words, fact.kind))


def forms(kind: Kind) -> tuple[Form, ...]:
    """The forms that a fact of that kind allows, in the order in which they are tried."""
    return ANY_FORMS + FORMS[kind]


def number(text: str) -> Decimal:
    """An exact number of up to 12 digits and 4 decimals. Raises Unreadable; `1.000` and `1,000` are refused."""
    if re.fullmatch(r"-?[0-9]{1,3}([.,'][0-9]{3})+", text) and not re.fullmatch(r"-?0\.[0-9]{3}", text):
        plain = re.sub(r"[.,']", "", text)
        raise Unreadable(f"'{text}' can be read in two ways", f"write {plain}, without a separator")
    if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", text):
        return Decimal(text)
    if re.fullmatch(r"-?[0-9]+,[0-9]+", text):
        raise Unreadable(f"'{text}' is not a number", f"write {text.replace(',', '.')}, with a point")
    raise Unreadable(f"'{text}' is not a number", "write digits, with a point for decimals: 1000 or 2.5")


def _percent(text: str) -> Decimal:
    value = number(text)
    if not 0 < value <= 100:
        raise Unreadable(f"'{text}%' is not a share of the customers", "write more than 0% and at most 100%")
    return value


def _between(found: re.Match[str]) -> Phrase:
    low, high = number(found[1]), number(found[2])
    if low > high:
        raise Unreadable(f"{found[1]} is more than {found[2]}", f"write between {found[2]} and {found[1]}")
    return rule.Between(low, high)


def _count(found: re.Match[str]) -> Phrase:
    count = number(found[1])
    if count < 1 or count != int(count):
        raise Unreadable(f"'{found[1]}' is not a number of customers", "write a whole number from 1, or top N%")
    return rule.TopCount(int(count))


def period(text: str) -> tuple[int, Unit]:
    """Number and unit of `365 days`. Raises Unreadable."""
    found = re.fullmatch(_SPAN, " ".join(text.split()))
    if not found:
        raise Unreadable(f"'{text}' is not a period", f"write {SPAN_SHOWN}")
    unit = Unit(f"{found[2].removesuffix('s')}s")
    count = number(found[1])
    if count < 0 or count != int(count) or count > LONGEST[unit]:
        raise Unreadable(f"'{found[1]}' is not a number of {unit}", f"write 0 to {LONGEST[unit]}")
    return int(count), unit


def _period(make: Callable[[int, Unit], Phrase]) -> Build:
    return lambda found: make(*period(f"{found[1]} {found[2]}"))


def _day(make: Callable[[date], Phrase]) -> Build:
    return lambda found: make(day(found[1]))


def day(text: str) -> date:
    """The date that a text says. Raises Unreadable."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    # Python reads 20260925 and 2026-W39-5 as dates too; people would not.
    if found is None or found.isoformat() != text:
        raise Unreadable(f"'{text}' is not a date", "write a date like 2026-09-25")
    return found


def _text(make: Callable[[str], Phrase]) -> Build:
    def build(found: re.Match[str]) -> Phrase:
        text = _bare(found[1])
        if text.startswith("["):
            raise Unreadable(f"'{text}' is a list", "write one of [a, b]")
        if re.match(r"one of\b", text):
            raise Unreadable(f"'is {text}' is not a phrase", f"write {text}")
        if text in ("known", "empty", "not known", "not empty", "not one of"):
            raise Unreadable(f"'{found[0]}' is not a phrase", "write is known or is empty")
        if not text:
            raise Unreadable(f"'{found[0]}' names no text", "write the text after it")
        return make(text)

    return build


def _domain(text: str) -> Phrase:
    if not _DOMAIN.fullmatch(text):
        behind = text.rpartition("@")[2].strip()
        example = behind if _DOMAIN.fullmatch(behind) else "example.org"
        raise Unreadable(f"'{text}' is not a domain", f"write matches domain {example}")
    return rule.MatchesDomain(text)


def _texts(make: Callable[[tuple[str, ...]], Phrase]) -> Build:
    def build(found: re.Match[str]) -> Phrase:
        quoted = re.findall(r"""\s*("[^"]*"|'[^']*'|[^,]*)\s*(?:,|$)""", found[1])
        texts = tuple(_bare(part) for part in quoted if _bare(part))
        if not texts:
            raise Unreadable(f"'{found[0]}' names nothing", "write the texts in the brackets: [a, b]")
        return make(texts)

    return build


def _has(found: re.Match[str]) -> Phrase:
    text = _bare(found[1])
    if not text or text.startswith("[") or re.match(r"(any|all|none)\b", text):
        raise Unreadable(f"'{found[0]}' is not a phrase", "write has any of [a, b], or has a")
    return rule.HasAny((text,))


def _bare(text: str) -> str:
    """The text without quotes around it."""
    text = text.strip()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1] if quoted else text


def _checked(phrase: Phrase, fact: FactSpec, place: Place) -> Phrase | Problem:
    """The phrase, unless it names a text that the fact never has."""
    match phrase:
        case rule.TextIs():
            texts: tuple[str, ...] = (phrase.text,)
        case rule.OneOf():
            texts = phrase.texts
        case _:
            texts = ()
    strange = next((text for text in texts if fact.allowed and text not in fact.allowed), None)
    if strange is None:
        return phrase
    return place.problem("unknown-word", f"'{fact.name}' is never '{strange}'", did_you_mean(strange, fact.allowed))


def _hint(words: str, kind: Kind) -> str:
    """What the kind allows, and the form that comes nearest."""
    shown = [form.shown for form in FORMS[kind] + ANY_FORMS]
    symbol = re.match(r"[<>=!]=?", words)
    if symbol and symbol[0] in SYMBOLS:
        words = words.replace(symbol[0], f"{SYMBOLS[symbol[0]]} ", 1)
    near = get_close_matches(re.sub(r"[0-9]+([.,][0-9]+)?", "N", " ".join(words.split())), shown, 1, 0.7)
    allowed = f"allowed: {', '.join(shown)}"
    return f"did you mean '{near[0]}'? {allowed}" if near else allowed


def _form(shown: str, pattern: str, build: Build) -> Form:
    return Form(shown, re.compile(pattern, re.DOTALL), build)


def _fixed(shown: str, phrase: Phrase) -> Form:
    return _form(shown, re.escape(shown), lambda _: phrase)


_SPAN = r"(\S+) (days?|weeks?|months?|years?)"
_LIST = r"\[(.*)\]"
_DOMAIN = re.compile(r"@?[\w-]+(\.[\w-]+)*")
SPAN_SHOWN = "N days|weeks|months|years"

ANY_FORMS = (
    _fixed("is known", rule.IsKnown()),
    _fixed("is empty", rule.IsEmpty()),
)
NUMBER_FORMS = (
    _form("at least N", r"at least (\S+)", lambda found: rule.AtLeast(number(found[1]))),
    _form("more than N", r"more than (\S+)", lambda found: rule.MoreThan(number(found[1]))),
    _form("at most N", r"at most (\S+)", lambda found: rule.AtMost(number(found[1]))),
    _form("less than N", r"less than (\S+)", lambda found: rule.LessThan(number(found[1]))),
    _form("between N and M", r"between (\S+) and (\S+)", _between),
    _form("is N", r"is (\S+)", lambda found: rule.NumberIs(number(found[1]))),
    _form("top N%", r"top (\S+?) ?%", lambda found: rule.TopPercent(_percent(found[1]))),
    _form("top N", r"top (\S+)", _count),
    _form(
        "top customers bringing N%",
        r"top customers bringing (\S+?) ?%",
        lambda found: rule.TopBringing(_percent(found[1])),
    ),
)
RETURNING_FORMS = (
    _form(f"within last {SPAN_SHOWN}", rf"within last {_SPAN}", _period(rule.WithinLast)),
    _form(f"within next {SPAN_SHOWN}", rf"within next {_SPAN}", _period(rule.WithinNext)),
    _fixed("is today", rule.IsDay(0)),
    _fixed("is yesterday", rule.IsDay(-1)),
    _fixed("is tomorrow", rule.IsDay(1)),
    _fixed("this month", rule.ThisMonth()),
)
DATE_FORMS = (
    *RETURNING_FORMS,
    _form(f"more than {SPAN_SHOWN} ago", rf"more than {_SPAN} ago", _period(rule.MoreThanAgo)),
    _form("before DATE", r"before (\S+)", _day(rule.Before)),
    _form("after DATE", r"after (\S+)", _day(rule.After)),
    _form("on DATE", r"on (\S+)", _day(rule.On)),
)
TEXT_FORMS = (
    _form("is not TEXT", r"is not (.+)", _text(lambda text: rule.TextIs(text, True))),
    _form("is TEXT", r"is (.+)", _text(rule.TextIs)),
    _form("one of [A, B]", rf"one of {_LIST}", _texts(rule.OneOf)),
    _form("contains TEXT", r"contains (.+)", _text(rule.Contains)),
    _form("starts with TEXT", r"starts with (.+)", _text(rule.StartsWith)),
    _form("ends with TEXT", r"ends with (.+)", _text(rule.EndsWith)),
    _form("matches domain DOMAIN", r"matches domain (.+)", _text(_domain)),
)
YES_NO_FORMS = (
    _fixed("yes", rule.YesNo(True)),
    _fixed("no", rule.YesNo(False)),
)
LIST_FORMS = (
    _form("has any of [A, B]", rf"has any of {_LIST}", _texts(rule.HasAny)),
    _form("has all of [A, B]", rf"has all of {_LIST}", _texts(rule.HasAll)),
    _form("has none of [A, B]", rf"has none of {_LIST}", _texts(rule.HasNone)),
    _form("has TEXT", r"has (.+)", _has),
)

FORMS: Mapping[Kind, tuple[Form, ...]] = {
    Kind.TEXT: TEXT_FORMS,
    Kind.INTEGER: NUMBER_FORMS,
    Kind.MONEY: NUMBER_FORMS,
    Kind.DATE: DATE_FORMS,
    Kind.TIME: DATE_FORMS,
    Kind.YES_NO: YES_NO_FORMS,
    Kind.LIST: LIST_FORMS,
    Kind.YEARLY: RETURNING_FORMS,
    Kind.LUNAR: RETURNING_FORMS,
}
KIND_WORDS: Mapping[Kind, str] = {
    Kind.TEXT: "a text",
    Kind.INTEGER: "a number",
    Kind.MONEY: "a number",
    Kind.DATE: "a date",
    Kind.TIME: "a date",
    Kind.YES_NO: "yes or no",
    Kind.LIST: "a list",
    Kind.YEARLY: "a day that comes back each year",
    Kind.LUNAR: "a day that comes back each lunar year",
}
