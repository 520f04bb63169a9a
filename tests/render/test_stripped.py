"""A picture's file loses what it says of its place and its camera, and looks as before."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from sitegen.render.stripped import Torn, stripped
from tests.render.photographs import CAMERA, PLACE, SPOKEN, animation, photograph, saved

KINDS = ("JPEG", "PNG", "WEBP", "AVIF")


def looked_at(content: bytes) -> tuple[tuple[int, int], bytes]:
    """What an eye sees: the size and pixels of the picture, upright."""
    with Image.open(io.BytesIO(content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    return upright.size, upright.tobytes()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("held", [1, 6])
def test_a_photograph_loses_its_place_and_keeps_its_looks(kind: str, held: int) -> None:
    content = photograph((60, 40), kind, held=held)
    assert PLACE in content
    assert CAMERA in content

    made = stripped(content)

    assert not any(word in made for word in SPOKEN)
    with Image.open(io.BytesIO(made)) as image:
        assert 0x8825 not in image.getexif()
    if kind != "AVIF":
        assert looked_at(made) == looked_at(content)
        assert stripped(made) == made
    assert looked_at(made)[0] == looked_at(content)[0]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_moving(kind: str) -> None:
    content = animation(kind)
    assert any(word in content for word in SPOKEN)

    made = stripped(content)

    assert not any(word in made for word in SPOKEN)
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(made)) as after:
        frames = getattr(before, "n_frames", 0)
        assert frames == 2
        assert (getattr(after, "n_frames", 0), after.info.get("loop")) == (frames, before.info.get("loop"))
        for frame in range(frames):
            before.seek(frame)
            after.seek(frame)
            assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


def test_the_second_picture_of_a_telephone_goes_with_all_it_says() -> None:
    first, second = photograph((60, 40), "JPEG"), photograph((50, 30), "JPEG", held=3)
    assert stripped(first + second) == stripped(first)


def test_colours_keep_their_profile() -> None:
    with Image.open(io.BytesIO(photograph((60, 40), "JPEG", profile=True))) as image:
        profile = image.info["icc_profile"]
    for kind in ("JPEG", "PNG", "WEBP"):
        with Image.open(io.BytesIO(stripped(photograph((60, 40), kind, profile=True)))) as image:
            assert image.info["icc_profile"] == profile


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg/>", b"RIFF----WAVE", b"plain words"])
def test_what_is_no_picture_stays_as_it_is(content: bytes) -> None:
    assert stripped(content) == content


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_breaks_off_is_refused(kind: str) -> None:
    content = photograph((60, 40), kind)
    with pytest.raises(Torn):
        stripped(content[: len(content) // 3])


WHOLE: dict[str, bytes] = {kind: photograph((20, 10), kind) for kind in ("JPEG", "PNG", "WEBP")}
WHOLE["GIF"] = animation("GIF")


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_no_bytes_make_it_fail_in_another_way(kind: str, data: Any) -> None:
    content = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(12, len(content)))
    try:
        made = stripped(bytes(content[:cut]))
    except Torn:
        return
    assert isinstance(made, bytes)


def test_a_picture_without_words_keeps_its_bytes() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):
        content = saved(Image.new("RGB", (30, 20), "red"), kind)
        assert stripped(content) == content
