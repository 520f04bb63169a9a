"""The readable site, with addresses that only the content key can make."""

from __future__ import annotations

from datetime import date

from sitegen.build.order import GENERATOR, Order
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.protect import names, runtime
from sitegen.protect.keys import derive, require
from sitegen.protect.objects import ContentRing
from sitegen.protect.policy import CONTENT_SECURITY_POLICY
from sitegen.render.away import open_files
from sitegen.render.shortcodes import dress
from sitegen.render.site.entries import Day, entries
from sitegen.render.site.languages import versions
from sitegen.render.site.whole import Draft, Setting, draft, render_site

CONTENT_KEY, CARD_KEY, SIGN_KEY = "SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY"


def period(day: date, rekey: str) -> str:
    """The name of the period of a day: "2026-09", "2026-W37" or "2026-09-08"."""
    match rekey:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02d}"
        case _:
            return day.isoformat()[:7]


def content_ring(project: Project, order: Order, lock: Lock) -> ContentRing:
    """What it takes to lock this build's content. Raises Mistakes where the content key is missing."""
    key = require(order.roots.content, CONTENT_KEY)
    entropy = None if project.shop.output.reproducible else order.entropy
    return ContentRing(
        content_key=key,
        site_id=bytes.fromhex(lock.site_id),
        epoch=lock.epoch,
        period=period(order.first, project.shop.rekey),
        entropy=entropy,
        places=project.shop.output.layout == "by-audience",
    )


def audit_key(ring: ContentRing) -> bytes:
    """The key of the leak check's numbers. Raises Mistakes where the content key is missing."""
    return derive(require(ring.content_key, CONTENT_KEY), ring.site_id, "audit")


def page_addresses(project: Project, order: Order, lock: Lock) -> dict[str, str]:
    """The path on the host of every page of the build's days, by its file's id.

    A translation's path is found by its language and its original's id too: "zh pages/about.md".
    """
    ring = content_ring(project, order, lock)
    # A mail of the last day may point to a page that is not there on the first.
    days = (Day(order.last, order.drafts), Day(order.first, order.drafts))
    found = [entries(project, day, lambda id_: f"m/{opaque(ring, id_)}/") for day in days]
    public = {entry.id: entry.url for one in found for entry in one.public}
    addresses = public | {entry.id: entry.shell for one in found for entry in one.gated}
    translated = {name: id_ for one in found for name, id_ in versions(one, project.shop).found.items()}
    return addresses | {name: addresses[id_] for name, id_ in translated.items()}


def open_file_addresses(project: Project, order: Order) -> dict[str, str]:
    """The path on the host of every file that anybody may have, by its path below content/assets/."""
    public = entries(project, Day(order.first, order.drafts), lambda _: "").public
    found = open_files(public, project.assets, project.shop.images, dress(project.theme, "site"))
    return {path: project.shop.base_path + name for path, name in found.items()}


def opaque(ring: ContentRing, logical: str) -> str:
    """The id that stands for a logical path in addresses."""
    return names.spell_id(names.object_id(ring.content_key, ring.site_id, logical))


def readable_site(project: Project, order: Order, ring: ContentRing) -> Site:
    """The whole site, readable, with opaque addresses."""
    return render_site(project, Day(order.first, order.drafts), site_setting(order, ring))


def site_draft(project: Project, order: Order, ring: ContentRing) -> Draft:
    """The site before anything of it is rendered."""
    return draft(project, Day(order.first, order.drafts), site_setting(order, ring))


def site_setting(order: Order, ring: ContentRing) -> Setting:
    """What pages say of the host and the locks."""
    return Setting(
        identify=lambda logical: opaque(ring, logical),
        shell_path=lambda spelled: f"m/{spelled}/",
        runtime_path=runtime.path(),
        csp=CONTENT_SECURITY_POLICY,
        dev=order.dev,
        generator=GENERATOR,
        locks=opaque(ring, "every id hangs on the same key"),
    )


def locks_print(ring: ContentRing) -> str:
    """What stands for everything that locks hang on but the thing itself; "" where each build locks anew."""
    if ring.entropy:
        return ""
    return f"{opaque(ring, 'every lock hangs on the same key')} {ring.epoch} {ring.period} {ring.places}"
