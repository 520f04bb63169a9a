"""Tests of who may send: one process of one machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.cli.this_machine import this_machine
from sitegen.errors import Unusable
from sitegen.send.lease import LASTS, Machine, flock, lease
from sitegen.send.ledger import Ledger, open_ledger
from tests.send.paper_post import NOON

TILL, OFFICE = Machine("1" * 32, "till"), Machine("2" * 32, "office")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", durable=False) as opened:
        yield opened


def died_on(machine: Machine, ledger: Ledger) -> None:
    """A run of that machine whose lease stays in the ledger, as it does where the power goes."""
    held = lease(ledger, machine, NOON)
    held.__enter__()
    rows = ledger.connection.execute("SELECT * FROM leases").fetchall()
    held.__exit__(None, None, None)
    ledger.connection.executemany("INSERT INTO leases VALUES (?, ?, ?, ?)", rows)


def test_a_machine_is_the_same_each_time_it_is_asked() -> None:
    machine = this_machine()
    assert machine == this_machine()
    assert machine.name
    assert len(machine.id) == 32


def test_a_second_process_of_this_machine_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with flock(path), pytest.raises(Unusable, match="this shop is sending already"), flock(path):
        pass
    with flock(tmp_path / "ledger.sqlite"):
        pass


def test_a_lease_is_given_back_and_the_next_machine_may_send(ledger: Ledger) -> None:
    with lease(ledger, TILL, NOON):
        pass
    with lease(ledger, OFFICE, NOON):
        pass


def test_another_machine_is_refused_while_the_lease_lives(ledger: Ledger) -> None:
    died_on(TILL, ledger)
    for take_over in (False, True):
        with pytest.raises(Unusable) as stopped, lease(ledger, OFFICE, NOON + LASTS / 2, take_over):
            pass
        assert str(stopped.value) == (
            "'till' is sending for this shop, with this ledger or the one that this is a copy of\n"
            "hint: wait until it has ended; its lease runs until 2026-09-25T10:15 UTC at least"
        )


def test_a_stale_lease_of_another_machine_is_told_and_may_be_taken_over(ledger: Ledger) -> None:
    died_on(TILL, ledger)
    late = NOON + LASTS
    with pytest.raises(Unusable) as stopped, lease(ledger, OFFICE, late):
        pass
    assert str(stopped.value) == (
        "a run on 'till' ended without closing the ledger (its lease ran out at 2026-09-25T10:15 UTC)\n"
        "hint: where 'till' sends no more, add --take-over; if this is a copy of its ledger, delete the copy"
    )
    with lease(ledger, OFFICE, late, take_over=True):
        pass


def test_a_machine_goes_on_after_its_own_dead_run(ledger: Ledger) -> None:
    died_on(TILL, ledger)
    with lease(ledger, TILL, NOON):
        pass


def test_a_lease_lives_as_long_as_its_run(ledger: Ledger) -> None:
    with lease(ledger, TILL, NOON) as held:
        for minutes in range(0, 60, 5):
            held.renew(NOON + timedelta(minutes=minutes))
        assert held.until == NOON + timedelta(minutes=55) + LASTS


def test_a_run_that_slept_while_another_machine_took_over_stops(ledger: Ledger) -> None:
    late = NOON + LASTS
    with lease(ledger, TILL, NOON) as held, lease(ledger, OFFICE, late, take_over=True), pytest.raises(Unusable) as why:
        held.renew(late)
    assert str(why.value) == "another machine has taken over the sending\nhint: sitegen send status"
