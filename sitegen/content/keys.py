"""Take typed values out of a marked mapping, and say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MOST = 1_000_000_000
"""The largest number that anything in content/ may be."""


class Keys:
    """The keys of one mapping. Each method takes a key and answers a value of the right type or the default.

    What is missing or has the wrong form goes into `problems`; `finish` reports the keys nobody asked for.
    """

    def __init__(self, mapping: Mapping, problems: list[Problem], what: str) -> None:
        self.mapping = mapping
        self.problems = problems
        self.what = what
        self._asked: set[str] = set()

    def node(self, key: str, required: bool = False) -> Node | None:
        """The raw node, None where absent or empty."""
        self._asked.add(key)
        node = self.mapping.get(key)
        if isinstance(node, Scalar) and not node.text and not node.quoted:
            node = None
        if node is None and required:
            self._report(self.mapping.place, "missing-key", f"{self.what} has no '{key}'", f"add a line '{key}: ...'")
        return node

    def place(self, key: str) -> Place:
        """Where the key's value stands, or the mapping's own place."""
        node = self.mapping.get(key)
        return node.place if node else self.mapping.place

    def text(self, key: str, default: str = "", required: bool = False) -> str:
        """One line or paragraph of text."""
        return self._scalar(key, lambda scalar: scalar.text, default, "text", required)

    def yes_no(self, key: str, default: bool) -> bool:
        """`yes`, `no`, `true` or `false`."""
        words = {"yes": True, "true": True, "no": False, "false": False}
        return self._scalar(key, lambda scalar: words[scalar.text.lower()], default, "yes or no")

    def integer(self, key: str, default: int, least: int = -MOST, most: int = MOST) -> int:
        """A whole number from `least` to `most`."""

        def read(scalar: Scalar) -> int:
            number = int(scalar.text)
            if not least <= number <= most:
                raise ValueError(number)
            return number

        bounds = "" if (least, most) == (-MOST, MOST) else f" from {least} to {most}"
        return self._scalar(key, read, default, f"a whole number{bounds}")

    def decimal(self, key: str, default: Decimal = Decimal(0), required: bool = False) -> Decimal:
        """A decimal number, never a float."""
        return self._scalar(key, _decimal, default, "a number like 1000 or 2.5", required)

    def day(self, key: str) -> date | None:
        """An ISO date."""
        return self._scalar(key, lambda scalar: date.fromisoformat(scalar.text), None, "a date like 2026-09-25")

    def choice(self, key: str, allowed: type[E], default: E, required: bool = False) -> E:
        """One word of an enumeration."""
        text = self.text(key, required=required)
        if not text:
            return default
        if text not in set(allowed):
            self._report(self.place(key), "unknown-word", f"unknown {key} '{text}'", did_you_mean(text, allowed))
            return default
        return allowed(text)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        text = self.text(key, default)
        if text not in allowed:
            self._report(self.place(key), "unknown-word", f"unknown {key} '{text}'", did_you_mean(text, allowed))
            return default
        return text

    def scalars(self, key: str) -> tuple[Scalar, ...]:
        """A list of texts; a single text is a list of one."""
        node = self.node(key)
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        good = tuple(item for item in items if isinstance(item, Scalar))
        if len(good) != len(items):
            self._report(node.place, "wrong-form", f"'{key}' must be a list of words", f"write '{key}: [one, two]'")
        return good

    def texts(self, key: str) -> tuple[str, ...]:
        """As `scalars`, without their places."""
        return tuple(item.text for item in self.scalars(key))

    def keys(self, key: str, required: bool = False) -> Keys | None:
        """A mapping inside this one."""
        node = self.node(key, required)
        if node is None:
            return None
        if not isinstance(node, Mapping):
            self._report(node.place, "wrong-form", f"'{key}' must hold keys and values", "indent them below it")
            return None
        return Keys(node, self.problems, f"'{key}'")

    def rest(self) -> tuple[Entry, ...]:
        """The entries nobody has asked for yet; they count as asked for now."""
        left = tuple(entry for entry in self.mapping.entries if entry.key.text not in self._asked)
        self._asked.update(entry.key.text for entry in left)
        return left

    def finish(self) -> None:
        """Report the keys that have no meaning here."""
        for entry in self.mapping.entries:
            if entry.key.text not in self._asked:
                hint = did_you_mean(entry.key.text, self._asked)
                self._report(entry.key.place, "unknown-key", f"unknown key '{entry.key.text}' in {self.what}", hint)

    def _scalar(self, key: str, read: Callable[[Scalar], T], default: T, expected: str, required: bool = False) -> T:
        node = self.node(key, required)
        if node is None:
            return default
        if isinstance(node, Scalar):
            try:
                return read(node)
            except (ValueError, KeyError, InvalidOperation):
                self._report(node.place, "wrong-value", f"'{key}' can't be '{node.text}'", f"write {expected}")
                return default
        hint = "put a value that begins with [ or { in quotes"
        self._report(node.place, "wrong-form", f"'{key}' must be {expected}", hint)
        return default

    def _report(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.problems.append(place.problem(code, message, hint))


def _decimal(scalar: Scalar) -> Decimal:
    number = Decimal(scalar.text)
    # "NaN" and "Infinity" are decimals too.
    if not number.is_finite() or abs(number) > MOST:
        raise ValueError(number)
    return number
