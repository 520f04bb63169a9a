"""Measure by hand: `make bench`. Writes RESULTS.md beside this file; ratios of one run on one machine."""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from weasyprint import HTML

from sitegen.content.project import read_project
from sitegen.render.cards.reference import print_file
from tests.bench.cards import sample_cards, whole_page_html

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 5
CARDS = 60


def main() -> None:
    """Run every measurement and write the table."""
    rows = [*start_up(), *cards()]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "click", "pikepdf"))
    lines = [
        "# Results",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.python_implementation()} {platform.python_version()}, {libraries}.",
        "Each row compares two things measured in the same run; only the ratio is meant to last.",
        "",
        "| what | ours | peer | ratio |",
        "|---|---:|---:|---:|",
        *(f"| {what} | {ours} | {peer} | {ratio:.2f} |" for what, ours, peer, ratio in rows),
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


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


main()
