"""Make the pictures that a site shows: each once, several at a time, and never again while nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sitegen.build.cards.print_shop import in_order
from sitegen.errors import Mistakes, Problem
from sitegen.model.artifact import OpenArtifact, StandingArtifact
from sitegen.model.picture import Recipe, Scaled, SocialCard, SocialStyle
from sitegen.model.project import Project
from sitegen.model.readable import GatedAsset, Site
from sitegen.publish.store import Store
from sitegen.render.images import carefully, media_type_of

FOLDER = "pictures"
"""Below .sitegen/: what was made, under its key."""
CARDS_AT_ONCE = 16
"""Each begins with the same ground, which is opened once for all of them."""
AHEAD = 2


@dataclass(frozen=True, slots=True)
class Darkroom:
    """What pictures are made from, where those that were made are kept, and how many may be made at the same time."""

    project: Project
    store: Store
    threads: int = 1


def darkroom(project: Project, hidden: Path, threads: int) -> Darkroom:
    """The shop's own; `hidden` is its .sitegen folder."""
    return Darkroom(project, Store(hidden / FOLDER), threads)


def public_pictures(
    site: Site, room: Darkroom, stands: Callable[[str], bool] = lambda _: False
) -> Iterator[OpenArtifact | StandingArtifact]:
    """The pictures for anybody. One that `stands` at its path is not made: its name changes whenever it does."""
    yield from (StandingArtifact(path) for path in site.pictures if stands(path))
    wanted = {path: recipe for path, recipe in site.pictures.items() if not stands(path)}
    for path, content in made_pictures(wanted, room):
        yield OpenArtifact(path, content)


def gated_pictures(site: Site, room: Darkroom) -> tuple[GatedAsset, ...]:
    """The pictures that only gated things show, ready to be locked."""
    shown = {picture.id: picture for picture in site.gated_pictures}
    made = made_pictures({id_: picture.recipe for id_, picture in shown.items()}, room)
    return tuple(
        GatedAsset(id_, shown[id_].segments, media_type_of(shown[id_].recipe), content) for id_, content in sorted(made)
    )


def made_pictures(wanted: Mapping[str, Recipe], room: Darkroom) -> Iterator[tuple[str, bytes]]:
    """Each name with its file: those that are kept first, then the others as they are made. Raises Mistakes."""
    missing: dict[str, list[str]] = {}
    recipes: dict[str, Recipe] = {}
    for name, recipe in wanted.items():
        kept = room.store.get(recipe.key) if recipe.key not in missing else None
        if kept is not None:
            yield name, kept
        else:
            recipes[recipe.key] = recipe
            missing.setdefault(recipe.key, []).append(name)
    if recipes:
        for recipe, content in _made(recipes.values(), room):
            room.store.put(recipe.key, content)
            yield from ((name, content) for name in missing[recipe.key])


def forget_others(site: Site, store: Store) -> None:
    """Drop what no page of the site shows any more."""
    recipes = (*site.pictures.values(), *(picture.recipe for picture in site.gated_pictures))
    store.only(frozenset(recipe.key for recipe in recipes))


def _made(recipes: Iterable[Recipe], room: Darkroom) -> Iterator[tuple[Recipe, bytes]]:
    tasks = list(_tasks(recipes, room.project))
    problems: list[Problem] = []
    # Pillow lets other threads work while it packs, and a process would need a copy of each photograph.
    with carefully(), ThreadPoolExecutor(room.threads) as pool:
        for made in in_order((partial(pool.submit, task) for task in tasks), AHEAD * room.threads):
            if isinstance(made, Mistakes):
                problems += made.problems
            else:
                yield from made
    if problems:
        raise Mistakes(problems)


_Made = list[tuple[Recipe, bytes]] | Mistakes
_Task = Callable[[], _Made]


def _tasks(recipes: Iterable[Recipe], project: Project) -> Iterator[_Task]:
    """What is made in one go: all that is made from one photograph, or some cards."""
    photographs: dict[str, list[Scaled]] = {}
    cards: list[SocialCard] = []
    for recipe in recipes:
        if isinstance(recipe, Scaled):
            photographs.setdefault(recipe.source, []).append(recipe)
        else:
            cards.append(recipe)
    for source, wanted in photographs.items():
        yield partial(_develop, project.assets[source].content, wanted)
    if style := project.theme.social:
        for start in range(0, len(cards), CARDS_AT_ONCE):
            yield partial(_letter, style, cards[start : start + CARDS_AT_ONCE])


def _develop(content: bytes, wanted: list[Scaled]) -> _Made:
    from sitegen.render.image_making import made  # noqa: PLC0415 - Pillow; most builds make no picture

    try:
        return list(zip(wanted, made(content, wanted), strict=True))
    except Mistakes as mistakes:
        # All pictures that can't be read are told together.
        return mistakes


def _letter(style: SocialStyle, wanted: list[SocialCard]) -> _Made:
    from sitegen.render.social_card import made  # noqa: PLC0415 - as above

    return list(zip(wanted, made(style, wanted), strict=True))
