"""Check the shortcodes that texts use against those of the theme, and what these say of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.references import Targets, check_image, check_link
from sitegen.errors import Problem
from sitegen.model.body import Body, ShortcodeUse
from sitegen.model.channel import Channel
from sitegen.model.directive import AUDIENCE
from sitegen.model.project import Project
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.programme.parts.registry import NAMES, maker
from sitegen.render.parts import TITLE, is_part, template
from sitegen.render.shortcodes import Signature, names, path, signature

FOLDERS = {Channel.PAGE: "site", Channel.MAIL: "mail"}
SPOKEN = {Channel.PAGE: "pages", Channel.MAIL: "e-mails", Channel.TEXT: "texts", Channel.CARD: "cards"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A text, the id of its file below content/, and the channels by which it goes."""

    id: str
    body: Body
    channels: tuple[Channel, ...]


def check_shortcodes(project: Project, targets: Targets) -> tuple[Problem, ...]:
    """All mistakes in the use of shortcodes, each once, in the texts of pages, campaigns and messages."""
    found = (
        problem
        for written in _texts(project)
        for use in written.body.shortcodes
        for problem in _use(project, use, written, targets)
    )
    return tuple(dict.fromkeys(found))


def check_shortcode_templates(theme: Theme) -> Iterator[Problem]:
    """Templates of shortcodes that don't say what they take."""
    for name in names(theme):
        for folder in FOLDERS.values():
            source = theme.templates.get(path(folder, name))
            if is_part(name) and source is not None:
                message = f"'{name}' is a part of the programme, so no shortcode can have its name"
                yield Place(theme.file(path(folder, name)), 1).problem("part-name", message, "call it otherwise")
            elif source is not None and signature(source) is None:
                hint = "begin it with a line like {# arguments: src, caption? #}"
                message = f"the template of the shortcode '{name}' does not say what it takes"
                yield Place(theme.file(path(folder, name)), 1).problem("shortcode-arguments", message, hint)


def _texts(project: Project) -> Iterator[_Written]:
    yield from (_Written(page.id, page.body, (Channel.PAGE,)) for page in project.pages)
    drawn = {message.body.file: f"messages/{message.id}.md" for message in project.messages}
    for campaign in project.campaigns:
        # What lies in the archive is a page too.
        channels = (*campaign.channels, *([Channel.PAGE] if Channel.MAIL in campaign.channels else []))
        id_ = drawn.get(campaign.body.file, f"campaigns/{campaign.id}.md")
        yield _Written(id_, campaign.body, tuple(dict.fromkeys(channels)))
    yield from (_Written(f"messages/{message.id}.md", message.body, ()) for message in project.messages)


def _use(project: Project, use: ShortcodeUse, written: _Written, targets: Targets) -> Iterator[Problem]:
    theme = project.theme
    name = use.directive.name
    if is_part(name):
        yield from _part(project, use, written)
        return
    known = [signature(source) for folder in FOLDERS.values() if (source := theme.templates.get(path(folder, name)))]
    if not known:
        hint = did_you_mean(name, (*names(theme), *NAMES, AUDIENCE))
        yield use.place.problem("unknown-shortcode", f"unknown shortcode '{name}'", hint)
        return
    taken = [one for one in known if one]
    yield from _forms(theme, use, written.channels)
    if taken:
        yield from _arguments(use, taken)
        yield from _targets(use, taken, written.id, targets)
    if taken and use.has_inner and not any(one.takes_inner for one in taken):
        message = f"the shortcode '{name}' shows nothing of what stands inside"
        hint = "put ':::' at the end of its line, and the words below it"
        yield use.place.problem("unwanted-inner", message, hint)


def _part(project: Project, use: ShortcodeUse, written: _Written) -> Iterator[Problem]:
    """What is wrong with a part of the programme: it has nothing to show, no template, or unknown arguments."""
    name = use.directive.name
    made = maker(name)
    if made.section and not getattr(project.programme, made.section):
        message = f"the part '{name}' has nothing to show: the programme says nothing of '{made.section}'"
        hint = f"write '{made.section}:' into a file of content/programme/, or take the part out"
        yield use.place.problem("empty-part", message, hint)
    for channel in written.channels:
        where = template(FOLDERS[channel], name) if channel in FOLDERS else ""
        if where not in project.theme.templates:
            message = f"the part '{name}' has no form for {SPOKEN[channel]}"
            lacking = f"add the template '{where}' to the theme" if where else "say it in words"
            yield use.place.problem("no-form", message, f"leave '{channel}' out of the channels, or {lacking}")
    taken = Signature((TITLE, *made.arguments), (), frozenset(), frozenset(), takes_inner=True)
    yield from _arguments(use, [taken])


def _forms(theme: Theme, use: ShortcodeUse, channels: Iterable[Channel]) -> Iterator[Problem]:
    name = use.directive.name
    for channel in channels:
        has_form = channel in FOLDERS and path(FOLDERS[channel], name) in theme.templates
        if not has_form and not use.has_inner:
            message = f"the shortcode '{name}' has no form for {SPOKEN[channel]}"
            hint = f"leave '{channel}' out of the channels, or say it in words"
            yield use.place.problem("no-form", message, hint)


def _arguments(use: ShortcodeUse, taken: list[Signature]) -> Iterator[Problem]:
    directive, place = use.directive, use.place
    if directive.strange:
        there = Place(place.file, place.line, directive.strange_column)
        message = f"'{directive.strange}' is no argument of a shortcode"
        yield there.problem("bad-argument", message, 'write arguments as name="value"')
    known = tuple(dict.fromkeys(name for one in taken for name in one.arguments))
    seen: set[str] = set()
    for argument in directive.arguments:
        # The column is that of the value, behind name=".
        there = Place(place.file, place.line, argument.column - len(argument.name) - 2)
        if argument.name not in known:
            message = f"the shortcode '{directive.name}' has no argument '{argument.name}'"
            yield there.problem("unknown-argument", message, did_you_mean(argument.name, known))
        elif argument.name in seen:
            yield there.problem("second-argument", f"the argument '{argument.name}' stands twice", "keep one of them")
        seen.add(argument.name)
    for name in dict.fromkeys(name for one in taken for name in one.required):
        if not directive.value(name):
            message = f"the shortcode '{directive.name}' needs the argument '{name}'"
            yield place.problem("missing-argument", message, f'add {name}="..." to its line')


def _targets(use: ShortcodeUse, taken: list[Signature], source: str, targets: Targets) -> Iterator[Problem]:
    pictures = frozenset[str]().union(*(one.pictures for one in taken))
    links = frozenset[str]().union(*(one.links for one in taken))
    for argument in use.directive.arguments:
        place = Place(use.place.file, use.place.line, argument.column)
        if argument.name in pictures and argument.value:
            yield from check_image(argument.value, place, targets)
        if argument.name in links:
            yield from check_link(argument.value, place, source, targets)
