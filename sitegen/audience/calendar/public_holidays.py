"""Find the public holidays of a country by name. The only module that knows the package holidays."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache

NAMED = range(2015, 2036)
"""The years whose holidays give the names: a fixed range, so that a name doesn't come and go with the clock."""

_STAND_IN = re.compile(r"\s*\((estimated|observed|in lieu)\)$")
_NO_NAME = ("Day off", "Additional", "Bridge Public", "Special Public", "Temporary Public", "Substitute Holiday")
"""How names begin that only say that people are free."""


@cache
def countries() -> tuple[str, ...]:
    """The countries whose holidays are known, ISO 3166-1 alpha-2, in alphabetical order."""
    from holidays.registry import EntityLoader  # noqa: PLC0415 - most builds need none

    # To list them by the package's own function would load the module of each.
    return tuple(sorted(EntityLoader.get_country_codes(include_aliases=False)))


@cache
def holiday_names(country: str) -> tuple[str, ...]:
    """The holidays of a country in small letters with hyphens (german-unity-day); none of one that is not known."""
    if country not in countries():
        return ()
    return tuple(sorted({name for year in NAMED for name in _days(country, year)}))


def holiday(country: str, name: str, year: int) -> date | None:
    """The day of a holiday, the first where it has several; None in a year in which there is none.

    A holiday that falls on a weekend stays there: the free day instead of it is not the holiday.
    """
    return _days(country, year).get(name) if country in countries() else None


@cache
def free_days(country: str, year: int) -> frozenset[date]:
    """The days of a year on which people of a country are free, those instead of a holiday on a weekend too."""
    import holidays  # noqa: PLC0415 - as above

    return frozenset(holidays.country_holidays(country, years=year)) if country in countries() else frozenset()


@cache
def _days(country: str, year: int) -> Mapping[str, date]:
    import holidays  # noqa: PLC0415 - as above

    english = "en_US" in getattr(holidays, country).supported_languages
    days = holidays.country_holidays(country, years=year, observed=False, language="en_US" if english else None)
    found: dict[str, date] = {}
    for day in sorted(days):
        for written in days.get_list(day):
            name = _slug(_STAND_IN.sub("", written))
            if name and not written.startswith(_NO_NAME):
                found.setdefault(name, day)
    return found


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("\u2019", ""))
    letters = plain.encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", letters))
