"""Find apologies that no heart wrote: what everybody writes, and what the shop wrote to somebody else already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from sitegen.model.channel import Kind, MessageClass
from sitegen.model.law import Law, Part, Piece, Writing
from sitegen.model.tree import Place
from sitegen.programme.law.judge import Selling, findings
from sitegen.programme.law.likeness import TOKEN
from sitegen.programme.law.prose import prose

BOILER_PLATE = "boiler-plate"
"""The rule of the message law whose words nobody believes in an apology."""
NOWHERE = Place("complaint_steps", 1, 1)


@dataclass(frozen=True, slots=True)
class Apology:
    """The words of an apology, to whom of the complaints, and when."""

    complaint: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Mechanical:
    """Why an apology is mechanical: the phrases that everybody writes, and the earlier apology that it is like.

    `like` is the earlier one's complaint, "" for none; `share` is how many per cent of their words are the same.
    """

    phrases: tuple[str, ...] = ()
    like: str = ""
    share: int = 0

    def __str__(self) -> str:
        said = [f"says what everybody writes: {', '.join(repr(phrase) for phrase in self.phrases)}"] * bool(
            self.phrases
        )
        same = [f"has {self.share} % of its words from the apology to {self.like}"] * bool(self.like)
        return ", and ".join([*said, *same])


@dataclass(frozen=True, slots=True)
class Tongue:
    """What apologies are held against: the message law, the shop's language, and the per cent of the same words from
    which an apology counts as mechanical."""

    law: Law
    language: str
    likeness: int


def mechanical(judged: Sequence[Apology], others: Iterable[Apology], tongue: Tongue) -> Mapping[str, Mechanical]:
    """Those of `judged` that are mechanical, by complaint. `others` are all apologies of the shop, as a stream.

    Of two that are alike only the later one is. Two texts are as alike as Jaccard's index of their sets of words says;
    a Chinese character counts as a word. Source: "heartfelt apology ... much better than a standard mechanical
    apology".
    """
    alike = _Alike.of(judged, tongue)
    best: dict[str, Mechanical] = {}
    for other in others:
        for complaint, share in alike.to(other):
            if complaint not in best or share > best[complaint].share:
                best[complaint] = Mechanical(like=other.complaint, share=share)
    found: dict[str, Mechanical] = {}
    for apology in judged:
        same = best.get(apology.complaint, Mechanical())
        verdict = Mechanical(boiler_plate(apology.words, tongue), same.like, same.share)
        if verdict != Mechanical():
            found[apology.complaint] = verdict
    return found


def boiler_plate(words: str, tongue: Tongue) -> tuple[str, ...]:
    """The phrases of an apology that everybody writes, as they stand in it."""
    piece = Piece(Part.BODY, words, NOWHERE)
    writing = Writing("", Kind.APOLOGY, MessageClass.CARE, tongue.language, (piece,), NOWHERE)
    found = (one.words for one in findings(writing, tongue.law, Selling()) if one.rule.id == BOILER_PLATE)
    return tuple(dict.fromkeys(phrase for phrase in found if not _excused(phrase, tongue.law)))


def _excused(phrase: str, law: Law) -> bool:
    """What the shop may say in every message, it may say in an apology by word of mouth."""
    own = (excuse for excuse in law.excuses if excuse.rule == BOILER_PLATE and not excuse.file)
    return any(not excuse.phrase or phrase.casefold() in excuse.phrase.casefold() for excuse in own)


@dataclass(frozen=True, slots=True)
class _Alike:
    """The judged apologies by their rarest words: two sets that share so much share one of these (prefix filtering,
    Bayardo, Ma and Srikant 2007), so a stream of all apologies is compared with few."""

    least: Fraction
    characters: Mapping[str, str]
    common: Mapping[str, int]
    apologies: tuple[tuple[Apology, frozenset[str]], ...]
    index: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, judged: Sequence[Apology], tongue: Tongue) -> _Alike:
        characters = dict(tongue.law.characters)
        known = tuple((one, _words(one.words, characters)) for one in judged)
        least = Fraction(max(1, tongue.likeness), 100)
        common = Counter(word for _, words in known for word in words)
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, (_, words) in enumerate(known):
            for word in _rarest(words, common, least):
                index[word].append(number)
        return cls(least, characters, common, known, {word: tuple(numbers) for word, numbers in index.items()})

    def to(self, other: Apology) -> Iterator[tuple[str, int]]:
        """Each judged apology that is later than this one and says the same, with the per cent of the same words."""
        words = _words(other.words, self.characters)
        near = {number for word in _rarest(words, self.common, self.least) for number in self.index.get(word, ())}
        for number in sorted(near):
            apology, own = self.apologies[number]
            if (other.on, other.complaint) >= (apology.on, apology.complaint):
                continue
            share = Fraction(len(own & words), len(own | words))
            if share >= self.least:
                yield apology.complaint, int(share * 100)


def _rarest(words: frozenset[str], common: Mapping[str, int], least: Fraction) -> Sequence[str]:
    ordered = sorted(words, key=lambda word: (common.get(word, 0), word))
    return ordered[: len(ordered) - ceil(least * len(ordered)) + 1]


def _words(text: str, characters: Mapping[str, str]) -> frozenset[str]:
    return frozenset(TOKEN.findall(prose(text, characters).text))
