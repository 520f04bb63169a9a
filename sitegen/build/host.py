"""The rules that a host needs for the site of this build."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.artifact import PrivateArtifact
from sitegen.model.readable import Site
from sitegen.model.shop import Shop
from sitegen.protect import names
from sitegen.protect.locked import open_artifacts
from sitegen.protect.objects import ContentRing
from sitegen.publish.host.files import host_files
from sitegen.publish.host.site import Doors, Drawer, Place, host_site


def host_rules(shop: Shop, ring: ContentRing, site: Site) -> Iterator[PrivateArtifact]:
    """The files below output/host/. They follow from the kinds of paths that the site has, not from its members."""
    segments = {segment for thing in site.gated for segment in thing.segments}
    segments.update(navigation.segment for navigation in site.navigation)
    place = Place(shop.origin, shop.base_path)
    public = (*(file.path for file in open_artifacts(site)), *site.pictures)
    return host_files(host_site(place, _doors(ring, segments), public, site.redirects))


def _doors(ring: ContentRing, segments: set[str]) -> Doors:
    drawers = sorted((_drawer(ring, segment) for segment in segments), key=lambda drawer: drawer.place)
    audiences = tuple(sorted(drawer.audience for drawer in drawers))
    return Doors(ring.site_id.hex(), ring.epoch, audiences, tuple(drawers) if ring.places else ())


def _drawer(ring: ContentRing, segment: str) -> Drawer:
    place = names.place_id(ring.site_id, ring.segment_key(segment))
    audience = names.audience_id(ring.content_key, ring.site_id, segment)
    return Drawer(names.spell_id(place), names.spell_id(audience))
