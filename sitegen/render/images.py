"""Say which files a picture becomes, and how they are called, without making any."""

from __future__ import annotations

import io
import posixpath
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from sitegen.errors import Mistakes, Problem
from sitegen.model.picture import Packing, PictureSetting, Scaled
from sitegen.model.project import Asset
from sitegen.render.pictures import BROKEN, upright
from sitegen.render.stripped import Torn, stripped

VERSION = "1"
"""Part of every name: another way of making them, another version."""
READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOVING = frozenset({"PNG", "WEBP", "GIF", "AVIF"})
"""Formats of several pictures that browsers show one after the other."""
MOST_PIXELS = 80_000_000
"""What is larger is no photograph any more, and would fill the memory."""
TALLEST = 8000
"""Pixels of the longer side of whatever is made: WebP ends at 16383, and eyes earlier."""
MAILED = 1200
"""Pixels of the width of a picture in a mail: more than twice of what a letter shows."""
CARD = (1200, 630)
SMALL = 480
"""Pixels of the width below which a picture is a sign rather than a photograph, and loses nothing."""
LEAST_SHARED = (600, 315)
"""A smaller picture is shown as a thumbnail beside the words wherever it is shared."""
THUMBNAIL = (288, 192)
# Closer sizes than these are not worth a file.
_STEP = 0.9
_SOUGHT = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "AVIF": "webp", "GIF": "png"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first bytes of a picture tell: its size as one sees it, its format, and how it is best packed.

    `still`: it is one picture, of which others can be made; drawings and animations stay as they are.
    """

    width: int
    height: int
    still: bool
    fallback: Packing = "png"
    digest: str = ""


def seen(asset: Asset) -> Seen:
    """What there is to know of a picture. Raises Mistakes with its place where nobody can read it."""
    if asset.path.lower().endswith(".svg"):
        return Seen(0, 0, still=False)
    return _seen(asset.path, asset.content)


def variants(asset: Asset, setting: PictureSetting) -> dict[Packing, tuple[Scaled, ...]]:
    """For each format that browsers may choose, the picture in several widths, the smallest first.

    None of a picture that is small anyway, or that has to stay as it is.
    """
    about = seen(asset)
    if not about.still or about.width < setting.widths[0]:
        return {}
    most = _within((about.width, about.height), (setting.widths[-1], TALLEST))
    widths = [width for width in setting.widths if width < most[0] * _STEP]
    sizes = [*((width, max(1, round(most[1] * width / most[0]))) for width in widths), most]
    return {packing: tuple(_scaled(asset, packing, size, setting) for size in sizes) for packing in setting.formats}


def fallback(asset: Asset, setting: PictureSetting) -> Scaled | None:
    """The picture as every browser shows it, not wider than the widest; None where it stays as it is."""
    about = seen(asset)
    return _fitted(asset, about.fallback, setting.widths[-1], setting)


def locked(asset: Asset, setting: PictureSetting) -> Scaled | None:
    """The one form in which members see a picture, since each locked file is fetched whole."""
    return _fitted(asset, "webp", setting.widths[-1], setting)


def mailed(asset: Asset, setting: PictureSetting) -> Scaled | None:
    """The form in which any mail program shows a picture."""
    return _fitted(asset, "png" if seen(asset).fallback == "png" else "jpeg", MAILED, setting)


def shared(asset: Asset, setting: PictureSetting) -> Scaled | None:
    """The picture as it is shown where its page is shared: its middle, in the shape that all of them show."""
    return _cut(asset, CARD, "jpeg", setting)


def thumbnail(asset: Asset, setting: PictureSetting) -> Scaled | None:
    """The picture as lists show it, twice as fine as it is shown."""
    return _cut(asset, (2 * THUMBNAIL[0], 2 * THUMBNAIL[1]), "webp", setting)


def is_large(asset: Asset) -> bool:
    """Whether a picture is large enough to stand for a page where it is shared."""
    about = seen(asset)
    return about.still and about.width >= LEAST_SHARED[0] and about.height >= LEAST_SHARED[1]


def name(recipe: Scaled) -> str:
    """Where a picture lies on the site that public pages show. Its own name stays, so that search engines find it."""
    stem = posixpath.splitext(recipe.source)[0]
    return f"assets/{stem}.{recipe.width}.{recipe.key[:10]}.{ending(recipe)}"


def silent_name(recipe: Scaled) -> str:
    """Where a picture lies whose own name may betray a gated page."""
    return f"assets/{recipe.key[:20]}.{ending(recipe)}"


def ending(recipe: Scaled) -> str:
    """What the file's name ends in, without the dot."""
    return "jpg" if recipe.packing == "jpeg" else recipe.packing


