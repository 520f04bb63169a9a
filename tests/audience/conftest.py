"""Settings of property tests in this room, and the engines that must agree."""

from collections.abc import Iterator

import ibis
import pytest
from hypothesis import settings

from tests.audience.engines import DuckDB, Engine, Postgres
from tests.servers.postgres import Server

# A busy machine is no defect.
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")


@pytest.fixture(scope="session")
def engines(postgres: Server) -> Iterator[tuple[Engine, ...]]:
    """DuckDB, and a PostgreSQL that sorts texts as English readers do and lives where days begin first."""
    postgres.create("oracle", "en")
    duckdb = ibis.duckdb.connect(threads=1)
    with postgres.open("oracle") as connection:
        connection.con.execute("SET TIME ZONE 'Pacific/Kiritimati'")
        yield DuckDB(duckdb), Postgres(connection)
    duckdb.disconnect()
