"""A picture is made once: kept under what it was made of, made several at a time, and forgotten with its last page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build import pictures
from sitegen.build.pictures import FOLDER, darkroom, forget_others, gated_pictures, made_pictures, public_pictures
from sitegen.content.project import read_project
from sitegen.errors import Mistakes
from sitegen.model.artifact import OpenArtifact, StandingArtifact
from sitegen.model.picture import Recipe, SocialCard
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.render.site.whole import render_site
from tests.content.shop_folder import page
from tests.render.photographs import SPOKEN, opened, photograph
from tests.render.site_shop import SETTING, TODAY
from tests.render.test_sharing import shop

TEXT = "![On a line](/assets/quilt.jpg)\n\n![A bed](</assets/a bed.jpg>)"


def site_of(root: Path, text: str = TEXT, audience: str = "public") -> tuple[Project, Site]:
    project = read_project(shop(root, pages__quilts=page(f"title: Quilts\naudience: {audience}", text)))
    return project, render_site(project, TODAY, SETTING)


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> list[Recipe]:
    """What was really made."""
    seen: list[Recipe] = []
    real = pictures._made

    def noting(recipes: Iterable[Recipe], room: pictures.Darkroom) -> Iterator[tuple[Recipe, bytes]]:
        for recipe, content in real(recipes, room):
            seen.append(recipe)
            yield recipe, content

    monkeypatch.setattr(pictures, "_made", noting)
    return seen


def test_every_picture_that_a_page_names_is_made_as_it_was_named(tmp_path: Path) -> None:
    project, site = site_of(tmp_path)
    made = dict(made_pictures(site.pictures, darkroom(project, tmp_path / ".sitegen", 2)))
    assert sorted(made) == sorted(site.pictures)
    for name, recipe in site.pictures.items():
        image = opened(made[name])
        if isinstance(recipe, SocialCard):
            assert image.size == (1200, 630)
        else:
            assert ((image.format or "").lower(), image.size) == (recipe.packing, (recipe.width, recipe.height))
        assert not any(word in made[name] for word in SPOKEN)


def test_one_thread_and_four_make_the_same_bytes(tmp_path: Path) -> None:
    project, site = site_of(tmp_path)
    one, four = (
        dict(made_pictures(site.pictures, darkroom(project, tmp_path / name, n))) for name, n in (("a", 1), ("b", 4))
    )
    assert one == four


def test_the_second_time_nothing_is_made(tmp_path: Path, tasks: list[Recipe]) -> None:
    project, site = site_of(tmp_path)
    room = darkroom(project, tmp_path / ".sitegen", 2)
    first = dict(made_pictures(site.pictures, room))
    assert len(tasks) == len({recipe.key for recipe in site.pictures.values()})
    tasks.clear()
    assert dict(made_pictures(site.pictures, room)) == first
    assert tasks == []


def test_another_photograph_under_the_same_name_is_another_picture(tmp_path: Path, tasks: list[Recipe]) -> None:
    project, site = site_of(tmp_path)
    room = darkroom(project, tmp_path / ".sitegen", 2)
    list(made_pictures(site.pictures, room))
    tasks.clear()
    asset = project.assets["quilt.jpg"]
    changed = replace(project, assets={**project.assets, "quilt.jpg": replace(asset, content=photograph((1600, 1001)))})
    after = render_site(changed, TODAY, SETTING)
    list(made_pictures(after.pictures, replace(room, project=changed)))
    assert {getattr(recipe, "source", "a card") for recipe in tasks} == {"quilt.jpg"}


def test_what_stands_in_the_output_is_not_made(tmp_path: Path, tasks: list[Recipe]) -> None:
    project, site = site_of(tmp_path)
    standing: Callable[[str], bool] = lambda path: path.endswith(".avif")  # noqa: E731 - a question with one word
    found = list(public_pictures(site, darkroom(project, tmp_path / ".sitegen", 2), standing))
    assert {one.path for one in found if isinstance(one, StandingArtifact)} == {p for p in site.pictures if standing(p)}
    assert {one.path for one in found if isinstance(one, OpenArtifact)} == {p for p in site.pictures if not standing(p)}
    assert all(getattr(recipe, "packing", "") != "avif" for recipe in tasks)


def test_gated_pictures_come_back_for_their_segments(tmp_path: Path) -> None:
    project, site = site_of(tmp_path, audience="gold")
    made = gated_pictures(site, darkroom(project, tmp_path / ".sitegen", 1))
    assert [(one.id, one.segments, one.media_type) for one in made] == [
        ("assets/a bed.jpg#shown", ("gold",), "image/webp"), ("assets/quilt.jpg#shown", ("gold",), "image/webp"),
    ]  # fmt: skip
    assert [opened(one.content).size for one in made] == [(700, 1000), (1440, 900)]


def test_pictures_that_break_off_are_told_all_together_and_the_others_are_kept(tmp_path: Path) -> None:
    project, site = site_of(tmp_path)
    torn = {
        path: replace(asset, content=asset.content[: len(asset.content) // 2]) for path, asset in project.assets.items()
    }
    broken = replace(project, assets={**torn, "sign.png": project.assets["sign.png"]})
    room = darkroom(broken, tmp_path / ".sitegen", 2)
    with pytest.raises(Mistakes) as caught:
        list(made_pictures(site.pictures, room))
    assert sorted(problem.file for problem in caught.value.problems) == [
        "content/assets/a bed.jpg", "content/assets/quilt.jpg",
    ]  # fmt: skip
    cards = {recipe.key for recipe in site.pictures.values() if isinstance(recipe, SocialCard)}
    assert {path.name for path in (tmp_path / ".sitegen" / FOLDER).iterdir()} == cards


def test_what_no_page_shows_any_more_is_forgotten(tmp_path: Path) -> None:
    project, site = site_of(tmp_path)
    room = darkroom(project, tmp_path / ".sitegen", 2)
    list(made_pictures(site.pictures, room))
    _, less = site_of(tmp_path, "Words.")
    forget_others(less, room.store)
    assert {path.name for path in room.store.folder.iterdir()} == {recipe.key for recipe in less.pictures.values()} & {
        recipe.key for recipe in site.pictures.values()
    }
