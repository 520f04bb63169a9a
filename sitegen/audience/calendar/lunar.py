"""Turn days of the Chinese lunar calendar and solar terms into dates. The only module that knows lunar-python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lunar_python import Lunar, LunarYear, Solar

REMEMBERED = 1024
"""The library takes ten milliseconds for a day, and every page of every day of a check asks for the same ones."""


@lru_cache(REMEMBERED)
def lunar_day(year: int, month: int, day: int) -> date:
    """The date of a lunar day, in the plain month where there is a leap month too; the 30th is clamped."""
    length = LunarYear.fromYear(year).getMonth(month).getDayCount()
    return _date(Lunar.fromYmd(year, month, min(day, length)).getSolar())


@lru_cache(REMEMBERED)
def solar_term(year: int, name: str) -> date:
    """The date of a solar term (its Chinese name) in that year, by China's time."""
    table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
    days = (_date(table[key]) for key in (name, *_NEXT.get(name, ())))
    return next(day for day in days if day.year == year)


def lunar_keys(day: date) -> tuple[str, ...]:
    """The texts (MM-DD, MML-DD in a leap month) of the lunar birthdays that are celebrated on that day.

    A birthday in a leap month is celebrated in the plain month of years without that leap month, and one on the
    30th on the 29th of a month that has no 30th.
    """
    months = _months(day.year)
    if day < months[0].first:
        months = _months(day.year - 1)
    now = next(month for month in reversed(months) if month.first <= day)
    number = (day - now.first).days + 1
    numbers = (29, 30) if number == now.length == 29 else (number,)
    if now.number < 0:
        names: tuple[str, ...] = (f"{-now.number:02d}L",)
    elif any(month.number == -now.number for month in months):
        names = (f"{now.number:02d}",)
    else:
        names = (f"{now.number:02d}", f"{now.number:02d}L")
    return tuple(f"{name}-{number:02d}" for name in names for number in numbers)


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of a lunar year: negative where it is a leap month; its first day and its number of days."""

    number: int
    first: date
    length: int


@lru_cache(maxsize=256)  # the library takes milliseconds for a year, and a period asks for hundreds of days
def _months(year: int) -> tuple[_Month, ...]:
    return tuple(
        _Month(month.getMonth(), _date(Solar.fromJulianDay(month.getFirstJulianDay())), month.getDayCount())
        for month in LunarYear.fromYear(year).getMonthsInYear()
    )


def _date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


# The table of a year begins with the winter solstice of the year before; its second one has a name of its own.
_NEXT = {"冬至": ("DONG_ZHI",), "小寒": ("XIAO_HAN",), "大寒": ("DA_HAN",)}
