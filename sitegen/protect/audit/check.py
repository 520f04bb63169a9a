"""Look through everything that can be read for what its readers may not read."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sitegen.model.allowance import Allowance
from sitegen.model.tree import Place
from sitegen.protect.audit.allowed import Allowed, spaced
from sitegen.protect.audit.findings import NOWHERE, Finding, Hit, findings, line_of
from sitegen.protect.audit.index import Index
from sitegen.protect.audit.names import Name
from sitegen.protect.audit.prints import BYTES, VALUE, Numbers, Printer, Prints, distinct, held, marks, spread
from sitegen.protect.audit.readers import ANYBODY, Readers
from sitegen.protect.audit.reading import Reading, read, read_sealed
from sitegen.protect.audit.sources import Text
from sitegen.protect.audit.surfaces import Surface
from sitegen.protect.audit.words import window, words

VERSION = b"3"
"""Part of the name of each thing that is kept: another way of reading, another version."""
Occurrence = tuple[int, int]
"""The number of a text, and the word of it with which a run begins."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a shop's people wrote: texts, names that betray, the exceptions; and files that say the same in each shop.

    `guarded` are the texts that are not for anybody; `everything` gathers all texts, which only a likely leak asks for.
    `names` are by their marks (see prints.marks).
    """

    guarded: tuple[Text, ...]
    everything: Callable[[], tuple[Text, ...]]
    names: Mapping[str, Name]
    readers: Readers
    allowances: tuple[Allowance, ...] = ()
    common: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in order of place, the exceptions that excuse nothing, and what may be kept for the next time.

    `looked` counts the things that were looked through, `known` those of them that needed no reading; `secrets`
    are the numbers of what is for few.
    """

    findings: tuple[Finding, ...]
    unused: tuple[Allowance, ...]
    prints: Mapping[bytes, Prints]
    looked: int
    known: int
    secrets: Prints


def audit(written: Written, surfaces: Iterable[Surface], key: bytes, home: str, known: Mapping[bytes, Prints]) -> Audit:
    """Compare what was written for few with all that can be read.

    `key` has 32 secret bytes, `home` is the address of the site, `known` what an earlier audit kept.
    """
    look = _Look(written, key, home, known)
    for surface in surfaces:
        look.at(surface)
    found = (*(findings(look.texts, look.hits) if look.hits else ()), *look.named)
    counts = look.looked, look.looked - look.read
    return Audit(tuple(sorted(set(found))), look.allowed.unused(), look.kept, *counts, look.secrets)


def name_of(surface: Surface, key: bytes, home: str) -> bytes:
    """The name under which the prints of a thing are kept: of its bytes, and of how they are read."""
    about = VERSION + bytes([surface.sealed]) + home.encode()
    return hmac.digest(key, about + sha256(surface.content).digest(), "sha256")[:16]


def prints_of(surface: Surface, printer: Printer) -> Prints:
    """What a thing says, as numbers."""
    return printer.prints(_read(surface))


