"""Where links and pictures lead off the site: absolute addresses for mails and texts, nothing for cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import linked_page
from sitegen.model.picture import PictureSetting, Scaled
from sitegen.model.project import Asset
from sitegen.model.shop import Shop
from sitegen.render import images
from sitegen.render.form_links import open_address
from sitegen.render.markup import html
from sitegen.render.pictures import size
from sitegen.render.shortcodes import Dress, plainly
from sitegen.render.site.bodies import ASSETS, free_of_words, open_blocks, open_name
from sitegen.render.site.entries import PublicEntry


@dataclass(frozen=True, slots=True)
class AwayLinks:
    """Links of one campaign in a mail or text.

    `address` gives the path of a page on the host by its file's id, or by a language and the original's id for its
    translation ("zh pages/about.md"), which readers of `language` are led to; `open_files` the path of a file that
    anybody may have (see below). A mailed picture lies on the site for anybody, by a name made from its content.
    """

    shop: Shop
    source: str
    file: str
    address: Callable[[str], str | None]
    assets: Mapping[str, Asset]
    open_files: Mapping[str, str]
    language: str = ""

    def link(self, target: str) -> Mapping[str, str]:
        """The absolute address; raises Mistakes for a page that is not on the site."""
        return {"href": self._address(target)}

    def _address(self, target: str) -> str:
        if form := open_address(target, self.shop):
            return form
        path, mark, anchor = target.partition("#")
        if path.startswith(ASSETS):
            return self._file(path.removeprefix(ASSETS), mark + anchor)
        if not path.endswith(".md") or "://" in path:
            return target
        page = linked_page(path, self.source)
        address = (self.language and self.address(f"{self.language} {page}")) or self.address(page)
        if address is None:
            message = f"the page '{path}' is not on the site on that day"
            hint = "it is a draft, not yet published, or expired: link to another page, or change its dates"
            raise Mistakes([Problem(self.file, 0, 0, "broken-link", message, hint)], Exit.BROKEN_LINK)
        return self.shop.origin + address + mark + anchor

    def image(self, source: str) -> Mapping[str, str]:
        """`src` with the absolute address, width and height."""
        asset = self._asset(source.removeprefix(ASSETS))
        root = self.shop.origin + self.shop.base_path
        recipe = images.mailed(asset, self.shop.images)
        if recipe is None:
            return {"src": root + mailed_name(asset), **size(asset.path, asset.content)}
        return {"src": root + images.silent_name(recipe), "width": str(recipe.width), "height": str(recipe.height)}

    def _file(self, path: str, anchor: str) -> str:
        """A file for anybody, else the campaign's page, where its readers find the link: no mailbox has a key."""
        self._asset(path)
        if path in self.open_files:
            return self.shop.origin + self.open_files[path] + anchor
        page = self.address(self.source)
        if page is None:
            message = f"'{path}' is not for everybody, and this campaign has no page on which its readers could open it"
            hint = "add 'page' to its channels, or link to a page that has the file"
            raise Mistakes([Problem(self.file, 0, 0, "gated-file", message, hint)])
        return self.shop.origin + page

    def _asset(self, path: str) -> Asset:
        if path not in self.assets:
            hint = f"put it into content{ASSETS}"
            raise Mistakes([Problem(self.file, 0, 0, "missing-image", f"there is no asset '{path}'", hint)])
        return self.assets[path]


def mailed_name(asset: Asset) -> str:
    """The site's path of a file that mails show: a name from its content, since its own may betray a gated page."""
    ending = asset.path.rpartition(".")[2].lower()
    return f"assets/{sha256(free_of_words(asset)).hexdigest()[:20]}.{ending}"


def mailed_files(
    campaigns: Iterable[Campaign], assets: Mapping[str, Asset], dress: Dress = plainly
) -> dict[str, bytes]:
    """The pictures that mails show as they are, by their paths on the site: a mail program has no key to open them."""
    kept = (asset for asset in _mailed(campaigns, assets, dress) if not images.seen(asset).still)
    return {mailed_name(asset): free_of_words(asset) for asset in kept}


def mailed_pictures(
    campaigns: Iterable[Campaign], assets: Mapping[str, Asset], setting: PictureSetting, dress: Dress = plainly
) -> dict[str, Scaled]:
    """The pictures that are made for mails, by their paths on the site."""
    recipes = (images.mailed(asset, setting) for asset in _mailed(campaigns, assets, dress))
    return {images.silent_name(recipe): recipe for recipe in recipes if recipe}


def _mailed(campaigns: Iterable[Campaign], assets: Mapping[str, Asset], dress: Dress) -> list[Asset]:
    seen = _Seen(set(), set())
    form = dress(seen)
    for campaign in campaigns:
        if Channel.MAIL in campaign.channels:
            for block in campaign.body.blocks:
                html(block.markdown, seen, form=form)
    return [assets[path] for path in sorted(seen.pictures & assets.keys())]


def open_files(
    public: Iterable[PublicEntry], assets: Mapping[str, Asset], setting: PictureSetting, dress: Dress = plainly
) -> dict[str, str]:
    """The files that public pages show or link to: their paths below content/assets/ and relative to the site.

    What they only show lies there as it is shown.
    """
    seen = _Seen(set(), set())
    form = dress(seen)
    for entry in public:
        for block in open_blocks(entry.body, bool(entry.rest)):
            if ASSETS in block.markdown:
                html(block.markdown, seen, form=form)
    shown = {path: images.fallback(assets[path], setting) for path in seen.pictures & assets.keys()}
    names = {path: images.name(recipe) for path, recipe in shown.items() if recipe}
    linked = {path: open_name(assets[path]) for path in (seen.links & assets.keys()) | (shown.keys() - names.keys())}
    return dict(sorted({**names, **linked}.items()))


@dataclass(frozen=True, slots=True)
class _Seen:
    """Notes the assets that a text shows, and those that it links to."""

    pictures: set[str]
    links: set[str]

    def link(self, target: str) -> Mapping[str, str]:
        if target.startswith(ASSETS):
            self.links.add(target.partition("#")[0].removeprefix(ASSETS))
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        self.pictures.add(source.removeprefix(ASSETS))
        return {}


class NoLinks:
    """Paper has no links and takes its pictures from the design."""

    def link(self, target: str) -> Mapping[str, str]:
        """The target itself; the card's writer drops the element."""
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        """No attribute at all: the card's writer refuses pictures."""
        return {"src": source}
