"""Know the codes of countries and time zones, and what people write for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
# Codes of Unicode's list (CLDR) that are reserved, private, or no country in ISO 3166-1.

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "uk": "GB",
        "great britain": "GB",
        "england": "GB",
        "usa": "US",
        "united states of america": "US",
        "russian federation": "RU",
        "holland": "NL",
        "czech republic": "CZ",
        "hong kong": "HK",
        "macao": "MO",
        "macau": "MO",
    }
)
"""What people write for a country, in lower case."""


@cache
def countries() -> Mapping[str, str]:
    """The countries of ISO 3166-1: English name by alpha-2 code."""
    from babel import Locale  # noqa: PLC0415 - only where countries are looked at

    named = Locale("en").territories
    return MappingProxyType(
        {
            code: name
            for code, name in sorted(named.items())
            if code.isalpha() and len(code) == 2 and code not in _NO_COUNTRY
        }
    )


@cache
def _by_name() -> Mapping[str, str]:
    english = {name.casefold(): code for code, name in countries().items()}
    return MappingProxyType(english | dict(ALIASES))


def country_code(text: str) -> str:
    """The code of a country that is written as a code or an English name; "" where it is neither."""
    written = text.strip()
    return written.upper() if written.upper() in countries() else _by_name().get(written.casefold(), "")


@cache
def zones() -> frozenset[str]:
    """The names of the IANA time zones."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")
