"""Render many units in several processes, which write what anybody may read themselves."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, TypeAlias

from sitegen.build.pages.memory import Stood
from sitegen.errors import Mistakes, Problem, exit_for
from sitegen.model.artifact import OpenArtifact
from sitegen.publish.tree import Staging
from sitegen.render.reads import Trace
from sitegen.render.site.kit import Kit
from sitegen.render.site.made import Made
from sitegen.render.site.units import Unit

if TYPE_CHECKING:
    from sitegen.protect.audit.prints import Prints

FEW = 64
"""Units that one process renders sooner than another one starts."""
CHUNK = 64


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a unit. Where `stood` is said, its file stands in the new tree, and `made` is without its HTML;
    `printed` is what the leak check will ask of it, under the name by which it will."""

    key: str
    made: Made
    trace: Trace
    stood: Stood | None = None
    printed: tuple[bytes, Prints] | None = None


Batch: TypeAlias = tuple[list[Rendered], list[Problem], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Room:
    """What it takes to render: the kit, the tree for public files (None: nothing is written), the processes, and the
    key with which the leak check makes its numbers (None: it is not asked for)."""

    kit: Kit
    tree: Staging | None
    processes: int = 1
    audit_key: bytes | None = None


def rendered(room: Room, units: Sequence[Unit], done: Callable[[], None]) -> Iterator[Rendered]:
    """What became of each unit, in any order. Raises Mistakes with those of all units, after the last one."""
    problems: list[Problem] = []
    for made, wrong, written in _batches(room, units):
        if room.tree:
            room.tree.take_in(written)
        problems += wrong
        yield from made
        for _ in made:
            done()
    if problems:
        ordered = sorted(problems, key=lambda one: (one.file, one.line, one.column))
        raise Mistakes(ordered, exit_for(ordered))


def _batches(room: Room, units: Sequence[Unit]) -> Iterator[Batch]:
    chunks = [(start, min(start + CHUNK, len(units))) for start in range(0, len(units), CHUNK)]
    if room.processes < 2 or len(units) <= FEW or "fork" not in get_all_start_methods():
        for start, end in chunks:
            # Few units are written by whoever asked, once it is known that none of them is wrong.
            yield _batch(replace(room, tree=None), units[start:end])
        return
    # A child finds kit and units as they stand here: to send them would take longer than to render.
    if room.audit_key:
        printing(room.audit_key, room.kit.project.shop.url)
    _JOB.append((room, units))
    gc.freeze()
    try:
        with get_context("fork").Pool(room.processes) as pool:
            yield from pool.imap_unordered(_forked, chunks)
    finally:
        gc.unfreeze()
        _JOB.pop()


_JOB: list[tuple[Room, Sequence[Unit]]] = []
"""The job of this process's children."""


@cache
def printing(key: bytes, home: str) -> Callable[[bytes], tuple[bytes, Prints]]:
    """What makes the leak check's numbers of a public file, and their name."""
    # NumPy takes a tenth of a second, and few pages are rendered without these processes.
    from sitegen.protect.audit.check import name_of, prints_of  # noqa: PLC0415
    from sitegen.protect.audit.prints import Printer  # noqa: PLC0415
    from sitegen.protect.audit.surfaces import Surface  # noqa: PLC0415

    printer = Printer(key, home)

    def look(content: bytes) -> tuple[bytes, Prints]:
        surface = Surface("", content)
        return name_of(surface, key, home), prints_of(surface, printer)

    return look


def _forked(chunk: tuple[int, int]) -> Batch:
    room, units = _JOB[-1]
    return _batch(room, units[chunk[0] : chunk[1]])


def _batch(room: Room, units: Sequence[Unit]) -> Batch:
    made: list[Rendered] = []
    problems: list[Problem] = []
    # A shop's home is part of how the leak check reads its links.
    look = printing(room.audit_key, room.kit.project.shop.url) if room.tree and room.audit_key else None
    if room.tree:
        room.tree.written()
    for unit in units:
        try:
            one, trace = room.kit.render(unit)
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
            continue
        if room.tree and unit.path and not problems:
            content = one.html.encode()
            room.tree.write(OpenArtifact(unit.path, content))
            stood = Stood(len(content), sha256(content).hexdigest())
            printed = look(content) if look else None
            made.append(Rendered(unit.key, replace(one, html=""), trace, stood, printed))
        else:
            made.append(Rendered(unit.key, one, trace))
    return made, problems, room.tree.written() if room.tree else frozenset()
