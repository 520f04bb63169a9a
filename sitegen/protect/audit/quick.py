"""Tell at once that a change says nothing of what is for few; whoever can't tell looks through everything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b, sha256

import numpy as np

from sitegen.model.project import Project
from sitegen.protect.audit.index import Index
from sitegen.protect.audit.names import Name
from sitegen.protect.audit.prints import Numbers, Printer, distinct, held
from sitegen.protect.audit.readers import ANYBODY, Readers
from sitegen.protect.audit.reading import read, read_sealed
from sitegen.protect.audit.sources import Text, Thing, segment_texts, texts
from sitegen.protect.audit.surfaces import SEALED


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be said in the open, as sorted numbers: runs of words, beginnings of titles, and names.

    `about` stands for everything that they were made of.
    """

    about: bytes
    runs: Numbers
    starts: Numbers
    marks: Numbers


@dataclass(frozen=True, slots=True)
class Ask:
    """Whose secrets: the shop, its things with their readers, the secret key of the numbers, and the site's address."""

    project: Project
    things: tuple[Thing, ...]
    readers: Readers
    key: bytes
    home: str


def secrets(ask: Ask, names: Mapping[str, Name]) -> Secrets:
    """The secrets of a shop; `names` are those that nobody may find, by their marks."""
    printer = Printer(ask.key, ask.home)
    index = Index(guarded(ask), printer)
    marks = np.array(sorted(map(printer.mark, names)), dtype=np.uint64)
    return Secrets(about(ask), distinct(index.numbers), index.title_starts, marks)


def about(ask: Ask) -> bytes:
    """What stands for everything that secrets are made of, and for what makes a name no secret."""
    project = ask.project
    said = blake2b(digest_size=16)
    for text in guarded(ask):
        said.update(repr((text.file, text.words, text.readers, text.live, text.sent, text.whole)).encode())
    for one in ask.things:
        thing = one.thing
        said.update(repr((one.id, one.is_open, thing.url_path, thing.aliases, thing.tags)).encode())
    for path, asset in project.assets.items():
        said.update(path.encode() + sha256(asset.content).digest())
    said.update(repr((sorted(project.theme.static), project.shop.url, project.allowances)).encode())
    said.update(repr([(segment.id, segment.rule) for segment in project.segments]).encode())
    return said.digest()


def guarded(ask: Ask) -> tuple[Text, ...]:
    """The texts that are not simply for anybody."""
    some = (one for one in ask.things if not _is_plain(one))
    return (*texts(some, ask.readers), *segment_texts(ask.project))


def _is_plain(one: Thing) -> bool:
    return one.live and not one.sent and one.readers == ANYBODY and not one.thing.body.audiences


def is_silent(known: Secrets, ask: Ask, files: Iterable[tuple[str, bytes]]) -> bool:
    """Whether none of these files of the site, nor its path, says anything of the secrets."""
    printer = Printer(ask.key, ask.home)
    paths: list[str] = []
    for path, content in files:
        paths.append(f"/{path}")
        reading = read_sealed(content) if SEALED.fullmatch(path) else read(content)
        prints = printer.prints(reading)
        for some, all_ in ((known.runs, prints.runs), (known.starts, prints.starts), (known.marks, prints.marks)):
            if held(some, all_).any():
                return False
    return not held(known.marks, printer.prints(read("\n".join(paths).encode())).marks).any()


def packed(known: Secrets) -> tuple[bytes, bytes, bytes, bytes]:
    """Secrets as bytes, to be kept."""
    return known.about, known.runs.tobytes(), known.starts.tobytes(), known.marks.tobytes()


def unpacked(kept: tuple[bytes, bytes, bytes, bytes]) -> Secrets:
    """Secrets from their bytes."""
    runs, starts, marks = (np.frombuffer(column, dtype=np.uint64) for column in kept[1:])
    return Secrets(kept[0], runs, starts, marks)
