"""Draw rules from the grammar's own forms, and customers whose values lie where rules change their minds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import product
from typing import Any, Literal, TypeAlias

import ibis
from hypothesis import strategies as st

from sitegen.audience.calendar.lunar import lunar_keys
from sitegen.audience.facts.rows import TYPES
from sitegen.audience.language.phrases import Form, forms, parse_phrase
from sitegen.errors import Problem
from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import Condition, FactSpec, Rule, SegmentIs
from sitegen.model.segment import Segment
from sitegen.model.tree import Place

PLACE = Place("content/segments/all.yaml", 1, 1)
Row: TypeAlias = dict[str, Any]
Policy: TypeAlias = Literal["leave out", "include", "fail"]

FACTS = (
    FactSpec("pieces", Kind.INTEGER, "pieces"),
    FactSpec("total spent", Kind.MONEY, "total_spent"),
    FactSpec("last order", Kind.DATE, "last_order"),
    FactSpec("last visit", Kind.TIME, "last_visit"),
    FactSpec("birthday", Kind.YEARLY, "birthday"),
    FactSpec("lunar birthday", Kind.LUNAR, "lunar_birthday"),
    FactSpec("city", Kind.TEXT, "city"),
    FactSpec("email", Kind.TEXT, "email"),
    FactSpec("interests", Kind.LIST, "interests"),
    FactSpec("company address", Kind.YES_NO, "company_address"),
)
"""A fact of every kind."""

SCHEMA = ibis.schema({"customer_id": "string", "class": "string", **{fact.column: TYPES[fact.kind] for fact in FACTS}})

NUMBERS = ("0", "1", "2", "3", "-1", "-0.01", "0.01", "0.1", "2.5", "99.99", "100", "100.0001", "999999999999")
SPANS = {
    "days": (0, 1, 7, 28, 30, 31, 59, 60, 364, 365, 366, 384, 390, 36_600),
    "weeks": (0, 1, 4, 52, 55, 5_200),
    "months": (0, 1, 2, 6, 11, 12, 13, 48, 1_200),
    "years": (0, 1, 2, 4, 99, 100),
}
PERCENTS = ("0.0001", "1", "10", "20", "33.3333", "50", "66.6667", "80", "99.9999", "100")
COUNTS = ("1", "2", "3", "5", "100")
OFFSETS = (
    *(-36_600, -731, -385, -384, -366, -365, -364, -60, -31, -30, -28, -7, -1, 0),
    *(1, 7, 28, 29, 30, 31, 59, 354, 365, 366, 384, 385, 400, 731),
)
TEXTS = (
    *("NO", "no", "München", "MÜN", "Straße", "ß", "ẞ", "SS", "İstanbul", "istanbul", "ı", "I", "i", "ΟΔΟΣ", "οδος"),
    *("σ", "Σ", "K", "\u212a", "å", "\u212b", "(a", "b]", "^", "$", "a|b", "*", "+?", "{2}", "a.b", "\\d"),
    *("%", "_", "a_b", "100%", "\\", "é", "e\u0301", "😀", "北京", ".", "a b", "Ⅷ", "ﬁ", "null"),
)
CITIES = (*TEXTS, "", " ", "'", '"', "a\tb", "aXb", "1000", "x İstanbul", "ΟΔΟΣ x", "NO,no", "\n", "NO\n", "x\nno")
EMAILS = (
    *("a@example.org", "b@Mail.EXAMPLE.org", "c@notexample.org", "d@example.org.net", "e@İzmir.example.org"),
    *(
        "example.org",
        "www.example.org",
        "@example.org",
        "f.example.org@x",
        "a@b@example.org",
        "",
        "g@org",
        "h@example.org\n",
    ),
)
DOMAINS = ("example.org", "@EXAMPLE.org", "mail.example.org", "org", "izmir.example.org")
GOODS = ("beads", "linen", "Beads", "tea", "İ", "a'b", "{x}", "%", "")
LUNAR_DAYS = ("01-01", "12-29", "12-30", "06-15", "06L-15", "06-30", "06L-30", "02L-29", "02L-30", "08-15", "")
LEAP_DAYS = (date(2024, 2, 29), date(2000, 2, 29), date(1996, 2, 29))

EDGE_DAYS = (
    *(date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2100, 2, 28)),
    *(date(2025, 12, 31), date(2026, 1, 1), date(2026, 8, 31), date(2028, 3, 31)),
    # The lunar year's last day and first day, and days in leap months: the sixth of 2025, the second of 2023.
    *(date(2026, 2, 16), date(2026, 2, 17), date(2025, 7, 25), date(2025, 8, 22), date(2023, 3, 22)),
)
"""Days on which calendars are hard."""


def near(today: date) -> tuple[date, ...]:
    """Days at the edges of periods, and leap days."""
    return (*(today + timedelta(days) for days in OFFSETS), *LEAP_DAYS)


def conditions_of(form: Form, fact: FactSpec, today: date) -> tuple[Condition, ...]:
    """Many conditions of one form: each with other numbers, periods, days and texts in it."""
    choices = _choices(form, fact, today)
    pattern = "|".join(re.escape(word) for word in choices)
    parts = [choices.get(part, (part,)) for part in re.split(f"({pattern})(?![A-Za-z])", form.shown) if part]
    return tuple(condition(fact, "".join(words)) for words in product(*parts))


def _choices(form: Form, fact: FactSpec, today: date) -> dict[str, tuple[str, ...]]:
    """What may stand in the place of each capital word of a form; the longest words come first."""
    texts = fact.allowed or (TEXTS if fact.kind is Kind.TEXT else GOODS[:-1])
    spans = [f"{count} {unit}" for unit in SPANS for count in SPANS[unit]]
    returning = fact.kind in (Kind.YEARLY, Kind.LUNAR)
    pairs = [sorted(pair, key=Decimal) for pair in product(NUMBERS[::2], NUMBERS[1::2])]
    return {
        "N days|weeks|months|years": tuple(spans[::3] if returning else spans),
        "N and M": tuple(" and ".join(pair) for pair in pairs),
        "[A, B]": tuple(
            f"[{', '.join(map(_quoted, pair))}]" for pair in zip(texts, texts[1:] + texts[:1], strict=True)
        ),
        "DOMAIN": DOMAINS,
        "DATE": tuple(map(str, near(today))),
        "TEXT": (*texts, *DOMAINS) if fact.name == "email" else texts,
        "N%": tuple(f"{percent}%" for percent in PERCENTS),
        "N": COUNTS if form.shown == "top N" else NUMBERS,
    }


def condition(fact: FactSpec, text: str) -> Condition:
    """The condition that a phrase makes."""
    phrase = parse_phrase(text, fact, PLACE)
    assert not isinstance(phrase, Problem), str(phrase)
    return Condition(fact, phrase, PLACE)


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def values_of(fact: FactSpec, today: date) -> tuple[Any, ...]:
    """Values at the edges of the phrases about a fact, and None."""
    match fact.kind:
        case Kind.INTEGER:
            known: Sequence[Any] = (0, 1, 1, 2, 2, 3, 100, -1, 999_999_999_999)
        case Kind.MONEY:
            known = [number for number in map(Decimal, NUMBERS) if number == round(number, 2)]
        case Kind.DATE:
            known = near(today)
        case Kind.TIME:
            times = (time(0, 0), time(12, 30), time(23, 59, 59, 999_999))
            known = [datetime.combine(day, hour) for day in near(today) for hour in times]
        case Kind.YEARLY:
            known = [_years_before(day, years) for day in near(today) for years in (0, 1, 4, 33)]
        case Kind.LUNAR:
            known = sorted({*LUNAR_DAYS, *(key for day in near(today) for key in lunar_keys(day))})
        case Kind.TEXT:
            known = EMAILS if fact.name == "email" else CITIES
        case Kind.LIST:
            known = [[], *([one] for one in GOODS), *(list(pair) for pair in product(GOODS[:4], GOODS[2:6]))]
        case Kind.YES_NO:
            known = (True, False)
    return (None, *known)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def conditions(today: date) -> st.SearchStrategy[Condition]:
    """A condition about one of the facts, of any form."""
    about = st.sampled_from(FACTS).flatmap(lambda fact: st.tuples(st.sampled_from(forms(fact.kind)), st.just(fact)))
    return about.flatmap(lambda both: st.sampled_from(conditions_of(*both, today)))


def rows(today: date, most: int = 12) -> st.SearchStrategy[list[Row]]:
    """Customers with a value of every kind, ids in no order."""
    columns: dict[str, st.SearchStrategy[Any]] = {"class": st.sampled_from(["customer", "staff", "owner", None])}
    for fact in FACTS:
        known = st.sampled_from(values_of(fact, today))
        columns[fact.column] = st.one_of(st.none(), known, known, known, known)
    return st.lists(st.fixed_dictionaries(columns), max_size=most).map(_named).flatmap(st.permutations).map(list)


def _named(drawn: list[Row]) -> list[Row]:
    return [{"customer_id": f"c{number:02d}", **row} for number, row in enumerate(drawn)]


GROUPS: tuple[type[rule.All | rule.Any | rule.None_], ...] = (rule.All, rule.Any, rule.None_)


def rules(today: date, others: Sequence[str]) -> st.SearchStrategy[Rule]:
    """Rules nested up to three deep, which may refer to `others`."""
    referring = st.builds(SegmentIs, st.sampled_from(others), st.just(PLACE), st.booleans())
    found: st.SearchStrategy[Rule] = st.one_of(conditions(today), conditions(today), referring)
    for _ in range(2):
        groups = st.sampled_from(GROUPS)
        found = st.one_of(
            found, st.builds(lambda group, parts: group(tuple(parts)), groups, st.lists(found, max_size=3))
        )
    return found


@dataclass(frozen=True, slots=True)
class Case:
    """A shop on one day: segments, which may refer to each other, and customers."""

    today: date
    segments: tuple[Segment, ...]
    rows: tuple[Row, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few segments over a few customers."""
    today = draw(st.one_of(st.sampled_from(EDGE_DAYS), st.dates(date(1990, 1, 1), date(2060, 1, 1))))
    known = ["everyone", "staff", "owner"]
    segments = []
    for number in range(draw(st.integers(1, 6))):
        name = f"segment-{number}"
        policy: Policy = draw(st.sampled_from(("leave out", "include", "fail")))
        priority, named = draw(st.integers(1, 3)), draw(st.booleans())
        segments.append(Segment(name, name, "", draw(rules(today, tuple(known))), PLACE, priority, policy, named))
        known.append(name)
    return Case(today, tuple(draw(st.permutations(segments))), tuple(draw(rows(today))))
