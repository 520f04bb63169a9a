"""A body becomes the site's HTML: merge fields become elements, gated blocks become placeholders."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block, Body
from sitegen.model.page import linked_page
from sitegen.model.project import Asset
from sitegen.model.readable import GatedAsset, GatedBlock
from sitegen.model.segment import PUBLIC
from sitegen.render import markup
from sitegen.render.pictures import is_read_in_place, media_type, size
from sitegen.render.site.static import fingerprinted

MARKER = re.compile(f"{FIELD_OPEN}(\\d+){FIELD_CLOSE}")
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
ID = re.compile(r"""<[^<>]*\sid="([^"]*)\"""")
ASSETS = "/assets/"


@dataclass(slots=True)
class Found:
    """What bodies turned out to need: gated blocks, and files with everybody who sees them."""

    blocks: list[GatedBlock] = field(default_factory=list)
    public_assets: dict[str, bytes] = field(default_factory=dict)
    gated_assets: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every body is rendered on.

    `addresses` maps ids of files to their addresses; `identify` makes the opaque id of a logical path;
    `opened_by` names the segments that open an audience; `letters` are the ids of what lies in the archive, where
    a link may have died: nobody changes a letter that has left.
    """

    base: str
    addresses: Mapping[str, str]
    assets: Mapping[str, Asset]
    identify: Callable[[str], str]
    opened_by: Callable[[str], tuple[str, ...]]
    found: Found
    letters: frozenset[str] = frozenset()

    def gated_assets(self) -> tuple[GatedAsset, ...]:
        """The files that gated things show or link to, each with all the segments that see it."""
        return tuple(
            GatedAsset(f"assets/{path}", tuple(sorted(segments)), media_type(path), self.assets[path].content)
            for path, segments in sorted(self.found.gated_assets.items())
        )


def body_html(ground: Ground, source: str, body: Body, segments: tuple[str, ...], rest: tuple[str, ...] = ()) -> Markup:
    """The HTML of a body for readers of `segments` (PUBLIC alone: anybody).

    Blocks for an audience, and with `rest` everything below the public part, become placeholders, and their HTML
    goes into `ground.found`. `source` is the file's id below content/.
    """
    pieces: list[str] = []
    taken: set[str] = set()
    for number, block in enumerate(body.blocks):
        readers = ground.opened_by(block.audience) if block.audience else segments
        if not block.audience and rest and number >= body.public_blocks:
            readers = rest
        links = SiteLinks(ground, source, body, block, readers)
        if readers == segments:
            pieces.append(_with_fields(body, _inline(block, links, taken, number)))
        else:
            # Ids of other blocks must not show whether this one has the same headings.
            html = _with_fields(body, markup.html(block.markdown, links, f"--{number + 1}"))
            pieces.append(_placeholder(ground, f"{source}#{number}", readers, html))
    return Markup("\n".join(pieces))  # noqa: S704 - made here from escaped parts


def open_blocks(body: Body, rest: bool) -> Iterator[Block]:
    """The blocks of a public page that anybody reads; with `rest`, the part below `<!-- more -->` is gated."""
    for number, block in enumerate(body.blocks):
        if block.audience == PUBLIC or not (block.audience or (rest and number >= body.public_blocks)):
            yield block


def _inline(block: Block, links: SiteLinks, taken: set[str], number: int) -> str:
    html = markup.html(block.markdown, links)
    if not taken.isdisjoint(ID.findall(html)):
        html = markup.html(block.markdown, links, f"--{number + 1}")
    taken.update(ID.findall(html))
    return html


def _with_fields(body: Body, html: str) -> str:
    for tag in TAG.findall(html):
        for index in MARKER.findall(tag):
            use = body.fields[int(index)]
            message = f"the field '{use.name}' can't stand in a link's address or a picture's description"
            problem = use.place.problem("field-in-attribute", message, "write the field into the text itself")
            raise Mistakes([problem])
    return MARKER.sub(lambda found: _field(body, int(found[1])), html)


def _field(body: Body, index: int) -> str:
    use = body.fields[index]
    return f'<span data-sg-field="{escape(use.key)}">{escape(use.fallback or "")}</span>'


def _placeholder(ground: Ground, logical: str, readers: tuple[str, ...], html: str) -> str:
    inner = f'<div class="audience-block">\n{html}\n</div>'
    ground.found.blocks.append(GatedBlock(logical, readers, inner))
    return f'<div data-sg-object="{ground.identify(logical)}"></div>'


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Where links and pictures of one block lead on the site."""

    ground: Ground
    source: str
    body: Body
    block: Block
    readers: tuple[str, ...]

    def link(self, target: str) -> Mapping[str, str]:
        """A page's address for its Markdown file, a file's for an asset, else the target itself.

        A gated file has no address; the browser half saves it by `data-sg-file`.
        """
        path, mark, anchor = target.partition("#")
        if path.startswith(ASSETS):
            return self._file(path.removeprefix(ASSETS), mark + anchor)
        if path.endswith(".md") and "://" not in path:
            if self._is_dead(path):
                return {}
            return {"href": self._page(path) + mark + anchor}
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        """`src` of an open picture or `data-sg-src` of a gated one, with width and height."""
        path = source.removeprefix(ASSETS)
        asset = self._asset(path)
        sizes = size(path, asset.content)
        if self.readers == (PUBLIC,):
            return {"src": self._open(asset), "loading": "lazy", **sizes}
        return {"data-sg-src": self._gated(asset), **sizes}

    def _file(self, path: str, anchor: str) -> Mapping[str, str]:
        asset = self._asset(path)
        name = {"download": posixpath.basename(path)}
        if self.readers != (PUBLIC,):
            return {"href": "#", "data-sg-file": self._gated(asset), **name}
        address = {"href": self._open(asset) + anchor}
        return address if is_read_in_place(path) else address | name

    def _open(self, asset: Asset) -> str:
        name = open_name(asset)
        self.ground.found.public_assets[name] = asset.content
        return self.ground.base + name

    def _gated(self, asset: Asset) -> str:
        self.ground.found.gated_assets.setdefault(asset.path, set()).update(self.readers)
        return self.ground.identify(f"assets/{asset.path}")

    def _asset(self, path: str) -> Asset:
        if path not in self.ground.assets:
            hint = f"put it into content{ASSETS}"
            raise Mistakes([self._problem("missing-image", f"there is no asset '{path}'", hint)])
        return self.ground.assets[path]

    def _is_dead(self, path: str) -> bool:
        return self.source in self.ground.letters and linked_page(path, self.source) not in self.ground.addresses

    def _page(self, path: str) -> str:
        target = linked_page(path, self.source)
        address = self.ground.addresses.get(target)
        if address is None:
            hint = "it is a draft, not yet published, or expired"
            raise Mistakes(
                [self._problem("broken-link", f"the page '{path}' is not on the site today", hint)], Exit.BROKEN_LINK
            )
        return address

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(self.body.file, self.block.line, 0, code, message, hint)


def open_name(asset: Asset) -> str:
    """Where a file lies that public pages show or link to, relative to the site."""
    return fingerprinted(f"assets/{asset.path}", asset.content)