class _Look:
    """One audit on its way."""

    def __init__(self, written: Written, key: bytes, home: str, known: Mapping[bytes, Prints]) -> None:
        self.written = written
        self.key, self.home, self.known = key, home, known
        self.printer = Printer(key, home)
        self.kept: dict[bytes, Prints] = {}
        self.looked = self.read = 0
        self.hits: list[Hit] = []
        self.named: list[Finding] = []
        self.allowed = Allowed(written.allowances)
        # What anybody may read is wrong nowhere, so the rest is enough to find what is.
        self.guarded = Index(written.guarded, self.printer)
        # Texts of one kind are wrong together or not at all.
        kinds: dict[tuple[tuple[str, ...], bool, bool], int] = {}
        numbers = [kinds.setdefault((text.readers, text.live, text.sent), len(kinds)) for text in written.guarded]
        self.kind_of, self.kinds = np.array(numbers, dtype=np.int64), list(kinds)
        self.wrong: dict[tuple[tuple[str, ...], bool], NDArray[np.bool_]] = {}
        self.names = {self.printer.mark(mark): name for mark, name in written.names.items()}
        self.name_numbers = np.array(sorted(self.names), dtype=np.uint64)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """Everything that was written."""
        return self.written.everything()

    @cached_property
    def index(self) -> Index:
        """Where everything stands that was written."""
        return Index(self.texts, self.printer)

    @property
    def secrets(self) -> Prints:
        """What is for few, as numbers."""
        return Prints(distinct(self.guarded.numbers), self.guarded.title_starts, self.name_numbers)

    def at(self, surface: Surface) -> None:
        """Look at one thing."""
        self.looked += 1
        prints = self.prints(surface)
        wrong = self.wrong_kinds(surface)
        runs = self.wrong_runs(prints, wrong)
        titles = [title for title in self.guarded.titles_in(prints.starts) if wrong[self.kind_of[title]]]
        if len(runs) or titles:
            said = spread(_read(surface))
            self.runs(surface, said, runs)
            self.title_runs(surface, said, titles)
        if surface.readers == ANYBODY:
            self.marks(surface, prints)

    def prints(self, surface: Surface) -> Prints:
        """What the thing says, as numbers: read, or known from its bytes."""
        name = name_of(surface, self.key, self.home)
        prints = self.kept.get(name) or self.known.get(name)
        if prints is None:
            self.read += 1
            prints = prints_of(surface, self.printer)
        self.kept[name] = prints
        return prints

    def wrong_kinds(self, surface: Surface) -> NDArray[np.bool_]:
        """For each kind of text, whether the readers of this thing may not read it, as far as names tell."""
        key = (surface.readers, surface.mail)
        if key not in self.wrong:
            self.wrong[key] = np.array([self.is_wrong(surface, *kind) for kind in self.kinds], dtype=np.bool_)
        return self.wrong[key]

    def is_wrong(self, surface: Surface, readers: tuple[str, ...], live: bool, sent: bool) -> bool:
        """Whether the readers of this thing may not read a text for `readers`."""
        allowed = self.written.readers.plainly(surface.readers, readers)
        # The same wish may go to several groups; and a mail has days of its own.
        return not sent and not allowed if surface.mail else not live or not allowed

    def wrong_runs(self, prints: Prints, wrong: NDArray[np.bool_]) -> Numbers:
        """The numbers of the runs that stand in a text which may not be read here."""
        left = self.guarded.numbers.searchsorted(prints.runs, side="left")
        count = self.guarded.numbers.searchsorted(prints.runs, side="right") - left
        total = int(count.sum())
        # All places in the index of all runs that are found in it: from each left on, as many as there are.
        places = np.repeat(left - (np.cumsum(count) - count), count) + np.arange(total)
        bad = wrong[self.kind_of[self.guarded.owners[places]]] if total else np.zeros(0, dtype=np.bool_)
        return distinct(self.guarded.numbers[places[bad]])

    def runs(self, surface: Surface, said: list[str], wanted: Numbers) -> None:
        """Note where the runs of these numbers stand indeed, unless there is a good reason for it."""
        runs = self.printer.runs(said)
        for at in np.nonzero(held(runs.numbers, wanted))[0].tolist():
            start = int(runs.starts[at])
            run = said[start : start + window(said, start)]
            places = [
                (text, word)
                for text, word in self.index.places(int(runs.numbers[at]))
                if list(self.texts[text].words[word : word + len(run)]) == run
            ]
            self.judge(surface, run, places)

    def title_runs(self, surface: Surface, said: list[str], titles: list[int]) -> None:
        """Note where the whole of these short lines stands."""
        line = spaced(said) if titles else ""
        for run in sorted({self.written.guarded[title].words for title in titles}):
            if spaced(run) in line:
                self.judge(surface, run, list(self.index.mentions(run)), whole=True)

    def judge(self, surface: Surface, run: Sequence[str], places: list[Occurrence], whole: bool = False) -> None:
        """Note that this thing says words of which these are all the places where somebody wrote them."""
        texts = self.texts
        bad = [place for place in places if self.is_bad(surface, texts[place[0]])]
        if whole:
            bad = [place for place in bad if texts[place[0]].whole and len(texts[place[0]].words) == len(run)]
        good = [place for place in places if self.is_right(surface, texts[place[0]])]
        for number, start in bad:
            text = texts[number]
            if self.is_meant(surface, text, [texts[place[0]] for place in good]):
                continue
            if self.allowed.excuses(text.file, run):
                continue
            where, other = Place(surface.name), NOWHERE
            if good:
                other, word = min(good, key=lambda place: (texts[place[0]].file != surface.file, place))
                where = texts[other].place(word)
            elif not surface.sealed:
                where = Place(surface.name, line_of(surface.content, run))
            self.hits.append(Hit(number, start, start + len(run), surface.readers, where, other))
            return

    def is_bad(self, surface: Surface, text: Text) -> bool:
        """Whether neither names nor rules prove that who reads this may read that."""
        proved = text.live and self.written.readers.may(surface.readers, text.readers)
        return self.is_wrong(surface, text.readers, text.live, text.sent) and not proved

    def is_right(self, surface: Surface, text: Text) -> bool:
        """Whether the text may explain why its words can be read here."""
        return (text.live or surface.mail) and self.written.readers.may(surface.readers, text.readers)

    def is_meant(self, surface: Surface, text: Text, good: list[Text]) -> bool:
        """Whether the words are public on purpose: written for these readers in the same file, or in a live one while
        this text waits for the same readers (a new version of a page as a draft, last year's edition)."""
        if any(other.file == text.file for other in good):
            return True
        return not text.live and bool(good) and self.written.readers.may(surface.readers, text.readers)

    def marks(self, surface: Surface, prints: Prints) -> None:
        """Note names that nobody may find."""
        for number in self.name_numbers[held(self.name_numbers, prints.marks)].tolist():
            name = self.names[number]
            if self.is_ordinary(name) or self.allowed.excuses(name.place.file, words(name.name)):
                continue
            line = line_of(surface.content, [name.name])
            phrase = f"the bytes of {name.name}" if name.mark.startswith(BYTES) else name.name
            self.named.append(Finding(name.place, Place(surface.name, line), phrase, surface.readers))

    def is_ordinary(self, name: Name) -> bool:
        """Whether the name of a segment is a word that themes or public texts use anyway."""
        if not name.mark.startswith(VALUE):
            return False
        said = words(name.name)
        return name.mark in self.common or any(self.texts[text].is_open for text, _ in self.index.mentions(said))

    @cached_property
    def common(self) -> frozenset[str]:
        """The marks of what says the same in each shop."""
        return frozenset(mark for content in self.written.common for mark in marks(read(content), self.home))


def _read(surface: Surface) -> Reading:
    return read_sealed(surface.content) if surface.sealed else read(surface.content)
