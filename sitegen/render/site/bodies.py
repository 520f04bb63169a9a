"""A body becomes the site's HTML: merge fields become elements, gated blocks become placeholders."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from urllib.parse import quote

from markupsafe import Markup, escape

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block, Body
from sitegen.model.form_link import form_link
from sitegen.model.page import linked_page
from sitegen.model.picture import PictureSetting, Scaled
from sitegen.model.project import Asset
from sitegen.model.readable import GatedBlock
from sitegen.model.segment import PUBLIC
from sitegen.render import images, markup
from sitegen.render.pictures import is_read_in_place, size
from sitegen.render.shortcodes import Dress, plainly
from sitegen.render.site.languages import NO_VERSIONS, Versions
from sitegen.render.site.responsive import source as offered
from sitegen.render.site.responsive import with_sources
from sitegen.render.site.static import fingerprinted
from sitegen.render.site.views import HeadingView
from sitegen.render.stripped import Torn, stripped

MARKER = re.compile(f"{FIELD_OPEN}(\\d+){FIELD_CLOSE}")
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
ID = re.compile(r"""<[^<>]*\sid="([^"]*)\"""")
ASSETS = "/assets/"
LISTED = (2, 3)
"""Levels of headings in a table of contents."""


@dataclass(slots=True)
class Found:
    """What bodies turned out to need: gated blocks, and files with everybody who sees them.

    `pictures` are the public ones that are to be made, by their paths on the site; `gated_pictures` those that
    gated things show, which differ from those that they link to.
    """

    blocks: list[GatedBlock] = field(default_factory=list)
    public_assets: dict[str, str] = field(default_factory=dict)
    """Paths on the site of files for anybody, with the asset's path."""
    gated_assets: dict[str, set[str]] = field(default_factory=dict)
    pictures: dict[str, Scaled] = field(default_factory=dict)
    gated_pictures: dict[Scaled, set[str]] = field(default_factory=dict)
    made_files: dict[str, bytes] = field(default_factory=dict)
    """Files for anybody that templates made, by their paths on the site."""
    gated_made: dict[str, tuple[bytes, set[str]]] = field(default_factory=dict)
    """Those for some, by their names, with everybody who may have them."""


@dataclass(frozen=True, slots=True)
class Look:
    """How pictures are sized and packed, and how wide the theme shows them (HTML's `sizes`)."""

    setting: PictureSetting = field(default_factory=PictureSetting)
    sizes: str = "100vw"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every body is rendered on.

    `addresses` maps ids of files to their addresses; `identify` makes the opaque id of a logical path;
    `opened_by` names the segments that open an audience; `letters` are the ids of what lies in the archive, where
    a link may have died: nobody changes a letter that has left. `versions` are the pages by language: a link leads
    to a page in the language that it is read in, where there is one. `look` says how pictures are made and shown,
    `form` makes the HTML of the theme's shortcodes, `forms` the address of a link to a form of the receiver.
    """

    base: str
    addresses: Mapping[str, str]
    assets: Mapping[str, Asset]
    identify: Callable[[str], str]
    opened_by: Callable[[str], tuple[str, ...]]
    found: Found
    letters: frozenset[str] = frozenset()
    versions: Versions = NO_VERSIONS
    look: Callable[[], Look] = Look
    form: Dress = plainly
    forms: Callable[[str], str] = str


@dataclass(frozen=True, slots=True)
class BodyParts:
    """A body's HTML, and the headings in it that a table of contents lists."""

    html: Markup
    headings: tuple[HeadingView, ...]


def body_html(ground: Ground, source: str, body: Body, segments: tuple[str, ...], rest: tuple[str, ...] = ()) -> Markup:
    """The HTML of `body_parts`, for whoever lists no headings."""
    return body_parts(ground, source, body, segments, rest).html


