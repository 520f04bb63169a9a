"""Have what pages show of the customer file: as it was read the last time, or by a short process that reads it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from sitegen.build.apart import apart
from sitegen.build.pages.goods_file import Filled, begun, keep_shelves, kept_shelves
from sitegen.build.pages.program import code_print
from sitegen.build.shelves import REMEMBERED, Question, goods_on
from sitegen.content.stamps import LOG, Stamp, is_firm, stamp_beside
from sitegen.model.gathering import Ideas
from sitegen.model.goods import NO_GOODS, Goods, Shelf
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource, PostgresSource, Shop, SqliteSource

SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class _Task:
    """What the process is to read, and where."""

    root: Path
    shop: Shop
    shelves: frozenset[Shelf]
    question: Question
    database: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the files as they stand: `said` stands for both, "" where nothing can; `stamps` are the files'."""

    said: str
    stamps: tuple[Stamp, ...]

    def may_be_kept(self, since: int) -> bool:
        """Whether its answer may: no file can change after `since` (ns) and still have its stamp."""
        return bool(self.said) and all(is_firm(one, since) for one in self.stamps)


def goods(root: Path, project: Project, shelves: frozenset[Shelf], today: date, database: str = "") -> Goods:
    """What stands on these shelves on a day; NO_GOODS, without any work, where none is asked for.

    `database` is the secret address of a PostgreSQL database, which is read each time: nothing tells whether it
    changed. Raises Mistakes with what is wrong in the tables that are read, Unusable where they can't be.
    """
    if not shelves:
        return NO_GOODS
    question = question_of(project.programme, today)
    since = begun(root)
    asks = {shelf: asked(root, project.shop, question.tables(shelf), question) for shelf in shelves}
    kept = kept_shelves(root)
    found = {
        shelf: kept[shelf].things for shelf in shelves if shelf in kept and kept[shelf].question == asks[shelf].said
    }
    missing = shelves - found.keys()
    if missing:
        read = apart(_read, _Task(root, project.shop, missing, question, database))
        found |= {shelf: getattr(read, shelf) for shelf in missing}
        new = {shelf: Filled(asks[shelf].said, found[shelf]) for shelf in missing if asks[shelf].may_be_kept(since)}
        if new:
            keep_shelves(root, {**kept, **new})
    return Goods(**{shelf.value: things for shelf, things in found.items()})


def question_of(programme: Programme, today: date) -> Question:
    """What a shop's programme makes one ask on a day: sales are counted where goods that nobody buys are shown."""
    ideas = programme.gatherings.ideas if programme.gatherings else Ideas()
    return Question(today, ideas, programme.prices.unsold is not None)


def sources(root: Path, shop: Shop, tables: tuple[str, ...]) -> Iterator[Path]:
    """The files in which these tables may lie, and the ledger where it adds to them; of a database none."""
    match shop.source:
        case FolderSource(folder):
            yield from (root / folder / f"{name}{suffix}" for name in tables for suffix in SUFFIXES)
        case SqliteSource(file):
            yield from (root / file, root / f"{file}{LOG}")
    if REMEMBERED & {*tables}:
        yield from (root / shop.ledger, root / f"{shop.ledger}{LOG}")


def asked(root: Path, shop: Shop, tables: tuple[str, ...], question: Question) -> Asked:
    """The question to these tables as they stand now."""
    if isinstance(shop.source, PostgresSource):
        return Asked("", ())
    stamps = [stamp_beside(path) for path in sources(root, shop, tables)]
    declared = [table for table in shop.schema.tables if table.name in tables]
    # A file of an unknown name is a mistake, so that all names belong to the question.
    folder = root / shop.source.folder if isinstance(shop.source, FolderSource) else None
    names = sorted(path.name for path in folder.iterdir()) if folder and folder.is_dir() else []
    said = repr((code_print(), shop.source, shop.timezone, shop.ledger, names, declared, question, stamps))
    return Asked(blake2b(said.encode(), digest_size=16).hexdigest(), tuple(filter(None, stamps)))


def _read(task: _Task) -> Goods:
    from sitegen.data.engine import open_tables  # noqa: PLC0415 - the process that reads alone needs the engine
    from sitegen.data.remembered import with_ledger  # noqa: PLC0415 - as above

    tables = {name for shelf in task.shelves for name in task.question.tables(shelf)}
    with open_tables(task.root, task.shop, tables, task.database) as opened:
        engine = with_ledger(opened, task.shop, task.root / task.shop.ledger)
        return goods_on(engine, task.shelves, task.question)
