"""Record what a page reads while it is rendered: each input by its kind and name, with a fingerprint of its value."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias, TypeVar

from sitegen.model.site_data import DataValue

Read: TypeAlias = tuple[str, str]
"""The kind of an input and its name: ("word", "en skip"), ("page", "title"), ("address", "pages/about.md")."""
Fingerprint: TypeAlias = str | int | bytes | None
"""What an input's value is compared by: short plain values are their own, all others are hashed."""
Trace: TypeAlias = Mapping[Read, Fingerprint]
"""Everything that a page read, with what it found. The same values again would make the same page again."""

V = TypeVar("V")
LONGEST = 80
"""Characters up to which a text is its own fingerprint."""


@dataclass(slots=True)
class Reads:
    """What the page that is just being rendered has read so far."""

    seen: set[Read] = field(default_factory=set)

    def note(self, kind: str, name: str) -> None:
        """Remember one input."""
        self.seen.add((kind, name))

    def taken(self) -> frozenset[Read]:
        """All inputs since the last time."""
        seen = frozenset(self.seen)
        self.seen.clear()
        return seen


class Noted(Mapping[str, V]):
    """A mapping that notes which of its keys were asked for, whether they were there or not."""

    def __init__(self, inner: Mapping[str, V], kind: str, reads: Reads, prefix: str = "") -> None:
        self._inner, self._kind, self._reads, self._prefix = inner, kind, reads, prefix

    def __getitem__(self, key: str) -> V:
        self._reads.note(self._kind, self._prefix + key)
        return self._inner[key]

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str):
            self._reads.note(self._kind, self._prefix + key)
        return key in self._inner

    def __iter__(self) -> Iterator[str]:
        """Only a hint for a mistake looks through all keys, and a mistake is never kept."""
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


class DataFiles(Noted[DataValue]):
    """The shop's data files by name; going through all of them hangs on their names."""

    _where = "content/data"

    def __iter__(self) -> Iterator[str]:
        self._reads.note(self._kind, "")
        return iter(self._inner)


class NotedNames(Collection[str]):
    """A collection of names that notes which of them were asked for, and what the answer was."""

    def __init__(self, inner: Collection[str]) -> None:
        self._inner = inner
        self.asked: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        there = name in self._inner
        if isinstance(name, str):
            self.asked[name] = there
        return there

    def __iter__(self) -> Iterator[str]:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


def noting(function: Callable[[str], V], reads: Reads, read: Callable[[str], Read]) -> Callable[[str], V]:
    """The same function; each call is noted as an input."""

    def noted(argument: str) -> V:
        reads.note(*read(argument))
        return function(argument)

    return noted


def fingerprint(value: object) -> Fingerprint:
    """What a value is compared by. Values are frozen views, so that what they say is all that they are."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str) and len(value) <= LONGEST:
        return str(value)
    said = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=16).digest()
