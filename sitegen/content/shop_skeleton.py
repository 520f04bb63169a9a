"""Compose the files of a new shop, from the folders of skeletons/shop/."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sitegen.content.folder import files_below

FOLDER = Path(__file__).parent / "skeletons" / "shop"
FOR_ALL = "both"
LANGUAGES = {"en": "Europe/London", "zh": "Asia/Shanghai"}
"""The languages that a new shop may speak, and the time zone that its site.yaml begins with."""
TEXTS = (".md", ".yaml", ".yml", ".csv", "gitignore")
HIDDEN, THIS_YEAR = "dot-", "YEAR"
"""How the skeleton spells names that would mean something to git or to the year it was written in."""
PLACE = re.compile(
    r"\{(?:(name|quoted name|theme|card|version|year)|(day|month|mday)([+-]\d+)?|birthday (\d{4})([+-]\d+))\}"
)
LAST_OF_EACH_FEBRUARY = 28


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new shop is to be. `card` is the design of its first card, "" where the theme has none for thanks."""

    name: str
    language: str
    theme: str
    card: str
    today: date
    version: str


def shop_files(wanted: Wanted) -> dict[str, bytes]:
    """The content of each file by its path in the new shop, the days counted from today."""
    found: dict[str, bytes] = {}
    for part in (FOR_ALL, wanted.language):
        for path in files_below(FOLDER / part):
            content = (FOLDER / part / path).read_bytes()
            if path.endswith(TEXTS):
                text = content.decode()
                if "{card}" in text and not wanted.card:
                    continue
                content = _filled(text, wanted).encode()
            found[_named(path, wanted.today)] = content
    return found


def _named(path: str, today: date) -> str:
    parts = (f".{part.removeprefix(HIDDEN)}" if part.startswith(HIDDEN) else part for part in path.split("/"))
    return "/".join(str(today.year) if part == THIS_YEAR else part for part in parts)


def _filled(text: str, wanted: Wanted) -> str:
    words = {
        "name": wanted.name,
        "quoted name": json.dumps(wanted.name, ensure_ascii=False),
        "theme": wanted.theme,
        "card": wanted.card,
        "version": wanted.version,
        "year": str(wanted.today.year),
    }

    def said(place: re.Match[str]) -> str:
        word, part, days, born, after = place.groups()
        if word:
            return words[word]
        day = wanted.today + timedelta(days=int(days or after or 0))
        return _birthday(day, born) if born else _part(day, part)

    return PLACE.sub(said, text)


def _birthday(day: date, born: str) -> str:
    return f"{born}-{day.month:02}-{_yearly(day):02}"


def _part(day: date, part: str) -> str:
    return {"day": day.isoformat(), "month": str(day.month), "mday": str(_yearly(day))}[part]


def _yearly(day: date) -> int:
    """The day of the month, one that each year has."""
    return min(day.day, LAST_OF_EACH_FEBRUARY) if day.month == 2 else day.day
