"""Read a message of content/messages/, and draw one into a campaign."""

from __future__ import annotations

from collections.abc import Mapping as Names

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.body import parse_body
from sitegen.content.keys import Keys
from sitegen.content.markdown_file import MarkdownFile
from sitegen.content.page_file import check_fields, read_tags
from sitegen.content.translations import read_language
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


def draw(keys: Keys, file: MarkdownFile, kind: Kind, messages: Names[str, Message]) -> Message | None:
    """The message whose words a campaign takes by `message: holiday/mid-autumn`, None where it writes its own.

    Mistakes go into the keys' problems. A campaign that takes a message has no words of its own below the front
    matter: what is read in review is then what stands in the library, whole.
    """
    name = keys.text("message")
    if not name:
        return None
    report, place = keys.problems.append, keys.place("message")
    found = messages.get(name)
    if found is None:
        report(place.problem("unknown-message", f"unknown message '{name}'", did_you_mean(name, messages)))
        return None
    if found.kind is not kind and keys.node("kind") is not None:
        message = f"'{name}' is a message of the kind '{found.kind}', and this campaign is '{kind}'"
        report(place.problem("message-kind", message, f"write 'kind: {found.kind}', or name another message"))
    own = next((number for number, line in enumerate(file.text.split("\n")) if line.strip()), None)
    if own is not None:
        hint = "remove these words, or the line 'message: ...'"
        there = Place(file.place.file, file.text_line + own, 1)
        report(there.problem("words-twice", f"the words of this campaign come from the message '{name}' already", hint))
    return found
