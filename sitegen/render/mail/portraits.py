"""Make the round pictures of advisers that stand below their letters."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256

from sitegen.errors import Mistakes, Problem
from sitegen.model.project import Asset
from sitegen.model.shop import Shop

FOLDER = "advisers/"
"""Below content/assets/: what lies there is for anybody, since no mail program has a key."""
SHOWN = 72
"""Pixels of a portrait's side in a letter; the file has twice as many, for screens that show them."""

_RECIPE = b"round portrait 1\n"
# A circle that is drawn this many times too large has a smooth edge when it is made small.
_FINER = 4


def portrait_addresses(assets: Mapping[str, Asset], shop: Shop) -> Mapping[str, str]:
    """The absolute address of each adviser's portrait, by its picture's path below content/assets/."""
    root = shop.origin + shop.base_path
    return {asset.path: root + _name(asset) for asset in _pictures(assets.values())}


def portrait_files(assets: Mapping[str, Asset]) -> dict[str, bytes]:
    """The portraits by their paths on the site: PNG, round, twice SHOWN pixels wide. Raises Mistakes."""
    made = {asset: _round(asset.content) for asset in _pictures(assets.values())}
    hint = "save the adviser's picture as JPEG or PNG"
    problems = [
        Problem(f"content/assets/{asset.path}", 0, 0, "bad-portrait", f"'{asset.path}' can't be made a portrait", hint)
        for asset, content in made.items()
        if content is None
    ]
    if problems:
        raise Mistakes(problems)
    return {_name(asset): content for asset, content in made.items() if content is not None}


def _pictures(assets: Iterable[Asset]) -> Iterator[Asset]:
    return (asset for asset in sorted(assets, key=lambda asset: asset.path) if asset.path.startswith(FOLDER))


def _name(asset: Asset) -> str:
    """The site's path: a name from the picture and what is made of it, without making it."""
    return f"assets/{sha256(_RECIPE + asset.content).hexdigest()[:20]}.png"


@lru_cache(64)
def _round(content: bytes) -> bytes | None:
    """The middle of a picture as a round PNG, None where it is no picture that can be read."""
    from PIL import Image, ImageDraw, ImageOps  # noqa: PLC0415 - a site without portraits needs no Pillow

    side = 2 * SHOWN
    try:
        with _whole_files_only(), Image.open(io.BytesIO(content)) as opened:
            whole = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    square = ImageOps.fit(whole, (side, side), Image.Resampling.LANCZOS)
    circle = Image.new("L", (side * _FINER, side * _FINER))
    ImageDraw.Draw(circle).ellipse((0, 0, side * _FINER - 1, side * _FINER - 1), fill=255)
    square.putalpha(circle.resize((side, side), Image.Resampling.LANCZOS))
    written = io.BytesIO()
    square.save(written, "PNG", optimize=True)
    return written.getvalue()


@contextmanager
def _whole_files_only() -> Iterator[None]:
    """A picture that ends too early is none, although WeasyPrint tells Pillow to take it."""
    from PIL import ImageFile  # noqa: PLC0415 - as above

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
