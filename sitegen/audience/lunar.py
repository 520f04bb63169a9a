"""Turn days of the Chinese lunar calendar and solar terms into dates. The only module that knows lunar-python."""

from __future__ import annotations

from datetime import date

from lunar_python import Lunar, LunarYear, Solar


def lunar_day(year: int, month: int, day: int) -> date:
    """The date of a lunar day, in the plain month where there is a leap month too; the 30th is clamped."""
    length = LunarYear.fromYear(year).getMonth(month).getDayCount()
    return _date(Lunar.fromYmd(year, month, min(day, length)).getSolar())


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
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    year = LunarYear.fromYear(lunar.getYear())
    month = lunar.getMonth()
    length = year.getMonth(month).getDayCount()
    numbers = (29, 30) if lunar.getDay() == length == 29 else (lunar.getDay(),)
    if month < 0:
        names: tuple[str, ...] = (f"{-month:02d}L",)
    elif year.getLeapMonth() == month:
        names = (f"{month:02d}",)
    else:
        names = (f"{month:02d}", f"{month:02d}L")
    return tuple(f"{name}-{number:02d}" for name in names for number in numbers)


def _date(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


# The table of a year begins with the winter solstice of the year before; its second one has a name of its own.
_NEXT = {"冬至": ("DONG_ZHI",), "小寒": ("XIAO_HAN",), "大寒": ("DA_HAN",)}
