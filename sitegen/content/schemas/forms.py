"""The forms that a value of a YAML file can have, as JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
LINE: Json = {"type": ["string", "number", "boolean"]}
"""A text: what stands there without quotes may look like a number, and is read as a text all the same."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that there are in one shop: an editor offers them; a new one is no mistake."""

    segments: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    print_houses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def text(meaning: str, *examples: str) -> Json:
    """A text; `examples` are offered."""
    return {**LINE, **_told(meaning, examples)}


def offered(meaning: str, known: Iterable[str]) -> Json:
    """A text of which some are known."""
    return {"anyOf": [{"enum": sorted(known)}, LINE] if known else [LINE], "description": meaning}


def word(meaning: str, allowed: Iterable[str]) -> Json:
    """One of a few words."""
    return {"enum": list(allowed), "description": meaning}


def yes_no(meaning: str, default: bool | None = None) -> Json:
    """Yes or no."""
    said = {} if default is None else {"default": "yes" if default else "no"}
    return {"enum": ["yes", "no", True, False], **said, "description": meaning}


def integer(meaning: str, least: int | None = None, most: int | None = None, default: int | None = None) -> Json:
    """A whole number."""
    said = {"minimum": least, "maximum": most, "default": default}
    return {
        "type": "integer",
        **{key: value for key, value in said.items() if value is not None},
        "description": meaning,
    }


def number(meaning: str, least: float | None = None, most: float | None = None) -> Json:
    """A number, also with decimals."""
    said = {"minimum": least, "maximum": most}
    return {
        "type": "number",
        **{key: value for key, value in said.items() if value is not None},
        "description": meaning,
    }


def day(meaning: str) -> Json:
    """An ISO date."""
    return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": meaning}


def words(meaning: str, allowed: Iterable[str] = (), known: Iterable[str] = ()) -> Json:
    """A list of texts, or one of them: of the `allowed` alone, or any, of which some are `known`."""
    one: Json = {"enum": list(allowed)} if allowed else LINE
    if known:
        one = {"anyOf": [{"enum": sorted(known)}, LINE]}
    return {"anyOf": [one, {"type": "array", "items": one}], "description": meaning}


def by_language(meaning: str) -> Json:
    """Words for people: one text for all languages, or one for each."""
    return {"anyOf": [LINE, {"type": "object", "additionalProperties": LINE}], "description": meaning}


def group(meaning: str, keys: Mapping[str, Json], required: Iterable[str] = ()) -> Json:
    """Keys and values, just these."""
    needed = list(required)
    return {
        "type": ["object", "null"] if not needed else "object",
        "properties": dict(keys),
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        "description": meaning,
    }


def named(meaning: str, value: Json) -> Json:
    """Names of the writer's own, each with such a value."""
    return {"type": ["object", "null"], "additionalProperties": value, "description": meaning}


def items(meaning: str, value: Json) -> Json:
    """A list of such values."""
    return {"type": ["array", "null"], "items": value, "description": meaning}


def either(meaning: str, *forms: Json) -> Json:
    """One of several forms."""
    return {"anyOf": list(forms), "description": meaning}


def _told(meaning: str, examples: tuple[str, ...]) -> Json:
    return {"description": meaning, **({"examples": list(examples)} if examples else {})}
