"""Turn Markdown into the words that people read, each character knowing where it was written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from sitegen.model.directive import Directive, aims, aims_at_picture, directive

TOKEN = re.compile(
    r"""
      (?P<comment><!--.*?-->)
    | (?P<directive>^:{3,}[^\n]*$)
    | (?P<merge>\{\{[^{}]*\}\})
    | (?P<attributes>\{:?[ ]*[.\#][^{}\n]*\})
    | (?P<definition>^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*<?(?P<defined>[^\s>]+)>?)
    | (?P<footnote>\[\^[^\]\n]*\]:?)
    | (?P<target>\]\(\s*<?(?P<aim>(?:[^()\s<>]|\([^()\s<>]*\))*)>?\)?)
    | (?P<reference>\]\[[^\]\n]*\])
    | (?P<address><?(?P<url>(?:https?://|mailto:|tel:)[^\s<>()\[\]，。；！？、）】]+)>?)
    | (?P<tag></?(?P<name>[a-zA-Z][\w-]*)\b[^<>]*>)
    | (?P<entity>&(?:\#\d+|\#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);)
    | (?P<image>!\[)
    | (?P<open>\[)
    | (?P<close>\])
    | (?P<mark>[*_`]+|~~|\\(?=[^\w\s]))
    | (?P<break>[ \t]*\n[ \t]*\n\s*|\|)
    | (?P<blank>\s+)
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
FIELD = re.compile(r"""\{\{\s*(?P<name>\w+)[^"'{}]*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')?""")
INLINE = re.compile(
    r"abbr|[abiqsu]|bd[io]|cite|code|del|dfn|em|ins|kbd|mark|samp|small|span|strong|su[bp]|wbr", re.IGNORECASE
)
"""HTML that stands inside words without parting them."""
VALUE = "\ufffc"
"""Stands for a merge field's value."""
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a text names beside its words, and the offset in its source at which that stands."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Prose:
    """`text` is what people read, in one spelling (see `folded`); `offsets[i]` is where its character i was written.

    A line end in `text` parts what does not belong together: paragraphs, cells of a table.
    """

    text: str
    offsets: tuple[int, ...]
    links: tuple[Mention, ...]
    pictures: tuple[Mention, ...]
    fields: tuple[Mention, ...]


def prose(source: str, characters: Mapping[str, str]) -> Prose:
    """The words of a Markdown text or of a line of front matter. `characters` are written as what they map to."""
    reader = _Reader(source, characters)
    done = 0
    for token in TOKEN.finditer(source):
        reader.say(done, token.start())
        reader.token(token)
        done = token.end()
    reader.say(done, len(source))
    text, offsets = _joined(reader.characters, reader.offsets)
    return Prose(text, offsets, tuple(reader.links), tuple(reader.pictures), tuple(reader.fields))


def folded(text: str, characters: Mapping[str, str]) -> str:
    """The one spelling in which phrases meet texts: no case, no full width, plain quotes, simplified characters."""
    return "".join(_folded(character, characters) for character in text)


def _folded(character: str, characters: Mapping[str, str]) -> str:
    if unicodedata.category(character) == "Cf":
        return ""  # a soft hyphen or a joiner that nobody sees
    plain = unicodedata.normalize("NFKC", character.translate(QUOTES)).casefold()
    return "".join(characters.get(one, one) for one in plain)


@dataclass(slots=True)
class _Reader:
    source: str
    known: Mapping[str, str]
    characters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    links: list[Mention] = field(default_factory=list)
    pictures: list[Mention] = field(default_factory=list)
    fields: list[Mention] = field(default_factory=list)
    open: list[list[Mention]] = field(default_factory=list)

    def say(self, start: int, end: int) -> None:
        for offset in range(start, end):
            self.put(_folded(self.source[offset], self.known), offset)

    def put(self, text: str, offset: int) -> None:
        self.characters += text
        self.offsets += [offset] * len(text)

    def token(self, token: re.Match[str]) -> None:
        """What a piece of markup says, and what it leaves between the words around it."""
        kind, at = token.lastgroup, token.start()
        if kind == "merge":
            self.merge(token)
        elif kind == "directive":
            self.shortcode(directive(token[0]), at)
        elif kind == "entity":
            self.put(folded(unescape(token[0]), self.known), at)
        else:
            self.note(kind, token)
            parts = kind in {"break", "definition"} or (kind == "tag" and not INLINE.fullmatch(token["name"]))
            # A link's title follows its address; without one, what stands behind the link goes on with its last word.
            blank = kind in {"address", "blank"} or (kind == "target" and not token[0].endswith(")"))
            self.put("\n" if parts else " " if blank else "", at)

    def note(self, kind: str | None, token: re.Match[str]) -> None:
        """Remember links and pictures; whatever `[` began ends with the next `]`."""
        match kind:
            case "image":
                self.open.append(self.pictures)
            case "open":
                self.open.append(self.links)
            case "target":
                into = self.open.pop() if self.open else self.links
                into.append(Mention(token["aim"], token.start("aim")))
            case "close" | "reference":
                self.open[-1:] = []
            case "definition":
                self.links.append(Mention(token["defined"], token.start("defined")))
            case "address":
                self.links.append(Mention(token["url"], token.start("url")))

    def shortcode(self, found: Directive | None, at: int) -> None:
        """A shortcode says its arguments, each apart from the others, and points to what they name."""
        self.put("\n", at)
        for argument in found.arguments if found else ():
            start = at + argument.column - 1
            if aims(argument.value):
                shown = self.pictures if aims_at_picture(argument.value) else self.links
                shown.append(Mention(argument.value, start))
            else:
                self.say(start, start + len(argument.value))
                self.put("\n", start + len(argument.value))

    def merge(self, token: re.Match[str]) -> None:
        self.put(VALUE, token.start())
        found = FIELD.match(token[0])
        if found is None:
            return
        self.fields.append(Mention(found["name"], token.start() + found.start("name")))
        for group in ("double", "single"):
            if found[group] is not None:
                self.say(token.start() + found.start(group), token.start() + found.end(group))


def _joined(characters: list[str], offsets: list[int]) -> tuple[str, tuple[int, ...]]:
    """The characters without blanks that say nothing: after another blank, and between Chinese ones."""
    kept = list(_kept(characters))
    return "".join(characters[index] for index in kept), tuple(offsets[index] for index in kept)


def _kept(characters: list[str]) -> Iterator[int]:
    last = "\n"
    for index, character in enumerate(characters):
        after = characters[index + 1] if index + 1 < len(characters) else "\n"
        if character == " " and (last in " \n" or after in " \n" or (CHINESE.match(last) and CHINESE.match(after))):
            continue
        yield index
        last = character
