"""Measure the leak check on a shop of thousands of pages."""

from __future__ import annotations

import random
import resource
import shutil
import tempfile
from datetime import date
from pathlib import Path

from sitegen.build.audit import Reach, audit_site
from sitegen.build.audit_memory import MEMORY, remember, remembered
from sitegen.build.order import Order, Part
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.model.lock import Lock
from sitegen.protect.keys import Roots
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from tests.bench.timing import Clock, head

ROOT = Path(__file__).parents[2]
PAGES = 5_000
WORDS = 500
VOCABULARY = 20_000
AUDIENCES = ("gold", "silver", "everyone", "public", "regulars")
DAY = date(2026, 9, 8)
GOAL = 30


def section() -> str:
    """The section of the leak check."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_shop(root)
        clock, found = measure(root)
        size = (root / MEMORY).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [f"| {name} | {clock.taken[name]:.1f} ({clock.worked[name]:.1f}) |" for name in clock.taken]
    return "\n".join(
        [
            head("numpy"),
            f"{PAGES:,} pages of {WORDS} words for five audiences beside the sample's own; {found:,} files, pages and",
            "mails looked through. Seconds by the clock, and of all cores in brackets.",
            "",
            "| seconds | |",
            "|---|---:|",
            *rows,
            "",
            f"Goal of an audit: {GOAL} s. What it keeps between builds: {size / 1e6:.0f} MB on the disk. Peak of this",
            f"process, with the whole shop rendered and locked in it: {peak:.0f} MB.",
        ]
    )


def measure(root: Path) -> tuple[Clock, int]:
    """Seconds of each step, and the number of things looked through."""
    clock = Clock()
    order = Order(
        DAY,
        DAY,
        0,
        frozenset({Part.PAGES}),
        Roots(b"a" * 32, None, b"c" * 32),
        None,
        lambda size: b"1" * size,
        dev=True,
    )
    with clock.step("reading content/ and themes/"):
        project = read_project(root)
    ring = content_ring(project, order, Lock("5a" * 16))
    with clock.step("rendering all pages"):
        site = readable_site(project, order, ring)
    with clock.step("locking all pages"):
        files = [(artifact.path, artifact.content) for artifact in open_artifacts(site)]
        files += [(sealed.path, sealed.content) for sealed in sealed_artifacts(site, ring, project.shop.base_path)]
    for name in ("the audit, everything new", "the audit, nothing new"):
        with clock.step(name):
            done = audit_site(Reach(project, site, files, DAY), ring, remembered(root))
            remember(root, done.prints)
        assert not done.findings, done.findings[:3]
    return clock, done.looked


def write_shop(root: Path) -> None:
    """The sample shop, and thousands of pages of words that stand together by chance."""
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, root / name)
    chance = random.Random(8)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(VOCABULARY)]
    for number in range(PAGES):
        said = chance.choices(known, k=WORDS)
        title = " ".join(said[:4])
        text = "\n\n".join(
            " ".join(said[start : start + 60]) + f" [more](p{(number * 7) % PAGES}.md)."
            for start in range(4, WORDS, 60)
        )
        audience = AUDIENCES[number % len(AUDIENCES)]
        page = root / f"content/pages/bench/p{number}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f"---\ntitle: {title}\naudience: {audience}\n---\n## {' '.join(said[4:7])}\n\n{text}\n", "utf-8"
        )
