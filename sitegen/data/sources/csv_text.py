"""Find the records and cells of a CSV text, and where in the file each of them begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LINE_END = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"?(.*)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as written. `line` is the line of the file on which it begins, `blank` says that it is empty."""

    line: int
    text: str
    blank: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `line` counts lines below the record's first from 0, `column` counts characters from 1."""

    text: str
    line: int
    column: int


def records(path: Path, delimiter: str) -> Iterator[Record]:
    """The records of a file in order, the header included; bytes that are not UTF-8 are replaced.

    A record that Python's reader can't take (longer than its limit) is the last one.
    """
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        taken: list[str] = []
        reader = csv.reader(_remember(stream, taken), delimiter=delimiter)
        line = 1
        while True:
            try:
                fields = next(reader, None)
            except csv.Error:
                yield Record(line, "".join(taken), blank=False)
                return
            if fields is None:
                return
            yield Record(line, "".join(taken), blank=not fields)
            line += len(taken)
            taken.clear()


def _remember(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def cells(record: str, delimiter: str) -> tuple[Cell, ...]:
    """The cells of one record, quotes taken off. An unclosed quote reaches to the end."""
    text = record.rstrip("\r\n")
    pattern = re.compile(rf'"(?:[^"]|"")*"?[^{delimiter}]*|[^{delimiter}]*')
    found: list[Cell] = []
    start = 0
    while True:
        end = pattern.match(text, start).end()  # type: ignore[union-attr]  # the pattern takes the empty text
        found.append(_cell(text, start, end))
        if end >= len(text):
            return tuple(found)
        start = end + 1


def _cell(text: str, start: int, end: int) -> Cell:
    line_ends = [match.end() for match in _LINE_END.finditer(text, 0, start)]
    written = text[start:end]
    if quoted := _QUOTED.match(written):
        written = quoted[1].replace('""', '"') + quoted[2]
    return Cell(written, len(line_ends), start - (line_ends[-1] if line_ends else 0) + 1)
