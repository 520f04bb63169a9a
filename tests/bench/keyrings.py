"""Measure the members' keyrings: a hundred thousand and a million members, each measurement in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.audience.language.references import with_references
from sitegen.build.keyrings import Asked, Keyrings, Task, asked, keyrings, keyrings_of
from sitegen.build.order import EVERY_PART, Order
from sitegen.build.people import people_on
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.data.engine import Limits, open_customers
from sitegen.data.members import MemberRow
from sitegen.model.artifact import SealedArtifact
from sitegen.model.lock import Lock
from sitegen.model.shop import FolderSource
from sitegen.protect.keys import Roots
from sitegen.publish.tree import NEXT, staging
from tests.bench.crowd import write_crowd
from tests.bench.timing import head

ROOT = Path(__file__).parents[2]
SIZES = (100_000, 1_000_000)
GOALS = {100_000: 15, 1_000_000: 120}
COLUMNS = (
    *("members", "from", "seconds", "of them processor", "goal", "packs", "slot, bytes", "slots a pack"),
    *("MB written", "peak of the memory, MB", "before, MB"),
)
DAY = date(2026, 9, 8)
WAITED = 1.3
"""Seconds by the clock for one of the processor, from which on something else ran beside."""
LIMITS = Limits(memory="1GB")


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds by the clock and of the processor; the process's peak of memory, and what it was before, in megabytes."""

    seconds: float
    worked: float
    peak: float
    before: float
    files: int
    written: int
    slot: int
    capacity: int


class Quiet:
    """A progress that says nothing."""

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[Callable[[], None]]:
        """Run the step."""
        yield lambda: None


def task(root: Path) -> Task:
    """The keyrings of the sample shop, with its segments, pages and fields, for the customers in `root`."""
    project = read_project(ROOT)
    project = replace(project, shop=replace(project.shop, source=FolderSource("customers")))
    instant = int(datetime(2026, 9, 8, tzinfo=UTC).timestamp())
    roots = Roots(*(bytes([number]) * 32 for number in (1, 2, 3)))
    order = Order(DAY, DAY, instant, EVERY_PART, roots, None, dev=False, entropy=bytes)
    lock = Lock(bytes(range(16)).hex())
    site = readable_site(project, order, content_ring(project, order, lock))
    return Task(root / "output" / NEXT, project, order, lock, site, Quiet())


def rows(needed: Asked, number: int) -> Iterator[MemberRow]:
    """Members with a value for whatever the sample's pages show, in one to six of its segments."""
    segments = tuple(needed.keys)
    for index in range(number):
        mixed = index * 2654435761 % 4294967296
        points = mixed % 5000
        values = {
            "first_name": ("Mei", "Anna", "Jonas", "Lin", "Sofia", "Peter", "Yan", "Kari")[mixed % 8],
            "tier": ("Linen", "Silver", "Gold")[mixed % 3],
            "tier_benefit": "Five per cent off all you choose, the first look at small editions, and a seat.",
            "next_tier": "Gold",
            "to_next_tier": Decimal(mixed % 300_000) / 100,
            "points": points,
            "member_since": date(2010 + mixed % 16, 1 + mixed % 12, 1),
            "adviser_name": f"Kim Number {mixed % 100}",
            "adviser_title": "Senior adviser, linen and quilts",
            "adviser_phone": "+49 40 66969 100",
            "adviser_email": "kim.number@lantern-loom.example.com",
            "store_name": f"Store {mixed % 20}",
        }
        held = frozenset(segments[(mixed + step) % len(segments)] for step in range(1 + mixed % 6))
        yield MemberRow(f"C-{index:08d}", held, values)


def from_rows(job: Task, number: int) -> Generator[SealedArtifact, None, Keyrings]:
    """The keyrings alone: members come out of nowhere."""
    needed = asked(job)
    return (yield from keyrings_of(job, needed, rows(needed, number), number))


def measure(root: Path, made: Iterable[SealedArtifact]) -> Result:
    """Write the keyrings as a build does."""
    before, started, idle = peak(), time.perf_counter(), time.process_time()
    files = written = 0
    pack = b""
    with staging(root / "output", 0, ("site",)) as tree:
        for artifact in made:
            tree.write(artifact)
            files, written = files + 1, written + len(artifact.content)
            pack = artifact.content if artifact.path.endswith(".bin") else pack
        tree.commit(b"{}")
    seconds, worked = time.perf_counter() - started, time.process_time() - idle
    slot, capacity = int.from_bytes(pack[16:18], "big"), int.from_bytes(pack[18:20], "big")
    return Result(seconds, worked, peak(), before, files, written, slot, capacity)


def peak() -> float:
    """The most memory that the process ever had, in megabytes: ru_maxrss would count its parent's, too."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(kilobytes) * 1.024e-3


def main(kind: str, number: str, folder: str) -> None:
    """Run one measurement and print it as JSON."""
    root, customers = Path(folder), int(number)
    job = task(root)
    with ExitStack() as held:
        if kind == "rows":
            made = from_rows(job, customers)
        else:
            engine = held.enter_context(open_customers(root, job.project.shop, limits=LIMITS))
            opening = tuple(one for one in job.project.segments if one.id in asked(job).keys)
            needed = replace(job.project, segments=with_references(opening, job.project.segments))
            made = keyrings(job, people_on(engine, needed, DAY, messages=True))
        sys.stdout.write(json.dumps(asdict(measure(root, made))))


def in_a_child(kind: str, number: int, root: Path) -> Result:
    """What a measurement says that runs alone in a process."""
    command = [sys.executable, "-m", "tests.bench.keyrings", kind, str(number), str(root)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT, text=True).stdout
    return Result(**json.loads(said.splitlines()[-1]))


def section() -> str:
    """Measure all of it, and say it in Markdown."""
    found: dict[tuple[str, int], Result] = {}
    for number in SIZES:
        with TemporaryDirectory(prefix="sitegen-bench-") as folder:
            found["rows", number] = in_a_child("rows", number, Path(folder))
        with TemporaryDirectory(prefix="sitegen-bench-") as folder:
            write_crowd(Path(folder) / "customers", number)
            found["engine", number] = in_a_child("engine", number, Path(folder))
    return written(found)


def written(found: dict[tuple[str, int], Result]) -> str:
    """The results as a table."""
    lines = [
        head("cryptography", "duckdb", "ibis-framework"),
        "The sample shop's segments, pages and fields; every pack is written to a disk. One process, one core.",
        "`rows`: members come from a generator, so that the memory is that of the keyrings alone. `engine`: they come",
        f"from the customer file, once facts and memberships are reckoned; the engine may use {LIMITS.memory}.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|---:|---|{'---:|' * (len(COLUMNS) - 2)}",
    ]
    for (kind, number), one in found.items():
        cells = (
            *(f"{number:,}", kind, f"{one.seconds:.1f}", f"{one.worked:.1f}", f"{GOALS[number]}", f"{one.files - 1:,}"),
            *(str(one.slot), str(one.capacity), f"{one.written / 1e6:.0f}", f"{one.peak:.0f}", f"{one.before:.0f}"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    if any(one.seconds > WAITED * one.worked for one in found.values()):
        lines += [
            "",
            "This run shared its two cores with other work: by the clock it waited, the processor's time holds.",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(*sys.argv[1:])
