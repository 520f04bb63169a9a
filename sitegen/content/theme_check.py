"""Find the templates that a theme lacks, and those that are not Jinja."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, nodes

from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.render.theme import templates

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
REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)


def check_theme(theme: Theme, campaigns: Iterable[Campaign]) -> tuple[Problem, ...]:
    """Missing templates, also those that another one includes or extends, and templates with broken syntax."""
    needed = [(name, "every site") for name in SITE] + list(_of_mails(theme, campaigns))
    missing = [_lacking(theme, name, whose) for name, whose in needed if name not in theme.templates]
    environment = templates(theme, {}).environment
    for path, source in sorted(theme.templates.items()):
        if path.endswith(".html"):
            missing += _inside(theme, environment, path, source)
    return tuple(missing)


def _of_mails(theme: Theme, campaigns: Iterable[Campaign]) -> Iterator[tuple[str, str]]:
    for campaign in campaigns:
        if Channel.MAIL in campaign.channels:
            whose = f"the e-mail '{campaign.id}'"
            yield "mail/plain.html", whose
            if f"mail/{campaign.kind}.html" not in theme.templates:
                yield f"mail/{campaign.message_class}.html", whose


def _lacking(theme: Theme, name: str, whose: str) -> Problem:
    hint = f"{whose} needs it: copy it from the theme 'hearth'"
    return Place(_file(theme, name)).problem("missing-template", f"missing template '{name}'", hint)


def _inside(theme: Theme, environment: Environment, path: str, source: str) -> Iterator[Problem]:
    try:
        tree = environment.parse(source, path)
    except TemplateSyntaxError as error:
        said = f"{(error.message or '')[:1].lower()}{(error.message or '')[1:]}"
        yield Place(_file(theme, path), error.lineno).problem("template", f"this is not Jinja: {said}", "mend it")
        return
    for reference in tree.find_all(REFERENCES):
        # A name that is computed is no constant: only the rendering can know it.
        name = getattr(getattr(reference, "template", None), "value", None)
        if isinstance(name, str) and name not in theme.templates:
            near = get_close_matches(name, sorted(theme.templates), 1)
            hint = f"did you mean '{near[0]}'?" if near else "copy it from the theme 'hearth'"
            place = Place(_file(theme, path), reference.lineno)
            yield place.problem("missing-template", f"missing template '{name}'", hint)


def _file(theme: Theme, path: str) -> str:
    return f"themes/{theme.name}/{path}"
