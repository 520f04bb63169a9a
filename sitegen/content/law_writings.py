"""Cut campaigns and messages into the pieces that people read, as they were written, for the message law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.content.markdown_file import MarkdownFile
from sitegen.model.body import Body
from sitegen.model.campaign import Campaign, OnDate
from sitegen.model.channel import Channel, Kind, message_class
from sitegen.model.law import Part, Piece, Writing
from sitegen.model.message import Message
from sitegen.model.project import Project
from sitegen.model.tree import Place, Scalar

LINES = tuple(part for part in Part if part is not Part.BODY)
FRONT_LINE = 2
"""Where the front matter begins."""
SOME_DAY = "~"
"""Sorts behind every day: a campaign without a day of its own."""


def writings(project: Project, files: Iterable[MarkdownFile]) -> tuple[Writing, ...]:
    """All campaigns and messages for judging, but for those of an unknown kind; `files` are theirs."""
    known = {file.place.file: file for file in files}
    language = project.shop.language
    return (
        *(_campaign(one, known, language) for one in project.campaigns if _has_kind(known[one.place.file])),
        *(_message(one, known, language) for one in project.messages if _has_kind(known[one.place.file])),
    )


def _has_kind(file: MarkdownFile) -> bool:
    node = file.front.get("kind")
    return isinstance(node, Scalar) and node.text in set(Kind)


def _campaign(campaign: Campaign, files: Mapping[str, MarkdownFile], language: str) -> Writing:
    file = files[campaign.place.file]
    sent = set(campaign.channels) - {Channel.PAGE}
    return Writing(
        id=f"campaigns/{campaign.id}.md",
        kind=campaign.kind,
        message_class=campaign.message_class,
        language=campaign.language or language,
        pieces=(*_lines(file), *_blocks(campaign.body, files[campaign.body.file])),
        place=_kind(file),
        day=campaign.timing.day.isoformat() if isinstance(campaign.timing, OnDate) else SOME_DAY,
        draft=campaign.draft,
        only_mail=sent == {Channel.MAIL},
    )


def _message(message: Message, files: Mapping[str, MarkdownFile], language: str) -> Writing:
    file = files[message.place.file]
    return Writing(
        id=f"messages/{message.id}.md",
        kind=message.kind,
        message_class=message_class(message.kind),
        language=message.language or language,
        pieces=(*_lines(file), *_blocks(message.body, file)),
        place=_kind(file),
    )


def _kind(file: MarkdownFile) -> Place:
    node = file.front.get("kind")
    return node.place if node else file.place


def _lines(file: MarkdownFile) -> Iterator[Piece]:
    for part in LINES:
        node = file.front.get(part.value)
        if isinstance(node, Scalar) and node.text:
            yield _line(part, node, file)


def _line(part: Part, scalar: Scalar, file: MarkdownFile) -> Piece:
    """As written: a value of several lines, or one with escapes, is read with its marks, so that places stay true."""
    lines = file.front_text.split("\n")[scalar.place.line - FRONT_LINE :]
    start = scalar.place.column - 1 + scalar.quoted
    place = Place(scalar.place.file, scalar.place.line, start + 1)
    if not lines or lines[0][start : start + len(scalar.text)] == scalar.text:
        return Piece(part, scalar.text, place)
    following = [entry.key.place.line for entry in file.front.entries if entry.key.place.line > scalar.place.line]
    end = min(following, default=FRONT_LINE + len(file.front_text.split("\n"))) - scalar.place.line
    return Piece(part, "\n".join([lines[0][start:], *lines[1:end]]), place)


def _blocks(body: Body, file: MarkdownFile) -> Iterator[Piece]:
    written = file.text.split("\n")
    for block in body.blocks:
        first = block.line - file.text_line
        text = "\n".join(written[first : first + block.markdown.count("\n") + 1])
        yield Piece(Part.BODY, text, Place(body.file, block.line, 1), everyone=not block.audience)
