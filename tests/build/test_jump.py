"""A segment that has grown or shrunk more than it may stops the build, until somebody confirms it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from sitegen.build.jumps import COUNTS, former_counts, jump_problems, refuse_unknown
from sitegen.errors import Unusable
from sitegen.model.rule import All
from sitegen.model.segment import Segment
from sitegen.model.tree import Place
from tests.build.conftest import Shop

DAY = "2026-09-08"
FRIENDS = """segments:
  gold:
    title: Gold friends
    priority: 10
    jump: 20%
    all:
      - total spent: at least {least}
  others:
    all:
      - total spent: less than {least}
"""


def segment(name: str, jump: str | None) -> Segment:
    place = Place("content/segments/all.yaml", 3, 3)
    return Segment(name, name, "", All(()), place, jump=None if jump is None else Decimal(jump))


def told(
    before: Mapping[str, int], now: Mapping[str, int], jump: str | None = "20", confirmed: frozenset[str] = frozenset()
) -> list[str]:
    problems = jump_problems((segment("gold", jump),), before, now, confirmed)
    assert all(problem.code == "segment-jump" for problem in problems)
    return [problem.message for problem in problems]


def test_a_change_beyond_the_jump_is_told_with_both_counts_at_the_segments_place() -> None:
    (problem,) = jump_problems((segment("gold", "20"),), {"gold": 132}, {"gold": 40}, frozenset())
    assert str(problem) == (
        "content/segments/all.yaml:3:3: 'gold' went from 132 to 40 customers (-70 %), more than its jump of 20%\n"
        "hint: look at `sitegen segments list`, then build with --confirm gold"
    )
    assert told({"gold": 1000}, {"gold": 1500}) == [
        "'gold' went from 1,000 to 1,500 customers (+50 %), more than its jump of 20%"
    ]


@pytest.mark.parametrize("now", [80, 100, 120])
def test_a_change_up_to_the_jump_is_silent(now: int) -> None:
    assert told({"gold": 100}, {"gold": now}) == []


@pytest.mark.parametrize("now", [79, 121])
def test_one_customer_more_is_too_many(now: int) -> None:
    assert len(told({"gold": 100}, {"gold": now})) == 1


def test_a_jump_may_have_decimals() -> None:
    assert told({"gold": 1000}, {"gold": 1025}, "2.5") == []
    assert told({"gold": 1000}, {"gold": 1026}, "2.5") != []


def test_from_nobody_to_somebody_is_more_than_any_jump_and_has_no_per_cent() -> None:
    assert told({"gold": 0}, {"gold": 1}, "500") == ["'gold' went from 0 to 1 customer, more than its jump of 500%"]
    assert told({"gold": 0}, {"gold": 0}) == []
    assert told({"gold": 7}, {"gold": 0}) == ["'gold' went from 7 to 0 customers (-100 %), more than its jump of 20%"]


def test_there_is_no_bound_without_a_jump_or_without_a_count_from_before() -> None:
    assert told({"gold": 100}, {"gold": 1}, jump=None) == []
    assert told({}, {"gold": 1}) == []
    assert told({"silver": 100}, {"gold": 1}) == []


def test_a_confirmed_segment_may_jump() -> None:
    assert told({"gold": 100}, {"gold": 1}, confirmed=frozenset({"gold"})) == []
    assert told({"gold": 100}, {"gold": 1}, confirmed=frozenset({"all"})) == []
    assert told({"gold": 100}, {"gold": 1}, confirmed=frozenset({"silver"})) != []


def test_only_a_segment_that_is_there_can_be_confirmed() -> None:
    refuse_unknown(frozenset({"gold", "all"}), (segment("gold", None),))
    with pytest.raises(Unusable, match=r"no segment 'glod' to confirm\nhint: did you mean 'gold'\?"):
        refuse_unknown(frozenset({"glod"}), (segment("gold", None),))


def counted(shop: Shop) -> object:
    return json.loads((shop.root / ".sitegen" / "segments.json").read_text())


def write_segments(shop: Shop, least: int) -> None:
    (shop.root / "content" / "segments" / "friends.yaml").write_text(FRIENDS.format(least=least))


def test_a_build_remembers_the_counts_and_stops_at_a_jump_until_it_is_confirmed(shop: Shop) -> None:
    write_segments(shop, least=500)
    build = ("--on", DAY, "--only", "keyrings")
    shop.build(*build)
    assert counted(shop) == {"gold": 1, "others": 2}

    write_segments(shop, least=10)
    before = shop.tree()
    done = shop.run("build", "--quiet", *build)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "content/segments/friends.yaml:2:3: 'gold' went from 1 to 2 customers (+100 %), more than its jump of 20%\n"
        "hint: look at `sitegen segments list`, then build with --confirm gold\n"
        "\n1 mistake; nothing was written\n`sitegen explain segment-jump` tells more\n"
    )
    assert shop.tree() == before
    assert shop.run("build", "--quiet", *build).returncode == 1, "a refused build is no new beginning"

    shop.build(*build, "--confirm", "gold")
    assert counted(shop) == {"gold": 2, "others": 1}
    shop.build(*build)


def test_a_build_of_pages_alone_asks_no_customers_and_keeps_the_counts(shop: Shop) -> None:
    write_segments(shop, least=500)
    shop.build("--on", DAY, "--only", "keyrings")
    write_segments(shop, least=10)
    shop.build("--on", DAY, "--only", "pages")
    assert counted(shop) == {"gold": 1, "others": 2}
    assert shop.run("build", "--quiet", "--on", DAY, "--only", "keyrings").returncode == 1


@pytest.mark.parametrize("damaged", ["not json", "[]", '{"gold": [1]}', '{"gold": "many"}'])
def test_a_record_that_nobody_can_read_is_no_bound(tmp_path: Path, damaged: str) -> None:
    record = tmp_path / COUNTS
    record.parent.mkdir()
    record.write_text(damaged)
    assert former_counts(tmp_path) == {}


def test_a_build_replaces_a_record_that_nobody_can_read(shop: Shop) -> None:
    write_segments(shop, least=500)
    (shop.root / ".sitegen").mkdir()
    (shop.root / COUNTS).write_text("not json")
    shop.build("--on", DAY, "--only", "keyrings")
    assert counted(shop) == {"gold": 1, "others": 2}


def test_a_misspelt_segment_to_confirm_is_told(shop: Shop) -> None:
    done = shop.run("build", "--quiet", "--on", DAY, "--only", "keyrings", "--confirm", "glod")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no segment 'glod' to confirm\nhint: did you mean 'gold'?\n"
