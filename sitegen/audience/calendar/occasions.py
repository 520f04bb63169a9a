"""Find the days of holidays, festivals, solar terms and a shop's own days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sitegen.audience.calendar.public_holidays import holiday, holiday_names
from sitegen.audience.calendar.spans import in_year, shift_days
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
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
    YearlyRule,
)
from sitegen.model.tree import Place

SOLAR_TERMS = {
    "start-of-spring": "立春",
    "rain-water": "雨水",
    "awakening-of-insects": "惊蛰",
    "spring-equinox": "春分",
    "pure-brightness": "清明",
    "grain-rain": "谷雨",
    "start-of-summer": "立夏",
    "grain-buds": "小满",
    "grain-in-ear": "芒种",
    "summer-solstice": "夏至",
    "minor-heat": "小暑",
    "major-heat": "大暑",
    "start-of-autumn": "立秋",
    "end-of-heat": "处暑",
    "white-dew": "白露",
    "autumn-equinox": "秋分",
    "cold-dew": "寒露",
    "frost-descent": "霜降",
    "start-of-winter": "立冬",
    "minor-snow": "小雪",
    "major-snow": "大雪",
    "winter-solstice": "冬至",
    "minor-cold": "小寒",
    "major-cold": "大寒",
}
"""The 24 solar terms by English name."""

BUILT_IN: tuple[Occasion, ...] = (
    Occasion("new-year", FixedDay(1, 1)),
    Occasion("valentines", FixedDay(2, 14)),
    Occasion("womens-day", FixedDay(3, 8)),
    Occasion("easter", EasterDay(0)),
    Occasion("mothers-day", NthWeekday(2, 6, 5)),
    Occasion("fathers-day", NthWeekday(3, 6, 6)),
    Occasion("national-day", FixedDay(10, 1)),
    Occasion("christmas", FixedDay(12, 25)),
    Occasion("spring-festival", LunarDay(1, 1)),
    Occasion("lantern-festival", LunarDay(1, 15)),
    Occasion("dragon-boat", LunarDay(5, 5)),
    Occasion("qixi", LunarDay(7, 7)),
    Occasion("mid-autumn", LunarDay(8, 15)),
    Occasion("double-ninth", LunarDay(9, 9)),
    Occasion("qingming", SolarTermDay("pure-brightness")),
    *(Occasion(name, SolarTermDay(name)) for name in SOLAR_TERMS),
)
"""Days that every shop knows. `national-day` is China's; a shop may say its own under the same name."""


@dataclass(frozen=True, slots=True)
class Occasions:
    """The days by name: a shop's own ones, which win, those that every shop knows, and holidays of its countries.

    A holiday is called after its country and itself: `de-german-unity-day`. `weather` has the days of each kind of
    weather in order; where the weather table is not at hand, these occasions have names and no days.
    """

    own: tuple[Occasion, ...] = ()
    countries: tuple[str, ...] = ()
    weather: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, each once, the shop's own first."""
        holidays = (f"{code.lower()}-{name}" for code in self.countries for name in holiday_names(code))
        return tuple(dict.fromkeys((*(occasion.name for occasion in (*self.own, *BUILT_IN)), *holidays)))

    def days(self, name: str, first: date, last: date) -> tuple[date, ...]:
        """The days of an occasion from `first` to `last`, both included. KeyError for an unknown name."""
        rule = self._rule(name)
        if rule is None:
            raise KeyError(name)
        found = self.weather.get(rule.condition, ()) if isinstance(rule, WeatherDay) else _days(rule, first, last)
        return tuple(day for day in found if first <= day <= last)

    def problem(self, name: str, place: Place) -> Problem | None:
        """The problem with a name that is not known, or None."""
        if self._rule(name) is not None:
            return None
        elsewhere = holiday_named(name)
        hint = f"add {elsewhere.country} to 'countries' in site.yaml" if elsewhere else did_you_mean(name, self.names)
        return place.problem("unknown-occasion", f"unknown occasion '{name}'", hint)

    def _rule(self, name: str) -> DayRule | None:
        known = next((occasion.rule for occasion in (*self.own, *BUILT_IN) if occasion.name == name), None)
        if known is not None:
            return known
        found = holiday_named(name)
        return found if found is not None and found.country in self.countries else None


def holiday_named(name: str) -> HolidayDay | None:
    """The holiday that `de-german-unity-day` means, or None where no country has it."""
    code, _, rest = name.partition("-")
    country = code.upper()
    return HolidayDay(country, rest) if code.islower() and rest in holiday_names(country) else None


def _days(rule: YearlyRule, first: date, last: date) -> Iterator[date]:
    # A lunar year reaches into the solar year after it, and days before Easter into the year before.
    for year in range(max(first.year - 1, date.min.year), min(last.year + 1, date.max.year) + 1):
        day = _day(rule, year)
        if day is not None:
            yield day


def _day(rule: YearlyRule, year: int) -> date | None:
    match rule:
        case FixedDay(month, day):
            return in_year(year, month, day)
        case NthWeekday():
            return _nth_weekday(rule, year)
        case EasterDay(offset):
            return shift_days(easter(year), offset)
        case HolidayDay(country, name):
            return holiday(country, name, year)
        case LunarDay(month, day):
            from sitegen.audience.calendar.lunar import lunar_day  # noqa: PLC0415 - most builds need no lunar calendar

            return lunar_day(year, month, day)
        case SolarTermDay(term):
            from sitegen.audience.calendar.lunar import solar_term  # noqa: PLC0415 - as above

            return solar_term(year, SOLAR_TERMS[term])


def _nth_weekday(rule: NthWeekday, year: int) -> date | None:
    length = monthrange(year, rule.month)[1]
    days = [date(year, rule.month, number) for number in range(1, length + 1)]
    found = [day for day in days if day.weekday() == rule.weekday]
    if rule.nth < 0:
        return found[-1]
    return found[rule.nth - 1] if rule.nth <= len(found) else None


def easter(year: int) -> date:
    """Easter Sunday of the western church (the Gregorian rule of Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
