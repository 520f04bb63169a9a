"""Days by name: how a festival, a holiday, a shop's own day or a kind of weather is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class FixedDay:
    """`{month: 10, day: 18}`. 29 February is the 28th in common years."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """`{nth: 2, weekday: sunday, month: 5}`: `weekday` counts from Monday, 0; `nth` is 1 to 5, or -1 for the last.

    A year without a fifth one has no such day.
    """

    nth: int
    weekday: int
    month: int


@dataclass(frozen=True, slots=True)
class LunarDay:
    """`{lunar: 8-15}`: of the Chinese calendar, in the plain month where there is a leap month too.

    The 30th of a month with 29 days is its 29th.
    """

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class SolarTermDay:
    """`{solar_term: start-of-winter}`: one of the 24 solar terms, by China's time."""

    term: str


@dataclass(frozen=True, slots=True)
class EasterDay:
    """`{easter: 1}`: that many days after Easter Sunday of the western church, or before it."""

    offset: int


@dataclass(frozen=True, slots=True)
class HolidayDay:
    """`{holiday: de-german-unity-day}`: of a country (ISO 3166-1 alpha-2), by its English name in small letters.

    The first of its days in a year; a year in which it is not held has none. `country` is in capital letters.
    """

    country: str
    name: str


@dataclass(frozen=True, slots=True)
class WeatherDay:
    """`{weather: rain}`: each day on which the weather table says so of any store."""

    condition: str


YearlyRule: TypeAlias = FixedDay | NthWeekday | LunarDay | SolarTermDay | EasterDay | HolidayDay
"""What has one day in a year at most."""

DayRule: TypeAlias = YearlyRule | WeatherDay


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day by name."""

    name: str
    rule: DayRule
