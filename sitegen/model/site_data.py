"""What a shop's data files say: texts, lists and mappings, as templates read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, overload

from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class DataMap(Mapping[str, "DataValue"]):
    """Keys and values in the order of the file: `data.prices.linen`, or `data.prices["linen"]`.

    Two are equal where they say the same, wherever it stands. `_place` is for messages; no template sees it.
    """

    _entries: Mapping[str, DataValue]
    _place: Place = field(compare=False, repr=False)

    def __getitem__(self, key: str) -> DataValue:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def _where(self) -> str:
        """The file, with the line where it is known."""
        return f"{self._place.file}:{self._place.line}" if self._place.line else self._place.file


@dataclass(frozen=True, slots=True)
class DataList(Sequence["DataValue"]):
    """Values in the order of the file; the rows of a CSV file are mappings."""

    _items: tuple[DataValue, ...]

    @overload
    def __getitem__(self, index: int) -> DataValue: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DataValue, ...]: ...
    def __getitem__(self, index: int | slice) -> DataValue | tuple[DataValue, ...]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)


DataValue: TypeAlias = str | DataList | DataMap
"""Every single value is a text, as it was written: "08", "no" and "1.10" stay what they are."""

RESERVED = frozenset(name for name in dir(Mapping) if not name.startswith("_"))
"""Keys that mean something else in a template: `data.prices.items` are all entries."""

NO_DATA = DataMap({}, Place("content/data"))
