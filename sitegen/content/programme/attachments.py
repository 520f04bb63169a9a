"""Read `attachments:` of content/programme/*.yaml."""

from __future__ import annotations

from collections.abc import Collection

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import goods_of, once
from sitegen.content.programme.forms import mappings, named_page
from sitegen.content.programme.relationship import missing_page
from sitegen.errors import Problem
from sitegen.model.attachment import Attachment
from sitegen.model.programme import Programme
from sitegen.model.tree import Node


def read_attachments(node: Node, problems: list[Problem]) -> tuple[Attachment, ...]:
    """What `attachments:` says."""
    return once((_attachment(keys) for keys in mappings(node, problems, "attachments", "attachment")), problems)


def check_attachments(
    programme: Programme, pages: Collection[str], assets: Collection[str], problems: list[Problem]
) -> None:
    """Report the pages (by id) and files (by path below content/assets/) that are not there."""
    for one in programme.attachments:
        if one.page and one.page.id not in pages:
            problems.append(missing_page(one.page.id, one.page.place))
        if one.file and one.file not in assets:
            hint = did_you_mean(one.file, assets) or "put the file into content/assets/"
            problems.append(one.place.problem("broken-link", f"missing asset '{one.file}'", hint))


def _attachment(keys: Keys) -> Attachment:
    one = Attachment(
        name=keys.text("name", required=True),
        goods=goods_of(keys),
        file=keys.text("file").removeprefix("/").removeprefix("assets/"),
        page=named_page(keys, "page"),
        thing=keys.text("thing"),
        says=keys.text("says"),
        place=keys.mapping.place,
    )
    if not (one.file or one.page or one.thing):
        message = f"nothing goes along with '{one.name}'"
        keys.problems.append(keys.mapping.place.problem("empty-attachment", message, "name a file, a page or a thing"))
    keys.finish()
    return one
