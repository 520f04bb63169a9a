"""Find the templates that a theme lacks, those that are not Jinja, and blocks that overrule nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.page_file import LAYOUTS
from sitegen.content.template_outline import Broken, Outline, outline
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.theme import Theme
from sitegen.model.tree import Mapping, Place, Scalar

SITE = (
    "site/404.html",
    "site/home.html",
    "site/journal.html",
    "site/list.html",
    "site/page.html",
    "site/sealed/campaign.html",
    "site/sealed/member-home.html",
    "site/sealed/page.html",
    "site/shell.html",
    "site/tag.html",
)
"""What every site is rendered with."""
LAYOUT = re.compile(r"site/(?:sealed/)?[^/]+\.html")
NO_LAYOUTS = frozenset({"404", "base", "campaign", "list", "shell", "tag", "tags"})
"""Templates right below site/ that are no pages, or not written as pages."""


def check_theme(theme: Theme, campaigns: Iterable[Campaign]) -> tuple[Problem, ...]:
    """Missing templates, also those that another one includes or extends, and templates with broken syntax."""
    needed = [(name, "every site") for name in SITE] + list(_of_mails(theme, campaigns))
    missing = [_lacking(theme, name, whose) for name, whose in needed if name not in theme.templates]
    for path, source in sorted(theme.reached().items()):
        if path.endswith(".html"):
            missing += _inside(theme, path, source)
    return tuple(missing)


def check_layouts(theme: Theme, fronts: Iterable[Mapping]) -> Iterator[Problem]:
    """The pages whose `layout` the theme has no template for; each template right below site/ is one."""
    own = {path.removesuffix(".html").rpartition("/")[2] for path in theme.templates if LAYOUT.fullmatch(path)}
    known = {*LAYOUTS, *own} - NO_LAYOUTS
    for layout in (front.get("layout") for front in fronts if theme.templates):
        if isinstance(layout, Scalar) and layout.text and layout.text not in known:
            hint = did_you_mean(layout.text, known)
            yield layout.place.problem("unknown-word", f"unknown layout '{layout.text}'", hint)


def _of_mails(theme: Theme, campaigns: Iterable[Campaign]) -> Iterator[tuple[str, str]]:
    for campaign in campaigns:
        if Channel.MAIL in campaign.channels:
            whose = f"the e-mail '{campaign.id}'"
            yield "mail/plain.html", whose
            if f"mail/{campaign.kind}.html" not in theme.templates:
                yield f"mail/{campaign.message_class}.html", whose


def _lacking(theme: Theme, name: str, whose: str) -> Problem:
    hint = f"{whose} needs it: copy it from the theme 'hearth'"
    return Place(theme.file(name)).problem("missing-template", f"missing template '{name}'", hint)


def _inside(theme: Theme, path: str, source: str) -> Iterator[Problem]:
    made = outline(source)
    if isinstance(made, Broken):
        said = f"{made.said[:1].lower()}{made.said[1:]}"
        yield Place(theme.file(path), made.line).problem("template", f"this is not Jinja: {said}", "mend it")
        return
    for reference in made.references:
        name, place = reference.name, Place(theme.file(path), reference.line)
        if name and theme.source(name) is None:
            near = get_close_matches(name, sorted({*theme.templates, *theme.inherited}), 1)
            hint = f"did you mean '{near[0]}'?" if near else "copy it from the theme 'hearth'"
            yield place.problem("missing-template", f"missing template '{name}'", hint)
        elif reference.extends and name == path:
            above = [one for one in theme.parents if f"{one}/{path}" in theme.inherited]
            hint = f'write {{% extends "{above[0]}/{path}" %}}' if above else "extend another template"
            yield place.problem("template-circle", f"'{path}' can't extend itself", hint)
    yield from _blocks(theme, path, made)


def _blocks(theme: Theme, path: str, made: Outline) -> Iterator[Problem]:
    """The blocks that a template gives to one above it that has no such place: nobody would ever see them."""
    known = blocks_above(theme, made)
    for name, line in made.given if known is not None else ():
        if name not in (known or ()):
            message = f"no template above this one has a block '{name}'"
            hint = did_you_mean(name, known or ()) or "it has none at all"
            yield Place(theme.file(path), line).problem("unknown-block", message, hint)


def blocks_above(theme: Theme, made: Outline) -> frozenset[str] | None:
    """The blocks of all templates that a template extends; None where it extends none, or only rendering can tell."""
    found: set[str] = set()
    seen: set[str] = set()
    while (extended := made.extended) is not None:
        source = theme.source(extended.name) if extended.name else None
        if source is None or extended.name in seen:
            return None
        above = outline(source)
        if isinstance(above, Broken):
            return None
        made = above
        seen.add(extended.name)
        found |= made.blocks
    return frozenset(found) if seen else None
