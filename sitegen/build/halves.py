"""Pages and keyrings may come from two jobs: what one of them finds must fit what it makes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.errors import Unusable
from sitegen.model.readable import Site
from sitegen.protect import names
from sitegen.protect.locked import object_paths
from sitegen.protect.objects import ContentRing

OBJECTS = ("sg/*/o/*/*/*.bin", "a/*/*/*.bin")


def refuse_strange_pages(site_folder: Path, site: Site, ring: ContentRing) -> None:
    """Before keyrings are made for pages that stand there. Raises Unusable where nobody could open these with them.

    A navigation object's name hangs on content key, epoch and period: where one has the name that it has in this
    build, the pages are those of its epoch and period.
    """
    wanted = [*_navigations(site, ring)]
    standing = any(next(site_folder.glob(pattern), None) for pattern in OBJECTS)
    if standing and wanted and not any((site_folder / path).exists() for path in wanted):
        if ring.places:
            what = "of another epoch, period, layout or content key"
        elif not (site_folder / "sg" / str(ring.epoch)).exists():
            what = f"of another epoch than {ring.epoch}"
        elif not (site_folder / "sg" / str(ring.epoch) / "o" / ring.period).exists():
            what = f"of another period than {ring.period}"
        else:
            what = "of another content key or another site"
        raise Unusable(
            f"the pages in output/ are {what}, so keyrings made now would open none of them\n"
            "hint: make the pages first, for the same days and with the same lock (`sitegen build --only pages`), "
            "or both at once (`--only site`)"
        )


def _navigations(site: Site, ring: ContentRing) -> Iterator[str]:
    for navigation in site.navigation:
        identifier = names.navigation_id(ring.site_id, ring.segment_key(navigation.segment))
        yield from object_paths(ring, identifier, (navigation.segment,))


def keyrings_fit(site_folder: Path, ring: ContentRing, dev: bool) -> bool:
    """Whether the keyrings that stand there open the pages of this epoch and period.

    Where not, they must not stand beside them: a site without keyrings is plainly half a site.
    """
    said = _said(site_folder / names.SITE_PATH)
    ours = {"site": ring.site_id.hex(), "epoch": ring.epoch, "period": ring.period, "dev": dev, "places": ring.places}
    return said is not None and all(said.get(name, False) == value for name, value in ours.items())


def _said(path: Path) -> Mapping[str, Any] | None:
    """What site.json says; whether it is signed is for those to ask who would trust it."""
    try:
        said = json.loads(json.loads(path.read_bytes())["signed"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said if isinstance(said, dict) else None
