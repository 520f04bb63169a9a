"""Read content/programme/*.yaml: tiers and the shop's own occasions."""

from __future__ import annotations

import calendar
from collections.abc import Mapping as Files
from decimal import Decimal

from sitegen.audience.occasions import SOLAR_TERMS
from sitegen.audience.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.occasion import DayRule, EasterDay, FixedDay, LunarDay, NthWeekday, Occasion, SolarTermDay
from sitegen.model.programme import Programme, Tier
from sitegen.model.tree import Mapping, Node, Sequence

FORMS = "{month: 10, day: 18}, {nth: 2, weekday: sunday, month: 5}, {lunar: 8-15}, {solar_term: NAME} or {easter: 1}"
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)


def read_programme(files: Files[str, Mapping], problems: list[Problem]) -> Programme:
    """The programme that the files describe together; what is wrong is added to `problems`."""
    tiers: list[Tier] = []
    occasions: list[Occasion] = []
    for path, tree in files.items():
        keys = Keys(tree, problems, path.rpartition("/")[2])
        tiers.extend(_tiers(keys.node("tiers"), problems))
        own = keys.keys("occasions")
        if own is not None:
            occasions.extend(_occasions(own))
        keys.finish()
    return Programme(tuple(sorted(tiers, key=lambda tier: tier.threshold)), tuple(occasions))


def _tiers(node: Node | None, problems: list[Problem]) -> list[Tier]:
    if node is None:
        return []
    if not isinstance(node, Sequence):
        problems.append(node.place.problem("wrong-form", "'tiers' must be a list", "begin each tier with '- name:'"))
        return []
    tiers: list[Tier] = []
    for item in node.items:
        if not isinstance(item, Mapping):
            problems.append(item.place.problem("wrong-form", "a tier has a name and a threshold"))
            continue
        tier = _tier(Keys(item, problems, "this tier"))
        if any(other.threshold == tier.threshold or other.name == tier.name for other in tiers):
            message = f"another tier has the name or the threshold of '{tier.name}'"
            problems.append(tier.place.problem("same-tier", message, "change one of them"))
        tiers.append(tier)
    return tiers


def _tier(keys: Keys) -> Tier:
    tier = Tier(
        name=keys.text("name", required=True),
        threshold=keys.decimal("threshold", required=True),
        discount=keys.decimal("discount"),
        benefit=keys.text("benefit"),
        place=keys.mapping.place,
    )
    if not Decimal(0) <= tier.discount <= Decimal(100):
        message = f"a discount of {tier.discount} per cent makes no sense"
        keys.problems.append(keys.place("discount").problem("wrong-value", message, "write a number from 0 to 100"))
    keys.finish()
    return tier


def _occasions(keys: Keys) -> list[Occasion]:
    found: list[Occasion] = []
    for entry in keys.rest():
        inner = keys.keys(entry.key.text)
        if inner is None:
            continue
        rule = _rule(inner)
        inner.finish()
        if rule is None:
            message = f"the day of '{entry.key.text}' can't be read"
            keys.problems.append(entry.value.place.problem("wrong-form", message, f"write {FORMS}"))
        else:
            found.append(Occasion(entry.key.text, rule))
    return found


def _rule(keys: Keys) -> DayRule | None:
    if keys.node("nth") is not None:
        weekday = keys.one_of("weekday", WEEKDAYS, "sunday")
        nth, month = keys.integer("nth", 0), keys.integer("month", 0)
        return (
            NthWeekday(nth, WEEKDAYS.index(weekday), month) if nth in {-1, 1, 2, 3, 4, 5} and 1 <= month <= 12 else None
        )
    if keys.node("lunar") is not None:
        month_text, _, day_text = keys.text("lunar").partition("-")
        return LunarDay(int(month_text), int(day_text)) if _within(month_text, 12) and _within(day_text, 30) else None
    if keys.node("solar_term") is not None:
        return _solar_term(keys)
    if keys.node("easter") is not None:
        return EasterDay(keys.integer("easter", 0))
    month, day = keys.integer("month", 0), keys.integer("day", 0)
    return FixedDay(month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1] else None


def _within(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= most


def _solar_term(keys: Keys) -> DayRule | None:
    term = keys.text("solar_term")
    if term in SOLAR_TERMS:
        return SolarTermDay(term)
    place = keys.place("solar_term")
    keys.problems.append(place.problem("unknown-word", f"unknown solar term '{term}'", did_you_mean(term, SOLAR_TERMS)))
    return None
