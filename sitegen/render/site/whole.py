"""The whole site of one day: public files, gated things, and each segment's navigation. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from sitegen.errors import Mistakes, Problem, exit_for
from sitegen.model.campaign import Campaign
from sitegen.model.picture import Recipe, Scaled
from sitegen.model.project import Project
from sitegen.model.readable import (
    GatedAsset,
    GatedPage,
    GatedPicture,
    PublicFile,
    Site,
    StandingFile,
)
from sitegen.render.away import mailed_files, mailed_pictures
from sitegen.render.mail.portraits import portrait_files
from sitegen.render.pictures import media_type
from sitegen.render.shortcodes import dress
from sitegen.render.site.bodies import free_of_words, made_id, shown_id
from sitegen.render.site.entries import Day, Entries, PublicEntry, entries
from sitegen.render.site.events import locked_calendar_files
from sitegen.render.site.feeds import absolute
from sitegen.render.site.kit import Kit
from sitegen.render.site.made import Made, Setting
from sitegen.render.site.navigation import navigation
from sitegen.render.site.search import indexes
from sitegen.render.site.told import told
from sitegen.render.site.units import SHELL, Plan, Unit, Units

__all__ = ["Draft", "Setting", "assembled", "draft", "each", "render_site"]
Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Draft:
    """A site before anything is rendered: what stands on it, its units, and what it takes to render them."""

    entries: Entries
    plan: Plan
    units: Units
    kit: Kit


def render_site(project: Project, day: Day, setting: Setting) -> Site:
    """The site as readable values.

    Raises Mistakes with the theme's or the page's place where something is missing.
    """
    drafted = draft(project, day, setting)
    rendered = each(drafted.kit.render, drafted.units.every)
    made = {unit.key: one for unit, (one, _) in zip(drafted.units.every, rendered, strict=True)}
    return assembled(drafted, made)


def draft(project: Project, day: Day, setting: Setting) -> Draft:
    """What stands on the site on a day, and what each page shows of the others."""
    found = entries(project, day, lambda id_: setting.shell_path(setting.identify(id_)))
    plan = Plan(project, found)
    return Draft(found, plan, plan.units(), Kit(project, day, setting, found))


def each(render: Callable[[Thing], Result], things: Iterable[Thing]) -> list[Result]:
    """What becomes of each thing. Raises Mistakes with those of all things together."""
    made: list[Result] = []
    problems: list[Problem] = []
    for thing in things:
        try:
            made.append(render(thing))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    if problems:
        raise Mistakes(problems, exit_for(problems))
    return made


def assembled(drafted: Draft, made: Mapping[str, Made], standing: frozenset[str] = frozenset()) -> Site:
    """The site of what became of each unit, by its key.

    The files of units in `standing`, and the locked files of things whose ids are in it, stand at their places.
    """
    kit, units = drafted.kit, drafted.units
    every = [made[unit.key] for unit in units.every]
    gated = [_gated(unit, made[unit.key]) for unit in units.gated]
    blocks = tuple(block for one in every for block in one.blocks)
    opening = {segment for page in gated for segment in page.segments}
    opening |= {segment for block in blocks for segment in block.segments}
    lines = navigation(drafted.entries, opening, kit.project.shop)
    # Of a page in several languages a member sees the one that their record asks for.
    language = {"language"} if any(line.original for one in lines for line in one.items) else set()
    bodies = {unit.key: one.counted for unit in units.every if (one := made[unit.key]).counted}
    found_blocks = (block for unit in (*units.public, *units.gated) for block in made[unit.key].counted_blocks)
    return Site(
        public=(*_public(drafted, made, standing), *_told(drafted, made), *_plain_files(drafted, every)),
        gated=(*gated, *blocks, *_gated_assets(kit, every), *_gated_made(every), *_calendars(drafted)),
        navigation=lines,
        shell=made[SHELL].html.encode(),
        fields=frozenset(key for one in every for key in one.fields) | language,
        member_home=f"pages/{kit.project.shop.member_home}",
        search=indexes(drafted.entries, bodies, found_blocks, *_below(kit)) if kit.project.shop.search else (),
        standing=standing,
        redirects=_moved(drafted.entries),
        pictures=_pictures(drafted, every),
        gated_pictures=_gated_pictures(every),
    )


def _below(kit: Kit) -> tuple[str, Mapping[str, str]]:
    """Where the site lies, and the language of each page by its id, where the shop has several."""
    several = len(kit.project.shop.languages) > 1
    return kit.base, {**kit.versions.public, **kit.versions.gated} if several else {}


def _public(drafted: Draft, made: Mapping[str, Made], standing: frozenset[str]) -> list[PublicFile | StandingFile]:
    files: list[PublicFile | StandingFile] = [
        StandingFile(unit.path) if unit.key in standing else PublicFile(unit.path, made[unit.key].html.encode())
        for unit in drafted.units.public
    ]
    files += [redirect for entry in drafted.entries.public for redirect in _redirects(drafted, entry)]
    return files


def _told(drafted: Draft, made: Mapping[str, Made]) -> Iterator[PublicFile]:
    texts = {key: one.told for key, one in made.items() if one.told}
    return told(drafted.plan, drafted.units.public, drafted.kit.day.today, texts)


def _calendars(drafted: Draft) -> tuple[GatedAsset, ...]:
    return locked_calendar_files(drafted.plan.shop, drafted.entries.gated)


def _moved(found: Entries) -> dict[str, str]:
    return {alias: entry.path.removesuffix("index.html") for entry in found.public for alias in entry.aliases}


def _redirects(drafted: Draft, entry: PublicEntry) -> list[PublicFile]:
    if not entry.aliases:
        return []
    target = absolute(drafted.kit.project.shop, entry.url)
    html = Markup(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>{0}</title>'
        '<meta http-equiv="refresh" content="0; url={0}"><link rel="canonical" href="{0}">'
        '<a href="{0}">{0}</a></html>\n'
    ).format(target)
    return [PublicFile(alias.strip("/") + "/index.html", html.encode()) for alias in entry.aliases]


def _gated(unit: Unit, made: Made) -> GatedPage:
    assert unit.gate
    return GatedPage(unit.key, unit.gate.segments, unit.gate.title, made.html, unit.gate.description)


def _gated_assets(kit: Kit, every: Iterable[Made]) -> tuple[GatedAsset, ...]:
    """The files that gated things show or link to, each with all the segments that see it."""
    seen: dict[str, set[str]] = {}
    for one in every:
        for path, segments in one.gated_files:
            seen.setdefault(path, set()).update(segments)
    return tuple(
        GatedAsset(f"assets/{path}", tuple(sorted(segments)), media_type(path), free_of_words(kit.asset(path)))
        for path, segments in sorted(seen.items())
    )


def _gated_made(every: Iterable[Made]) -> Iterator[GatedAsset]:
    """The files that templates made for some, each with all the segments that may have it."""
    seen: dict[str, tuple[bytes, set[str]]] = {}
    for one in every:
        for name, content, segments in one.gated_made:
            seen.setdefault(name, (content, set()))[1].update(segments)
    for name, (content, who) in sorted(seen.items()):
        yield GatedAsset(made_id(name), tuple(sorted(who)), media_type(name), content)


def _pictures(drafted: Draft, every: Iterable[Made]) -> dict[str, Recipe]:
    """The pictures for anybody that are to be made, by their paths on the site."""
    project = drafted.kit.project
    shown = {name: recipe for one in every for name, recipe in one.pictures}
    shown |= {one.path: one.recipe for one in drafted.plan.thumbnails.values() if one.recipe}
    mail = dress(project.theme, "mail")
    mailed = mailed_pictures(_mailed(drafted), project.assets, project.shop.images, mail)
    return dict(sorted({**shown, **mailed}.items()))


def _gated_pictures(every: Iterable[Made]) -> tuple[GatedPicture, ...]:
    """The pictures that gated things show and that are to be made, each with all the segments that see it."""
    seen: dict[Scaled, set[str]] = {}
    for one in every:
        for recipe, segments in one.gated_pictures:
            seen.setdefault(recipe, set()).update(segments)
    ordered = sorted(seen.items(), key=lambda pair: pair[0].source)
    return tuple(GatedPicture(shown_id(recipe.source), tuple(sorted(who)), recipe) for recipe, who in ordered)


def _mailed(drafted: Draft) -> list[Campaign]:
    project = drafted.kit.project
    return [campaign for campaign in project.campaigns if drafted.kit.day.drafts or not campaign.draft]


def _plain_files(drafted: Draft, every: Iterable[Made]) -> tuple[PublicFile, ...]:
    kit, assets = drafted.kit, drafted.kit.project.assets
    shown = {name: free_of_words(assets[path]) for one in every for name, path in one.open_files}
    whole = (one for one in drafted.plan.thumbnails.values() if one.recipe is None)
    shown |= {one.path: free_of_words(assets[one.source]) for one in whole}
    shown |= {path: content for one in every for path, content in one.made_files}
    shown |= mailed_files(_mailed(drafted), assets, dress(kit.project.theme, "mail")) | portrait_files(assets)
    return (
        # Without it, one well-known host drops folders that start with an underscore and rewrites pages.
        PublicFile(".nojekyll", b""),
        *(PublicFile(path, content) for path, content in sorted(kit.static.files.items())),
        *(PublicFile(path, content) for path, content in sorted(shown.items())),
    )
