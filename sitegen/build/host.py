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
from sitegen.publish.host.site import Doors, Place, host_site


def host_rules(shop: Shop, ring: ContentRing, site: Site) -> Iterator[PrivateArtifact]:
    """The files below output/host/. They follow from the kinds of paths that the site has, not from its members."""
    segments = {segment for thing in site.gated for segment in thing.segments}
    segments.update(navigation.segment for navigation in site.navigation)
    audiences = sorted(
        names.spell_id(names.audience_id(ring.content_key, ring.site_id, segment)) for segment in segments
    )
    place = Place(shop.origin, shop.base_path)
    doors = Doors(ring.site_id.hex(), ring.epoch, tuple(audiences))
    return host_files(host_site(place, doors, (artifact.path for artifact in open_artifacts(site))))
