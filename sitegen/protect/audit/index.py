"""Keep every run of words that was written, so that millions can be looked up at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from sitegen.protect.audit.allowed import spaced
from sitegen.protect.audit.prints import BREAK, Counts, Numbers, Printer, held
from sitegen.protect.audit.sources import Text
from sitegen.protect.audit.words import is_telling, window

BATCH = 200_000
"""Words that are numbered at once: few enough for the memory, enough for the speed."""


class Index:
    """All runs of all texts, sorted by `numbers`: the text of each (`owners`), and the word it begins with (`starts`).

    `titles` holds, for the number of its first three words, the lines that begin so, are too short to have a run, and
    are not for anybody, each with the numbers of all its threes of words.
    """

    def __init__(self, texts: Sequence[Text], printer: Printer) -> None:
        self.texts = texts
        parts = [_batch(texts, first, last, printer) for first, last in _batches(texts)]
        numbers = np.concatenate([np.zeros(0, dtype=np.uint32), *(part[0] for part in parts)])
        order = np.argsort(numbers, kind="stable")
        self.numbers: Numbers = numbers[order]
        self.owners = _small([part[1] for part in parts])[order]
        self.starts = _small([part[2] for part in parts])[order]
        self.titles = _titles(texts, printer)
        self.title_starts = np.array(sorted(self.titles), dtype=np.uint32)

    def places(self, number: int) -> Iterator[tuple[int, int]]:
        """Each text that has a run of this number, and the word it begins with."""
        at = int(self.numbers.searchsorted(np.uint32(number)))
        while at < len(self.numbers) and int(self.numbers[at]) == number:
            yield int(self.owners[at]), int(self.starts[at])
            at += 1

    def titles_in(self, starts: Numbers) -> list[int]:
        """The short lines of which all threes of words are among these sorted numbers."""
        likely = self.title_starts[held(self.title_starts, starts)].tolist()
        lines = (line for start in likely for line in self.titles[start])
        return [number for number, threes in lines if held(threes, starts).all()]

    def mentions(self, run: Sequence[str]) -> Iterator[tuple[int, int]]:
        """As `places`, for words that are too few to be a run."""
        line, ends = self._everything
        wanted = spaced(run)
        at = line.find(wanted)
        while at >= 0:
            text = bisect_right(ends, at)
            begin = ends[text - 1] if text else 0
            yield text, line.count(" ", begin, at)
            at = line.find(wanted, at + 1)

    @cached_property
    def _everything(self) -> tuple[str, list[int]]:
        """All words of all texts in one line, and where each text ends in it. Only a likely leak asks for it."""
        lines = [f"{spaced(text.words)}\n" for text in self.texts]
        return "".join(lines), list(accumulate(map(len, lines)))


def _small(columns: list[Counts]) -> NDArray[np.uint32]:
    return np.concatenate([np.zeros(0, dtype=np.int64), *columns]).astype(np.uint32)


def _batches(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for number, text in enumerate(texts, start=1):
        size += len(text.words)
        if size >= BATCH or number == len(texts):
            yield first, number
            first, size = number, 0


def _batch(texts: Sequence[Text], first: int, last: int, printer: Printer) -> tuple[Numbers, Counts, Counts]:
    said: list[str] = []
    begins = []
    for text in texts[first:last]:
        begins.append(len(said))
        said += text.words
        said.append(BREAK)
    runs = printer.runs(said)
    begin = np.array(begins)
    owner = np.searchsorted(begin, runs.starts, side="right") - 1
    ends = np.append(begin[1:], len(said)) - 1
    inside = runs.starts + runs.lengths <= ends[owner]
    return runs.numbers[inside], (owner + first)[inside], (runs.starts - begin[owner])[inside]


def _titles(texts: Sequence[Text], printer: Printer) -> dict[int, list[tuple[int, Numbers]]]:
    titles: dict[int, list[tuple[int, Numbers]]] = {}
    for number, text in enumerate(texts):
        if text.whole and not text.is_open and is_telling(text.words) and not window(text.words, 0):
            threes = printer.starts(text.words)
            titles.setdefault(int(threes[0]), []).append((number, threes))
    return titles
