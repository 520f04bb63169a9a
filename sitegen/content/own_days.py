"""Read the shop's own occasions: days that it names itself."""

from __future__ import annotations

import calendar
from collections.abc import Callable

from sitegen.audience.calendar.occasions import SOLAR_TERMS, holiday_named
from sitegen.audience.calendar.public_holidays import holiday_names
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.occasion import (
    DayRule,
    EasterDay,
    FixedDay,
    HolidayDay,
    LunarDay,
    NthWeekday,
    Occasion,
    SolarTermDay,
    WeatherDay,
)
from sitegen.model.table import table

FORMS = (
    "{month: 10, day: 18}, {nth: 2, weekday: sunday, month: 5}, {lunar: 8-15}, {solar_term: NAME}, {easter: 1},"
    " {holiday: de-german-unity-day} or {weather: rain}"
)
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
FARTHEST = 250
"""Days from Easter: from the summer before it to the end of its year."""


def read_occasions(keys: Keys) -> list[Occasion]:
    """The occasions below `occasions:`, each a name and a form; what is wrong is added to the problems of `keys`."""
    found: list[Occasion] = []
    for entry in keys.rest():
        inner = keys.keys(entry.key.text)
        if inner is None:
            continue
        before = len(keys.problems)
        rule = next((read for word, read in _FORMS.items() if inner.node(word) is not None), _fixed)(inner)
        inner.finish()
        if rule is not None:
            found.append(Occasion(entry.key.text, rule))
        elif len(keys.problems) == before:
            message = f"the day of '{entry.key.text}' can't be read"
            keys.problems.append(entry.value.place.problem("wrong-form", message, f"write {FORMS}"))
    return found


def _fixed(keys: Keys) -> FixedDay | None:
    month, day = keys.integer("month", 0), keys.integer("day", 0)
    return FixedDay(month, day) if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1] else None


def _nth_weekday(keys: Keys) -> NthWeekday | None:
    weekday = keys.one_of("weekday", WEEKDAYS, "sunday")
    nth, month = keys.integer("nth", 0), keys.integer("month", 0)
    good = nth in {-1, 1, 2, 3, 4, 5} and 1 <= month <= 12
    return NthWeekday(nth, WEEKDAYS.index(weekday), month) if good else None


def _lunar(keys: Keys) -> LunarDay | None:
    month, _, day = keys.text("lunar").partition("-")
    return LunarDay(int(month), int(day)) if _within(month, 12) and _within(day, 30) else None


def _within(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= most


def _easter(keys: Keys) -> EasterDay:
    return EasterDay(keys.integer("easter", 0, -FARTHEST, FARTHEST))


def _solar_term(keys: Keys) -> SolarTermDay | None:
    term = _word(keys, "solar_term", "solar term", tuple(SOLAR_TERMS))
    return SolarTermDay(term) if term else None


def _weather(keys: Keys) -> WeatherDay | None:
    condition = _word(keys, "weather", "weather", table("weather").column("condition").allowed)
    return WeatherDay(condition) if condition else None


def _word(keys: Keys, key: str, what: str, known: tuple[str, ...]) -> str:
    """One of the words, or "" and a problem."""
    word = keys.text(key)
    if word in known:
        return word
    keys.problems.append(keys.place(key).problem("unknown-word", f"unknown {what} '{word}'", did_you_mean(word, known)))
    return ""


def _holiday(keys: Keys) -> HolidayDay | None:
    name = keys.text("holiday")
    found = holiday_named(name)
    if found is None:
        country = name.partition("-")[0].lower()
        known = [f"{country}-{day}" for day in holiday_names(country.upper())]
        hint = did_you_mean(name, known) if known else "begin with a country, as in de-german-unity-day"
        keys.problems.append(keys.place("holiday").problem("unknown-word", f"unknown holiday '{name}'", hint))
    return found


_FORMS: dict[str, Callable[[Keys], DayRule | None]] = {
    "nth": _nth_weekday,
    "lunar": _lunar,
    "solar_term": _solar_term,
    "easter": _easter,
    "holiday": _holiday,
    "weather": _weather,
}
"""The readers by the key that gives a form away; without any of these it is a fixed day."""
