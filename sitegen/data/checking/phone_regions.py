"""Know how numbers are dialled in a country: patterns that the engine can apply to many at once.

Source of all patterns: libphonenumber's metadata, as the package phonenumbers carries them. They are written for
RE2, the engine's own kind of regular expressions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_NOTHING = "^$"


@dataclass(frozen=True, slots=True)
class Region:
    """One country. `code` is its calling code with + ("+49"), `trunk` what is dialled before a number at home.

    A number in digits (or + and digits) is `code` and the number without trunk where one of the patterns `abroad`
    (begins with the code; "" where another country speaks for the code), `bare` or `with_trunk` holds, its
    counterpart does not, and what comes out has one of the `lengths`.
    """

    name: str
    code: str
    trunk: str
    lengths: tuple[int, ...]
    abroad: str
    not_abroad: str
    bare: str
    not_bare: str
    with_trunk: str
    not_trunk: str


def region_of(country: str, home: str) -> str:
    """The country in which a number is dialled: the customer's, else the shop's, else ""."""
    import phonenumbers  # noqa: PLC0415 - only where there are telephones

    named = (name.strip().upper() for name in (country, home))
    return next((name for name in named if name in phonenumbers.SUPPORTED_REGIONS), "")


def regions(names: Iterable[str]) -> tuple[Region, ...]:
    """The countries of these names, each once, in the order of the names."""
    return tuple(_region(name) for name in sorted(set(names)) if name)


def _region(name: str) -> Region:
    import phonenumbers  # noqa: PLC0415 - only where there are telephones

    data = _metadata(name)
    main = phonenumbers.region_code_for_country_code(data.country_code)
    lengths = _metadata(main).general_desc.possible_length
    number, stripped = data.general_desc.national_number_pattern, data.national_prefix_for_parsing
    code = f"+{data.country_code}"
    # A number that begins as a carrier's code or the way abroad does is left to the library.
    abroad = f"(?:{data.international_prefix})" if data.international_prefix else ""
    starts = "|".join(f"(?:{part})" for part in (stripped, abroad) if part)
    plain_trunk = data.national_prefix if data.national_prefix in (stripped or "").split("|") else ""
    return Region(
        name,
        code,
        plain_trunk,
        tuple(len(code) + length for length in lengths),
        abroad=rf"^\{code}(?:{number})$" if main == name else "",
        not_abroad=rf"^\{code}(?:{stripped})" if stripped else _NOTHING,
        bare=f"^(?:{number})$",
        not_bare=f"^(?:{starts})" if starts else _NOTHING,
        with_trunk=f"^{plain_trunk}(?:{number})$",
        not_trunk=f"^{abroad}" if abroad else _NOTHING,
    )


def _metadata(name: str) -> Any:
    # The library types each part as one that may be missing; of countries that it knows, none is.
    from phonenumbers import PhoneMetadata  # noqa: PLC0415 - only where there are telephones

    return PhoneMetadata.metadata_for_region(name)
