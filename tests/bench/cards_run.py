"""Make cards by one engine on all cores, in a process of its own: `python -m tests.bench.cards_run ENGINE CARDS SIZE`.

Writes to standard output what it took, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.bench.cards_sample import people

READY = 30
"""Seconds that a process may take to be ready, many times more than it does."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of all cores for making all files, and for reading them back; and their bytes.

    `single` is the size of a file with one card; `faults` were found by reading back.
    """

    cards: int
    files: int
    seconds: float
    worked: float
    read_seconds: float
    read_worked: float
    size: int
    single: int
    faults: int


def main(engine: str, cards: int, size: int) -> Took:
    """Make files of `size` cards each, every process in its turn, and read them back where the engine can.

    Fonts, art, template and processes are ready before the clock starts.
    """
    batches = [(first, min(first + size - 1, cards)) for first in range(1, cards + 1, size)]
    with tempfile.TemporaryDirectory(prefix="cards-") as folder, _processes(engine, folder) as pool:
        started = time.perf_counter()
        made = list(pool.map(_make, batches))
        between = time.perf_counter()
        read = list(pool.map(_read, batches))
        ended = time.perf_counter()
        single = pool.submit(_make, (1, 1)).result()[1]
    return Took(
        cards, len(batches), between - started, sum(worked for worked, _ in made), ended - between,
        sum(worked for worked, _ in read), sum(length for _, length in made), single, sum(found for _, found in read),
    )  # fmt: skip


@contextmanager
def _processes(engine: str, folder: str) -> Iterator[ProcessPoolExecutor]:
    """A process for each core, all of them ready: each has made a card."""
    number = os.cpu_count() or 1
    context = get_context("spawn")
    met = context.Barrier(number)
    with ProcessPoolExecutor(number, context, _open, (engine, folder, met)) as pool:
        list(pool.map(_warm, range(number)))
        yield pool


def _engine(name: str) -> tuple[Callable[..., bytes], Callable[..., int] | None]:
    # Each process loads the engine that it measures and no other.
    if name in ("typst", "reportlab"):
        from tests.bench import cards_peers  # noqa: PLC0415

        engine = {"typst": cards_peers.typst_engine, "reportlab": cards_peers.reportlab_engine}[name]()
    else:
        from tests.bench import cards_engines  # noqa: PLC0415

        ours = {"fast": cards_engines.fast, "reference": cards_engines.reference, "naive": cards_engines.naive}
        engine = ours[name]()
    return engine.made, engine.faults


@dataclass(slots=True)
class _Process:
    made: Callable[..., bytes]
    faults: Callable[..., int] | None
    folder: Path
    met: object


# A process of a pool gets its jobs through functions: what stays between them can only lie here.
_process: _Process


def _open(engine: str, folder: str, met: object) -> None:
    global _process  # noqa: PLW0603 - see above
    # What an engine puts beside its files goes when they go.
    tempfile.tempdir = folder
    made, faults = _engine(engine)
    made(list(people(1, 1)))
    _process = _Process(made, faults, Path(folder), met)


def _warm(_: int) -> None:
    """Comes back when all processes are here, so that each of them has one of these calls."""
    _process.met.wait(READY)  # type: ignore[attr-defined]


def _make(batch: tuple[int, int]) -> tuple[float, int]:
    """Seconds of this core, and the size of the file."""
    idle = time.process_time()
    content = _process.made(list(people(*batch)))
    _file(batch).write_bytes(content)
    return time.process_time() - idle, len(content)


def _read(batch: tuple[int, int]) -> tuple[float, int]:
    """Seconds of this core, and the faults found. The file is gone then."""
    idle = time.process_time()
    file = _file(batch)
    found = _process.faults(file.read_bytes(), list(people(*batch))) if _process.faults else 0
    file.unlink()
    return time.process_time() - idle, found


def _file(batch: Sequence[int]) -> Path:
    return _process.folder / f"{batch[0]}.pdf"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
