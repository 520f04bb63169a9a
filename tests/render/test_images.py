"""A picture becomes the files that pages, mails and lists need: named beforehand, and made without a word in them."""

from __future__ import annotations

import io
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from sitegen.errors import Mistakes
from sitegen.model.picture import PictureSetting, Quality, Scaled
from sitegen.model.project import Asset
from sitegen.render import images
from sitegen.render.image_making import made
from tests.render.photographs import SPOKEN, animation, opened, photograph, saved, scene

SETTING = PictureSetting()
KINDS = ("avif", "webp", "jpeg")


def asset(content: bytes, path: str = "quilt.jpg") -> Asset:
    return Asset(path, content)


def every(one: Asset, setting: PictureSetting = SETTING) -> list[Scaled]:
    """All that can be made of a picture."""
    offered = [recipe for recipes in images.variants(one, setting).values() for recipe in recipes]
    others = (
        form(one, setting) for form in (images.fallback, images.locked, images.mailed, images.shared, images.thumbnail)
    )
    return [*offered, *(recipe for recipe in others if recipe)]


def develop(one: Asset, recipe: Scaled | None) -> Image.Image:
    assert recipe
    with images.carefully():
        (content,) = made(one.content, [recipe])
    return opened(content)


def test_a_large_photograph_comes_in_several_widths_and_two_packings_and_never_larger() -> None:
    offered = images.variants(asset(photograph((2000, 1500))), SETTING)

    sizes = {packing: [(one.width, one.height) for one in recipes] for packing, recipes in offered.items()}
    assert sizes == {packing: [(480, 360), (960, 720), (1440, 1080)] for packing in ("avif", "webp")}
    middle = images.variants(asset(photograph((1000, 500))), SETTING)["avif"]
    assert [(one.width, one.height) for one in middle] == [(480, 240), (1000, 500)]


def test_a_small_picture_has_no_variants_and_loses_nothing() -> None:
    sign = asset(saved(scene((120, 80)), "PNG"), "sign.png")
    assert images.variants(sign, SETTING) == {}
    shown = develop(sign, images.fallback(sign, SETTING))
    assert (shown.format, shown.tobytes()) == ("PNG", opened(sign.content).convert("RGB").tobytes())


