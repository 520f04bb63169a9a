"""Audit a small shop in values: its files, its site, and what somebody lays into the open besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sitegen.build.audit import Reach, audit_site, told
from sitegen.content.project import read_project
from sitegen.protect.audit.check import Audit
from sitegen.protect.audit.prints import Prints
from sitegen.protect.objects import ContentRing
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import render_site
from tests.content.shop_folder import write_shop
from tests.render.site_shop import SETTING

TODAY = date(2026, 9, 8)
RING = ContentRing(b"a" * 32, b"s" * 16, 1, "2026-09")
SECRET = "The brass key hangs behind the third loom, wrapped in a strip of red linen."
"""A sentence that has more than eight words and stands nowhere by chance."""
SEGMENTS = """\
segments:
  gold: {why: half of our living, all: [{total spent: at least 1000}]}
  silver: {why: they come again, all: [{total spent: between 100 and 999}]}
  platinum: {why: the other half, all: [{total spent: at least 5000}]}
  friends: {title: Friends of the red kettle, why: "they know us well, and we know them", all: [{orders: at least 3}]}
"""


def small_audit(
    root: Path, /, laid_open: Mapping[str, bytes] = {}, known: Mapping[bytes, Prints] = {}, **files: str
) -> Audit:
    """What the audit of a small shop finds; `laid_open` are files of the site that no renderer made."""
    project = read_project(write_shop(root, **{"segments/all.yaml": SEGMENTS, **files}))
    site = render_site(project, Day(TODAY), SETTING)
    public = {**{file.path: file.content for file in site.public}, **laid_open}
    return audit_site(Reach(project, site, sorted(public.items()), TODAY), RING, known)


def leaks(root: Path, /, laid_open: Mapping[str, bytes] = {}, **files: str) -> list[str]:
    """The leaks as they are told."""
    return [told(finding) for finding in small_audit(root, laid_open, {}, **files).findings]
