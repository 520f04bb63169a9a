"""Choose the picture that stands for a public page: its own, the first that it shows, or a card with its title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from urllib.parse import quote

from sitegen.model.picture import SOCIAL_SIZE, PictureSetting, Recipe, Scaled, SocialCard, SocialStyle
from sitegen.model.project import Asset
from sitegen.model.shop import Shop
from sitegen.render import images
from sitegen.render.pictures import size
from sitegen.render.site.responsive import IMAGE, SOURCE
from sitegen.render.site.views import ImageView, ThumbnailView

WORDS = re.compile(r'\salt="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Shared:
    """The picture of a page as its template sees it; what is to be made, by its path on the site."""

    view: ImageView
    path: str
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The picture of a page in lists. `recipe` is None for what lies on the site as it is."""

    view: ThumbnailView
    path: str
    source: str
    recipe: Scaled | None


def of_asset(shop: Shop, asset: Asset, words: str) -> Shared | None:
    """A page's own picture, None where it is a drawing, which nobody shows where pages are shared."""
    recipe = images.shared(asset, shop.images)
    if recipe is None:
        return None
    path = images.name(recipe)
    return Shared(_view(shop, path, (recipe.width, recipe.height), words), path, recipe)


def first_shown(shop: Shop, html: str, pictures: Mapping[str, Scaled], assets: Mapping[str, Asset]) -> Shared | None:
    """The first picture of a page that is large enough; `pictures` are those that it shows, by their paths."""
    by_address = {shop.base_path + quote(path): recipe.source for path, recipe in pictures.items()}
    for image in IMAGE.findall(html) if by_address else ():
        source, words = SOURCE.search(image), WORDS.search(image)
        path = by_address.get(source[1]) if source else None
        if path and images.is_large(assets[path]):
            return of_asset(shop, assets[path], unescape(words[1]) if words else "")
    return None


def card(shop: Shop, title: str, style: SocialStyle) -> Shared:
    """A card with a title; that of the shop itself says what the shop is."""
    below = shop.tagline if title == shop.name else shop.name
    key = sha256(f"{images.maker()}\0{style.digest}\0{title}\0{below}".encode()).hexdigest()
    path = f"assets/{key[:20]}.png"
    words = f"{title}, {below}" if below else title
    return Shared(_view(shop, path, SOCIAL_SIZE, words), path, SocialCard(key, title, below))


def thumbnail(base: str, asset: Asset, setting: PictureSetting, path: str) -> Thumbnail:
    """The picture of a page in lists; `path` is where the file itself lies on the site."""
    recipe = images.thumbnail(asset, setting)
    if recipe:
        # The file has two pixels for each that is shown.
        shown = (max(1, recipe.width // 2), max(1, recipe.height // 2))
        return Thumbnail(
            ThumbnailView(base + quote(images.name(recipe)), *shown), images.name(recipe), asset.path, recipe
        )
    extent = size(asset.path, asset.content)
    width, height = int(extent.get("width", 0)), int(extent.get("height", 0))
    return Thumbnail(ThumbnailView(base + quote(path), width, height), path, asset.path, None)


def _view(shop: Shop, path: str, extent: tuple[int, int], words: str) -> ImageView:
    return ImageView(f"{shop.origin}{shop.base_path}{quote(path)}", *extent, words)
