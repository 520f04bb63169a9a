"""Read what advisers type into cells and forms: days, hours, yes and no, words of a list."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from unicodedata import normalize

YES = frozenset({"yes", "y", "true", "1", "ja", "j", "wahr", "是", "是的", "对", "有", "oui", "si", "sí"})
NO = frozenset({"no", "n", "false", "0", "nein", "falsch", "否", "不", "不是", "没有", "无", "非", "non", "nee"})
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?:[-/.]|年)(?P<m>\d{1,2})(?:[-/.]|月)(?P<d>\d{1,2})日?")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})")
_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.0+)?)?")


def day(text: str) -> date | None:
    """A day: 2026-09-30, as spreadsheets like it 2026/9/30 or 30.9.2026, or 2026年9月30日; an hour after it is passed
    over. None for anything else: 9/10/2026 is two different days.
    """
    found, rest = _day(text)
    return found if not rest or _HOUR.fullmatch(rest) else None


def moment(text: str) -> datetime | None:
    """A day with its hour: 2026-09-30 18:30; None where either is missing."""
    found, rest = _day(text)
    hour = _HOUR.fullmatch(rest)
    if found is None or hour is None:
        return None
    try:
        return datetime.combine(found, time(int(hour[1]), int(hour[2])))
    except ValueError:
        return None


def _day(text: str) -> tuple[date | None, str]:
    """The day with which a text begins, and what comes after it."""
    plain = normalize("NFKC", text).strip()
    found = _YEAR_FIRST.match(plain) or _DAY_FIRST.match(plain)
    if found is None:
        return None, plain
    try:
        made = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None, plain
    rest = plain[found.end() :]
    # "2026-09-301" is no day with something after it.
    return (made, rest.lstrip(" T,")) if not rest[:1].isalnum() or rest.startswith("T") else (None, plain)


def yes_or_no(text: str) -> str:
    """ "yes" or "no" for what people write instead, "" where it is neither."""
    plain = normalize("NFKC", text).strip().rstrip(".!。！").casefold()
    return "yes" if plain in YES else "no" if plain in NO else ""


def word(text: str, allowed: Collection[str]) -> str:
    """The allowed word that was meant, however its letters are large and its parts joined; "" where there is none."""
    plain = re.sub(r"[\s_-]+", "-", normalize("NFKC", text).strip()).casefold()
    return plain if plain in allowed else ""
