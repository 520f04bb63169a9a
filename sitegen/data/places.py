"""Find the lines and columns of a CSV file's findings, by reading again only the files that have any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.data.csv_source import Sheet
from sitegen.data.csv_text import Record, cells, records
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell as the engine counts. `row` is the row that was read, from 0, or for a reject the record, from 1 at
    the header; `field` counts from 0, and one behind the last cell stands for the whole record.
    """

    row: int
    field: int
    reject: bool = False


def places(sheet: Sheet, spots: Iterable[Spot]) -> Mapping[Spot, Place]:
    """The place of each spot. Quoted line breaks make a row's number and its line differ, hence the reading."""
    wanted: dict[tuple[int, bool], list[Spot]] = {}
    for spot in spots:
        wanted.setdefault((spot.row, spot.reject), []).append(spot)
    found: dict[Spot, Place] = {}
    for key, record in _numbered(sheet):
        for spot in wanted.pop(key, ()):
            found[spot] = _place(sheet, record, spot.field)
        if not wanted:
            break
    missed = (spot for left in wanted.values() for spot in left)
    return found | dict.fromkeys(missed, Place(sheet.file))


def _numbered(sheet: Sheet) -> Iterable[tuple[tuple[int, bool], Record]]:
    """Each record below the header with the number that the engine gave it."""
    rejected = {reject.record for reject in sheet.rejects}
    single = len(sheet.header.columns) == 1  # the engine skips a blank line, unless it may be an empty cell
    row = 0
    for number, record in enumerate(records(sheet.path, sheet.header.delimiter), 1):
        if number in rejected:
            yield (number, True), record
        elif number > 1 and (single or not record.blank):
            yield (row, False), record
            row += 1


def _place(sheet: Sheet, record: Record, field: int) -> Place:
    written = cells(record.text, sheet.header.delimiter)
    if field >= len(written):
        return Place(sheet.file, record.line)
    return Place(sheet.file, record.line + written[field].line, written[field].column)
