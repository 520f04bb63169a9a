"""Find links to places inside pages that are not there, or that only some of their readers find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from html import unescape
from urllib.parse import unquote

from sitegen.audience.selection.access import visible
from sitegen.build.checking.links import Link, Thing, has_page, texts
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.model.segment import PUBLIC
from sitegen.render import markup
from sitegen.render.site.entries import STRANGER, opened_by

ID = re.compile(r"""<[^<>]*\sid=["']([^"']*)["']""")
GIVEN = frozenset({"", "top"})
"""Places that every page has, by the HTML standard."""


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of one block: as its author sees them, and as they are on the site. `readers` is "" for all readers."""

    readers: str
    names: Mapping[str, str]


def broken_anchors(project: Project, links: Iterable[Link]) -> Iterator[Problem]:
    """A problem for each link whose part behind '#' is nowhere on its page, or is not there for who follows it."""
    things = dict(texts(project))
    of_theme = frozenset(
        found
        for path, source in project.theme.templates.items()
        if path.startswith("site/")
        for found in ID.findall(source)
    )

    @cache
    def blocks(id_: str) -> tuple[Ids, ...]:
        return ids_of(project, things[id_])

    for link in links:
        path, mark, anchor = link.target.partition("#")
        target = link.page if path else link.source
        wanted = unquote(anchor)
        if not mark or "://" in path or target not in things or wanted in GIVEN | of_theme:
            continue
        found = _problem(link, wanted, blocks(target), target == link.source)
        if found:
            yield found


def ids_of(project: Project, thing: Thing) -> tuple[Ids, ...]:
    """The ids that each block of a thing's Markdown gets on the site."""
    audience = getattr(thing, "audience", PUBLIC)
    folded = bool(thing.body.public_blocks) and not visible(audience, STRANGER)
    taken: set[str] = set()
    found: list[Ids] = []
    for number, block in enumerate(thing.body.blocks):
        readers = block.audience if opened_by(project, block.audience) != opened_by(project, audience) else ""
        if folded and not block.audience and number >= thing.body.public_blocks:
            readers = audience
        gated = has_page(thing) and bool(readers)
        own = _ids(block.markdown, "")
        # As the site does it: ids of a block for some are always its own, others only where they would stand twice.
        suffixed = gated or not taken.isdisjoint(own)
        real = _ids(block.markdown, f"--{number + 1}") if suffixed else own
        found.append(Ids(readers if gated else "", dict(zip(own, real, strict=True))))
        if not gated:
            taken.update(real)
    return tuple(found)


def _ids(markdown: str, suffix: str) -> tuple[str, ...]:
    return tuple(unescape(one) for one in ID.findall(markup.html(markdown, _Nowhere(), suffix)))


class _Nowhere:
    """Links that nobody follows: only the ids are wanted."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:  # noqa: ARG002 - the protocol's own argument
        return {}


def _problem(link: Link, wanted: str, blocks: tuple[Ids, ...], same: bool) -> Problem | None:
    free = {real for block in blocks if not block.readers for real in block.names.values()}
    if wanted in free or (same and wanted in blocks[link.number].names):
        return None
    for block in blocks:
        if block.readers and wanted in block.names.values():
            if link.block.audience == block.readers:
                return None
            message = f"'#{wanted}' stands in a block for '{block.readers}'; others end at the top of the page"
            hint = "link to what every reader of this text can see, or put the link into a block for the same readers"
            return link.place.problem("anchor-for-few", message, hint)
    for block in blocks:
        if wanted in block.names:
            message = f"'#{wanted}' stands in a block for '{block.readers}', and is '#{block.names[wanted]}' there"
            hint = f"link to '#{block.names[wanted]}' in a block for the same readers, or to the page alone"
            return link.place.problem("broken-anchor", message, hint)
    where = "this text" if same else f"'{link.target.partition('#')[0]}'"
    return link.place.problem("broken-anchor", f"{where} has no place '#{wanted}'", _near(wanted, free))


def _near(wanted: str, free: set[str]) -> str:
    near = get_close_matches(wanted, sorted(free), 1, 0.5)
    if near:
        return f"did you mean '#{near[0]}'?"
    known = ", ".join(f"#{one}" for one in sorted(free)[:8])
    return f"it has {known}" if known else "name a heading for it: ## Title {#name}"
