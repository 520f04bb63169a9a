"""Tell at once that a change says nothing of what is for few; whoever can't tell looks through everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256

import numpy as np

from sitegen.model.project import Project
from sitegen.protect.audit.prints import Printer, Prints, held
from sitegen.protect.audit.reading import read, read_sealed
from sitegen.protect.audit.sources import Text, Thing
from sitegen.protect.audit.surfaces import SEALED


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be said in the open, as numbers. `about` stands for everything that they were made of."""

    about: bytes
    prints: Prints


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose secrets: the shop, its things, the texts that are for few, the key of the numbers, the site's address."""

    project: Project
    things: tuple[Thing, ...]
    guarded: tuple[Text, ...]
    key: bytes
    home: str


def about(ask: Ask) -> bytes:
    """What stands for everything that secrets are made of, and for what makes a name no secret."""
    project = ask.project
    said = blake2b(digest_size=16)
    for text in ask.guarded:
        said.update(repr((text.file, text.words, text.readers, text.live, text.sent, text.whole)).encode())
    for one in ask.things:
        thing = one.thing
        said.update(repr((one.id, one.is_open, thing.url_path, thing.aliases, thing.tags)).encode())
    for path, asset in project.assets.items():
        said.update(path.encode() + sha256(asset.content).digest())
    said.update(repr((sorted(project.theme.static), project.shop.url, project.allowances)).encode())
    said.update(repr([(segment.id, segment.rule) for segment in project.segments]).encode())
    return said.digest()


def is_silent(known: Secrets, ask: Ask, files: Iterable[tuple[str, bytes]]) -> bool:
    """Whether none of these files of the site, nor its path, says anything of the secrets."""
    printer = Printer(ask.key, ask.home)
    paths: list[str] = []
    for path, content in files:
        paths.append(f"/{path}")
        reading = read_sealed(content) if SEALED.fullmatch(path) else read(content)
        prints = printer.prints(reading)
        if _meet(known.prints, prints):
            return False
    return not held(known.prints.marks, printer.prints(read("\n".join(paths).encode())).marks).any()


def _meet(known: Prints, said: Prints) -> bool:
    words = held(known.runs, said.runs).any() or held(known.starts, said.starts).any()
    return bool(words or held(known.marks, said.marks).any())


def packed(known: Secrets) -> tuple[bytes, bytes, bytes, bytes]:
    """Secrets as bytes, to be kept."""
    prints = known.prints
    return known.about, prints.runs.tobytes(), prints.starts.tobytes(), prints.marks.tobytes()


def unpacked(kept: tuple[bytes, bytes, bytes, bytes]) -> Secrets:
    """Secrets from their bytes."""
    about, runs, starts, marks = kept
    said, begun = (np.frombuffer(column, dtype=np.uint32) for column in (runs, starts))
    return Secrets(about, Prints(said, begun, np.frombuffer(marks, dtype=np.uint64)))
