"""Write an address as the lines of an envelope.

The order follows each country's own post (Universal Postal Union, addressing systems): the country stands last, in
English capitals, and only on letters that cross a border; Chinese addresses go from big to small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "AT": "Austria",
        "AU": "Australia",
        "BE": "Belgium",
        "BG": "Bulgaria",
        "CA": "Canada",
        "CH": "Switzerland",
        "CN": "China",
        "CY": "Cyprus",
        "CZ": "Czech Republic",
        "DE": "Germany",
        "DK": "Denmark",
        "EE": "Estonia",
        "ES": "Spain",
        "FI": "Finland",
        "FR": "France",
        "GB": "United Kingdom",
        "GR": "Greece",
        "HK": "Hong Kong",
        "HR": "Croatia",
        "HU": "Hungary",
        "IE": "Ireland",
        "IS": "Iceland",
        "IT": "Italy",
        "JP": "Japan",
        "LI": "Liechtenstein",
        "LT": "Lithuania",
        "LU": "Luxembourg",
        "LV": "Latvia",
        "MO": "Macao",
        "MT": "Malta",
        "NL": "Netherlands",
        "NO": "Norway",
        "NZ": "New Zealand",
        "PL": "Poland",
        "PT": "Portugal",
        "RO": "Romania",
        "SE": "Sweden",
        "SG": "Singapore",
        "SI": "Slovenia",
        "SK": "Slovakia",
        "TW": "Taiwan",
        "UA": "Ukraine",
        "US": "United States of America",
    }
)
"""English names by ISO 3166-1 alpha-2; another code is written as it stands."""

_POSTCODE_LAST = frozenset({"GB", "IE"})
_CITY_FIRST = frozenset({"AU", "CA", "US"})


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as the customer file has it; "" where a part is unknown. `country` is an ISO code."""

    street: str
    postcode: str
    city: str
    region: str
    country: str


def postal_lines(address: Address, home: str) -> str:
    """The lines below the name, joined by newlines, for a letter posted in `home` (an ISO code or English name)."""
    lines = _chinese(address) if _is_chinese(address) else _western(address)
    if not _domestic(address.country, home):
        lines.append(COUNTRIES.get(address.country, address.country).upper())
    return "\n".join(line for line in lines if line)


def _domestic(country: str, home: str) -> bool:
    named = COUNTRIES.get(country, country)
    return not country or home.casefold() in (country.casefold(), named.casefold())


def _is_chinese(address: Address) -> bool:
    """Whether the address is written in Chinese; one in Latin letters keeps the western order."""
    return address.country in ("CN", "HK", "MO", "TW") and any("一" <= sign <= "鿿" for sign in address.street)


def _chinese(address: Address) -> list[str]:
    region = "" if address.city.startswith(address.region) else address.region
    return [address.postcode, region + address.city + address.street]


def _western(address: Address) -> list[str]:
    if address.country in _POSTCODE_LAST:
        return [address.street, address.city, address.postcode]
    if address.country in _CITY_FIRST:
        return [address.street, " ".join(filter(None, (address.city, address.region, address.postcode)))]
    return [address.street, " ".join(filter(None, (address.postcode, address.city)))]
