"""Lead jobs through the print shop: what was made of the same things before is taken over, the rest is printed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from sitegen.build.cards.plates import Plates
from sitegen.build.cards.print_job import Job, ProofJob, Stock, fingerprint, former_file, former_proof, stock
from sitegen.build.cards.print_shop import Made, PrintShop, Proof, Workshop, processes
from sitegen.build.post.messages import Desk
from sitegen.publish.store import Store
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.refusal import CardsRefused

WORTH_A_PROCESS = 40
"""Fewer cards are printed before another process has even started."""
LOOKED_AT = 8
"""Jobs that are looked at to see whether there are so many cards."""
PRINTED, PLATES = "print", "plates"
"""Folders in .sitegen: print files until all of a build are made, and plates."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A job with the fingerprint of what it was made of, and what became of it."""

    job: Job
    key: str
    made: Made


@dataclass(slots=True)
class PrintLine:
    """The way of a build's jobs."""

    stock: Stock
    output: Path
    store: Store
    plates: Plates
    open_shop: Callable[[int], PrintShop]
    shop: PrintShop | None = None
    waiting: deque[tuple[Job, str, Callable[[], Made] | None]] = field(default_factory=deque)

    def printed(self, jobs: Iterator[Job]) -> Iterator[Printed]:
        """Each job, in order. What was made lies in the store before the next one comes."""
        first = tuple(islice(jobs, LOOKED_AT))
        fresh = self.open(sum(len(job.cards) for job in first)).made(self._fresh(chain(first, jobs)))
        while True:
            made = next(fresh, None)
            yield from self._kept()
            if made is None:
                return
            job, key, _ = self.waiting.popleft()
            if made.cards and not made.refused:
                self.store.put(key, made.pdf)
                for name, content in made.others:
                    self.store.put(self._beside(key, name), content)
            yield Printed(job, key, made)

    def open(self, cards: int = 0) -> PrintShop:
        """The shop, which opens when it is asked for first: `cards` decides how many processes it has."""
        self.shop = self.shop or self.open_shop(cards)
        return self.shop

    def proofs(self, jobs: Sequence[ProofJob]) -> Iterator[Proof]:
        """The proof of each job, in order."""
        known = {job: self._known_proof(job) for job in jobs}
        fresh = self.open().proofs([(job, self._plate(job)) for job in jobs if known[job] is None])
        return (known[job] or next(fresh) for job in jobs)

    def _known_proof(self, job: ProofJob) -> Proof | None:
        key = fingerprint(job, self.stock)
        files = former_proof(self.output, job, key)
        return Proof(key, files) if files else None

    def _plate(self, job: ProofJob) -> Plate:
        plate = self.plates.of(job.design, self.open())
        if isinstance(plate, tuple):
            raise CardsRefused(job.design, plate)
        return plate

    def _fresh(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Plate]]:
        """The jobs that must be printed; all that pass by wait for their turn."""
        for job in jobs:
            key = fingerprint(job, self.stock)
            kept = self._known(job, key)
            plate = None if kept else self.plates.of(job.design, self.open())
            if isinstance(plate, tuple):
                kept = partial(Made, b"", (), (), plate)
            self.waiting.append((job, key, kept))
            if kept is None and isinstance(plate, Plate):
                yield job, plate

    def _known(self, job: Job, key: str) -> Callable[[], Made] | None:
        """How to take over what was made of the same things, None where nothing was."""
        others = self.stock.others
        if key in self.store and all(self._beside(key, name) in self.store for name in others):
            return lambda: Made(
                self.store.get(key) or b"",
                tuple((name, self.store.get(self._beside(key, name)) or b"") for name in others),
                job.cards,
                (),
            )
        if not others and former_file(self.output, job, key) is not None:
            return lambda: Made(former_file(self.output, job, key) or b"", (), job.cards, ())
        return None

    def _beside(self, key: str, name: str) -> str:
        """Where a file beside a print file waits. One on other paper is another one."""
        return f"{sha256(f'{key} {self.stock.others[name]}'.encode()).hexdigest()}.{name}"

    def _kept(self) -> Iterator[Printed]:
        while self.waiting and (kept := self.waiting[0][2]):
            job, key, _ = self.waiting.popleft()
            yield Printed(job, key, kept())


@contextmanager
def print_line(desk: Desk) -> Iterator[PrintLine]:
    """A line for a build's jobs. The store is emptied where all went well; a killed build's is found again."""
    printing, project = desk.order.printing, desk.project
    made_with = stock(project, printing)
    store = Store(desk.hidden / PRINTED)
    with ExitStack() as resources:

        def open_shop(cards: int) -> PrintShop:
            if printing.cluster:
                # Only who has a cluster pays for its library, and has it.
                from sitegen.build.cards.cluster import cluster  # noqa: PLC0415

                return resources.enter_context(cluster(made_with, printing.cluster))
            if desk.order.processes < 2 or cards < WORTH_A_PROCESS:
                return Workshop(made_with)
            return resources.enter_context(processes(made_with, desk.order.processes))

        yield PrintLine(made_with, desk.output, store, Plates(Store(desk.hidden / PLATES), made_with), open_shop)
    store.clear()
