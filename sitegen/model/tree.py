"""Marked trees: values that know file, line and column, as read, before anybody decides their type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from sitegen.errors import Problem


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file relative to the shop's folder, line and column counted from 1."""

    file: str
    line: int = 0
    column: int = 0

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, self.column, code, message, hint)


@dataclass(frozen=True, slots=True)
class Scalar:
    """The raw text of a value; the schema decides whether it is a number, a date or a postcode."""

    text: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """One key and its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order in which they were written; keys are unique."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value of a key, or None where the key is absent."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping
