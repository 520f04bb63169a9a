"""Say which season a day lies in, on either half of the earth."""

from __future__ import annotations

from datetime import date

_QUARTERS = ("winter", "spring", "summer", "autumn")
"""Of the months from December, March, June and September, as meteorologists count them, north of the equator."""
SOUTH = frozenset(
    (
        "AO",
        "AR",
        "AU",
        "BO",
        "BR",
        "BW",
        "CL",
        "FJ",
        "LS",
        "MG",
        "MU",
        "MW",
        "MZ",
        "NA",
        "NC",
        "NZ",
        "PE",
        "PY",
        "RE",
        "SZ",
        "UY",
        "VU",
        "ZA",
        "ZM",
        "ZW",
    )
)
"""Countries (ISO 3166-1 alpha-2) whose winter begins in June; close to the equator a season is only a word."""


def season(day: date, country: str) -> str:
    """The season on that day in a country; north of the equator where nobody knows the country."""
    turned = 2 if country.upper() in SOUTH else 0
    return _QUARTERS[(day.month % 12 // 3 + turned) % 4]
