"""Gather what a shop's people wrote: the words of each text with their lines, who may read them, and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from itertools import accumulate
from sys import intern

from sitegen.audience.selection.embargo import standing
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.directive import aims, aims_at_picture, directive
from sitegen.model.field import FieldUse
from sitegen.model.page import Page
from sitegen.model.project import Project
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place
from sitegen.protect.audit.readers import ANYBODY, Readers
from sitegen.protect.audit.words import words

FIELD = re.compile(f"{FIELD_OPEN}(\\d+){FIELD_CLOSE}")
UNWORDED = re.compile(
    r"\]\([^)]*\)"  # where a link leads
    r"|^ {0,3}\[[^\]^][^\]]*\]:.*$"  # and where, below the text
    r"|\{[:#.][^{}\n]*\}"  # attributes of a heading
    r"|</?[a-zA-Z][^<>]*>"
    r"|^\s*\d+[.)](?=\s)"  # the number of a list's item, which the browser counts
    r"|^!!! *\w+",  # the kind of a note
    re.MULTILINE,
)
DIRECTIVE = re.compile(r"^:{3,}[^\n]*$", re.MULTILINE)
EMPHASIS = re.compile(r"[*`~]+")
ASSET = re.compile(r"\]\(\s*<?/assets/([^\s)>#]+)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was written: its words, and as `plain` text from `line` on; `whole`: a title or another short line.

    `live` is False for what does not stand there on that day: drafts, things to come, things gone. `sent`: it
    leaves by mail, text or card only and has no page.
    """

    file: str
    words: tuple[str, ...]
    plain: str
    line: int
    readers: tuple[str, ...]
    live: bool = True
    sent: bool = False
    whole: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anybody may read it today."""
        return self.live and self.readers == ANYBODY

    def place(self, word: int) -> Place:
        """Where a word stands. Only leaks ask for it."""
        lines = accumulate(len(words(line)) for line in self.plain.split("\n"))
        return Place(self.file, self.line + next((number for number, end in enumerate(lines) if word < end), 0))


@dataclass(frozen=True, slots=True)
class Thing:
    """A page or campaign with its readers; `folder` says where its id begins below content/."""

    id: str
    thing: Page | Campaign
    readers: tuple[str, ...]
    live: bool
    sent: bool

    @property
    def is_open(self) -> bool:
        """Whether its title and address are for anybody."""
        return self.live and not self.sent and (self.readers == ANYBODY or bool(self.thing.body.public_blocks))


def things(project: Project, readers: Readers, today: date, drafts: bool) -> tuple[Thing, ...]:
    """All pages and campaigns, whether they stand on the site today or not."""
    written: list[Page | Campaign] = [*project.pages, *project.campaigns]
    return tuple(_thing(one, readers, today, drafts) for one in written)


def _thing(one: Page | Campaign, readers: Readers, today: date, drafts: bool) -> Thing:
    named = one.id if isinstance(one, Page) else f"campaigns/{one.id}.md"
    sent = isinstance(one, Campaign) and Channel.PAGE not in one.channels
    # What is only sent has days of its own, and its draft may be sent tomorrow.
    shown = one if sent else standing(one, today)
    live = (drafts or not one.draft) and shown is not None
    thing = shown or one
    return Thing(named, thing, readers.of(thing.audience), live, sent)


def texts(found: Iterable[Thing], readers: Readers) -> Iterator[Text]:
    """Every text of the things: titles and other short lines, and the blocks of their bodies."""
    for thing in found:
        yield from (text for text in (*_lines(thing), *_blocks(thing, readers)) if text.words)


def guarded_texts(project: Project, found: Iterable[Thing], readers: Readers) -> tuple[Text, ...]:
    """The texts that are not for anybody; things that are plainly public are not even read."""
    some = (thing for thing in found if not _is_plain(thing))
    return tuple(text for text in (*texts(some, readers), *segment_texts(project)) if not text.is_open)


def _is_plain(one: Thing) -> bool:
    return one.live and not one.sent and one.readers == ANYBODY and not one.thing.body.audiences


def segment_texts(project: Project) -> Iterator[Text]:
    """Titles and reasons of the segments that have a name: members are greeted by them, nobody else may read them."""
    for segment in project.segments:
        for line in (segment.title, segment.why) if segment.named else ():
            if line:
                yield _text(segment.place.file, line, segment.place.line, (EVERYONE,), whole=True)


def _lines(thing: Thing) -> list[Text]:
    """The short lines of the front matter; a campaign's subject and preheader come last."""
    one = thing.thing
    place = one.place

    def line(text: str, readers: tuple[str, ...]) -> Text:
        made = _text(place.file, FIELD.sub(" ", text), place.line, readers, whole=True)
        return replace(made, live=thing.live, sent=thing.sent)

    shown = ANYBODY if one.body.public_blocks and not thing.sent else thing.readers
    found = [line(one.title, shown), line(one.description, shown)]
    if not thing.sent:
        found.append(line(one.teaser, ANYBODY))
    if isinstance(one, Campaign):
        found += [line(one.subject, thing.readers), line(one.preheader, thing.readers)]
    return found


