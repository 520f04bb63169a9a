"""Print jobs in this process, in several, or on a cluster: the same job makes the same bytes everywhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol, TypeVar

from sitegen.build.apart import Awaited, end_with_the_parent
from sitegen.build.cards.print_job import Job, ProofJob, Stock
from sitegen.errors import Unusable
from sitegen.model.card import Card
from sitegen.render.cards.plate import Plate
from sitegen.render.cards.refusal import Refused

if TYPE_CHECKING:
    from sitegen.render.cards.press import Press

_Result = TypeVar("_Result")
AHEAD = 2
"""Jobs that wait for each process: enough that none is idle, few enough that memory stays small."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a job: its print file, whose cards they are, and what may not be printed. Without cards there is
    no file. `others` are files beside it: sheets, labels and envelopes, as far as they are wanted.
    """

    pdf: bytes
    others: tuple[tuple[str, bytes], ...]
    cards: tuple[Card, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The files of a proof, by name, and the fingerprint of what they were made of."""

    key: str
    files: tuple[tuple[str, bytes], ...]


class PrintShop(Protocol):
    """Somewhere to print."""

    def plates(self, designs: tuple[str, ...]) -> Iterator[Plate | tuple[Refused, ...]]:
        """The plate of each design, or why it can have none."""
        ...

    def made(self, jobs: Iterator[tuple[Job, Plate]]) -> Iterator[Made]:
        """What became of each job, in order. Takes few jobs ahead, and keeps none."""
        ...

    def proofs(self, jobs: Sequence[tuple[ProofJob, Plate]]) -> Iterator[Proof]:
        """The proof of each job, in order."""
        ...


@dataclass(slots=True)
class Workshop:
    """One process that prints. Presses are kept, since each costs a tenth of a second; no two threads may use them."""

    stock: Stock
    presses: dict[str, Press] = field(default_factory=dict)

    def plates(self, designs: tuple[str, ...]) -> Iterator[Plate | tuple[Refused, ...]]:
        """As PrintShop."""
        return map(self.plate, designs)

    def made(self, jobs: Iterator[tuple[Job, Plate]]) -> Iterator[Made]:
        """As PrintShop."""
        return (self.make(*job) for job in jobs)

    def plate(self, design: str) -> Plate | tuple[Refused, ...]:
        """Compile a design."""
        try:
            from sitegen.render.cards.compile import plate  # noqa: PLC0415 - only who prints pays for its import
        except OSError as error:
            # WeasyPrint is there and Pango, which no Python package brings, is not.
            hint = "`sitegen doctor` says how to get it; `sitegen build --only site,mail,texts,work` makes all the rest"
            missing = str(error).partition("\n")[0]
            raise Unusable(f"no card can be set on this machine: Pango is missing ({missing})\nhint: {hint}") from None
        from sitegen.render.cards.refusal import CardsRefused  # noqa: PLC0415 - as above

        try:
            return plate(self.press(design))
        except CardsRefused as error:
            return error.refused

    def press(self, design: str) -> Press:
        """The press of a design."""
        from sitegen.render.cards.press import prepared  # noqa: PLC0415 - as in plate

        if design not in self.presses:
            self.presses[design] = prepared(self.stock.designs[design])
        return self.presses[design]

    def make(self, job: Job, plate: Plate) -> Made:
        """Print a job, read it back, and impose it."""
        from sitegen.build.cards.printing import make  # noqa: PLC0415 - as in plate

        return make(self.stock, self.press(job.design), plate, job)

    def proofs(self, jobs: Sequence[tuple[ProofJob, Plate]]) -> Iterator[Proof]:
        """As PrintShop."""
        return (self.proof(*job) for job in jobs)

    def proof(self, job: ProofJob, plate: Plate) -> Proof:
        """Print a proof."""
        from sitegen.build.cards.printing import prove  # noqa: PLC0415 - as in plate

        return prove(self.stock, self.press(job.design), plate, job)


@contextmanager
def processes(stock: Stock, number: int) -> Iterator[PrintShop]:
    """Several processes of this machine.

    WeasyPrint is not safe with threads, nor with a fork of a process that has drawn already: they are spawned.
    """
    spawn = get_context("spawn")
    with ProcessPoolExecutor(number, mp_context=spawn, initializer=_open, initargs=(stock,)) as pool:
        try:
            yield _Pool(pool, AHEAD * number)
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Pool:
    pool: ProcessPoolExecutor
    most: int

    def plates(self, designs: tuple[str, ...]) -> Iterator[Plate | tuple[Refused, ...]]:
        return self.pool.map(_plate, designs)

    def made(self, jobs: Iterator[tuple[Job, Plate]]) -> Iterator[Made]:
        return in_order((partial(self.pool.submit, _make, *job) for job in jobs), self.most)

    def proofs(self, jobs: Sequence[tuple[ProofJob, Plate]]) -> Iterator[Proof]:
        return self.pool.map(_prove, *zip(*jobs, strict=True)) if jobs else iter(())


def in_order(calls: Iterator[Callable[[], Awaited[_Result]]], most: int) -> Iterator[_Result]:
    """The results of calls in their order, at most `most` of them under way."""
    waiting = deque(call() for call in islice(calls, most))
    while waiting:
        yield waiting.popleft().result()
        waiting.extend(call() for call in islice(calls, 1))


# A process of a pool gets its jobs through functions: what stays between them can only lie here.
_workshop: Workshop


def _open(stock: Stock) -> None:
    global _workshop  # noqa: PLW0603 - see above
    _workshop = Workshop(stock)
    end_with_the_parent()


def _plate(design: str) -> Plate | tuple[Refused, ...]:
    return _workshop.plate(design)


def _prove(job: ProofJob, plate: Plate) -> Proof:
    return _workshop.proof(job, plate)


def _make(job: Job, plate: Plate) -> Made:
    return _workshop.make(job, plate)
