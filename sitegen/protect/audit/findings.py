"""Put single hits together: each stretch of words once, from where it was written to where it can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.model.tree import Place
from sitegen.protect.audit.sources import Text
from sitegen.protect.audit.words import spoken

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Hit:
    """The words from `start` to before `end` of a text can be read by `readers` at `where`.

    `other` is the number of the text by which they came there, NOWHERE where no text explains it.
    """

    text: int
    start: int
    end: int
    readers: tuple[str, ...]
    where: Place
    other: int = NOWHERE


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A leak: what was written at `gated` can be read at `leaking` by `readers`, and at `others` more places."""

    gated: Place
    leaking: Place
    phrase: str
    readers: tuple[str, ...]
    others: int = 0


def findings(texts: Sequence[Text], hits: Iterable[Hit]) -> tuple[Finding, ...]:
    """The findings in order of their places. Runs that overlap are one; of a pair of texts only one is told."""
    pairs: dict[tuple[int, int, str], list[Hit]] = {}
    for hit in hits:
        pairs.setdefault((hit.text, hit.other, hit.where.file if hit.other == NOWHERE else ""), []).append(hit)
    told: dict[tuple[int, int, int], list[Hit]] = {}
    for (text, other, _), found in pairs.items():
        # Of two texts of which neither's readers may read the other, the second tells nothing new.
        if not (other < text and (other, text, "") in pairs):
            for run in _merged(found):
                told.setdefault((run.text, run.start, run.end), []).append(run)
    return tuple(sorted(_finding(texts, runs) for runs in told.values()))


def _merged(hits: list[Hit]) -> list[Hit]:
    runs: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        last = runs[-1] if runs else None
        if last is not None and hit.start <= last.end:
            end = max(last.end, hit.end)
            runs[-1] = Hit(last.text, last.start, end, last.readers, last.where, last.other)
        else:
            runs.append(hit)
    return runs


def _finding(texts: Sequence[Text], runs: list[Hit]) -> Finding:
    first = min(runs, key=lambda run: run.where)
    text = texts[first.text]
    phrase = spoken(text.words[first.start : first.end])
    places = {run.where for run in runs}
    return Finding(text.place(first.start), first.where, phrase, first.readers, len(places) - 1)


def line_of(content: bytes, said: Sequence[str]) -> int:
    """The line of a file on which the words begin, 0 where it can't be told."""
    gap = r"(?:<[^<>]*>|&[#\w]+;|[\W_])*"
    pattern = gap.join(re.escape(word) for word in said[:4])
    text = content.decode("utf-8", "replace")
    found = re.search(pattern, text, re.IGNORECASE)
    return text.count("\n", 0, found.start()) + 1 if found else 0
