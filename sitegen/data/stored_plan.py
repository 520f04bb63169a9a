"""Store the plan of a run as a table, and read it back to see what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sitegen.data.engine import Engine
from sitegen.data.incoming import take
from sitegen.data.leaving.erasing_files import replacing
from sitegen.errors import Unusable
from sitegen.model.plan import PLAN_COLUMNS

STORED_PLAN = Path(".sitegen") / "plan.parquet"
FIRST, LAST = b"sitegen first day", b"sitegen last day"
ROWS = 100_000
"""Lines in one group of the file; so many are in memory at a time."""


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """The plan of an earlier run: a table of PLAN_COLUMNS, and the days that it was made for."""

    planned: ibis.Table
    first: date
    last: date


def store(engine: Engine, planned: ibis.Table, path: Path, days: tuple[date, date]) -> None:
    """Write the lines of a plan, batch by batch, in the place of the former one. `days` are its first and last.

    Only the shop itself may read it: the file has mode 600, a new folder 700. Raises Unusable where it can't be
    written.
    """
    said = {FIRST: days[0].isoformat().encode(), LAST: days[1].isoformat().encode()}
    schema = planned.schema().to_pyarrow().with_metadata(said)
    with _written(path) as new, pq.ParquetWriter(new, schema) as writer:
        for batch in engine.batches(planned, ROWS):
            writer.write_batch(batch)


def stored(engine: Engine, path: Path) -> StoredPlan | None:
    """The plan that was stored last, None where there is none yet. Raises Unusable where it can't be read."""
    if not path.exists():
        return None
    try:
        return _read(engine, path)
    except (OSError, KeyError, ValueError) as error:
        message = f"the stored plan '{path.name}' cannot be read"
        hint = f"delete {STORED_PLAN.as_posix()}: the next run stores its own"
        raise Unusable(f"{message}\nhint: {hint}") from error


def _read(engine: Engine, path: Path) -> StoredPlan:
    with pq.ParquetFile(path) as file:
        said = file.schema_arrow.metadata or {}
        days = (date.fromisoformat(said[name].decode()) for name in (FIRST, LAST))
        schema = ibis.Schema.from_pyarrow(file.schema_arrow)
        if schema.names != PLAN_COLUMNS:
            raise ValueError(f"another version stored {', '.join(schema.names)}")
        return StoredPlan(take(engine.connection, "stored_plan", schema, file.iter_batches(ROWS)), *days)


def forget(path: Path, customer_id: str) -> int:
    """Take a customer's lines out of the stored plan; how many there were. Raises Unusable like `store`."""
    if not path.exists():
        return 0
    gone = 0
    with _written(path) as new, pq.ParquetFile(path) as old, pq.ParquetWriter(new, old.schema_arrow) as writer:
        for batch in old.iter_batches(ROWS):
            kept = batch.filter(pc.not_equal(batch["customer_id"], customer_id))
            gone += batch.num_rows - kept.num_rows
            writer.write_batch(kept)
    return gone


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            # The new file takes over the mode of the old one.
            path.chmod(0o600)
        with replacing(path) as new:
            new.touch(mode=0o600)
            yield new
    except (OSError, pa.ArrowInvalid) as error:
        raise Unusable(f"the stored plan '{path.name}' cannot be written: {error}") from error
