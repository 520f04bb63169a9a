"""Judge one message by every rule that holds for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from sitegen.model.law import Law, Look, Part, Piece, Rule, Tongue, Writing
from sitegen.model.page import linked_page
from sitegen.model.tree import Place
from sitegen.programme.law.matching import spans
from sitegen.programme.law.prose import Mention, Prose, prose

FEWEST_CAPITALS = 6
"""Letters from which on a line in capitals shouts; shorter ones may be a name."""
ENGLISH = "en"
READ = 2048
"""Messages whose findings are remembered: a preview judges all of them whenever one is saved."""


@dataclass(frozen=True, slots=True)
class Selling:
    """What campaigns that sell are and show: the ids of their files, and their pictures as written."""

    campaigns: Collection[str] = ()
    pictures: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule minds in a message: the words as written, where, and how many characters of which piece they take.

    `piece` is None, and `start` and `end` are 0, where something is missing.
    """

    rule: Rule
    writing: Writing
    place: Place
    words: str = ""
    piece: Piece | None = None
    start: int = 0
    end: int = 0


@lru_cache(READ)
def findings(writing: Writing, law: Law, selling: Selling) -> tuple[Finding, ...]:
    """All that the law minds in a message, likeness apart, in the order of the rules."""
    read = tuple((piece, prose(piece.text, dict(law.characters))) for piece in writing.pieces)
    judge = _Judge(writing, law, selling, read)
    return tuple(
        finding for rule in law.rules if rule.holds(writing.kind, writing.message_class) for finding in judge.by(rule)
    )


def spoken(law: Law, language: str, text: str) -> tuple[Tongue, ...]:
    """The languages whose phrases are looked for in a text (folded) of a language.

    Its own and those for every text; Chinese wherever it stands. Latin words in a Chinese, Greek or Russian text are
    taken for English; a German or French text is not, for its words would be mistaken for English ones.
    """
    base = language.partition("-")[0]
    known = {tongue.language for tongue in law.tongues}
    english = base == ENGLISH or base in known or not _mostly_latin(text)
    return tuple(
        tongue
        for tongue in law.tongues
        if tongue.language in {"", base, "zh"} or (tongue.language == ENGLISH and english)
    )


def _mostly_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 > len(letters)


@dataclass(frozen=True, slots=True)
class _Judge:
    writing: Writing
    law: Law
    selling: Selling
    read: tuple[tuple[Piece, Prose], ...]

    def by(self, rule: Rule) -> Iterator[Finding]:
        match rule.look:
            case Look.NEEDED:
                yield from self.needed(rule)
            case Look.LIKENESS:
                return
            case _:
                for piece, said in self.read:
                    if piece.part in rule.parts:
                        yield from self.in_piece(rule, piece, said)

    def in_piece(self, rule: Rule, piece: Piece, said: Prose) -> Iterator[Finding]:
        match rule.look:
            case Look.WORDS:
                for span in self.said(rule, said):
                    yield self.finding(rule, piece, said.offsets[span.start], said.offsets[span.stop - 1] + 1)
            case Look.CAPITALS:
                if _shouts(piece.text):
                    yield self.finding(rule, piece, 0, len(piece.text))
            case Look.FIELDS:
                yield from self.mentions(rule, piece, (one for one in said.fields if one.name in rule.patterns))
            case Look.LINKS:
                yield from self.mentions(rule, piece, (one for one in said.links if self.is_link(rule, one.name)))
            case Look.PICTURES:
                yield from self.mentions(rule, piece, (one for one in said.pictures if self.is_picture(rule, one.name)))

    def needed(self, rule: Rule) -> Iterator[Finding]:
        """Only in languages that have phrases for it; and in words that every recipient reads."""
        heard = [(piece, said) for piece, said in self.read if piece.everyone and self.is_heard(rule, piece)]
        whole = "".join(said.text for _, said in heard)
        words = (words for tongue in self.own(whole) for words in tongue.words if words.rule == rule.id)
        if any(one.phrases for one in words) and not any(self.said(rule, said) for _, said in heard):
            yield Finding(rule, self.writing, self.writing.place)

    def is_heard(self, rule: Rule, piece: Piece) -> bool:
        return piece.part is Part.BODY or (piece.part in rule.parts and self.writing.only_mail)

    def own(self, text: str) -> tuple[Tongue, ...]:
        base = self.writing.language.partition("-")[0]
        return tuple(tongue for tongue in spoken(self.law, base, text) if tongue.language in {"", base})

    def said(self, rule: Rule, said: Prose) -> list[range]:
        heard = spoken(self.law, self.writing.language, said.text)
        return spans(
            said.text, ((words, one.spelling) for one in heard for words in one.words if words.rule == rule.id)
        )

    def mentions(self, rule: Rule, piece: Piece, found: Iterator[Mention]) -> Iterator[Finding]:
        for one in found:
            yield self.finding(rule, piece, one.offset, one.offset + len(one.name))

    def finding(self, rule: Rule, piece: Piece, start: int, end: int) -> Finding:
        words = " ".join(piece.text[start:end].split())
        return Finding(rule, self.writing, piece.place_of(start), words, piece, start, end)

    def is_link(self, rule: Rule, target: str) -> bool:
        if rule.selling and target.partition("#")[0].endswith(".md") and "://" not in target:
            return linked_page(target, self.writing.id) in self.selling.campaigns
        return _fits(target, rule.patterns)

    def is_picture(self, rule: Rule, source: str) -> bool:
        return (rule.selling and source in self.selling.pictures) or _fits(source, rule.patterns)


def pictures(writing: Writing, characters: Mapping[str, str]) -> Iterator[str]:
    """The pictures that a message shows, as written."""
    for piece in writing.pieces:
        yield from (picture.name for picture in prose(piece.text, characters).pictures)


def _fits(address: str, globs: tuple[str, ...]) -> bool:
    return any(fnmatchcase(address.casefold(), glob.casefold()) for glob in globs)


def _shouts(text: str) -> bool:
    cased = [character for character in text if character.isupper() or character.islower()]
    return len(cased) >= FEWEST_CAPITALS and " " in text.strip() and all(map(str.isupper, cased))
