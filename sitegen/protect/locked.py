"""A readable site becomes artifacts: public on purpose, or locked."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import assert_never

from sitegen.model.artifact import OpenArtifact, SealedArtifact, StandingArtifact
from sitegen.model.readable import Gated, GatedAsset, GatedBlock, GatedPage, Navigation, Site, StandingFile
from sitegen.model.segment import PUBLIC
from sitegen.protect import bodies, chunks, names, runtime
from sitegen.protect.objects import ContentRing, Edition, Kind, seal, unseal


def open_artifacts(site: Site) -> Iterator[OpenArtifact | StandingArtifact]:
    """What anybody may read: the public files, the search index of public pages, and the browser half."""
    for file in site.public:
        if isinstance(file, StandingFile):
            yield StandingArtifact(file.path)
        else:
            yield OpenArtifact(file.path, file.content)
    for index in site.search:
        if index.segment == PUBLIC:
            yield OpenArtifact(names.SEARCH_PATH, bodies.search_body(index))
    yield OpenArtifact(runtime.path(), runtime.bundle())
    yield OpenArtifact(runtime.search_path(), runtime.search_script())


def sealed_artifacts(site: Site, ring: ContentRing, base: str) -> Iterator[SealedArtifact | StandingArtifact]:
    """Every gated thing as a locked object, its shell where it has an address, and the navigation and search objects.

    `base` is the path below which the site lies; links in navigation are written relative to it.
    """
    for thing in site.gated:
        identifier = names.object_id(ring.content_key, ring.site_id, thing.id)
        if thing.id in site.standing:
            yield from map(StandingArtifact, object_paths(ring, identifier, thing.segments))
        else:
            kind, body = _body(thing)
            yield from _object(ring, identifier, kind, body, thing.segments)
        if isinstance(thing, GatedPage):
            yield SealedArtifact(names.shell_path(identifier), site.shell)
    for navigation in site.navigation:
        identifier = names.navigation_id(ring.site_id, ring.segment_key(navigation.segment))
        yield from _object(ring, identifier, "nav", _navigation(navigation, base), (navigation.segment,))
    for index in site.search:
        if index.segment != PUBLIC:
            identifier = names.search_id(ring.site_id, ring.segment_key(index.segment))
            yield from _object(ring, identifier, "search", bodies.search_body(index), (index.segment,))


def object_paths(ring: ContentRing, identifier: bytes, segments: tuple[str, ...]) -> tuple[str, ...]:
    """Where an object lies: at one path, or in the folder of each of its segments where each has its own."""
    if not ring.places:
        return (names.object_path(ring.epoch, ring.period, identifier),)
    places = [names.place_id(ring.site_id, ring.segment_key(segment)) for segment in segments]
    return tuple(names.placed_path(place, identifier) for place in places)


def _object(
    ring: ContentRing, identifier: bytes, kind: Kind, body: bytes, segments: tuple[str, ...]
) -> Iterator[SealedArtifact]:
    if kind == "asset" and len(body) > chunks.LARGE:
        content = b"".join(chunks.seal(ring, identifier, body, segments))
    else:
        content = seal(ring, identifier, kind, body, segments)
    for path in object_paths(ring, identifier, segments):
        yield SealedArtifact(path, content)


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
        bodies.NavItem(
            title=item.title,
            href=item.href.removeprefix(base),
            menu=item.menu,
            weight=item.weight,
            teaser=item.teaser,
            letter=item.letter,
            language=item.language,
            of=item.original.removeprefix(base),
        )
        for item in navigation.items
    )


def opened(edition: Edition, segment_keys: Sequence[bytes], object_id: bytes, kind: Kind, blob: bytes) -> bytes:
    """The body of a locked object of either format, whole. Raises NoAccess or Tampered."""
    if kind == "asset" and blob.startswith(chunks.MAGIC):
        return b"".join(chunks.unseal(edition, segment_keys, object_id, io.BytesIO(blob)))
    return unseal(edition, segment_keys, object_id, kind, blob)
