"""Call languages and countries by their names in the language of the house."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from sitegen.render.fields import locale_of


@lru_cache(1024)
def language_name(code: str, spoken: str) -> str:
    """A language by its name; one that Unicode does not know stays a code."""
    try:
        return Locale.parse(code, sep="-").get_display_name(locale_of(spoken)) or code if code else ""
    except (ValueError, UnknownLocaleError):
        return code


@lru_cache(1024)
def country_name(code: str, spoken: str) -> str:
    """A country (ISO 3166-1 alpha-2) by its name; what is none stays as it is."""
    names = Locale.parse(locale_of(spoken)).territories
    return str(names.get(code.strip().upper(), code))
