"""Tests of the stored plan: read back as it was written, private, and without whoever was erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ibis
import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.stored_plan import forget, store, stored
from sitegen.errors import Unusable
from sitegen.model.plan import PLAN_COLUMNS
from tests.plain_shop import SHOP

SCHEMA = {**dict.fromkeys(PLAN_COLUMNS, "string"), "day": "date", "occasion_day": "date"}
DAYS = (date(2026, 9, 8), date(2026, 10, 7))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine over one customer."""
    (tmp_path / "customers").mkdir()
    (tmp_path / "customers" / "customers.csv").write_text("customer_id\nC-1\n")
    with open_customers(tmp_path, SHOP) as opened:
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the plan is stored."""
    return tmp_path / ".sitegen" / "plan.parquet"


def lines(engine: Engine, *customers: str, name: str = "planned") -> ibis.Table:
    """A plan with a line for each customer."""
    row = ("wish", "wish/2026-09-25", "mail")
    rest = (None, *DAYS, None, "because", None)
    return engine.take(name, SCHEMA, ((*row, customer, *rest) for customer in customers))


def test_a_plan_is_read_back_as_it_was_stored(engine: Engine, path: Path) -> None:
    made = lines(engine, *(f"C-{number}" for number in range(25_000)))
    store(engine, made, path, DAYS)
    found = stored(engine, path)
    assert found is not None
    assert (found.first, found.last) == DAYS
    assert found.planned.schema() == made.schema()
    assert engine.ask(found.planned.order_by("customer_id")) == engine.ask(made.order_by("customer_id"))


def test_before_the_first_run_there_is_none(engine: Engine, path: Path) -> None:
    assert stored(engine, path) is None
    assert forget(path, "C-1") == 0
    assert not path.parent.exists()


def test_an_empty_plan_is_a_plan(engine: Engine, path: Path) -> None:
    store(engine, lines(engine), path, DAYS)
    found = stored(engine, path)
    assert found is not None
    assert engine.count(found.planned) == 0


def test_the_plan_is_its_owners_alone_also_where_an_older_one_was_not(engine: Engine, path: Path) -> None:
    made = lines(engine, "C-1")
    store(engine, made, path, DAYS)
    assert (path.parent.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)
    path.chmod(0o644)
    forget(path, "C-2")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_whoever_is_erased_stands_in_no_stored_plan(engine: Engine, path: Path) -> None:
    store(engine, lines(engine, "C-1", "C-2", "C-1"), path, DAYS)
    assert forget(path, "C-1") == 2
    found = stored(engine, path)
    assert found is not None
    assert [row["customer_id"] for row in engine.ask(found.planned)] == ["C-2"]
    assert (found.first, found.last) == DAYS
    assert b"C-1" not in path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PAR1 and then something else, PAR1"])
def test_a_damaged_plan_is_named_with_the_way_out(engine: Engine, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(Unusable, match=r"the stored plan 'plan.parquet' cannot be read\nhint: delete .sitegen/plan"):
        stored(engine, path)
    with pytest.raises(Unusable, match=r"the stored plan 'plan.parquet' cannot be written"):
        forget(path, "C-1")


def test_a_plan_of_another_version_is_named_as_well(engine: Engine, path: Path) -> None:
    store(engine, lines(engine, "C-1").drop("design"), path, DAYS)
    with pytest.raises(Unusable, match=r"the stored plan 'plan.parquet' cannot be read"):
        stored(engine, path)


def test_a_place_that_cannot_be_written_is_named(engine: Engine, path: Path) -> None:
    path.parent.write_text("a file where a folder should be")
    with pytest.raises(Unusable, match=r"the stored plan 'plan.parquet' cannot be written"):
        store(engine, lines(engine, "C-1"), path, DAYS)