def test_the_setting_says_widths_formats_and_quality() -> None:
    setting = PictureSetting((200, 700), ("webp",), Quality(webp=33))
    offered = images.variants(asset(photograph((900, 600))), setting)
    assert [(one.packing, one.width, one.quality) for recipes in offered.values() for one in recipes] == [
        ("webp", 200, 33), ("webp", 700, 33),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_that_is_made_says_where_when_and_by_what_the_picture_was_taken(kind: str) -> None:
    one = asset(photograph((700, 500), kind, held=6, profile=True))
    assert any(word in one.content for word in SPOKEN)
    recipes = every(one)
    assert len(recipes) >= 7
    for recipe, content in zip(recipes, made(one.content, recipes), strict=True):
        assert not any(word in content for word in SPOKEN), recipe
        image = opened(content)
        assert (dict(image.getexif()), image.size) == ({}, (recipe.width, recipe.height))
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize("held", range(1, 9))
def test_a_camera_that_was_held_in_any_way_is_believed(held: int) -> None:
    upright = scene((640, 480))
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = held
    lying = upright.transpose(turns[held]) if held in turns else upright
    one = asset(saved(lying, "JPEG", exif=exif, quality=95))

    recipe = images.fallback(one, SETTING)
    shown = develop(one, recipe)

    assert recipe
    assert shown.size == (recipe.width, recipe.height) == (640, 480)
    corners = [shown.getpixel(place) for place in ((100, 100), (540, 100), (100, 400), (540, 400))]
    assert [_colour(pixel) for pixel in corners] == ["red", "green", "blue", "blue"]


def _colour(pixel: Any) -> str:
    return ("red", "green", "blue")[max(range(3), key=lambda channel: pixel[channel])]


def test_words_of_a_camera_that_nobody_can_read_are_no_hindrance() -> None:
    content = saved(scene((600, 400)), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x03\x01\x12\0\x03\0\0")
    one = asset(content)
    assert develop(one, images.fallback(one, SETTING)).size == (600, 400)


def test_colours_of_print_and_of_wide_screens_become_those_of_every_screen() -> None:
    printed = asset(saved(Image.new("CMYK", (600, 400), (0, 255, 255, 0)), "JPEG"))
    red = develop(printed, images.fallback(printed, SETTING)).getpixel((9, 9))
    assert isinstance(red, tuple)
    assert (red[0] > 230, red[1] < 40, red[2] < 40) == (True, True, True)

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    broken = asset(saved(scene((600, 400)), "PNG", icc_profile=lab[:200]), "broken.png")
    assert develop(broken, images.fallback(broken, SETTING)).size == (600, 400)


def test_deep_greys_keep_their_shades() -> None:
    deep = Image.new("I;16", (600, 4))
    deep.putdata([(place % 600) * 109 for place in range(2400)])
    one = asset(saved(deep, "PNG"), "deep.png")
    shown = develop(one, images.fallback(one, SETTING)).convert("L")
    assert [shown.getpixel((x, 1)) for x in (0, 300, 599)] == [0, 127, 255]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_clear_stays_clear_wherever_it_can(mode: str) -> None:
    clear = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    clear.paste((200, 30, 30, 255), (100, 100, 500, 300))
    kept = clear.quantize(16, Image.Quantize.FASTOCTREE) if mode == "P" else clear.convert(mode)
    one = asset(saved(kept, "PNG"), "clear.png")
    recipes = [recipe for recipe in every(one) if recipe.packing != "jpeg"]
    assert {recipe.packing for recipe in recipes} == {"avif", "webp", "png"}
    for content in made(one.content, [recipe for recipe in recipes if not recipe.cropped]):
        alpha = opened(content).convert("RGBA").getchannel("A")
        assert alpha.getpixel((2, 2)) < 20  # type: ignore[operator]
        assert alpha.getpixel((alpha.width // 2, alpha.height // 2)) > 235  # type: ignore[operator]
    shared = images.shared(one, SETTING)
    assert shared
    assert develop(one, shared).getpixel((1, 1)) == (255, 255, 255)


def test_a_drawing_keeps_its_few_colours_and_stays_small() -> None:
    drawing = scene((944, 614)).quantize(8)
    one = asset(saved(drawing, "PNG", optimize=True), "drawing.png")
    (content,) = made(one.content, [recipe for recipe in [images.fallback(one, SETTING)] if recipe])
    assert opened(content).mode == "P"
    assert opened(content).convert("RGB").tobytes() == drawing.convert("RGB").tobytes()
    assert len(content) < 1.2 * len(one.content)


def test_one_pixel_and_a_panorama_are_pictures_too() -> None:
    dot = asset(saved(Image.new("RGB", (1, 1), "red"), "PNG"), "dot.png")
    for recipe, content in zip(every(dot), made(dot.content, every(dot)), strict=True):
        assert opened(content).size == (recipe.width, recipe.height) == (1, 1)
    wide = asset(saved(Image.new("RGB", (12_000, 90), "red"), "JPEG"), "wide.jpg")
    assert [(one.width, one.height) for one in images.variants(wide, SETTING)["webp"]] == [
        (480, 4),
        (960, 7),
        (1440, 11),
    ]
    tall = asset(saved(Image.new("RGB", (500, 30_000), "red"), "JPEG"), "tall.jpg")
    shown = images.fallback(tall, SETTING)
    assert shown
    assert (shown.width, shown.height) == (133, 8000)
    assert [opened(content).size for content in made(tall.content, every(tall))] == [
        (recipe.width, recipe.height) for recipe in every(tall)
    ]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_what_moves_and_what_is_drawn_stays_as_it_is(kind: str) -> None:
    assert every(asset(animation(kind), f"moving.{kind.lower()}")) == []
    assert every(asset(b"<svg/>", "drawing.svg")) == []


@pytest.mark.parametrize("content", [b"", b"no picture", saved(scene((30, 20)), "TIFF"), photograph((60, 40))[:90]])
def test_what_nobody_can_read_is_told_with_its_place(content: bytes) -> None:
    with pytest.raises(Mistakes) as caught:
        images.fallback(asset(content, "inner/torn.jpg"), SETTING)
    (problem,) = caught.value.problems
    assert (problem.file, problem.code) == ("content/assets/inner/torn.jpg", "bad-picture")


def test_a_picture_whose_end_is_missing_is_told_when_it_is_made() -> None:
    whole = photograph((700, 500))
    one = asset(whole[: len(whole) // 2], "torn.jpg")
    recipe = images.fallback(one, SETTING)
    assert recipe
    with images.carefully(), pytest.raises(Mistakes) as caught:
        list(made(one.content, [recipe]))
    assert [(problem.file, problem.code) for problem in caught.value.problems] == [
        ("content/assets/torn.jpg", "bad-picture")
    ]


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    bomb = asset(saved(Image.new("1", (30_000, 10_000)), "PNG"), "bomb.png")
    assert len(bomb.content) < 60_000
    with pytest.raises(Mistakes) as caught:
        images.seen(bomb)
    assert "more than 80 million pixels" in caught.value.problems[0].message


def test_the_same_picture_makes_the_same_names_and_bytes_in_another_process() -> None:
    one = asset(photograph((700, 500)))
    code = (
        "from tests.render.test_images import *; one = asset(photograph((700, 500)));"
        "print(every(one)[0].key, sha256(b''.join(made(one.content, every(one)))).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert there == [every(one)[0].key, sha256(b"".join(made(one.content, every(one)))).hexdigest()]


def test_a_name_changes_with_the_picture_and_with_each_part_of_its_recipe() -> None:
    one, other = asset(photograph((700, 500))), asset(photograph((700, 501)))
    names = [images.name(recipe) for recipe in every(one)]
    assert len(set(names)) == len({(r.packing, r.width, r.height, r.quality, r.cropped) for r in every(one)})
    assert set(names).isdisjoint(images.name(recipe) for recipe in every(other))
    better = PictureSetting(quality=Quality(51, 76, 83))
    assert set(names).isdisjoint(images.name(recipe) for recipe in every(one, better))
    assert all(name.startswith("assets/quilt.") for name in names)


def test_a_mail_shows_jpeg_or_png_of_at_most_1200_pixels_under_a_name_that_says_nothing() -> None:
    for content, packing in ((photograph((3000, 2000)), "jpeg"), (photograph((3000, 2000), "AVIF"), "jpeg")):
        recipe = images.mailed(asset(content), SETTING)
        assert recipe
        assert (recipe.packing, recipe.width, recipe.height) == (packing, 1200, 800)
        assert "quilt" not in images.silent_name(recipe)


def test_a_picture_for_sharing_is_the_middle_in_its_shape_and_never_enlarged() -> None:
    sizes = [(3000, 3000), (1200, 630), (700, 500), (100, 300)]
    shared = [images.shared(asset(photograph(size)), SETTING) for size in sizes]
    assert [(one.width, one.height) for one in shared if one] == [(1200, 630), (1200, 630), (700, 368), (100, 52)]
    assert [images.is_large(asset(photograph(size))) for size in sizes] == [True, True, True, False]


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
    widths=st.lists(st.integers(16, 4096), min_size=1, max_size=6),
)
def test_sizes_grow_keep_the_shape_and_stay_within_the_original(width: int, height: int, widths: list[int]) -> None:
    one = asset(_blank(width, height), "blank.png")
    setting = PictureSetting(tuple(sorted(set(widths))))
    for recipes in images.variants(one, setting).values():
        found = [(recipe.width, recipe.height) for recipe in recipes]
        assert found == sorted(set(found))
        assert all(w <= min(width, max(widths)) and h <= height for w, h in found)
        assert all(abs(h - w * height / width) <= 1 + height / width for w, h in found)
    shown = images.fallback(one, setting)
    assert shown
    assert 1 <= shown.width <= width


def _blank(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@settings(max_examples=100, deadline=None)
@given(data=st.data(), kind=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF", "GIF"]))
def test_damaged_bytes_are_a_mistake_and_never_a_crash(data: Any, kind: str) -> None:
    content = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    one = asset(bytes(content), "damaged.jpg")
    try:
        with images.carefully():
            for recipe in every(one):
                if recipe.width * recipe.height < 10_000:
                    assert list(made(one.content, [recipe]))
    except Mistakes as mistakes:
        assert {problem.code for problem in mistakes.problems} == {"bad-picture"}  # noqa: PT017 - or it is readable


WHOLE = {kind: photograph((20, 10), kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF")} | {
    "GIF": saved(scene((20, 10)), "GIF")
}
