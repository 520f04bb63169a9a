"""Print jobs keep their order, few of them are under way, and nothing is printed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build.cards.plates import Plates
from sitegen.build.cards.print_job import Job, ProofJob, fingerprint
from sitegen.build.cards.print_line import LOOKED_AT, Printed, PrintLine
from sitegen.build.cards.print_shop import Made, Proof, in_order
from sitegen.publish.store import Store
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.refusal import Refused
from tests.build.print_goods import job, print_goods

JOBS = 10
REFUSED = Refused(1, "c0001", "name", "'name' is empty", "write a name")


@given(st.lists(st.integers()), st.integers(1, 6))
def test_results_come_in_the_order_of_their_calls(values: list[int], most: int) -> None:
    def call(value: int) -> Future[int]:
        done: Future[int] = Future()
        done.set_result(value)
        return done

    assert list(in_order((partial(call, value) for value in values), most)) == values


@dataclass(slots=True)
class Counted:
    """Work of which somebody counts how much is under way."""

    under_way: int = 0
    highest: int = 0

    def begin(self, value: int) -> Counted.Piece:
        self.under_way += 1
        self.highest = max(self.highest, self.under_way)
        return Counted.Piece(self, value)

    @dataclass(slots=True)
    class Piece:
        """One result, which ends what was under way when it is fetched."""

        counted: Counted
        value: int

        def result(self) -> int:
            self.counted.under_way -= 1
            return self.value


@given(st.integers(0, 40), st.integers(1, 6))
def test_never_more_calls_are_under_way_than_may_be(number: int, most: int) -> None:
    counted = Counted()
    assert list(in_order((partial(counted.begin, value) for value in range(number)), most)) == list(range(number))
    assert counted.highest == min(number, most)
    assert counted.under_way == 0


def test_no_call_is_made_before_somebody_asks() -> None:
    counted = Counted()
    results = in_order((partial(counted.begin, value) for value in range(9)), 2)
    assert counted.highest == 0
    assert next(results) == 0
    assert counted.under_way == 1


@dataclass(slots=True)
class PaperShop:
    """Prints a job's name instead of cards, and notes what it was asked for."""

    refuses: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    compiled: list[str] = field(default_factory=list)

    def plates(self, designs: tuple[str, ...]) -> Iterator[Plate | tuple[Refused, ...]]:
        self.compiled += designs
        return (Plate(b"art", Way.LINES, "") for _ in designs)

    def made(self, jobs: Iterator[tuple[Job, Plate]]) -> Iterator[Made]:
        # Two ahead, as processes take them.
        return in_order((partial(self._begin, one) for one, _ in jobs), 3)

    def _begin(self, one: Job) -> Future[Made]:
        self.asked.append(one.file)
        done: Future[Made] = Future()
        refused = one.file in self.refuses
        done.set_result(Made(b"", (), (), (REFUSED,)) if refused else Made(content(one), (), one.cards, ()))
        return done

    def proofs(self, jobs: Sequence[tuple[ProofJob, Plate]]) -> Iterator[Proof]:
        return iter(())


def content(one: Job) -> bytes:
    return f"{one.file} with {len(one.cards)} cards".encode()


def line(folder: Path, shop: PaperShop, opened: Callable[[int], None] = lambda cards: None) -> PrintLine:
    def open_shop(cards: int) -> PaperShop:
        opened(cards)
        return shop

    goods = print_goods()
    return PrintLine(
        goods, folder / "output", Store(folder / "print"), Plates(Store(folder / "plates"), goods), open_shop
    )


def printed(folder: Path, shop: PaperShop, jobs: Sequence[Job]) -> list[Printed]:
    return list(line(folder, shop).printed(iter(jobs)))


@pytest.fixture(scope="module")
def jobs() -> tuple[Job, ...]:
    return tuple(job(number, 2) for number in range(JOBS))


@settings(max_examples=8)
@given(st.frozensets(st.integers(0, JOBS - 1)), st.frozensets(st.integers(0, JOBS - 1)))
def test_a_killed_run_goes_on_where_it_was(kept: frozenset[int], bad: frozenset[int]) -> None:
    jobs = tuple(job(number, 2) for number in range(JOBS))
    refused = frozenset(jobs[number].file for number in bad - kept)
    with TemporaryDirectory() as made:
        folder, shop = Path(made), PaperShop(refused)
        for number in sorted(kept):
            Store(folder / "print").put(fingerprint(jobs[number], print_goods()), content(jobs[number]))
        results = printed(folder, shop, jobs)
        assert [one.job for one in results] == list(jobs)
        assert [one.made.pdf for one in results] == [b"" if one.file in refused else content(one) for one in jobs]
        assert shop.asked == [one.file for number, one in enumerate(jobs) if number not in kept]

        again = PaperShop(refused)
        assert printed(folder, again, jobs) == results
        assert again.asked == sorted(refused)
        assert again.compiled == []


def test_each_print_file_is_kept_before_the_next_one_comes(tmp_path: Path, jobs: tuple[Job, ...]) -> None:
    way = line(tmp_path, PaperShop())
    for number, one in enumerate(way.printed(iter(jobs)), start=1):
        assert way.store.get(one.key) == content(one.job)
        assert len(list((tmp_path / "print").iterdir())) == number


def test_a_shop_opens_when_the_first_jobs_show_how_many_cards_there_are(tmp_path: Path, jobs: tuple[Job, ...]) -> None:
    numbers: list[int] = []
    results = line(tmp_path, PaperShop(), numbers.append).printed(iter(jobs))
    assert numbers == []
    list(results)
    assert numbers == [2 * LOOKED_AT]


def test_a_job_that_changed_by_a_letter_is_printed_anew(tmp_path: Path) -> None:
    printed(tmp_path, PaperShop(), (job(0, 2),))
    shop = PaperShop()
    printed(tmp_path, shop, (job(0, 3),))
    assert shop.asked == ["cards-001.pdf"]
