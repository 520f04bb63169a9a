"""A gated picture is known again in the sizes that are made of it, whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build.audit import told
from sitegen.build.pictures import darkroom, gated_pictures, made_pictures
from sitegen.content.project import read_project
from sitegen.model.picture import Scaled
from sitegen.model.project import Project
from sitegen.model.readable import GatedAsset, PublicFile, Site
from sitegen.protect.audit.check import Written, audit
from sitegen.protect.audit.names import names
from sitegen.protect.audit.readers import Readers
from sitegen.protect.audit.sources import shown_assets, texts, things
from sitegen.protect.audit.surfaces import gated_surfaces, public_surfaces
from sitegen.render import images
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import render_site
from tests.content.shop_folder import write_shop
from tests.leaks.small_audit import TODAY
from tests.render.photographs import photograph
from tests.render.site_shop import SETTING

GOLD = "---\ntitle: Drawer\naudience: gold\n---\n![A cloth](/assets/drawer/cup.jpg)\n"
OPEN = "---\ntitle: Cups\naudience: public\n---\n![A cloth](/assets/drawer/cup.jpg)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/assets/drawer").mkdir(parents=True)
    (tmp_path / "content/assets/drawer/cup.jpg").write_bytes(photograph((1000, 600)))
    return tmp_path


def shop(folder: Path, **files: str) -> tuple[Project, Site]:
    """The shop and its site, with the pictures that members see."""
    project = read_project(write_shop(folder, **files))
    site = render_site(project, Day(TODAY), SETTING)
    return project, replace(site, gated=(*site.gated, *gated_pictures(site, darkroom(project, folder / ".sitegen", 1))))


def leaks(project: Project, site: Site, laid_open: Mapping[str, bytes]) -> list[str]:
    """What an audit tells of the site with these files besides."""
    readers = Readers(project.segments)
    found = things(project, readers, TODAY, drafts=False)
    every = tuple(texts(found, readers))
    known = names(project, found, tuple(shown_assets(found, readers)), site)
    guarded = tuple(text for text in every if not text.is_open)
    standing = {file.path: file.content for file in site.public if isinstance(file, PublicFile)}
    files = {**standing, **laid_open}
    surfaces = (*public_surfaces(sorted(files.items())), *gated_surfaces(site))
    written = Written(guarded, lambda: every, known, readers, project.allowances, ())
    return [told(finding) for finding in audit(written, surfaces, b"k" * 32, project.shop.url, {}).findings]


def smaller(project: Project) -> Scaled:
    """The recipe of the picture in the smallest width."""
    return images.variants(project.assets["drawer/cup.jpg"], project.shop.images)["webp"][0]


def made(folder: Path, project: Project, recipe: Scaled) -> bytes:
    ((_, content),) = made_pictures({"it": recipe}, darkroom(project, folder / ".sitegen", 1))
    return content


def test_a_gated_picture_that_also_lies_open_in_a_smaller_width_is_found(folder: Path) -> None:
    project, site = shop(folder, pages__drawer=GOLD)
    recipe = smaller(project)
    path = images.silent_name(recipe)
    open_too = replace(site, pictures={**site.pictures, path: recipe})

    told_of = leaks(project, open_too, {path: made(folder, project, recipe), "x.html": f'<img src="{path}">'.encode()})

    assert recipe.width == 480
    what = "anybody can read 'drawer/cup.jpg, 480 pixels wide'"
    assert told_of == [
        f"content/assets/drawer/cup.jpg -> output/site: {what}",
        f"content/assets/drawer/cup.jpg -> output/site/x.html: {what}",
    ]
    assert leaks(project, site, {}) == []


def test_the_bytes_that_members_see_of_a_picture_are_found_under_any_name(folder: Path) -> None:
    project, site = shop(folder, pages__drawer=GOLD)
    (seen,) = (thing for thing in site.gated if isinstance(thing, GatedAsset))
    assert seen.content != project.assets["drawer/cup.jpg"].content

    assert leaks(project, site, {"x.webp": seen.content}) == [
        "content/assets/drawer/cup.jpg -> output/site/x.webp: anybody can read 'the bytes of drawer/cup.jpg'"
    ]


def test_a_picture_that_a_public_page_shows_too_may_lie_there_in_every_size(folder: Path) -> None:
    project, site = shop(folder, pages__drawer=GOLD, pages__cups=OPEN)
    content = {
        name: made(folder, project, recipe) for name, recipe in site.pictures.items() if isinstance(recipe, Scaled)
    }

    assert content
    assert leaks(project, site, content) == []


def test_a_picture_that_lies_twice_in_the_folder_is_open_where_one_of_them_is(folder: Path) -> None:
    (folder / "content/assets/open.jpg").write_bytes(photograph((1000, 600)))
    public = OPEN.replace("drawer/cup.jpg", "open.jpg")
    project, site = shop(folder, pages__drawer=GOLD, pages__cups=public)
    (seen,) = (thing for thing in site.gated if isinstance(thing, GatedAsset))

    assert leaks(project, site, {"x.webp": seen.content}) == []
