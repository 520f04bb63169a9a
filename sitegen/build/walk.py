"""Walk the whole way from content/ to output/, and swap the result in at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.cards.kept import keep_cards
from sitegen.build.desk.on_site import with_staff
from sitegen.build.halves import refuse_strange_pages
from sitegen.build.host import host_rules
from sitegen.build.jumps import former_counts, jump_problems, refuse_unknown, remember_counts
from sitegen.build.offers import with_goods
from sitegen.build.order import PEOPLE_PARTS, SITE_PARTS, Order, Part, Progress, Summary
from sitegen.build.pages.beside import inputs_beside
from sitegen.build.pages.memory import Memory, Stood, former, recall, record_print, remember, standing_in
from sitegen.build.pages.program import code_print
from sitegen.build.pages.reasons import why_rendered
from sitegen.build.pages.renew import Ground, Renewal, renewed
from sitegen.build.pages.shelf_file import put_back, taken, undisturbed
from sitegen.build.pages.standstill import glance, is_settled, keep_glance
from sitegen.build.pictures import Darkroom, darkroom, forget_others, gated_pictures, public_pictures
from sitegen.build.reading import read_shop, with_all_mistakes
from sitegen.build.record import Tally, keep_the_rest
from sitegen.build.site import audit_key, content_ring, locks_print, site_draft
from sitegen.content.project import read_project
from sitegen.content.shelf import Shelf
from sitegen.errors import Mistakes, exit_for
from sitegen.model.artifact import Artifact, StandingArtifact
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.readable import GatedPage, Site
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from sitegen.protect.objects import ContentRing
from sitegen.publish.host.files import FOLDER as HOST
from sitegen.publish.tree import NEXT, SITE, Staging, staging
from sitegen.render.template_parts import known_parts, learn_parts

if TYPE_CHECKING:
    from sitegen.build.people import People

OUTPUT = "output"
LOCKED = ("sg/", "a/", "m/")
"""Below these lie locked files, their keyrings and their shells."""
PRIVATE_PARTS = (Part.MAIL, Part.CARDS, Part.TEXTS, Part.WORK)


def build(root: Path, order: Order, lock: Lock, progress: Progress) -> tuple[Summary, Lock]:
    """Build, and let the new output take the old one's place in one step. The caller holds the shop's build lock.

    Comes back with what was made, and the lock as it is now. Raises SitegenError; output/ is then as it was.
    """
    with ExitStack() as resources:
        seen = glance(root, order)
        shelf = taken(root, order.clean)
        with progress.step("reading"), undisturbed():
            project = _read(root, order, shelf)
        if order.strict and project.warnings:
            raise Mistakes(project.warnings, exit_for(project.warnings))
        put_back(root, shelf)
        begun = shelf.begun
        # The shelf of ten thousand pages takes tens of megabytes, and nobody asks it any more.
        del shelf
        refuse_unknown(order.confirmed, project.segments)
        with undisturbed():
            memory = Memory() if order.clean else recall(root, order.folder)
        learn_parts(memory.templates)
        before = former(root, order.folder, memory)
        with staging(root / order.folder, order.instant, _folders(order), before) as tree:
            walk = _Walk(root, project, order, progress, tree)
            walk.memory = standing_in(memory, tree)
            walk.tally.notices += map(str, project.warnings)
            if order.parts & SITE_PARTS:
                # Pages come first: their processes start before the engine of the customers has threads.
                walk.render(lock)
            if order.parts & PEOPLE_PARTS:
                with progress.step("customers"):
                    walk.open_people(resources)
            kept = walk.keep_the_rest(lock)
            for artifact in walk.artifacts(lock):
                tree.write(artifact)
                walk.note(artifact)
            keep_cards(tree, order, project.campaigns)
            summary = walk.summary()
            tree.commit(walk.tally.record(root / order.folder, order, summary, kept))
            if order.parts & SITE_PARTS:
                remember(root, order.folder, walk.remembered())
                if walk.renewal and order.folder == OUTPUT and Part.PAGES in order.parts:
                    forget_others(walk.renewal.site, walk.darkroom().store)
        others = inputs_beside(project, order)
        if others is not None:
            beside = glance(root, order, others).inputs
            read = replace(seen, inputs={name: beside[name] for name in others if name in beside} | seen.inputs)
            if is_settled(read, begun):
                keep_glance(root, order, replace(seen, inputs=beside | seen.inputs), summary, others)
        if order.parts & PEOPLE_PARTS and order.folder == OUTPUT:
            remember_counts(root, walk.segments)
        return summary, walk.lock or lock


def _read(root: Path, order: Order, shelf: Shelf) -> Project:
    """The shop with the goods that it shows; of a customer file that is opened next all mistakes are told together."""
    if not order.parts & PEOPLE_PARTS:
        return _stocked(root, order, read_project(root, shelf))
    project = read_shop(root, order.database, shelf)
    return with_all_mistakes(root, order.database, partial(_stocked, root, order, project))


def _stocked(root: Path, order: Order, project: Project) -> Project:
    """The shop with the goods that it shows and, where its site is made, with the pages of the house that it shows."""
    stocked = with_goods(root, project, order.first, order.database)
    return with_staff(root, stocked, order.first, order.database) if order.parts & SITE_PARTS else stocked


def _folders(order: Order) -> tuple[str, ...]:
    site = (SITE, HOST) if order.parts & SITE_PARTS else ()
    return (*site, *(part.value for part in PRIVATE_PARTS if part in order.parts))


class _Walk:
    """One build on its way."""

    def __init__(self, root: Path, project: Project, order: Order, progress: Progress, tree: Staging) -> None:
        self.root = root
        self.project = project
        self.order = order
        self.progress = progress
        self.memory = Memory()
        self.tree = tree
        self.tally = Tally()
        self.people: People | None = None
        self.segments: Mapping[str, int] = {}
        self.lock: Lock | None = None
        self.renewal: Renewal | None = None
        self.secrets: tuple[bytes, bytes, bytes, bytes] | None = None

    def open_people(self, resources: ExitStack) -> None:
        # Ibis and its company cost half a second, and a build of pages alone never needs them.
        from sitegen.build.checking.duties import refuse_unknown_advisers  # noqa: PLC0415 - as below
        from sitegen.build.checking.prices import refuse_low_prices  # noqa: PLC0415
        from sitegen.build.people import open_people  # noqa: PLC0415 - as above
        from sitegen.build.segments import segment_counts  # noqa: PLC0415 - as above

        self.people = resources.enter_context(
            open_people(self.root, self.project, self.order.first, self.order.database)
        )
        refuse_low_prices(self.people.engine, self.project, self.order.first)
        refuse_unknown_advisers(self.people.engine, self.project)
        self.segments = segment_counts(self.people).inside
        jumps = jump_problems(self.project.segments, former_counts(self.root), self.segments, self.order.confirmed)
        if jumps:
            raise Mistakes(jumps)
        self.tally.count("customers", self.people.count())
        self.tally.count("segments", sum(segment.named for segment in self.project.segments))

    def render(self, lock: Lock) -> None:
        """Render what must be rendered. Raises Mistakes with everything that can't be."""
        ring = content_ring(self.project, self.order, lock)
        drafted = site_draft(self.project, self.order, ring)
        tree = self.tree if Part.PAGES in self.order.parts else None
        look = audit_key(ring) if tree and self.order.audit else None
        ground = Ground(self.memory, tree, self.order.processes, locks_print(ring), look)
        with self.progress.step("pages", len(drafted.units.every)) as done:
            self.renewal = renewed(drafted, ground, self.developed, done)

    def developed(self, site: Site) -> Site:
        """The site with the pictures that only gated things show."""
        return replace(site, gated=(*site.gated, *gated_pictures(site, self.darkroom())))

    def darkroom(self) -> Darkroom:
        """Where pictures are made."""
        return darkroom(self.project, self.root / ".sitegen", self.order.processes)

    def stands(self, path: str) -> bool:
        """Whether a file stands as the last build wrote it."""
        return path in self.memory.files

    def artifacts(self, lock: Lock) -> Iterator[Artifact]:
        """Everything that this build writes, in the order of the walk."""
        if self.renewal:
            yield from self.site(lock, self.renewal.site)
        if self.renewal and Part.PAGES in self.order.parts and self.order.audit:
            self.audit(self.renewal.site, content_ring(self.project, self.order, lock))
        if self.people and self.order.parts & set(PRIVATE_PARTS):
            from sitegen.build.post.messages import Desk, messages  # noqa: PLC0415 - as in open_people

            output = self.root / self.order.folder
            desk = Desk(output, self.project, self.order, self.lock or lock, self.tally, self.progress)
            yield from messages(self.root, desk, self.people)

    def site(self, lock: Lock, site: Site) -> Iterator[Artifact]:
        ring = content_ring(self.project, self.order, lock)
        if Part.PAGES in self.order.parts:
            assert self.renewal
            self.tally.rendered, self.tally.unchanged = len(self.renewal.reasons), self.renewal.unchanged
            self.tally.count("public pages", sum(file.path.endswith(".html") for file in site.public))
            self.tally.count("members' pages", sum(isinstance(thing, GatedPage) for thing in site.gated))
            with self.progress.step("locking", len(site.gated)) as done:
                yield from open_artifacts(site)
                yield from public_pictures(site, self.darkroom(), self.stands)
                for artifact in sealed_artifacts(site, ring, self.project.shop.base_path):
                    yield artifact
                    done()
        if Part.KEYRINGS in self.order.parts:
            if Part.PAGES not in self.order.parts:
                refuse_strange_pages(self.root / self.order.folder / SITE, site, ring)
            yield from self.keyrings(lock, site)
        yield from host_rules(self.project.shop, ring, site)

    def note(self, artifact: Artifact) -> None:
        """Count what was written, or what stands."""
        if isinstance(artifact, StandingArtifact):
            assert self.renewal
            stood = self.renewal.stood.get(artifact.path) or self.memory.files[artifact.path]
            self.tally.note_standing(artifact.path, stood.length, stood.digest)
        else:
            self.tally.note(artifact)

    def keep_the_rest(self, lock: Lock) -> tuple[str, ...]:
        """Take over the half of the site that this build does not make; its files."""
        if not self.order.parts & SITE_PARTS:
            return ()
        return keep_the_rest(self.tree, self.order, content_ring(self.project, self.order, lock))

    def summary(self) -> Summary:
        """What was made."""
        why = why_rendered(self.order.why, self.renewal) if self.renewal and self.order.why else ()
        return replace(self.tally.summary(), why=why)

    def remembered(self) -> Memory:
        """What the next build may take over."""
        assert self.renewal
        known = {path: stood for path, stood in self.memory.files.items() if path in self.tree.seen}
        made = {path: Stood(length, self.tally.digests[path]) for path, length in self.tally.lengths.items()}
        files = {path: Stood(0, "") for path in self.tree.seen} | known | made
        record = record_print(self.root / self.order.folder)
        if Part.PAGES not in self.order.parts:
            return replace(self.memory, instant=self.order.instant, record=record, files=files)
        return Memory(
            code_print(),
            self.renewal.locks,
            self.order.instant,
            record,
            self.renewal.units,
            files,
            self.renewal.assets,
            self.secrets,
            known_parts(),
        )

    def audit(self, site: Site, ring: ContentRing) -> None:
        """Look through the new site while it still lies aside; a leak ends the build."""
        # NumPy takes a tenth of a second, and other parts have no use for it.
        from sitegen.build import audit  # noqa: PLC0415

        with self.progress.step("audit"):
            self.tree.prune()
            ask = audit.ask_of(self.project, self.order, ring)
            kept = self.memory.secrets
            if kept and self.only_public_pages_changed() and audit.is_quiet(ask, kept, self.changed_files()):
                self.secrets = kept
                return
            files = audit.files_of(self.tree.next / SITE)
            reach = audit.Reach(self.project, site, files, self.order.first, self.order.drafts)
            assert self.renewal
            made = audit.audit_build(self.root, reach, ring, self.renewal.printed)
            self.tally.notices += map(audit.told_unused, made.unused)
            self.secrets = audit.kept_secrets(ask, made)

    def only_public_pages_changed(self) -> bool:
        """Whether everything that this build made anew is for anybody."""
        assert self.renewal
        units = {unit.key: unit for unit in self.renewal.draft.units.every}
        made = self.renewal.units
        guarded = any(units[key].gate or made[key].made.blocks for key in self.renewal.reasons)
        return self.tree.renews and not guarded and not any(path.startswith(LOCKED) for path in self.tree.changed)

    def changed_files(self) -> Iterator[tuple[str, bytes]]:
        """The files that are new, changed or gone, as they are and as they were."""
        former = self.tree.former.files if self.tree.former else frozenset()
        for folder in (self.tree.next / SITE, self.tree.output / SITE):
            for path in sorted(self.tree.changed | (former - self.tree.seen)):
                if (folder / path).is_file():
                    yield path, (folder / path).read_bytes()

    def keyrings(self, lock: Lock, site: Site) -> Iterator[Artifact]:
        from sitegen.build.keyrings import Task, keyrings  # noqa: PLC0415 - as in open_people

        assert self.people
        task = Task(self.root / self.order.folder / NEXT, self.project, self.order, lock, site, self.progress)
        made = yield from keyrings(task, self.people)
        self.lock = made.lock
        self.tally.count("members", made.members)
