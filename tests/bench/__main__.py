"""Measure by hand: `make bench`, or one part alone: `python -m tests.bench segments`.

Writes RESULTS.md beside this file: ratios of one run on one machine. `python -m tests.bench cards --records 1000`, with
fewer cards than a campaign has, only tells what it found.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import audit, cards, generators, keyrings, mail, reports, segments, staticrypt, unlock
from tests.bench.timing import head

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
ROUNDS = 5


def main(arguments: list[str]) -> None:
    """Measure the parts that are asked for, or all, and write their sections; the others stay as they are."""
    reader = ArgumentParser(prog="python -m tests.bench")
    reader.add_argument("parts", nargs="*", choices=[[], *PARTS])
    reader.add_argument("--records", type=int, default=cards.RECORDS)
    options = reader.parse_args(arguments)
    measures = {name: measure for name, (_, measure) in PARTS.items()}
    measures["cards"] = partial(cards.section, options.records)
    kept = dict(re.findall(r"^## (.+)\n\n((?:(?!^## ).*\n)*)", RESULTS.read_text(encoding="utf-8"), re.MULTILINE))
    for name, (title, _) in PARTS.items():
        if not options.parts or name in options.parts:
            kept[title] = measures[name]()
    told = [f"## {title}\n\n{kept[title].strip()}\n" for title, _ in PARTS.values() if title in kept]
    content = "\n".join(["# Results\n", *told])
    if options.records == cards.RECORDS:
        RESULTS.write_text(content, encoding="utf-8")
    sys.stdout.write(content)


def pages() -> str:
    """The section of start-up."""
    rows = start_up()
    lines = [
        head("click"),
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


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - started


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "pages": ("Start-up", pages),
    "generators": ("Site generators", generators.section),
    "cards": ("Cards", cards.section),
    "mail": ("E-mails", mail.section),
    "segments": ("Segments", segments.section),
    "reports": ("Reports", reports.section),
    "keyrings": ("Keyrings", keyrings.section),
    "audit": ("Leak check", audit.section),
    "unlock": ("The door", unlock.section),
    "staticrypt": ("Beside StatiCrypt", staticrypt.section),
}

if __name__ == "__main__":
    main(sys.argv[1:])