def mailed_texts(thing: Thing, readers: Readers) -> Iterator[Text]:
    """What leaves by mail, text or card: subject, preheader and the blocks, each for its own readers."""
    one = thing.thing
    if isinstance(one, Campaign) and set(one.channels) != {Channel.PAGE} and not one.draft:
        yield from (text for text in (*_lines(thing)[-2:], *_blocks(thing, readers)) if text.words)


def _blocks(thing: Thing, readers: Readers) -> Iterator[Text]:
    body = thing.thing.body
    for number, block in enumerate(body.blocks):
        who = readers.of(block.audience) if block.audience else thing.readers
        if not block.audience and number < body.public_blocks:
            who = ANYBODY
        yield replace(block_text(body.file, block, body.fields), readers=who, live=thing.live, sent=thing.sent)


def block_text(file: str, block: Block, fields: tuple[FieldUse, ...]) -> Text:
    """The words of a stretch of Markdown, as the site shows them, for readers who are yet to be named."""
    written = DIRECTIVE.sub(lambda found: _said(found[0]), block.markdown)
    plain = UNWORDED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), written)
    plain = FIELD.sub(lambda use: fields[int(use[1])].fallback or "", EMPHASIS.sub("", plain))
    return _text(file, unescape(plain), block.line, ANYBODY)


def _said(line: str) -> str:
    """What a shortcode's line says to readers: its arguments that are no addresses."""
    found = directive(line)
    return " ".join(one.value for one in found.arguments if not aims(one.value)) if found else ""


def _text(file: str, plain: str, line: int, readers: tuple[str, ...], whole: bool = False) -> Text:
    # Millions of words are tens of thousands of different ones.
    return Text(file, tuple(map(intern, words(plain))), plain, line, readers, whole=whole)


@dataclass(frozen=True, slots=True)
class Shown:
    """An asset that a text shows or links to: its path below content/assets/, and the text's readers."""

    path: str
    place: Place
    readers: tuple[str, ...]
    live: bool
    mailed: bool


def shown_assets(found: Iterable[Thing], readers: Readers) -> Iterator[Shown]:
    """Where assets stand. A picture in a mail lies on the site for anybody: a mail program has no key."""
    for thing in found:
        body = thing.thing.body
        one = thing.thing
        if one.image:
            who = ANYBODY if one.body.public_blocks else thing.readers
            yield Shown(one.image.path, one.image.place, who, thing.live and not thing.sent, mailed=False)
        mailed = isinstance(one, Campaign) and Channel.MAIL in one.channels and (thing.live or not one.draft)
        for number, block in enumerate(body.blocks):
            who = readers.of(block.audience) if block.audience else thing.readers
            if not block.audience and number < body.public_blocks:
                who = ANYBODY
            named = [*_linked_assets(block.markdown), *_named_assets(block.markdown)]
            for picture, path in dict.fromkeys(named):
                yield Shown(path, Place(body.file, block.line), who, thing.live, mailed and bool(picture))


def _linked_assets(markdown: str) -> Iterator[tuple[str, str]]:
    """The assets that Markdown shows ("!") or links to (""), and their paths."""
    at = end = 0
    while found := ASSET.search(markdown, at):
        # From the end of its words back to their beginning: to look for beginnings first takes ten times as long.
        begin = markdown.rfind("[", end, found.start())
        at = found.start() + 1
        if begin >= 0 and "]" not in markdown[begin : found.start()]:
            yield "!" if markdown[end:begin].endswith("!") else "", found[1]
            at = end = found.end()


def _named_assets(markdown: str) -> list[tuple[str, str]]:
    """The assets that shortcodes name, as `_linked_assets` those of Markdown."""
    if ":::" not in markdown:
        return []
    lines = (directive(found[0]) for found in DIRECTIVE.finditer(markdown))
    arguments = (argument for line in lines if line for argument in line.arguments)
    return [
        ("!" if aims_at_picture(argument.value) else "", argument.value.partition("#")[0].removeprefix("/assets/"))
        for argument in arguments
        if argument.value.startswith("/assets/")
    ]
