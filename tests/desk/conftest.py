"""The engine in which the tests of the desk reckon."""

from collections.abc import Iterator

import ibis
import pytest

from tests.audience.engines import DuckDB


@pytest.fixture(scope="session")
def engine() -> Iterator[DuckDB]:
    """One DuckDB for all: each test puts its own tables into it."""
    connection = ibis.duckdb.connect(threads=1)
    yield DuckDB(connection)
    connection.disconnect()
