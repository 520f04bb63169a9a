"""Pictures to be made: how a site's pictures are sized and packed, and the recipe of each file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sitegen.model.tree import Place

Packing: TypeAlias = Literal["avif", "webp", "jpeg", "png"]
"""How a picture's file is packed."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How much is kept of a picture by each packing that loses some: from 1 to 100."""

    avif: int = 50
    webp: int = 75
    jpeg: int = 82


@dataclass(frozen=True, slots=True)
class PictureSetting:
    """The `images:` of site.yaml: `widths` in pixels from small to large, `formats` that browsers may choose, the best
    first. `cards`: each public page without a picture of its own gets one from its title, where it is shared.
    """

    widths: tuple[int, ...] = (480, 960, 1440)
    formats: tuple[Packing, ...] = ("avif", "webp")
    quality: Quality = Quality()
    cards: bool = True

    def quality_of(self, packing: Packing) -> int:
        """The quality by which a file is packed; 0 for a packing that loses nothing."""
        return {"avif": self.quality.avif, "webp": self.quality.webp, "jpeg": self.quality.jpeg, "png": 0}[packing]


USUAL_PICTURES = PictureSetting()
"""What holds where site.yaml says nothing."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The picture that stands for a page: its path below content/assets/, and where somebody wrote that."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Scaled:
    """A picture of another size and packing. `source` is its path below content/assets/, `width` and `height` are those
    of the new one. `cropped`: its middle, where the shape is another one. `key`: SHA-256 of what it is made of, how.
    """

    key: str
    source: str
    packing: Packing
    width: int
    height: int
    quality: int
    cropped: bool = False


@dataclass(frozen=True, slots=True)
class SocialCard:
    """A picture that shows a title and the shop's name in the manner of the theme. `key` as in Scaled."""

    key: str
    title: str
    shop: str


Recipe: TypeAlias = Scaled | SocialCard


@dataclass(frozen=True, slots=True)
class Lettering:
    """Where a social card says something: a box in pixels, type sizes from large to small, ink as red, green and blue.

    `fonts` are whole font files in the order in which they are asked for a letter.
    """

    x: int
    y: int
    width: int
    height: int
    sizes: tuple[int, ...]
    ink: tuple[int, int, int]
    fonts: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SocialStyle:
    """What a theme's social cards have in common: `ground` is a picture of SOCIAL_SIZE, whole as a file."""

    ground: bytes
    title: Lettering
    name: Lettering
    digest: str


SOCIAL_SIZE = (1200, 630)
"""Pixels of a picture for sharing: what the Open Graph's readers show largest."""
