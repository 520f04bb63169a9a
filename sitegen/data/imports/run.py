"""Take a file in: read it, find out what it changes, and write that, or only say it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sitegen.data.engine import open_customers
from sitegen.data.imports.drafts import Draft, OrderDraft, Rejected, customer_drafts, order_drafts
from sitegen.data.imports.duplicates import Notice, notices
from sitegen.data.imports.export_file import ExportFile, ExportRow, read_export, rows
from sitegen.data.imports.exports import CustomerExport, Export
from sitegen.data.imports.matching import Person, people
from sitegen.data.imports.merging import Circumstances, merge_customers, merge_orders
from sitegen.data.imports.own_table import merge_rows, table_for
from sitegen.data.imports.recognise import recognise
from sitegen.data.imports.till import TILL, redeem
from sitegen.data.imports.working import Working, stored
from sitegen.data.imports.writing import staged
from sitegen.errors import Mistakes, Unusable
from sitegen.model.shop import FolderSource, Shop

OWN = "sitegen"
"""The system whose words are the declared columns."""

ERASED = "this address was erased at its owner's wish"

Said = TypeVar("Said", Draft, OrderDraft)


@dataclass(frozen=True, slots=True)
class Count:
    """What becomes of the rows of one table. `unchanged` are those that the file names and that stay as they are."""

    new: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import of which all is known and nothing is written: `read` = `taken` + the rejected rows.

    `standing` is what stands out already, where the import changes nothing.
    """

    source: ExportFile
    what: str
    read: int
    work: Working
    rejected: tuple[Rejected, ...]
    standing: tuple[Notice, ...]

    @property
    def taken(self) -> int:
        """The rows of the file that are in."""
        return self.read - len(self.rejected)

    def counts(self) -> Mapping[str, Count]:
        """By table, where the file had something for it."""
        names = (table.name for table in self.work.schema.tables)
        return {name: _count(self.work, name) for name in names if name in self.work.touched}


def writable_folder(root: Path, shop: Shop) -> Path:
    """The folder into which an import writes. Raises Unusable where the customers are not in a folder."""
    if isinstance(shop.source, FolderSource):
        return root / shop.source.folder
    hint = "import the file into the database with its own tools, or name a folder in site.yaml"
    raise Unusable(f"an import writes CSV files, but this shop's customers are in a database\nhint: {hint}")


def prepare(about: Circumstances, file: tuple[Path, str], into: str) -> Prepared:
    """Read a file (its path, and its name for people) as an export of `about.system`.

    `into` names the table of a file in sitegen's own words. Holds the file's rows in memory, never those of other
    customers. Raises Mistakes where the file can't be understood at all.
    """
    source = read_export(*file)
    work = Working(about.schema)
    read = list(rows(source))
    if about.system == OWN:
        table = table_for(about.schema, source, into)
        what, rejected = table.name, merge_rows(work, about.engine, table, read)
    elif about.system == TILL:
        what, rejected = "redeemed coupons", redeem(work, about, source, read)
    else:
        export = recognise(about.system, source.file, source.columns)
        what, rejected = export.what, _merge(work, about, export, read)
    changes = any(True for table in about.schema.tables for _ in work.changes(table.name))
    standing = () if changes else notices(about.engine)
    return Prepared(source, what, len(read), work, tuple(rejected), standing)


def write(prepared: Prepared, root: Path, shop: Shop, dry_run: bool = False) -> tuple[Notice, ...]:
    """Change the files of the customer folder, all or none, and say what stands out among the customers then.

    A file that a build would refuse is never put in place. A dry run does all this but put them in place. Raises
    Mistakes where the files would be refused, Unusable where a table can't be written.
    """
    folder = writable_folder(root, shop)
    found = prepared.standing
    with suppress(_Rehearsed), staged(prepared.work, folder) as new:
        if new:
            found = _try_out(folder, new, root, shop)
        if dry_run:
            raise _Rehearsed
    return found


class _Rehearsed(Exception):
    """The files would be good, and are not put in place."""


def _merge(work: Working, about: Circumstances, export: Export, read: list[ExportRow]) -> list[Rejected]:
    """Put what the rows say; what comes back are those that say nothing that can be taken."""
    if isinstance(export, CustomerExport):
        by_line = {row.line: row for row in read}
        drafts, rejected = customer_drafts(export, read)
        found = people(about.engine, drafts, about.home)
        kept, gone = _parted(about, list(zip(drafts, found, strict=True)))
        merge_customers(work, about, [draft for draft, _ in kept], [person for _, person in kept])
        return rejected + [Rejected(by_line[draft.line], ERASED) for draft in gone]
    orders, rejected = order_drafts(export, read)
    found = people(about.engine, [order.buyer for order in orders], about.home)
    bought, left = _parted(about, list(zip(orders, found, strict=True)))
    merge_orders(work, about, [order for order, _ in bought], [person for _, person in bought])
    return rejected + [Rejected(row, ERASED) for order in left for row in order.rows]


def _parted(about: Circumstances, pairs: list[tuple[Said, Person]]) -> tuple[list[tuple[Said, Person]], list[Said]]:
    """Those to take in, and those of new people who had themselves erased: an old export must not bring them back."""
    hashes = {mark for _, person in pairs if person.new for mark in _hashes(person)}
    barred = stored(about.engine, about.schema.table("suppressions"), "address_hash", hashes)
    erased = {row["address_hash"] for row in barred if row["reason"] == "erased"}
    gone = [person.new and not erased.isdisjoint(_hashes(person)) for _, person in pairs]
    kept = [pair for pair, is_gone in zip(pairs, gone, strict=True) if not is_gone]
    return kept, [said for (said, _), is_gone in zip(pairs, gone, strict=True) if is_gone]


def _hashes(person: Person) -> list[str]:
    return [sha256(key.encode()).hexdigest() for key in (person.email, person.phone) if key]


def _count(work: Working, table: str) -> Count:
    changes = list(work.changes(table))
    new = sum(change.new for change in changes)
    return Count(new, len(changes) - new, len(work.touched[table]) - len(changes))


def _try_out(folder: Path, new: Mapping[str, Path], root: Path, shop: Shop) -> tuple[Notice, ...]:
    """Read the folder as it will be, and say what stands out."""
    with TemporaryDirectory(prefix="sitegen-") as trial:
        for path in folder.iterdir():
            if path.is_file() and path.stem not in new and not path.name.startswith("."):
                (Path(trial) / path.name).symlink_to(path.resolve())
        for name, path in new.items():
            (Path(trial) / f"{name}.csv").symlink_to(path.resolve())
        label = shop.source.folder if isinstance(shop.source, FolderSource) else ""
        try:
            with open_customers(root, replace(shop, source=FolderSource(trial))) as engine:
                return notices(engine)
        except Mistakes as mistakes:
            problems = [replace(problem, file=problem.file.replace(trial, label)) for problem in mistakes.problems]
            raise Mistakes(problems) from None
