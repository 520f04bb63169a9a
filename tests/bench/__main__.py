"""Measure by hand: `make bench`, or one part alone: `python -m tests.bench segments`.

Writes RESULTS.md beside this file: ratios of one run on one machine.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from weasyprint import HTML

from sitegen.content.project import read_project
from sitegen.render.cards.reference import print_file
from tests.bench import audit, keyrings, segments, staticrypt, unlock
from tests.bench.cards import sample_cards, whole_page_html
from tests.bench.timing import head

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 5
CARDS = 60


def main(asked: list[str]) -> None:
    """Measure the parts that are asked for, or all, and write their sections; the others stay as they are."""
    kept = dict(re.findall(r"^## (.+)\n\n((?:(?!^## ).*\n)*)", RESULTS.read_text(encoding="utf-8"), re.MULTILINE))
    for name, (title, measure) in PARTS.items():
        if not asked or name in asked:
            kept[title] = measure()
    told = [f"## {title}\n\n{kept[title].strip()}\n" for title, _ in PARTS.values() if title in kept]
    RESULTS.write_text("\n".join(["# Results\n", *told]), encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


def pages() -> str:
    """The section of start-up and cards."""
    rows = [*start_up(), *cards()]
    lines = [
        head("weasyprint", "click", "pikepdf"),
        "Each row compares two things measured in the same run; only the ratio is meant to last.",
        "",
        "| what | ours | peer | ratio |",
        "|---|---:|---:|---:|",
        *(f"| {what} | {ours} | {peer} | {ratio:.2f} |" for what, ours, peer, ratio in rows),
    ]
    return "\n".join(lines)


def start_up() -> list[tuple[str, str, str, float]]:
    """`sitegen --help` against a bare interpreter that imports click."""
    ours = median(_seconds([sys.executable, "-m", "sitegen", "--help"]) for _ in range(ROUNDS))
    bare = median(_seconds([sys.executable, "-c", "import click"]) for _ in range(ROUNDS))
    return [
        ("start-up: `sitegen --help` / `import click`", f"{1000 * ours:.0f} ms", f"{1000 * bare:.0f} ms", ours / bare)
    ]


def cards() -> list[tuple[str, str, str, float]]:
    """The reference engine against plain WeasyPrint, one document for each card with the same art and text."""
    project = read_project(ROOT)
    design = project.theme.design("moon-rabbit")
    assert design
    written = sample_cards(CARDS)
    instant = datetime(2026, 9, 8, tzinfo=UTC)
    ours = _cpu(lambda: print_file(design, written, "Bench", instant)) / CARDS
    few = written[: CARDS // 6]
    naive = _cpu(lambda: [HTML(string=whole_page_html(design, replace(card))).write_pdf() for card in few]) / len(few)
    row = (
        "cards: reference engine / one WeasyPrint document each, CPU a card",
        f"{1000 * ours:.0f} ms",
        f"{1000 * naive:.0f} ms",
    )
    return [(*row, ours / naive)]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - started


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "pages": ("Start-up and cards", pages),
    "segments": ("Segments", segments.section),
    "keyrings": ("Keyrings", keyrings.section),
    "audit": ("Leak check", audit.section),
    "unlock": ("The door", unlock.section),
    "staticrypt": ("Beside StatiCrypt", staticrypt.section),
}

main(sys.argv[1:])