def media_type_of(recipe: Scaled) -> str:
    """The media type of what a recipe makes."""
    return f"image/{recipe.packing}"


def maker() -> str:
    """What decides about a file's bytes besides its recipe: the library, which brings its packers along."""
    from PIL import __version__  # noqa: PLC0415 - as above

    return f"{VERSION} {__version__}"


@contextmanager
def carefully() -> Iterator[None]:
    """Within it, a picture that ends too early is none, although WeasyPrint tells Pillow to take it; and Pillow does
    not warn of what we tell in words of our own, or what nobody need know."""
    from PIL import ImageFile  # noqa: PLC0415 - a site without photographs needs no Pillow

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def read_whole(asset: Asset) -> None:
    """Look at every pixel of a picture, of a moving one at its first; other files are well.

    Raises Mistakes for one that can't be read to its end.
    """
    if not seen(asset).width:
        return
    from PIL import Image  # noqa: PLC0415 - as above

    try:
        stripped(asset.content)
        with carefully(), Image.open(io.BytesIO(asset.content), formats=READ) as image:
            image.load()
    except (Torn, *BROKEN):
        raise unreadable(asset.path) from None


def unreadable(path: str) -> Mistakes:
    """What is said of a picture that can't be read."""
    hint = "open it in an image editor and save it again as JPEG or PNG"
    message = f"'{path}' is no picture that can be read, or its end is missing"
    return Mistakes([Problem(f"content/assets/{path}", 0, 0, "bad-picture", message, hint)])


def _fitted(asset: Asset, packing: Packing, width: int, setting: PictureSetting) -> Scaled | None:
    about = seen(asset)
    if not about.still:
        return None
    return _scaled(asset, packing, _within((about.width, about.height), (width, TALLEST)), setting)


def _cut(asset: Asset, size: tuple[int, int], packing: Packing, setting: PictureSetting) -> Scaled | None:
    about = seen(asset)
    if not about.still:
        return None
    # Never larger than what there is of it in that shape.
    scale = min(1.0, about.width / size[0], about.height / size[1])
    cut = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    return _scaled(asset, packing, cut, setting, cropped=True)


def _scaled(
    asset: Asset, packing: Packing, size: tuple[int, int], setting: PictureSetting, cropped: bool = False
) -> Scaled:
    quality = setting.quality_of(packing)
    made = f"{maker()} {packing} {size[0]}x{size[1]} {quality} {cropped} {seen(asset).digest}"
    return Scaled(sha256(made.encode()).hexdigest(), asset.path, packing, *size, quality, cropped)


def _within(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """The size in the same shape that fits, never a larger one."""
    scale = min(1.0, most[0] / size[0], most[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


# A picture is asked for by every page that shows it; what its bytes tell is always the same.
@lru_cache(maxsize=1024)
def _seen(path: str, content: bytes) -> Seen:
    from PIL import Image  # noqa: PLC0415 - as above

    try:
        with carefully(), Image.open(io.BytesIO(content), formats=READ) as image:
            width, height = upright(image)
            moving = image.format in MOVING and getattr(image, "is_animated", False)
            packing = _fallback(image)
    except Image.DecompressionBombError:
        raise _too_large(path) from None
    except BROKEN:
        raise unreadable(path) from None
    if width * height > MOST_PIXELS:
        raise _too_large(path)
    return Seen(width, height, not moving, packing, sha256(content).hexdigest())


def _fallback(image: object) -> Packing:
    from PIL import Image  # noqa: PLC0415 - as above

    assert isinstance(image, Image.Image)
    packing: Packing = _SOUGHT[image.format or "PNG"]  # type: ignore[assignment]
    if packing == "png" and image.mode == "RGB" and "transparency" not in image.info and image.width >= SMALL:
        # A photograph that somebody saved without loss; drawings have a palette.
        return "jpeg"
    return packing


def _too_large(path: str) -> Mistakes:
    message = f"'{path}' has more than {MOST_PIXELS // 1_000_000} million pixels"
    hint = "save it with fewer: a page shows no more than a few thousand in a row"
    return Mistakes([Problem(f"content/assets/{path}", 0, 0, "bad-picture", message, hint)])
