"""Read a message of content/messages/."""

from __future__ import annotations

from sitegen.content.body import parse_body
from sitegen.content.keys import Keys
from sitegen.content.markdown_file import MarkdownFile
from sitegen.content.page_file import check_fields, read_language, read_tags
from sitegen.errors import Problem
from sitegen.model.channel import Channel, Kind
from sitegen.model.message import SEASONS, Message
from sitegen.model.tree import Place

CHANNELS = (Channel.MAIL, Channel.TEXT, Channel.CARD)


def read_message(file: MarkdownFile, path: str, problems: list[Problem]) -> Message:
    """The message at `path` below content/messages/; mistakes are added to `problems`.

    A message is for everybody who gets it, so it has no blocks for an audience.
    """
    keys = Keys(file.front, problems, "this message")
    body = parse_body(file.text, file.place.file, file.text_line, problems)
    message = Message(
        id=path.removesuffix(".md"),
        title=keys.text("title", required=True),
        kind=keys.choice("kind", Kind, Kind.HOLIDAY, required=True),
        body=body,
        place=file.place,
        language=read_language(keys),
        season=keys.one_of("season", SEASONS, "") if keys.node("season") is not None else "",
        tags=read_tags(keys),
    )
    for block in body.blocks:
        if block.audience:
            place = Place(body.file, block.audience_line, 1)
            problems.append(place.problem("block-in-message", "a message has no blocks for an audience", "remove it"))
    check_fields(body.fields, CHANNELS, problems)
    keys.finish()
    return message
