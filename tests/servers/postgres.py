"""Run a private PostgreSQL server for tests, and put declared tables into it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import ibis
import psycopg
from psycopg import sql

from sitegen.audience.facts.rows import TYPES
from sitegen.model.table import STANDARD, Schema, Table

if TYPE_CHECKING:
    from ibis.backends.postgres import Backend

USER = "postgres"
UNPRIVILEGED = ("postgres", "nobody")
"""Users as whom the server may run where the tests run as root, whom it refuses."""

SECONDS = 30
"""A server that isn't there by then is broken: it takes half a second."""

QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    # Rules of random shape are new to the server each time: compiling them costs more than it gains.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "shared_buffers": "32MB",
    "max_connections": "30",
}
"""Settings of a server that listens on a socket only and may forget everything."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `folder` holds its socket, which only this user and the server's can reach."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as libpq reads it."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, database: str, order: str = "C.UTF-8") -> str:
        """Make an empty database, and return its address. `order` sorts texts: C.UTF-8, or a language like en."""
        provider = "LOCALE 'C.UTF-8'" if order == "C.UTF-8" else f"LOCALE_PROVIDER icu ICU_LOCALE '{order}'"
        options = f" TEMPLATE template0 ENCODING 'UTF8' {provider}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}" + options).format(sql.Identifier(database)))
        return self.url(database)

    @contextmanager
    def open(self, database: str = "postgres") -> Iterator[Backend]:
        """An Ibis connection to a database."""
        connection = ibis.postgres.connect(host=str(self.folder), user=USER, database=database)
        try:
            yield connection
        finally:
            connection.disconnect()


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own in a temporary folder, gone afterwards."""
    programs = _programs()
    user = _user()
    # A socket's path has at most 107 characters, and the server's user must be able to get there.
    with TemporaryDirectory(prefix="sitegen-postgres-", dir="/tmp") as made:
        folder = Path(made)
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        how: dict[str, Any] = {"cwd": folder, "user": user, "group": user and pwd.getpwnam(user).pw_gid}
        if user:
            how["extra_groups"] = []
        _initialise(programs / "initdb", folder, how)
        with _serving(programs / "postgres", folder, how):
            yield Server(folder)


def load(
    connection: Backend,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    schema: Schema = STANDARD,
) -> dict[str, ibis.Table]:
    """Every declared table by name, in the database, with these rows; what a row leaves out is null."""
    return {
        table.name: load_typed(connection, table.name, types_of(table), rows.get(table.name, ()))
        for table in schema.tables
    }


def types_of(table: Table) -> ibis.Schema:
    """The engine's types of a declared table's columns."""
    return ibis.schema({column.name: TYPES[column.kind] for column in table.columns})


def load_typed(connection: Backend, name: str, types: ibis.Schema, rows: Sequence[Mapping[str, Any]]) -> ibis.Table:
    """A table with these columns and rows, in place of the one of that name."""
    table = sql.Identifier(name)
    with connection.con.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        made = connection.create_table(name, schema=types)
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy:
            for row in rows:
                copy.write_row([row.get(column) for column in types.names])
    return made


def rows_of(connection: Backend, expression: ibis.Table) -> list[dict[str, Any]]:
    """All rows of an expression, as plain Python values."""
    with connection.con.cursor() as cursor:
        cursor.execute(connection.compile(expression))
        return [dict(zip(expression.columns, row, strict=True)) for row in cursor.fetchall()]


def _programs() -> Path:
    """The folder of initdb and postgres: Debian keeps it out of PATH."""
    found = shutil.which("postgres")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parent.name))
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise FileNotFoundError("PostgreSQL is missing; `make test` installs it")


def _user() -> str | None:
    """The user for the server's processes; None: our own."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def _initialise(program: Path, folder: Path, how: Mapping[str, Any]) -> None:
    command = [str(program), "--pgdata=data", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8"]
    # Who can reach the socket may come in; nobody comes in by the network.
    command += ["--auth-local=trust", "--auth-host=reject", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False, **how)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _serving(program: Path, folder: Path, how: Mapping[str, Any]) -> Iterator[None]:
    command = [str(program), "-D", "data", "-k", str(folder)]
    command += [part for name, value in QUICK.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, **how)
        try:
            _wait(Server(folder), process, folder / "log")
            yield
        finally:
            _stop(process)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            psycopg.connect(server.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server: SIGINT sends its clients away, SIGQUIT does not even ask."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(SECONDS)
