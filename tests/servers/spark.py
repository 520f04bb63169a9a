"""Run Spark on this machine for tests: two threads, no web pages, nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.sql.compilers.pyspark import compiler
from pyspark.sql import SparkSession

SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "Pacific/Kiritimati",
    # Tables of a dozen rows: compiling Java for each question takes longer than answering it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@dataclass(frozen=True, slots=True)
class Spark:
    """A session that holds tables and answers questions."""

    session: SparkSession

    def put(self, name: str, schema: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
        """The rows under that name, in place of what lay there."""
        full = [{column: row.get(column) for column in schema.names} for row in rows]
        # Arrow goes straight into Java; lists of tuples would start more Pythons.
        table = pa.Table.from_pylist(full, schema=schema.to_pyarrow())
        self.session.createDataFrame(table).createOrReplaceTempView(name)
        return ibis.table(schema, name=name)

    def ask(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """All rows of an expression over what was put there."""
        question = compiler.to_sqlglot(expression).sql(compiler.dialect)
        return [row.asDict() for row in self.session.sql(question).collect()]


@contextmanager
def running() -> Iterator[Spark]:
    """A session of two threads in this process's own Java."""
    with TemporaryDirectory(prefix="sitegen-spark-") as made:
        folder = Path(made)
        builder = SparkSession.builder.master("local[2]").appName("sitegen's tests")
        places = {"spark.sql.warehouse.dir": folder / "warehouse", "spark.local.dir": folder / "local"}
        for name, value in {**SETTINGS, **places}.items():
            builder = builder.config(name, str(value))
        session = builder.getOrCreate()
        try:
            session.sparkContext.setLogLevel("ERROR")
            yield Spark(session)
        finally:
            session.stop()
