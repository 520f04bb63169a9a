"""Begin a campaign, a page or a segment: a file that can be read as it stands, and that nothing leaves by."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.catalogue import catalogue_of
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.rules import parse_segments
from sitegen.build.beginning.drafts import (
    ON_PAPER,
    Draft,
    DraftPage,
    campaign_text,
    channels,
    page_text,
    segment_text,
    title_of,
)
from sitegen.content.addresses import is_part
from sitegen.content.folder import read_text
from sitegen.content.markdown_file import cut
from sitegen.content.page_file import url_path
from sitegen.content.project import read_project
from sitegen.content.skeleton_words import skeleton
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel, Kind
from sitegen.model.page import Page
from sitegen.model.project import Project
from sitegen.model.segment import EVERYONE, RESERVED
from sitegen.programme.library import Fit, Wanted, fitting
from sitegen.publish.atomic import write_file

FROM_LIBRARY = (Kind.HOLIDAY, Kind.BIRTHDAY, Kind.SEASONAL, Kind.CONTACT)
BY_WIRE_IN, ON_PAPER_IN = timedelta(days=7), timedelta(days=28)
"""From today to the day of a new campaign; cards need two weeks for themselves."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to begin: its name, which becomes the file's, its language ("" for the shop's), and the day of today.

    `title` is what people call it, "" where the name says it; `audience` who it is for, "" for everyone; `day` the day
    that it is for, None where its kind says so.
    """

    name: str
    language: str
    today: date
    title: str = ""
    audience: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written, and the message whose words it begins with ("" for none): files, relative to the shop's."""

    file: str
    message: str = ""


def new_campaign(root: Path, wish: Wish, kind: Kind) -> Begun:
    """Write content/campaigns/<year>/<name>.md, a draft; for the kinds of the library in the words of a message.

    Raises Mistakes where the name can't be a file's, or is taken, or the shop can't be read. So do the others.
    """
    file = f"content/campaigns/{wish.today.year}/{wish.name}.md"
    _refuse(root, file, wish.name)
    project = read_project(root)
    _refuse_audience(project, wish.audience)
    if Channel.PAGE in channels(kind):
        _refuse_address(project, file, url_path(f"news/{wish.name}", ""))
    draft = campaign_draft(root, project, wish, kind)
    _write(root / file, campaign_text(draft))
    return Begun(file, draft.message)


def campaign_draft(root: Path, project: Project, wish: Wish, kind: Kind) -> Draft:
    """The draft of a campaign, which is not written yet. Raises Mistakes where the theme has no card that it needs."""
    language = wish.language or project.shop.language
    fit = _fit(project, Wanted(kind, language, wish.today, project.shop.address.country))
    message = f"content/messages/{fit.message.id}.md" if fit else ""
    return Draft(
        title=fit.message.title if fit else wish.title or title_of(wish.name),
        kind=kind,
        language=language,
        day=wish.day or wish.today + (ON_PAPER_IN if kind in ON_PAPER else BY_WIRE_IN),
        occasion=fit.occasion if fit and not wish.day else "",
        designs=_designs(project, kind) if kind in ON_PAPER else (),
        words=_words(root, message) if message else skeleton(kind, language, project.shop.currency),
        message=message,
        audience=wish.audience or EVERYONE,
    )


def new_page(root: Path, wish: Wish) -> Begun:
    """Write content/pages/<name>.md, a draft."""
    file = f"content/pages/{wish.name}.md"
    _refuse(root, file, wish.name)
    project = read_project(root)
    _refuse_audience(project, wish.audience)
    _refuse_address(project, file, url_path(wish.name, ""))
    language = wish.language or project.shop.language
    words = skeleton("page", language, project.shop.currency)
    title = wish.title or title_of(wish.name)
    _write(root / file, page_text(DraftPage(title, language, wish.audience or EVERYONE, wish.day, words)))
    return Begun(file)


def new_segment(root: Path, wish: Wish) -> Begun:
    """Write content/segments/<name>.yaml: a segment of that name, with a rule to be changed."""
    file = f"content/segments/{wish.name}.yaml"
    _refuse(root, file, wish.name)
    project = read_project(root)
    why = skeleton("segment", wish.language or project.shop.language, project.shop.currency).strip()
    text = segment_text(wish.name, wish.title or title_of(wish.name), why)
    if project.segment(wish.name):
        hint = f"'{_free(root, file)}' is free"
        raise Mistakes([Problem(file, 0, 0, "taken-name", f"there is a segment '{wish.name}' already", hint)])
    _, _, problems = parse_segments([read_yaml(text, file)], catalogue_of(project.shop.schema), project.shop.schema)
    if problems:
        raise Mistakes(problems)
    _write(root / file, text)
    return Begun(file)


def _refuse(root: Path, file: str, name: str) -> None:
    """What can't be a file's name, and a file that is there already: it is never written over."""
    if not is_part(name) or name.endswith((".md", ".yaml")):
        hint = "write one word with hyphens and no ending, like mid-autumn-wish"
        raise Mistakes([Problem("", 0, 0, "bad-name", f"'{name}' can't be the name of a file", hint)])
    if (root / file).exists():
        hint = f"'{_free(root, file)}' is free"
        raise Mistakes([Problem(file, 0, 0, "taken-name", "the file is there already", hint)])


def _free(root: Path, file: str) -> str:
    """A name beside that file which nobody has."""
    path = root / file
    number = next(number for number in range(2, sys.maxsize) if not path.with_stem(f"{path.stem}-{number}").exists())
    return f"{path.stem}-{number}"


def _refuse_audience(project: Project, name: str) -> None:
    known = (*RESERVED, *(segment.id for segment in project.segments if segment.named))
    if name and name not in known:
        hint = did_you_mean(name, known)
        raise Mistakes([Problem("", 0, 0, "unknown-segment", f"unknown segment '{name}'", hint)])


def _refuse_address(project: Project, file: str, address: str) -> None:
    things: list[Page | Campaign] = [
        *project.pages,
        *(one for one in project.campaigns if Channel.PAGE in one.channels),
    ]
    for other in (thing for thing in things if thing.url_path == address):
        message = f"'{other.place.file}' has the address '/{address}' already"
        raise Mistakes([Problem(file, 0, 0, "taken-name", message, "choose another name")])


def _fit(project: Project, wanted: Wanted) -> Fit | None:
    if wanted.kind not in FROM_LIBRARY:
        return None
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    return fitting(wanted, project.messages, occasions, project.campaigns)


def _designs(project: Project, kind: Kind) -> tuple[str, ...]:
    found = tuple(one.name for one in project.theme.designs if not one.kinds or kind in one.kinds)
    if not found:
        message = f"the theme '{project.theme.name}' has no card for the kind '{kind}'"
        hint = "choose another kind, or add a design to the theme"
        raise Mistakes([Problem("", 0, 0, "missing-design", message, hint)])
    return found


def _words(root: Path, message: str) -> str:
    return cut(read_text(root / message, root), message).text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode())
