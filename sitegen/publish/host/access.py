"""access.json: in one neutral form, which audiences what lies below which path is for."""

from __future__ import annotations

import json

from sitegen.publish.host.site import HostSite

ANYBODY = "*"


def access(site: HostSite) -> str:
    """The text of access.json: the rule with the longest prefix decides, and what has none is not there.

    "*" is anybody. Everything is locked besides, so these rules are a second fence: they keep strangers from taking
    the locked files home.
    """
    base = site.base
    public = sorted({*site.folders, *(found.folder for found in site.fingerprinted if found.folder != "sg"), "m"})
    exact = ["", "index.html", *site.files, *site.scripts, "sg/site.json"]
    value = {
        "format": "sitegen access 1",
        "site": site.site_id,
        "epoch": site.epoch,
        "origin": site.origin,
        "default": "deny",
        "methods": ["GET", "HEAD"],
        "exact": {base + path: [ANYBODY] for path in sorted(exact)},
        "prefixes": {f"{base}{folder}/": [ANYBODY] for folder in public}
        | {f"{base}sg/{site.epoch}/k/": [ANYBODY]}
        | _locked(site),
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _locked(site: HostSite) -> dict[str, list[str]]:
    if site.drawers:
        return {f"{site.base}a/{drawer.place}/": [drawer.audience] for drawer in site.drawers}
    return {f"{site.base}sg/{site.epoch}/o/": list(site.audiences)}