def body_parts(
    ground: Ground, source: str, body: Body, segments: tuple[str, ...], rest: tuple[str, ...] = ()
) -> BodyParts:
    """The HTML of a body for readers of `segments` (PUBLIC alone: anybody), and its headings.

    Blocks for an audience, and with `rest` everything below the public part, become placeholders, and their HTML
    goes into `ground.found`, with their headings. `source` is the file's id below content/.
    """
    pieces: list[str] = []
    headings: list[HeadingView] = []
    taken: set[str] = set()
    sources: dict[str, str] = {}
    for number, block in enumerate(body.blocks):
        readers = ground.opened_by(block.audience) if block.audience else segments
        if not block.audience and rest and number >= body.public_blocks:
            readers = rest
        links = SiteLinks(ground, source, body, block, readers, sources, number)
        if readers == segments:
            made = _inline(block, links, taken, number)
            pieces.append(_with_fields(body, made.html))
            headings += (_heading(body, heading) for heading in made.headings if heading.level in LISTED)
        else:
            # Ids of other blocks must not show whether this one has the same headings.
            html = _with_fields(body, _converted(block, links, f"--{number + 1}").html)
            pieces.append(_placeholder(ground, f"{source}#{number}", readers, html))
    html = with_sources("\n".join(pieces), sources)
    return BodyParts(Markup(html), tuple(headings))  # noqa: S704 - made here from escaped parts


def open_blocks(body: Body, rest: bool) -> Iterator[Block]:
    """The blocks of a public page that anybody reads; with `rest`, the part below `<!-- more -->` is gated."""
    for number, block in enumerate(body.blocks):
        if block.audience == PUBLIC or not (block.audience or (rest and number >= body.public_blocks)):
            yield block


def _converted(block: Block, links: SiteLinks, suffix: str = "") -> markup.Converted:
    return markup.convert(block.markdown, links, suffix, links.ground.form(links))


def _inline(block: Block, links: SiteLinks, taken: set[str], number: int) -> markup.Converted:
    made = _converted(block, links)
    if len(links.body.blocks) == 1:
        return made
    ids = ID.findall(made.html)
    if not taken.isdisjoint(ids):
        made = _converted(block, links, f"--{number + 1}")
        ids = ID.findall(made.html)
    taken.update(ids)
    return made


def _heading(body: Body, heading: markup.Heading) -> HeadingView:
    title = MARKER.sub(lambda found: body.fields[int(found[1])].fallback or "", heading.title)
    return HeadingView(heading.level, " ".join(title.split()), f"#{heading.id}")


