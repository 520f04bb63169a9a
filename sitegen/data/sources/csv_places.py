"""Find the lines and columns of a CSV file's findings, by reading again only the files that have any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.data.sources.csv_text import Record, cells, records
from sitegen.data.sources.header import Header
from sitegen.data.sources.sheet import Spot
from sitegen.model.tree import Place


def csv_places(
    path: Path, file: str, header: Header, rejected: frozenset[int], spots: Iterable[Spot]
) -> Mapping[Spot, Place]:
    """The place of each spot; `rejected` records have no row number.

    Quoted line breaks make a row's number and its line differ, hence the reading.
    """
    wanted: dict[tuple[int, bool], list[Spot]] = {}
    for spot in spots:
        wanted.setdefault((spot.row, spot.reject), []).append(spot)
    found: dict[Spot, Place] = {}
    for key, record in _numbered(path, header, rejected):
        for spot in wanted.pop(key, ()):
            found[spot] = _place(file, record, (header.delimiter, spot.field))
        if not wanted:
            break
    missed = (spot for left in wanted.values() for spot in left)
    return found | dict.fromkeys(missed, Place(file))


def _numbered(path: Path, header: Header, rejected: frozenset[int]) -> Iterable[tuple[tuple[int, bool], Record]]:
    """Each record below the header with the number that the engine gave it."""
    single = len(header.columns) == 1  # the engine skips a blank line, unless it may be an empty cell
    row = 0
    for number, record in enumerate(records(path, header.delimiter), 1):
        if number in rejected:
            yield (number, True), record
        elif number > 1 + header.skipped and (single or not record.blank):
            yield (row, False), record
            row += 1


def _place(file: str, record: Record, cell: tuple[str, int]) -> Place:
    delimiter, field = cell
    written = cells(record.text, delimiter)
    if field >= len(written):
        return Place(file, record.line)
    return Place(file, record.line + written[field].line, written[field].column)
