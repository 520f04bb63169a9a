"""Measure locking a thousand pages beside StatiCrypt, which puts one password before finished HTML files."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen.build.order import Order, Part
from sitegen.build.site import content_ring, readable_site
from sitegen.content.project import read_project
from sitegen.model.artifact import OpenArtifact, SealedArtifact
from sitegen.model.lock import Lock
from sitegen.protect.keys import Roots
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from tests.bench.timing import Clock, head

SMALL_SHOP = Path(__file__).parents[1] / "broken" / "base"
PEER = "3.5.4"
PAGES = 1_000
WORDS = 500
VOCABULARY = 20_000
DAY = date(2026, 9, 8)


@dataclass(frozen=True, slots=True)
class Locked:
    """Seconds by the clock and of all cores, and the bytes and files that then lie on the host."""

    seconds: float
    worked: float
    size: int
    files: int

    def beyond(self, less: Locked) -> Locked:
        """What came on top of a smaller shop."""
        return Locked(
            self.seconds - less.seconds, self.worked - less.worked, self.size - less.size, self.files - less.files
        )


def section() -> str:
    """The section beside StatiCrypt."""
    if shutil.which("npm") is None:
        return f"Not measured: there is no Node.js here to run StatiCrypt {PEER} with."
    with tempfile.TemporaryDirectory() as folder:
        ours = _ours(Path(folder, "ours"), PAGES).beyond(_ours(Path(folder, "none"), 0))
        clear = _clear_pages(Path(folder, "public"), Path(folder, "clear"))
        theirs = _theirs(Path(folder, "peer"), Path(folder, "clear"))
    return "\n".join(
        [
            head("cryptography").removesuffix("."),
            f"and StatiCrypt {PEER} on Node.js, installed by npm into a folder of its own.",
            f"{PAGES:,} pages of {WORDS} words, {clear / PAGES / 1000:.1f} kB of finished HTML each; both lock what is",
            "rendered already. Ours writes for each page a shell for strangers, a locked object, and its lines in the",
            "locked menu and search. StatiCrypt writes each file anew with a copy of the code that opens it, behind",
            "one password for everybody; pictures and names stay open. The start of Node.js counts.",
            "",
            "| | ours | StatiCrypt | ratio |",
            "|---|---:|---:|---:|",
            _row("locking, seconds by the clock", ours.seconds, theirs.seconds, ".2f"),
            _row("locking, seconds of all cores", ours.worked, theirs.worked, ".2f"),
            _row("kB on the host for each page", ours.size / PAGES / 1000, theirs.size / PAGES / 1000, ".1f"),
            _row("files on the host for each page", ours.files / PAGES, theirs.files / PAGES, ".2f"),
        ]
    )


def _row(what: str, ours: float, theirs: float, form: str) -> str:
    return f"| {what} | {ours:{form}} | {theirs:{form}} | {ours / theirs:.2f} |"


def _ours(root: Path, pages: int) -> Locked:
    """What it takes to lock a shop with so many pages for gold members."""
    _write_shop(root, pages, "gold")
    clock = Clock()
    order = _order()
    project = read_project(root)
    ring = content_ring(project, order, Lock("5a" * 16))
    site = readable_site(project, order, ring)
    with clock.step("locking"):
        sealed = list(sealed_artifacts(site, ring, project.shop.base_path))
    made: Iterable[OpenArtifact | SealedArtifact] = [*open_artifacts(site), *sealed]
    sizes = [len(artifact.content) for artifact in made]
    return Locked(clock.taken["locking"], clock.worked["locking"], sum(sizes), len(sizes))


def _clear_pages(root: Path, to: Path) -> int:
    """The same pages for everybody, as finished HTML files in a folder. Gives their bytes."""
    _write_shop(root, PAGES, "public")
    project = read_project(root)
    order = _order()
    site = readable_site(project, order, content_ring(project, order, Lock("5a" * 16)))
    size = 0
    for artifact in open_artifacts(site):
        if artifact.path.startswith("bench/"):
            file = to / artifact.path
            file.parent.mkdir(parents=True, exist_ok=True)
            size += file.write_bytes(artifact.content)
    return size


def _theirs(folder: Path, clear: Path) -> Locked:
    """What StatiCrypt needs for a folder of HTML files."""
    folder.mkdir()
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", f"staticrypt@{PEER}"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True)
    command = [str(folder / "node_modules/.bin/staticrypt"), str(clear), "--recursive", "--directory", "locked"]
    environment = {**os.environ, "STATICRYPT_PASSWORD": "a fold of linen in the drawer"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*command, "--short"], cwd=folder, env=environment, check=True, capture_output=True)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    sizes = [path.stat().st_size for path in (folder / "locked").rglob("*.html")]
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Locked(seconds, worked, sum(sizes), len(sizes))


def _order() -> Order:
    roots = Roots(b"a" * 32, None, b"c" * 32)
    return Order(DAY, DAY, 0, frozenset({Part.PAGES}), roots, None, lambda size: b"1" * size, dev=True)


def _write_shop(root: Path, pages: int, audience: str) -> None:
    """The small shop, and so many pages of words that stand together by chance."""
    shutil.copytree(SMALL_SHOP, root)
    chance = random.Random(8)
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(VOCABULARY)]
    (root / "content/pages/bench").mkdir()
    for number in range(pages):
        said = chance.choices(known, k=WORDS)
        text = "\n\n".join(" ".join(said[start : start + 60]) for start in range(4, WORDS, 60))
        front = f"---\ntitle: {' '.join(said[:4])}\naudience: {audience}\n---\n"
        (root / f"content/pages/bench/p{number}.md").write_text(f"{front}## {said[4]}\n\n{text}\n", "utf-8")