def _with_fields(body: Body, html: str) -> str:
    if FIELD_OPEN not in html:
        return html
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
    if all(block.id != logical for block in ground.found.blocks):
        ground.found.blocks.append(GatedBlock(logical, readers, inner))
    return f'<div data-sg-object="{ground.identify(logical)}"></div>'


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Where links and pictures of one block lead on the site.

    `sources` takes the files among which a browser chooses, by the address of the picture that they stand beside.
    """

    ground: Ground
    source: str
    body: Body
    block: Block
    readers: tuple[str, ...]
    sources: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def seat(self, key: str, audience: str, html: str) -> str:
        """A cell of a part of the programme: as it is for all who read the block, else a placeholder."""
        readers = self.among(audience).readers
        return html if readers == self.readers else _placeholder(self.ground, f"{self.source}#{key}", readers, html)

    def among(self, audience: str) -> SiteLinks:
        """The same links for readers of an audience ("": those of the block): what they show is sealed for these."""
        return replace(self, readers=self.ground.opened_by(audience)) if audience else self

    def made(self, name: str, content: str) -> Markup:
        """`file(name, content)`: the attributes of an <a> by which a reader saves a file that a template made."""
        saved = posixpath.basename(name)
        if self.readers == (PUBLIC,):
            path = fingerprinted(f"assets/made/{name}", content.encode())
            self.ground.found.made_files[path] = content.encode()
            return Markup('href="{}" download="{}"').format(self.ground.base + quote(path), saved)
        # Two things of one name are two files.
        own = f"{sha256(content.encode()).hexdigest()[:16]}/{name}"
        self.ground.found.gated_made.setdefault(own, (content.encode(), set()))[1].update(self.readers)
        return Markup('href="#" data-sg-file="{}" download="{}"').format(self.ground.identify(made_id(own)), saved)

    def link(self, target: str) -> Mapping[str, str]:
        """A page's address for its Markdown file, a file's for an asset, else the target itself.

        A gated file has no address; the browser half saves it by `data-sg-file`.
        """
        if form_link(target):
            return {"href": self.ground.forms(target)}
        path, mark, anchor = target.partition("#")
        if path.startswith(ASSETS):
            return self._file(path.removeprefix(ASSETS), mark + anchor)
        if path.endswith(".md") and "://" not in path:
            if self._is_dead(path):
                return {}
            return self._page(path, mark + anchor)
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        """`src` of an open picture or `data-sg-src` of a gated one, with width and height."""
        path = source.removeprefix(ASSETS)
        asset = self._asset(path)
        return self._shown(asset) if self.readers == (PUBLIC,) else self._locked(asset)

    def _shown(self, asset: Asset) -> Mapping[str, str]:
        look = self.ground.look()
        plain = images.fallback(asset, look.setting)
        if plain is None:
            return {"src": self._open(asset), "loading": "lazy", **size(asset.path, asset.content)}
        address = self._made(plain)
        offers = images.variants(asset, look.setting)
        for recipe in (recipe for scaled in offers.values() for recipe in scaled):
            self._made(recipe)
        self.sources[address] = "".join(
            offered(packing, scaled, self.ground.base, look.sizes) for packing, scaled in offers.items()
        )
        return {"src": address, "loading": "lazy", "decoding": "async", **_extent(plain)}

    def _locked(self, asset: Asset) -> Mapping[str, str]:
        recipe = images.locked(asset, self.ground.look().setting)
        if recipe is None:
            return {"data-sg-src": self._gated(asset), **size(asset.path, asset.content)}
        self.ground.found.gated_pictures.setdefault(recipe, set()).update(self.readers)
        return {"data-sg-src": self.ground.identify(shown_id(asset.path)), **_extent(recipe)}

    def _made(self, recipe: Scaled) -> str:
        name = images.name(recipe)
        self.ground.found.pictures[name] = recipe
        return self.ground.base + quote(name)

    def _file(self, path: str, anchor: str) -> Mapping[str, str]:
        asset = self._asset(path)
        name = {"download": posixpath.basename(path)}
        if self.readers != (PUBLIC,):
            return {"href": "#", "data-sg-file": self._gated(asset), **name}
        address = {"href": self._open(asset) + anchor}
        return address if is_read_in_place(path) else address | name

    def _open(self, asset: Asset) -> str:
        name = open_name(asset)
        self.ground.found.public_assets[name] = asset.path
        return self.ground.base + quote(name)

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

    def _page(self, path: str, anchor: str) -> Mapping[str, str]:
        named = linked_page(path, self.source)
        target = self.ground.versions.target(self.source, named)
        address = self.ground.addresses.get(target)
        if address is None:
            hint = "it is a draft, not yet published, or expired"
            raise Mistakes(
                [self._problem("broken-link", f"the page '{path}' is not on the site today", hint)], Exit.BROKEN_LINK
            )
        language = self.ground.versions.strange(self.source, target, self.readers)
        return {"href": address + anchor} | ({"hreflang": language} if language else {})

    def _problem(self, code: str, message: str, hint: str) -> Problem:
        return Problem(self.body.file, self.block.line, 0, code, message, hint)


def open_name(asset: Asset) -> str:
    """Where a file lies that public pages show or link to, relative to the site."""
    return fingerprinted(f"assets/{asset.path}", free_of_words(asset))


def free_of_words(asset: Asset) -> bytes:
    """A file's bytes; a picture's without the place where it was taken. Raises Mistakes for a broken picture."""
    try:
        return stripped(asset.content)
    except Torn:
        raise images.unreadable(asset.path) from None


def shown_id(path: str) -> str:
    """The logical path of a gated picture as pages show it; what they link to is the file itself."""
    return f"assets/{path}#shown"


def made_id(name: str) -> str:
    """The logical path of a gated file that a template made."""
    return f"made/{name}"


def _extent(recipe: Scaled) -> dict[str, str]:
    return {"width": str(recipe.width), "height": str(recipe.height)}
