"""The shortcodes of a theme: what each takes, by its template's own words, and its HTML on a channel."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from jinja2 import Environment, TemplateSyntaxError, nodes
from markupsafe import Markup, escape

from sitegen.model.directive import Directive
from sitegen.model.theme import Theme
from sitegen.render.markup import Form, Links, inner_alone
from sitegen.render.parts import Stage, is_part, part_html
from sitegen.render.theme import Templates, templates

Dress: TypeAlias = Callable[[Links], Form]
"""The forms of shortcodes on a channel, for a text whose links and pictures lead where `Links` says."""
DECLARATION = re.compile(r"\s*\{#-?\s*arguments:(?P<arguments>[^#]*?)-?#\}")
ARGUMENT = re.compile(r"^(?P<name>[a-z_][a-z0-9_]*)(?P<optional>\?)?$")
GIVEN = frozenset({"inner", "picture", "link"})
"""What every template of a shortcode has beside its arguments."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a shortcode takes: its arguments, which of them must be there, and which point to pictures and links.

    `takes_inner`: its template shows what stands inside.
    """

    arguments: tuple[str, ...]
    required: tuple[str, ...]
    pictures: frozenset[str]
    links: frozenset[str]
    takes_inner: bool


def path(channel: str, name: str) -> str:
    """Where the template of a shortcode lies for "site" or "mail"."""
    return f"{channel}/shortcodes/{name}.html"


def names(theme: Theme) -> tuple[str, ...]:
    """The shortcodes that a theme has for any channel."""
    found = re.compile(r"(?:site|mail)/shortcodes/([^/]+)\.html")
    return tuple(sorted({match[1] for one in theme.templates if (match := found.fullmatch(one))}))


def signature(source: str) -> Signature | None:
    """What the template of a shortcode takes; None where its first line doesn't say so."""
    found = DECLARATION.match(source)
    if not found:
        return None
    written = [ARGUMENT.match(word.strip()) for word in found["arguments"].split(",") if word.strip()]
    if not all(written):
        return None
    known = [one for one in written if one]
    return _read(source, tuple((one["name"], bool(one["optional"])) for one in known))


@cache
def _read(source: str, written: tuple[tuple[str, bool], ...]) -> Signature:
    """An argument that the template hands to `picture` or `link` is one, so no declaration can be wrong about it."""
    try:
        tree = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError:
        # The check of the theme tells it, with its line.
        tree = nodes.Template([])
    handed: dict[str, set[str]] = {"picture": set(), "link": set()}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in handed and call.args:
            handed[call.node.name] |= {one.name for one in call.args[:1] if isinstance(one, nodes.Name)}
    return Signature(
        arguments=tuple(name for name, _ in written),
        required=tuple(name for name, optional in written if not optional),
        pictures=frozenset(handed["picture"]),
        links=frozenset(handed["link"]),
        takes_inner=any(one.name == "inner" for one in tree.find_all(nodes.Name)),
    )


def dress(theme: Theme, channel: str) -> Dress:
    """The forms of shortcodes on "site" or "mail", without anything else of the theme."""
    made = templates(theme, {})
    return lambda links: form(made, channel, links)


def plainly(_links: Links) -> Form:
    """A dress without forms."""
    return inner_alone


def form(sheets: Templates, channel: str, links: Links, stage: Stage | None = None) -> Form:
    """The HTML of shortcodes on "site" or "mail"; where the theme has no template for that, what stands inside.

    Without a `stage` that holds for parts of the programme too.
    """

    def made(directive: Directive, inner: str) -> str:
        if is_part(directive.name):
            return part_html(sheets, channel, dressed, directive, inner) if dressed else inner
        template = path(channel, directive.name)
        sheets.reads.note("template", template)
        source = sheets.theme.templates.get(template)
        if source is None:
            return inner
        taken = signature(source)
        views: dict[str, object] = dict.fromkeys(taken.arguments if taken else (), "")
        views |= {argument.name: argument.value for argument in directive.arguments}
        views |= {"inner": Markup(inner), "picture": _picture(links), "link": _link(links)}  # noqa: S704 - made by us
        return sheets.render(template, f"the shortcode '{directive.name}'", views).strip()

    dressed = replace(stage, among=lambda audience: _among(stage, links, audience)) if stage else None
    return made


def _among(stage: Stage, links: Links, audience: str) -> dict[str, object]:
    """What templates of parts may call for readers of an audience."""
    found = stage.links(links, audience)
    return {"link": _link(found), "picture": _picture(found), **stage.among(audience)}


def _picture(links: Links) -> Callable[[str, str], Markup]:
    """`picture(source, description)`: an <img> as Markdown would make it."""

    def picture(source: str, description: str = "") -> Markup:
        return Markup("<img{}>").format(_attributes({"alt": description, **links.image(source)}))

    return picture


def _link(links: Links) -> Callable[[str], Markup]:
    """`link(target)`: the attributes of an <a>, for `<a class="button" {{ link(to) }}>`."""

    def link(target: str) -> Markup:
        return Markup(str(_attributes(dict(links.link(target)))).strip())  # noqa: S704 - escaped below

    return link


def _attributes(attributes: dict[str, str]) -> Markup:
    return Markup("").join(Markup(' {}="{}"').format(name, escape(value)) for name, value in sorted(attributes.items()))
