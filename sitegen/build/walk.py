"""Walk the whole way from content/ to output/, and swap the result in at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.cards.kept import keep_cards
from sitegen.build.halves import refuse_strange_pages
from sitegen.build.host import host_rules
from sitegen.build.jumps import former_counts, jump_problems, refuse_unknown, remember_counts
from sitegen.build.order import PEOPLE_PARTS, SITE_PARTS, Order, Part, Progress, Summary
from sitegen.build.reading import read_shop
from sitegen.build.record import Tally, keep_the_rest
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.errors import Mistakes, exit_for
from sitegen.model.artifact import Artifact
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import GatedPage, Site
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from sitegen.protect.objects import ContentRing
from sitegen.publish.host.files import FOLDER as HOST
from sitegen.publish.tree import NEXT, SITE, staging

if TYPE_CHECKING:
    from sitegen.build.people import People

PRIVATE_PARTS = (Part.MAIL, Part.CARDS, Part.TEXTS, Part.WORK)


def build(root: Path, order: Order, lock: Lock, progress: Progress) -> tuple[Summary, Lock]:
    """Build, and let the new output take the old one's place in one step. The caller holds the shop's build lock.

    Comes back with what was made, and the lock as it is now. Raises SitegenError; output/ is then as it was.
    """
    with ExitStack() as resources:
        with progress.step("reading"):
            project = read_shop(root, order.database) if order.parts & PEOPLE_PARTS else read_project(root)
        if order.strict and project.warnings:
            raise Mistakes(project.warnings, exit_for(project.warnings))
        refuse_unknown(order.confirmed, project.segments)
        walk = _Walk(root, project, order, progress)
        walk.tally.notices += map(str, project.warnings)
        if order.parts & PEOPLE_PARTS:
            with progress.step("customers"):
                walk.open_people(resources)
        with staging(root / "output", order.instant, _folders(order)) as tree:
            made = walk.artifacts(lock)
            for artifact in made:
                tree.write(artifact)
                walk.tally.note(artifact)
            site_made = bool(order.parts & SITE_PARTS)
            kept = keep_the_rest(tree, order, content_ring(project, order, lock)) if site_made else ()
            keep_cards(tree, order, project.campaigns)
            summary = walk.tally.summary()
            tree.commit(walk.tally.record(root / "output", order, summary, kept))
        if order.parts & PEOPLE_PARTS:
            remember_counts(root, walk.segments)
        return summary, walk.lock or lock


def _folders(order: Order) -> tuple[str, ...]:
    site = (SITE, HOST) if order.parts & SITE_PARTS else ()
    return (*site, *(part.value for part in PRIVATE_PARTS if part in order.parts))


class _Walk:
    """One build on its way."""

    def __init__(self, root: Path, project: Project, order: Order, progress: Progress) -> None:
        self.root = root
        self.project = project
        self.order = order
        self.progress = progress
        self.tally = Tally()
        self.people: People | None = None
        self.segments: Mapping[str, int] = {}
        self.lock: Lock | None = None
        self.readable: Site | None = None

    def open_people(self, resources: ExitStack) -> None:
        # Ibis and its company cost half a second, and a build of pages alone never needs them.
        from sitegen.build.people import open_people  # noqa: PLC0415
        from sitegen.build.segments import segment_counts  # noqa: PLC0415 - as above

        self.people = resources.enter_context(
            open_people(self.root, self.project, self.order.first, self.order.database)
        )
        self.segments = segment_counts(self.people).inside
        jumps = jump_problems(self.project.segments, former_counts(self.root), self.segments, self.order.confirmed)
        if jumps:
            raise Mistakes(jumps)
        self.tally.count("customers", self.people.count())
        self.tally.count("segments", sum(segment.named for segment in self.project.segments))

    def artifacts(self, lock: Lock) -> Iterator[Artifact]:
        """Everything that this build writes, in the order of the walk."""
        if self.order.parts & SITE_PARTS:
            yield from self.site(lock)
        if self.readable:
            self.audit(self.readable, content_ring(self.project, self.order, lock))
        if self.people and self.order.parts & set(PRIVATE_PARTS):
            from sitegen.build.post.messages import Desk, messages  # noqa: PLC0415 - as in open_people

            desk = Desk(self.root / "output", self.project, self.order, self.lock or lock, self.tally, self.progress)
            yield from messages(self.root, desk, self.people)

    def site(self, lock: Lock) -> Iterator[Artifact]:
        ring = content_ring(self.project, self.order, lock)
        with self.progress.step("pages"):
            site = readable_site(self.project, self.order, ring)
        if Part.PAGES in self.order.parts:
            self.readable = site
            self.tally.count("public pages", sum(file.path.endswith(".html") for file in site.public))
            self.tally.count("members' pages", sum(isinstance(thing, GatedPage) for thing in site.gated))
            with self.progress.step("locking", len(site.gated)) as done:
                yield from open_artifacts(site)
                for artifact in sealed_artifacts(site, ring, self.project.shop.base_path):
                    yield artifact
                    done()
        if Part.KEYRINGS in self.order.parts:
            if Part.PAGES not in self.order.parts:
                refuse_strange_pages(self.root / "output" / SITE, site, ring)
            yield from self.keyrings(lock, site)
        yield from host_rules(self.project.shop, ring, site)

    def audit(self, site: Site, ring: ContentRing) -> None:
        """Look through the new site while it still lies aside; a leak ends the build."""
        # NumPy takes a tenth of a second, and other parts have no use for it.
        from sitegen.build.audit import Reach, audit_build, files_of, told_unused  # noqa: PLC0415

        with self.progress.step("audit"):
            files = files_of(self.root / "output" / NEXT / SITE)
            reach = Reach(self.project, site, files, self.order.first, self.order.drafts)
            self.tally.notices += map(told_unused, audit_build(self.root, reach, ring).unused)

    def keyrings(self, lock: Lock, site: Site) -> Iterator[Artifact]:
        from sitegen.build.keyrings import Task, keyrings  # noqa: PLC0415 - as in open_people

        assert self.people
        task = Task(self.root / "output" / NEXT, self.project, self.order, lock, site, self.progress)
        made = yield from keyrings(task, self.people)
        self.lock = made.lock
        self.tally.count("members", made.members)
