"""Take one customer out of the CSV and Parquet files of a folder, every other byte of CSV as it was."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sitegen.data.leaving.belongings import Belongings, Ties
from sitegen.data.sources.csv_text import Record, cells, records
from sitegen.data.sources.header import Header

BOM = "\ufeff"


def erase_from_csv(path: Path, header: Header, tie: Ties, found: Belongings) -> int:
    """Leave the customer's records out and empty the cells that name them; how many records went or changed."""
    belongs = _wanted(header, tie, found, tie.belongs)
    mentions = _wanted(header, tie, found, tie.mentions)
    # Most records name none of the keys, and finding the cells of each would take minutes.
    keys = re.compile("|".join(map(_written, sorted({*_all(belongs), *_all(mentions)}))) or r"(?!)")
    touched = 0
    with path.open("rb") as old:
        mark = BOM if old.read(3) == BOM.encode() else ""
    with replacing(path) as new, new.open("w", encoding="utf-8", newline="") as stream:
        stream.write(mark)
        for number, record in enumerate(records(path, header.delimiter)):
            if number <= header.skipped or not keys.search(record.text):
                stream.write(record.text)
                continue
            texts = [cell.text for cell in cells(record.text, header.delimiter)]
            if any(_at(texts, index) in held for index, held in belongs.items()):
                touched += 1
            elif named := [index for index, held in mentions.items() if _at(texts, index) in held]:
                stream.write(_without(texts, named, record, header))
                touched += 1
            else:
                stream.write(record.text)
    return touched


def _wanted(header: Header, tie: Ties, found: Belongings, columns: tuple[str, ...]) -> Mapping[int, frozenset[str]]:
    """By the column's number in the file: the texts that lead to the customer."""
    there = (column for column in columns if column in header.columns)
    return {header.columns.index(column): found.among(tie, column) for column in there}


def _all(wanted: Mapping[int, frozenset[str]]) -> Iterator[str]:
    for keys in wanted.values():
        yield from keys


def _written(key: str) -> str:
    """The pattern of a key as it stands inside quotes, where a quote is doubled."""
    return re.escape(key.replace('"', '""'))


def _at(texts: list[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _without(texts: list[str], named: list[int], record: Record, header: Header) -> str:
    """The record with empty cells where it named the customer."""
    kept = ["" if index in named else text for index, text in enumerate(texts)]
    line = io.StringIO()
    end = record.text[len(record.text.rstrip("\r\n")) :]
    csv.writer(line, delimiter=header.delimiter, lineterminator=end).writerow(kept)
    return line.getvalue()


def erase_from_parquet(path: Path, tie: Ties, found: Belongings) -> int:
    """As `erase_from_csv`, batch by batch; types and metadata of the file stay."""
    touched = 0
    with pq.ParquetFile(path) as old, replacing(path) as new, pq.ParquetWriter(new, old.schema_arrow) as writer:
        for batch in old.iter_batches():
            kept = batch.filter(pc.invert(_named(batch, tie, found, tie.belongs)))
            touched += batch.num_rows - kept.num_rows
            naming = _named(kept, tie, found, tie.mentions)
            touched += naming.true_count
            writer.write_batch(_emptied(kept, tie, found) if naming.true_count else kept)
    return touched


def _named(batch: pa.RecordBatch, tie: Ties, found: Belongings, columns: tuple[str, ...]) -> pa.BooleanArray:
    """Which rows name the customer in one of these columns."""
    named = pa.array([False] * batch.num_rows, pa.bool_())
    for column in columns:
        if column in batch.schema.names:
            held = pc.is_in(batch[column].cast("string"), pa.array(sorted(found.among(tie, column)), "string"))
            named = pc.or_(named, held)
    return named


def _emptied(batch: pa.RecordBatch, tie: Ties, found: Belongings) -> pa.RecordBatch:
    arrays = {name: batch[name] for name in batch.schema.names}
    for column in tie.mentions:
        if column in arrays:
            naming = _named(batch, tie, found, (column,))
            arrays[column] = pc.if_else(naming, pa.scalar(None, arrays[column].type), arrays[column])
    return pa.RecordBatch.from_arrays(list(arrays.values()), schema=batch.schema)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new file beside `path` that takes its place, whole and on the disk, when the block ends well."""
    new = path.with_name(f".{path.name}.new")
    try:
        yield new
        with new.open("rb") as written:
            os.fsync(written.fileno())
        if path.exists():
            new.chmod(path.stat().st_mode & 0o777)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
