"""How pictures are made stands in site.yaml, which one stands for a page in its front matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.model.campaign import Campaign
from sitegen.model.page import Page
from sitegen.model.picture import PictureSetting, Quality
from tests.content.shop_folder import SITE, mistakes_of, page, write_shop


def setting(root: Path, written: str) -> PictureSetting:
    return read_project(write_shop(root, **{"site.yaml": f"{SITE}{written}\n"})).shop.images


def test_without_a_word_pictures_come_in_three_widths_and_two_packings(tmp_path: Path) -> None:
    usual = PictureSetting((480, 960, 1440), ("avif", "webp"), Quality(50, 75, 82), cards=True)
    assert setting(tmp_path, "") == usual
    assert setting(tmp_path, "images: {}") == usual


def test_widths_are_put_in_order_and_formats_stay_in_theirs(tmp_path: Path) -> None:
    made = setting(
        tmp_path, "images: {widths: [1200, 300, 1200], formats: [webp, avif, webp], quality: {webp: 60}, cards: no}"
    )
    assert made == PictureSetting((300, 1200), ("webp", "avif"), Quality(50, 60, 82), cards=False)


def test_an_empty_list_of_formats_leaves_one_file_for_each_picture(tmp_path: Path) -> None:
    assert setting(tmp_path, "images: {formats: []}").formats == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("widths: [15]", "'15' is no width of a picture"),
        ("widths: [٤٨٠]", "'٤٨٠' is no width of a picture"),
        ("widths: [99999999999999999999]", "'99999999999999999999' is no width of a picture"),
        (
            "widths: [20, 30, 40, 50, 60, 70, 80, 90, 100]",
            "'widths' has 9 widths, and each picture would be made in all of them",
        ),
        ("formats: [jpg]", "unknown format 'jpg'"),
        ("quality: {jpeg: 101}", "'jpeg' can't be '101'"),
        ("quality: best", "'quality' must hold keys and values"),
    ],
)
def test_what_makes_no_sense_is_told(tmp_path: Path, written: str, message: str) -> None:
    root = write_shop(tmp_path, **{"site.yaml": f"{SITE}images: {{{written}}}\n"})
    assert [problem.message for problem in mistakes_of(root).values()] == [message]


def test_a_page_and_a_campaign_may_name_their_picture(tmp_path: Path) -> None:
    letter = page("title: Tea\naudience: public\nkind: news\nchannels: [page]\nimage: /assets/cloth.svg")
    root = write_shop(
        tmp_path,
        pages__linen=page("title: Linen\naudience: public\nimage: /assets/cloth.svg"),
        campaigns__tea=letter,
    )
    project = read_project(root)
    named: list[Page | Campaign] = [*project.pages, *project.campaigns]
    assert [thing.image.path if thing.image else "" for thing in named if thing.title in {"Linen", "Tea"}] == [
        "cloth.svg"
    ] * 2


@pytest.mark.parametrize(
    ("image", "code"),
    [
        ("cloth.svg", "missing-image"),
        ("https://elsewhere.example/x.png", "missing-image"),
        ("/assets/list.pdf", "not-an-image"),
    ],
)
def test_a_picture_that_none_can_see_is_told_on_its_line(tmp_path: Path, image: str, code: str) -> None:
    root = write_shop(tmp_path, pages__linen=page(f"title: Linen\naudience: public\nimage: {image}"))
    (root / "content/assets/list.pdf").write_bytes(b"%PDF")
    (problem,) = mistakes_of(root).values()
    assert (problem.file, problem.line, problem.code) == ("content/pages/linen.md", 4, code)
