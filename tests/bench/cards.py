"""Measure cards: sitegen's engines beside naive WeasyPrint, Typst and reportlab, each making the same card."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.timing import head

ROOT = Path(__file__).parents[2]
RECORDS = 30_000
FEW = 3_000
SIZE = 500
SIZES = (500, 1_000)
"""Cards in a file, as print houses like them. Typst and the fast engine are measured with what suits them best."""
REFERENCE, NAIVE = (300, 75), (100, 5)
LONGEST = 200
"""Seconds that one run may take."""
PAUSE = 0.05
PEERS = ("typst", "reportlab")
NAMES = {
    "fast": "sitegen, fast engine",
    "reference": "sitegen, whole pages",
    "naive": "WeasyPrint, a document a card",
    "typst": "Typst",
    "reportlab": "reportlab",
}
_HEAD = (
    "| engine | cards | in a file | ms a card, all cores | ms a card and core | peak of the memory, MB "
    "| bytes a card | file with one card, kB |"
)


@dataclass(frozen=True, slots=True)
class Run:
    """What one engine took for so many cards: see cards_run.Took. `peak` is bytes of all its processes together."""

    engine: str
    size: int
    cards: int
    files: int
    seconds: float
    worked: float
    read_seconds: float
    read_worked: float
    bytes: int
    single: int
    faults: int
    peak: int

    @property
    def each(self) -> float:
        """Milliseconds a card by the clock, all cores working."""
        return 1000 * self.seconds / self.cards

    @property
    def each_core(self) -> float:
        """Milliseconds a card of one core."""
        return 1000 * self.worked / self.cards

    @property
    def more(self) -> float:
        """Bytes that one more card adds to a file."""
        return (self.bytes - self.files * self.single) / (self.cards - self.files)


def section(records: int = RECORDS) -> str:
    """The section of cards; fewer records for a quick look."""
    few = min(FEW, records // 2)
    rows = [_run("naive", *NAIVE), _run("reference", *REFERENCE)]
    rows += _tried("fast", few, records)
    rows += _tried("typst", few, records)
    rows += [_run("reportlab", number, min(SIZE, number // 2)) for number in (few, records)]
    runs = [run for run in rows if run]
    return "\n".join([*_introduction(), *map(_row, runs), "", *_judged(runs)])


def _tried(engine: str, few: int, records: int) -> list[Run | None]:
    """Few cards with each size of a file, all records with the size that was fastest."""
    sizes = dict.fromkeys(min(size, few // 2) for size in SIZES)
    tried = [run for size in sizes if (run := _run(engine, few, size))]
    return [*tried, _run(engine, records, min(tried, key=lambda run: run.seconds).size)] if tried else []


def _run(engine: str, cards: int, size: int) -> Run | None:
    """An engine's run in processes of its own; None where it is not installed or takes too long."""
    if engine in PEERS and importlib.util.find_spec(engine) is None:
        _tell(f"{engine} is not installed\n")
        return None
    _tell(f"{engine}: {cards:,} cards, {size} in a file ... ")
    command = [sys.executable, "-m", "tests.bench.cards_run", engine, str(cards), str(size)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    peak, started = 0, time.monotonic()
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        if time.monotonic() - started > LONGEST:
            # Its processes see that it is gone and end too.
            process.kill()
        time.sleep(PAUSE)
    said = process.communicate()[0]
    if process.returncode:
        _tell(f"no result after {time.monotonic() - started:.0f} s\n")
        return None
    took = json.loads(said)
    run = Run(engine, size, peak=peak, bytes=took.pop("size"), **took)
    _tell(f"{run.each:.2f} ms a card, {run.each_core:.2f} of one core\n")
    return run


def _memory(process: int) -> int:
    """Bytes in memory of a process and all that it started; pages that they share count in each. 0 without /proc."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_memory(int(child)) for child in children)


def _introduction() -> list[str]:
    return [
        head("weasyprint", "pikepdf", "zxing-cpp", *(name for name in PEERS if importlib.util.find_spec(name))),
        "One card of two pages: art and a title in front; art, a name, one of three greetings (two English, one",
        "Chinese), a code in letters and as QR on the back. No two cards have the same name or code. Each engine gets",
        "the same fonts, words, places, sizes and the same way to the modules of the QR code (zxing-cpp, its time",
        "counts), works in as many processes as there are cores, and starts when fonts, art and template are loaded.",
        "",
        "What comes out differs. sitegen: checked texts, DeviceCMYK, exact boxes, PDF/X-4 with its ICC profile, and",
        "document parts where the house takes them. WeasyPrint: one file a card, no intent, no checks. Typst",
        "(Apache-2.0): CMYK text on art that is embedded as PDF; no output intent, bleed or trim box, nothing that",
        "says a text is too long. reportlab (BSD): no kerning, no second font where a letter lacks, art as JPEG of 300",
        "dots an inch since it takes no vector files, QR by rectangles of its path, greetings as forms; no intent.",
        "",
        _HEAD,
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]


def _row(run: Run) -> str:
    measures = (
        f"{run.each:.2f} | {run.each_core:.2f} | {run.peak / 1e6:.0f} | {run.more:,.0f} | {run.single / 1000:.0f}"
    )
    return f"| {NAMES[run.engine]} | {run.cards:,} | {run.size:,} | {measures} |"


def _judged(runs: list[Run]) -> list[str]:
    """What the goals say to it."""
    most = {run.engine: run for run in runs}
    if "fast" not in most:
        return ["The fast engine gave no result."]
    ours = most["fast"]
    read = (1000 * ours.read_seconds / ours.cards, 1000 * ours.read_worked / ours.cards)
    said = [
        "Reading back every card of the fast engine (text, code, boxes) and looking at it as a print house does",
        f"takes {read[0]:.2f} ms a card on all cores, {read[1]:.2f} of one (goal: 2.5); faults: {ours.faults}.",
        f"All its processes together hold {ours.peak / 1e9:.2f} GB (goal: 1);",
        f"one more card is {ours.more:,.0f} bytes (goal: 2,000).",
    ]
    for peer, goal in (("naive", " (goal: 20)"), ("typst", " (goal: 1)"), ("reportlab", ""), ("reference", "")):
        if peer in most:
            rate = most[peer].each / ours.each
            said.append(f"{NAMES[peer]} takes {rate:.2f} times as long a card as the fast engine{goal}.")
    return said


def _tell(said: str) -> None:
    sys.stderr.write(said)
    sys.stderr.flush()
