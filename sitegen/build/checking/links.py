"""List what the texts of a shop point to, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.content.references import ASSETS, Pointer, pointers
from sitegen.model.body import Block, Body, place_in
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.message import Message
from sitegen.model.page import Page, linked_page
from sitegen.model.project import Project
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.render.shortcodes import path, signature

Thing: TypeAlias = Page | Campaign | Message


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture of a text. `source` is the id of its file below content/; `words` are a picture's, else None.

    `block` says where in the text it stands, `number` which of the blocks that is.
    """

    source: str
    thing: Thing
    number: int
    block: Block
    pointer: Pointer
    place: Place

    @property
    def target(self) -> str:
        """What it points to, as written."""
        return self.pointer.target

    @property
    def page(self) -> str:
        """The id of the page that it leads to, or ""."""
        path = self.target.partition("#")[0]
        is_page = path.endswith(".md") and "://" not in path and not path.startswith(ASSETS)
        return linked_page(self.target, self.source) if is_page else ""


def links(project: Project) -> tuple[Link, ...]:
    """Every link and picture of pages, campaigns and messages; a message that campaigns take is read once."""
    return tuple(
        link for id_, thing in texts(project) for link in (*_of(id_, thing), *_pictures(project.theme, id_, thing))
    )


def texts(project: Project) -> Iterator[tuple[str, Thing]]:
    """Pages, campaigns and messages with the ids of their files below content/."""
    yield from ((page.id, page) for page in project.pages)
    yield from ((f"campaigns/{campaign.id}.md", campaign) for campaign in project.campaigns)
    yield from ((f"messages/{message.id}.md", message) for message in project.messages)


def has_page(thing: Thing) -> bool:
    """Whether a thing stands on the site in its own right."""
    return isinstance(thing, Page) or (isinstance(thing, Campaign) and Channel.PAGE in thing.channels)


def _of(id_: str, thing: Thing) -> Iterator[Link]:
    body: Body = thing.body
    if body.file != f"content/{id_}":
        # The words are a message's, which is read itself.
        return
    for number, block in enumerate(body.blocks):
        for pointer in pointers(block.markdown):
            yield Link(id_, thing, number, block, pointer, place_in(body, block, pointer.offset))


def _pictures(theme: Theme, id_: str, thing: Thing) -> Iterator[Link]:
    """The pictures that shortcodes show; whether they have words is a matter of the shortcodes' templates."""
    blocks = thing.body.blocks
    for use in thing.body.shortcodes if thing.body.file == f"content/{id_}" and blocks else ():
        name = use.directive.name
        sources = (theme.templates.get(path(folder, name)) for folder in ("site", "mail"))
        taken = [one for source in sources if source and (one := signature(source))]
        number = max((at for at, block in enumerate(blocks) if block.line <= use.place.line), default=0)
        for argument in use.directive.arguments:
            if argument.value and any(argument.name in one.pictures for one in taken):
                pointer = Pointer(argument.value, 0, name)
                place = Place(use.place.file, use.place.line, argument.column)
                yield Link(id_, thing, number, blocks[number], pointer, place)
