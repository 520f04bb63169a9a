"""A page knows the type and size of its pictures before they load."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.render.pictures import UNKNOWN, media_type, size


def raster(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif"])
def test_a_raster_picture_has_its_size(kind: str) -> None:
    assert size(f"a.{kind}", raster(kind)) == {"width": "30", "height": "20"}


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ('<svg width="30" height="20">', {"width": "30", "height": "20"}),
        ("<svg width='30.4px' height='19.6px'>", {"width": "30", "height": "20"}),
        ('<svg viewBox="0 0 30 20">', {"width": "30", "height": "20"}),
        ('<svg\n width="100%" height="100%"\n viewBox="-5,-5,30.2,20">', {"width": "30", "height": "20"}),
        ('<svg width="1.2.3" height="..">', {}),
        ('<svg viewBox="0 0 . .">', {}),
        ("<svg>", {}),
        ("<html>", {}),
    ],
)
def test_a_drawing_has_the_size_that_it_says_or_none(root: str, expected: dict[str, str]) -> None:
    assert size("a.svg", f'<?xml version="1.0"?>\n{root}<g/></svg>'.encode()) == expected


def test_a_broken_picture_has_no_size() -> None:
    assert size("a.png", b"no picture") == {}
    assert size("a.png", raster("png")[:20]) == {}


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    assert size("a.svg", b"<svg " + content + b">") is not None
    assert size("a.jpg", content) == {}


def test_the_type_follows_the_ending() -> None:
    assert [media_type(name) for name in ("a.SVG", "b/c.jpg", "d.avif", "list.pdf", "none")] == [
        "image/svg+xml", "image/jpeg", "image/avif", UNKNOWN, UNKNOWN,
    ]  # fmt: skip
