"""The message law: what a message of some kind may not say, must say, show or point to; and the shop's exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sitegen.model.channel import Kind, MessageClass
from sitegen.model.tree import Place


class Level(StrEnum):
    """An error stops the build; a warning is told, and is an error where somebody asks for strictness."""

    ERROR = "error"
    WARNING = "warning"


class Look(StrEnum):
    """What a rule looks at.

    `words`: phrases that may not stand there; `needed`: phrases of which one must; `links`, `pictures`, `fields`: what
    may not be pointed to, shown, or merged in; `capitals`: a line all in capitals; `likeness`: a text too much like
    an earlier one of the same kind.
    """

    WORDS = "words"
    NEEDED = "needed"
    LINKS = "links"
    PICTURES = "pictures"
    FIELDS = "fields"
    CAPITALS = "capitals"
    LIKENESS = "likeness"


class Part(StrEnum):
    """The part of a message in which words stand."""

    TITLE = "title"
    SUBJECT = "subject"
    PREHEADER = "preheader"
    DESCRIPTION = "description"
    TEASER = "teaser"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. It holds for its kinds and classes (all, where it names none of either), but not for `exempt` kinds.

    `patterns` are globs of links or pictures, or names of fields. With `selling`, links to campaigns that sell count
    too, and pictures that those show. `shingle` (words) and `most` (0 to 1) belong to likeness.
    """

    id: str
    look: Look
    level: Level
    message: str
    hint: str
    source: str
    kinds: frozenset[Kind] = frozenset()
    classes: frozenset[MessageClass] = frozenset()
    exempt: frozenset[Kind] = frozenset()
    parts: frozenset[Part] = frozenset(Part)
    patterns: tuple[str, ...] = ()
    selling: bool = False
    shingle: int = 3
    most: Decimal = Decimal(1)

    def holds(self, kind: Kind, message_class: MessageClass) -> bool:
        """Whether messages of that kind and class are under this rule."""
        everybody = not self.kinds and not self.classes
        return kind not in self.exempt and (everybody or kind in self.kinds or message_class in self.classes)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How phrases of one language are read.

    `numbers` are words that `#` stands for beside digits, `gap` the most characters that `~` stands for, `lists` what
    `<name>` stands for.
    """

    numbers: tuple[str, ...] = ()
    gap: int = 30
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one rule in one language; a phrase inside one of `innocent` means no harm."""

    rule: str
    phrases: tuple[str, ...]
    innocent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tongue:
    """The phrases of one language; the language "" means every text. `own`: the shop wrote them."""

    language: str
    spelling: Spelling
    words: tuple[Words, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Excuse:
    """What the shop may say all the same: a phrase, or all that one rule minds in one file. "" means any."""

    rule: str
    phrase: str
    file: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Law:
    """All rules, with the phrases of each language, and what the shop excepts. `characters` maps traditional
    characters to simplified ones, in which phrases are written."""

    rules: tuple[Rule, ...]
    tongues: tuple[Tongue, ...]
    characters: tuple[tuple[str, str], ...] = ()
    excuses: tuple[Excuse, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they were written, source and all, from `place` on. `everyone`: all who get the message read them."""

    part: Part
    text: str
    place: Place
    everyone: bool = True

    def place_of(self, offset: int) -> Place:
        """Where the character at `offset` stands."""
        before = self.text[:offset]
        line = self.place.line + before.count("\n")
        column = offset - before.rfind("\n") if "\n" in before else self.place.column + offset
        return Place(self.place.file, line, column)


@dataclass(frozen=True, slots=True)
class Writing:
    """A campaign or a message of the library, for judging.

    `id` is its path below content/, `place` where its kind is named. `day` orders writings of one kind: the library
    has "", so it is earlier than any campaign. What is a `draft` leaves nobody's house, so it is only warned of.
    """

    id: str
    kind: Kind
    message_class: MessageClass
    language: str
    pieces: tuple[Piece, ...]
    place: Place
    day: str = ""
    draft: bool = False
    only_mail: bool = False
