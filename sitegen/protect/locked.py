"""A readable site becomes artifacts: public on purpose, or locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from sitegen.model.artifact import OpenArtifact, SealedArtifact
from sitegen.model.readable import Gated, GatedAsset, GatedBlock, GatedPage, Navigation, Site
from sitegen.protect import bodies, names, runtime
from sitegen.protect.objects import ContentRing, Kind, seal


def open_artifacts(site: Site) -> Iterator[OpenArtifact]:
    """What anybody may read: the public files, and the browser half."""
    for file in site.public:
        yield OpenArtifact(file.path, file.content)
    yield OpenArtifact(runtime.path(), runtime.bundle())


def sealed_artifacts(site: Site, ring: ContentRing, base: str) -> Iterator[SealedArtifact]:
    """Every gated thing as a locked object, its shell where it has an address, and the navigation objects.

    `base` is the path below which the site lies; links in navigation are written relative to it.
    """
    for thing in site.gated:
        identifier = names.object_id(ring.content_key, ring.site_id, thing.id)
        kind, body = _body(thing)
        yield _object(ring, identifier, kind, body, thing.segments)
        if isinstance(thing, GatedPage):
            yield SealedArtifact(names.shell_path(identifier), site.shell)
    for navigation in site.navigation:
        identifier = names.navigation_id(ring.site_id, ring.segment_key(navigation.segment))
        yield _object(ring, identifier, "nav", _navigation(navigation, base), (navigation.segment,))


def _object(ring: ContentRing, identifier: bytes, kind: Kind, body: bytes, segments: tuple[str, ...]) -> SealedArtifact:
    return SealedArtifact(names.object_path(ring.epoch, identifier), seal(ring, identifier, kind, body, segments))


def _body(thing: Gated) -> tuple[Kind, bytes]:
    match thing:
        case GatedPage():
            return "page", bodies.page_body(thing.title, thing.html, thing.description)
        case GatedBlock():
            return "block", bodies.block_body(thing.html)
        case GatedAsset():
            return "asset", bodies.asset_body(thing.media_type, thing.content)
        case _:
            assert_never(thing)


def _navigation(navigation: Navigation, base: str) -> bytes:
    return bodies.nav_body(
        bodies.NavItem(item.title, item.href.removeprefix(base), item.menu, item.weight, item.teaser)
        for item in navigation.items
    )
