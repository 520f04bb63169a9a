"""Make pictures of other sizes and packings: upright, in sRGB, and without a word of where and when they were taken."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from PIL import Image, ImageCms, ImageOps

from sitegen.model.picture import Scaled
from sitegen.render.images import MOST_PIXELS, READ, unreadable
from sitegen.render.pictures import BROKEN, held

FEW = 256
"""Colours of a drawing."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CLEAR = ("RGBA", "LA", "PA", "RGBa", "La")


def made(content: bytes, recipes: Iterable[Scaled]) -> Iterator[bytes]:
    """The files of one picture, in the order of their recipes. Equal arguments and versions make equal bytes.

    Raises Mistakes where the picture can't be read to its end, as far as `images.carefully` surrounds the call.
    """
    wanted = list(recipes)
    if not wanted:
        return
    try:
        whole, few = _opened(content)
    except (*BROKEN, Image.DecompressionBombError):
        raise unreadable(wanted[0].source) from None
    sizes: dict[tuple[int, int, bool], Image.Image] = {}
    for recipe in wanted:
        size = (recipe.width, recipe.height, recipe.cropped)
        if size not in sizes:
            sizes[size] = _resized(whole, recipe)
        yield _packed(sizes[size], recipe, few)


def _opened(content: bytes) -> tuple[Image.Image, bool]:
    """The picture upright as RGB or RGBA in sRGB, and whether it has so few colours that it is a drawing."""
    with Image.open(io.BytesIO(content), formats=READ) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(image.size)
        turn = _TURNS.get(held(image))
        image.load()
        few = image.mode in {"P", "1"}
        whole = _in_srgb(_deep_to_usual(image))
    return (whole if turn is None else whole.transpose(turn)), few


def _deep_to_usual(image: Image.Image) -> Image.Image:
    """Pillow cuts the lower bytes of deep colours off by itself; of deep greys it would keep nothing but white."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode == "F":
        return image.convert("L")
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    clear = image.mode in _CLEAR or "transparency" in image.info
    profile = image.info.get("icc_profile")
    mode = "RGBA" if clear else "RGB"
    if profile and (converted := _converted(image if image.mode in {"CMYK", "L"} else image.convert(mode), profile)):
        return converted
    return image.convert(mode)


def _converted(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture with its own colours in sRGB, None where its profile is broken or fits another kind of picture."""
    out = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            image,
            own,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode=out,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _resized(whole: Image.Image, recipe: Scaled) -> Image.Image:
    size = (recipe.width, recipe.height)
    if recipe.cropped:
        return ImageOps.fit(whole, size, Image.Resampling.LANCZOS)
    return whole if whole.size == size else whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _packed(image: Image.Image, recipe: Scaled, few: bool) -> bytes:
    written = io.BytesIO()
    # Nothing but pixels is left: no description, no profile, no date.
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    match recipe.packing:
        case "avif":
            # Threads would part the picture as there are cores, and the bytes with it.
            _save(plain, written, "AVIF", quality=recipe.quality, speed=8, max_threads=1)
        case "webp":
            _save(plain, written, "WEBP", quality=recipe.quality, method=4)
        case "jpeg":
            _save(_on_white(plain), written, "JPEG", quality=recipe.quality, optimize=True, progressive=True)
        case "png":
            _save(_few_colours(plain) if few else plain, written, "PNG", optimize=True)
    return written.getvalue()


def _save(image: Image.Image, file: io.BytesIO, packing: str, **options: Any) -> None:
    image.save(file, packing, **options)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _few_colours(image: Image.Image) -> Image.Image:
    """A drawing with a palette again. Half-clear edges need the octree, which counts clearness as a colour."""
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    exact = image.getcolors(FEW)
    return image.quantize(FEW, method, dither=Image.Dither.NONE if exact else Image.Dither.FLOYDSTEINBERG)
