"""Remember what became of visits, so that nobody's server is asked more often than needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sitegen.build.checking.outside.client import Visit
from sitegen.publish.atomic import write_file

FILE = ".sitegen/links.json"
GOOD_FOR = 7 * 24 * 3600
BAD_FOR = 3600
"""Seconds for which a good visit, and a bad one, need not be made again."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A visit and when it was made, in Unix seconds."""

    visit: Visit
    at: int


def recall(root: Path, now: int) -> dict[str, Remembered]:
    """The visits by address that are still fresh. A memory that can't be read is none."""
    try:
        told = json.loads((root / FILE).read_text(encoding="utf-8"))
        found = {url: Remembered(Visit(**one["visit"]), int(one["at"])) for url, one in told.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return {url: one for url, one in found.items() if _is_fresh(one, now)}


def keep(root: Path, visits: Mapping[str, Remembered]) -> None:
    """Write the visits down, for this shop's folder alone."""
    folder = (root / FILE).parent
    folder.mkdir(mode=0o700, exist_ok=True)
    told = {url: {"visit": asdict(one.visit), "at": one.at} for url, one in sorted(visits.items())}
    write_file(root / FILE, json.dumps(told, indent=1, ensure_ascii=False).encode() + b"\n", mode=0o600)


def _is_fresh(one: Remembered, now: int) -> bool:
    age = now - one.at
    return 0 <= age < (GOOD_FOR if one.visit.good and one.visit.sure else BAD_FOR)
