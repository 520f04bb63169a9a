"""Where links and pictures lead off the site: absolute addresses for mails and texts, nothing for cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.page import linked_page
from sitegen.model.project import Asset
from sitegen.model.shop import Shop
from sitegen.render.bodies import ASSETS
from sitegen.render.markup import html
from sitegen.render.pictures import size


@dataclass(frozen=True, slots=True)
class AwayLinks:
    """Links of one campaign in a mail or text. `address` gives the path of a page on the host by its file's id.

    A picture that is mailed lies on the site for anybody, under a name made from its content.
    """

    shop: Shop
    source: str
    file: str
    address: Callable[[str], str | None]
    assets: Mapping[str, Asset]

    def href(self, target: str) -> str:
        """The absolute address; raises Mistakes for a page that is not on the site."""
        path, mark, anchor = target.partition("#")
        if path.startswith(ASSETS):
            return self._asset(path.removeprefix(ASSETS))
        if not path.endswith(".md") or "://" in path:
            return target
        address = self.address(linked_page(path, self.source))
        if address is None:
            message = f"the page '{path}' is not on the site on that day"
            hint = "it is a draft, not yet published, or expired: link to another page, or change its dates"
            raise Mistakes([Problem(self.file, 0, 0, "broken-link", message, hint)], Exit.BROKEN_LINK)
        return self.shop.origin + address + mark + anchor

    def image(self, source: str) -> Mapping[str, str]:
        """`src` with the absolute address, width and height."""
        path = source.removeprefix(ASSETS)
        address = self._asset(path)
        return {"src": address, **size(path, self.assets[path].content)}

    def _asset(self, path: str) -> str:
        if path not in self.assets:
            hint = f"put it into content{ASSETS}"
            raise Mistakes([Problem(self.file, 0, 0, "missing-image", f"there is no asset '{path}'", hint)])
        return self.shop.origin + self.shop.base_path + mailed_name(self.assets[path])


def mailed_name(asset: Asset) -> str:
    """The site's path of a file that mails show: a name from its content, since its own may betray a gated page."""
    ending = asset.path.rpartition(".")[2].lower()
    return f"assets/{sha256(asset.content).hexdigest()[:20]}.{ending}"


def mailed_files(campaigns: Iterable[Campaign], assets: Mapping[str, Asset]) -> dict[str, bytes]:
    """The assets that mails show or link to, by their paths on the site: a mail program has no key to open them."""
    seen = _Seen(set())
    for campaign in campaigns:
        if Channel.MAIL in campaign.channels:
            for block in campaign.body.blocks:
                html(block.markdown, seen)
    return {mailed_name(assets[path]): assets[path].content for path in sorted(seen.paths & assets.keys())}


@dataclass(frozen=True, slots=True)
class _Seen:
    """Notes the assets of a text."""

    paths: set[str]

    def href(self, target: str) -> str:
        if target.startswith(ASSETS):
            self.paths.add(target.partition("#")[0].removeprefix(ASSETS))
        return target

    def image(self, source: str) -> Mapping[str, str]:
        self.paths.add(source.removeprefix(ASSETS))
        return {}


class NoLinks:
    """Paper has no links and takes its pictures from the design."""

    def href(self, target: str) -> str:
        """The target itself; the card's writer drops the element."""
        return target

    def image(self, source: str) -> Mapping[str, str]:
        """No attribute at all: the card's writer refuses pictures."""
        return {"src": source}
