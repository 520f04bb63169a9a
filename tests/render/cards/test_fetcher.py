"""The fetcher serves what was handed in and refuses all else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from sitegen.render.cards.fetcher import BASE, DesignFetcher, MissingFile


def test_a_file_of_the_design_is_served() -> None:
    response = DesignFetcher({"fonts/a b.ttf": b"font"}).fetch(BASE + "fonts/a%20b.ttf")
    assert response.read() == b"font"


def test_a_drawing_in_black_and_white_is_handed_out_in_greys() -> None:
    drawing = BytesIO()
    Image.new("1", (9, 5), 1).save(drawing, "TIFF")
    response = DesignFetcher({"front.tif": drawing.getvalue(), "back.png": b"broken"})
    with Image.open(BytesIO(response.fetch(BASE + "front.tif").read())) as served:
        assert (served.mode, served.size, served.getextrema()) == ("L", (9, 5), (255, 255))
    assert response.fetch(BASE + "back.png").read() == b"broken"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://shop.example/picture.png",
        "https://shop.example/picture.png",
        "ftp://shop.example/picture.png",
        "data:image/png;base64,AAAA",
        BASE + "../secret.svg",
        BASE + "other.svg",
        "front.svg",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(MissingFile):
        DesignFetcher({"front.svg": b"<svg/>"}).fetch(url)


def test_a_file_on_disk_is_refused_even_where_it_exists(tmp_path: Path) -> None:
    picture = tmp_path / "front.svg"
    picture.write_text("<svg/>")
    with pytest.raises(MissingFile):
        DesignFetcher({}).fetch(picture.as_uri())
