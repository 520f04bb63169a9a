"""Prove that nothing that is for few can be read by more, before it is published and afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from sitegen.build.audit_memory import remember, remembered
from sitegen.build.offers import with_goods
from sitegen.build.order import Order
from sitegen.build.record import RECORD
from sitegen.build.site import audit_key, content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.errors import Exit, SitegenError, Unusable
from sitegen.model.allowance import Allowance
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import Site
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.protect import runtime
from sitegen.protect.audit.check import Audit, Written, audit
from sitegen.protect.audit.findings import Finding
from sitegen.protect.audit.names import names
from sitegen.protect.audit.prints import Prints
from sitegen.protect.audit.quick import Ask, Secrets, about, is_silent, packed, unpacked
from sitegen.protect.audit.readers import Readers
from sitegen.protect.audit.sources import guarded_texts, segment_texts, shown_assets, texts, things
from sitegen.protect.audit.surfaces import gated_surfaces, mail_surfaces, public_surfaces
from sitegen.protect.objects import ContentRing
from sitegen.publish.tree import SITE

Packed: TypeAlias = tuple[bytes, bytes, bytes, bytes]
TOLD = 20
"""Leaks that are told one by one; the rest is a number."""
HINT = (
    "hint: take the words out of one of the two, or narrow its audience; what may be read is named with its reason in "
    "content/audit.yaml"
)


class Leaks(SitegenError):
    """Something that is for few can be read by more; `after` says what that means."""

    exit_code = Exit.LEAK

    def __init__(self, findings: tuple[Finding, ...], after: str) -> None:
        self.findings = findings
        lines = [told(finding) for finding in findings[:TOLD]]
        more = len(findings) - TOLD
        lines += [f"and {more} more"] if more > 0 else []
        count = f"{len(findings)} {'leak' if len(findings) == 1 else 'leaks'}"
        super().__init__("\n".join([*lines, HINT, "", f"{count}; {after}"]))


@dataclass(frozen=True, slots=True)
class Reach:
    """What an audit looks at: a shop on a day, its readable site, and the files that lie in the open."""

    project: Project
    site: Site
    files: Iterable[tuple[str, bytes]]
    today: date
    drafts: bool = False


def audit_site(reach: Reach, ring: ContentRing, known: Mapping[bytes, Prints]) -> Audit:
    """What was found. Things whose prints an earlier audit made (`known`) are not read again.

    Raises Mistakes where the content key is missing.
    """
    project = reach.project
    readers = Readers(project.segments)
    found = things(project, readers, reach.today, reach.drafts)
    written = Written(
        guarded=guarded_texts(project, found, readers),
        everything=lambda: (*texts(found, readers), *segment_texts(project)),
        names=names(project, found, tuple(shown_assets(found, readers)), reach.site),
        readers=readers,
        allowances=project.allowances,
        common=_common(project),
    )
    surfaces = chain(public_surfaces(reach.files), gated_surfaces(reach.site), mail_surfaces(found, readers))
    return audit(written, surfaces, audit_key(ring), project.shop.url, known)


def audit_build(root: Path, reach: Reach, ring: ContentRing, printed: Mapping[bytes, Prints]) -> Audit:
    """As `audit_site`, with the memory of the last build, and for the next; `printed` is what this build has read
    already. Raises Leaks where there are any."""
    made = audit_site(reach, ring, {**remembered(root), **printed})
    remember(root, made.prints)
    if made.findings:
        raise Leaks(made.findings, "output/ is as it was")
    return made


def ask_of(project: Project, order: Order, ring: ContentRing) -> Ask:
    """What the secrets of a shop are made of."""
    readers = Readers(project.segments)
    found = things(project, readers, order.first, order.drafts)
    return Ask(project, found, guarded_texts(project, found, readers), audit_key(ring), project.shop.url)


def kept_secrets(ask: Ask, made: Audit) -> Packed:
    """The secrets of a shop that has just been looked through, for the next build."""
    return packed(Secrets(about(ask), made.secrets))


def is_quiet(ask: Ask, kept: Packed, files: Iterable[tuple[str, bytes]]) -> bool:
    """Whether these changed files say nothing of secrets that are the same as when all was looked through."""
    known = unpacked(kept)
    return known.about == about(ask) and is_silent(known, ask, files)


def audit_output(root: Path, order: Order, lock: Lock) -> Audit:
    """What output/site holds now, compared with content/ as it is now, on the day of `order`; nothing is written."""
    project = with_goods(root, read_project(root), order.first, order.database)
    ring = content_ring(project, order, lock)
    files = files_of(root / "output" / SITE)
    reach = Reach(project, readable_site(project, order, ring), files, order.first, order.drafts)
    return audit_site(reach, ring, remembered(root))


def _common(project: Project) -> tuple[bytes, ...]:
    """What says the same in each shop that has this theme, so that a word of it is no secret."""
    templates = (source.encode() for source in project.theme.reached().values())
    return (*templates, *project.theme.static.values(), runtime.bundle(), runtime.search_script())


def files_of(site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a folder by their paths, one after the other."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            yield path.relative_to(site).as_posix(), path.read_bytes()


@dataclass(frozen=True, slots=True)
class Built:
    """What build.json says of the output that stands: the first of its days, and whether drafts are in it."""

    first: date
    drafts: bool


def built(root: Path) -> Built:
    """What stands in output/. Raises Unusable where there is no site."""
    try:
        record = json.loads((root / "output" / RECORD).read_text(encoding="utf-8"))
        first = date.fromisoformat(record["days"][0])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        raise Unusable("there is no output to look at\nhint: run `sitegen build` first") from None
    if not (root / "output" / SITE / "index.html").is_file():
        raise Unusable("there is no site to look at\nhint: run `sitegen build` first")
    return Built(first, bool(record.get("drafts")))


def told(finding: Finding) -> str:
    """A leak in one line."""
    leaking = _spelled(finding.leaking.file, finding.leaking.line)
    gated = _spelled(finding.gated.file, finding.gated.line)
    others = f" and {finding.others} more {'place' if finding.others == 1 else 'places'}" if finding.others else ""
    return f"{gated} -> {leaking}{others}: {who(finding.readers)} can read '{finding.phrase}'"


def told_unused(allowance: Allowance) -> str:
    """A line about an exception that excuses nothing."""
    place = allowance.place
    return f"{_spelled(place.file, place.line)}: nothing needs this exception any more\nhint: remove it"


def who(readers: tuple[str, ...]) -> str:
    """The readers in words."""
    if PUBLIC in readers:
        return "anybody"
    if EVERYONE in readers:
        return "every member"
    return " and ".join(f"who is in '{segment}'" for segment in readers)


def _spelled(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file
