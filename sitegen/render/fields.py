"""Spell a merge value in its named format, in a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from sitegen.model.field import OF_THE_SHOP, FieldUse
from sitegen.model.plan import Value
from sitegen.model.shop import Shop
from sitegen.model.tree import Place

LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}
"""Which regional habits a bare language code means; others are taken as they are."""


REMEMBERED = 32768
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
NO_HUNDREDTHS = re.compile(r"(?<=[.,])00(?=\D*$)")
NOWHERE = Place("")


def speller(language: str, currency: str) -> Callable[[FieldUse, Value], str]:
    """A function that spells any use of a field in this language and currency."""
    return lambda use, value: spell(use, value, language, currency)


def remembering(spell: Callable[[FieldUse, Value], str]) -> Callable[[FieldUse, Value], str]:
    """The same speller, which remembers numbers and days: spelling one takes fifty times as long as finding it again.

    Sums of money are remembered without their hundredths: with them, few members have the same.
    """
    remembered = lru_cache(REMEMBERED, typed=True)(lambda style, value: spell(FieldUse("", NOWHERE, style), value))

    def spelled(use: FieldUse, value: Value) -> str:
        if isinstance(value, str):
            return spell(use, value) if use.format else value
        whole, _, hundredths = str(value).partition(".") if isinstance(value, Decimal) else ("", "", "")
        if whole.isdecimal() and len(hundredths) == 2 and use.format != "number":
            round_sum = remembered(use.format, Decimal(f"{whole}.00"))
            if NO_HUNDREDTHS.search(round_sum):
                return NO_HUNDREDTHS.sub(hundredths, round_sum)
        return remembered(use.format, value)

    return spelled


def spell(use: FieldUse, value: Value, language: str, currency: str) -> str:
    """The value as text. Without a format, money and dates still read naturally ("€12.50", "25 September 2026")."""
    locale = locale_of(language)
    if isinstance(value, date):
        return _date(value, use.format, locale)
    if isinstance(value, Decimal) or use.format == "money":
        if use.format == "number":
            return str(format_decimal(value, locale=locale))
        return str(format_currency(value, currency, locale=locale))
    if isinstance(value, int):
        return str(format_decimal(value, locale=locale)) if use.format == "number" else str(value)
    return value.upper() if use.format == "upper" else value


def said_values(values: Mapping[str, Value], shop: Shop, language: str) -> Mapping[str, Value]:
    """The values as they read in a language: what is the shop's own goes by its `words`."""
    known = shop.words.get(language)
    if not known:
        return values
    own = ((name, values[name]) for name in OF_THE_SHOP if name in values)
    said = {name: known.get(value, value) for name, value in own if isinstance(value, str)}
    coupons = values.get("coupons")
    if isinstance(coupons, str):
        # A code with what it gives behind it, several times: "TEA-16 (a pot of tea for two), ...".
        said["coupons"] = IN_BRACKETS.sub(lambda found: f"({known.get(found[1], found[1])})", coupons)
    return {**values, **said}


@lru_cache(REMEMBERED)
def _date(day: date, style: str, locale: str) -> str:
    match style:
        case "month":
            return str(format_date(day, "LLLL", locale=locale))
        case "year":
            return str(day.year)
        case _:
            return str(format_date(day, "long", locale=locale))


def day_text(day: date | None, language: str) -> str:
    """A day in words, "" for none."""
    return _date(day, "", locale_of(language)) if day else ""


def locale_of(language: str) -> str:
    """The locale whose habits a language code means."""
    return LOCALES.get(language, language.replace("-", "_"))


def direction(language: str) -> str:
    """ "rtl" for languages that are written from right to left, else "ltr"."""
    return "rtl" if Locale.parse(locale_of(language)).character_order == "right-to-left" else "ltr"


def plural_form(count: int, language: str) -> str:
    """Which form a counted word takes, by Unicode's rules for the language: "one", "few", "other" ..."""
    return str(Locale.parse(locale_of(language)).plural_form(count))


def whole_number(count: int, language: str) -> str:
    """A whole number as the language groups its digits."""
    return str(format_decimal(count, locale=locale_of(language)))


def is_language(language: str) -> bool:
    """Whether dates and numbers can be spelled in a language."""
    try:
        Locale.parse(locale_of(language))
    except (ValueError, UnknownLocaleError):
        return False
    return True


def is_country(code: str) -> bool:
    """Whether these are the two letters of a country (ISO 3166-1 alpha-2), as Unicode's list of places knows them."""
    return len(code) == 2 and code in Locale("en").territories
