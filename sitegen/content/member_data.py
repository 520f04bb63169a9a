"""Find the fields that pages show and that no member's record holds, because the shop keeps less of its members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.errors import Problem
from sitegen.model.channel import Channel
from sitegen.model.field import field, kept_back
from sitegen.model.project import Project
from sitegen.model.tree import Place

ASKS = re.compile(r"\{%-? *(?:el)?if [^%]*\b(?:site\.)?full\b")
SHOWN = re.compile(r"""data-sg-field=["']([a-z_]+)""")


def check_member_data(project: Project) -> Iterator[Problem]:
    """A problem for each such field of a page, of a campaign that has one, and of a template of the site."""
    kept = project.shop.output.member_data
    bodies = [page.body for page in project.pages]
    bodies += [campaign.body for campaign in project.campaigns if Channel.PAGE in campaign.channels]
    uses = [(use.name, use.place) for body in bodies for use in body.fields]
    for name, place in (*uses, *_of_templates(project)):
        known = field(name)
        if known and known.full and kept != "full":
            yield kept_back(known, kept, place)


def _of_templates(project: Project) -> Iterator[tuple[str, Place]]:
    for path, source in sorted(project.theme.reached().items()):
        # A template that asks what records hold says for itself when it shows such a field.
        asks = ASKS.search(source) is not None
        if (path.startswith("site/") or "/site/" in path) and not asks:
            file = project.theme.file(path)
            for number, line in enumerate(source.split("\n"), 1):
                yield from ((found[1], Place(file, number, found.start() + 1)) for found in SHOWN.finditer(line))
