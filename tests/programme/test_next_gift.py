"""Tests of the next gift for a member's points: the engine, held against plain Python."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.concession import Who
from sitegen.model.points import PointsGift
from sitegen.programme.points.gifts import gift_words, gifts_for, gifts_on, next_gift, said_of
from sitegen.programme.points.next_gift import with_next_gift
from tests.examples import examples

TODAY = date(2026, 9, 8)
CIRCLES = ("Linen", "Silver", "Gold")
MEMBERS = {"customer_id": "string", "tier": "string", "points": "int64"}
Told = dict[str, tuple[str | None, int | None]]


def told(members: list[tuple[str, str | None, int]], gifts: list[PointsGift]) -> Told:
    """Title and missing points by customer."""
    table = with_next_gift(ibis.memtable(members, schema=MEMBERS), gifts, TODAY)
    rows = ibis.duckdb.connect().to_pyarrow(table).to_pylist()
    return {row["customer_id"]: (row["next_gift"], row["points_to_next_gift"]) for row in rows}


DAYS = st.none() | st.integers(-2, 2).map(lambda days: TODAY + timedelta(days))
WHO = st.builds(
    Who, st.lists(st.sampled_from(CIRCLES), max_size=2, unique=True).map(tuple), st.sampled_from(["everyone", "vip"])
)
GIFTS = st.builds(
    PointsGift,
    name=st.sampled_from("abcdefgh"),
    points=st.integers(1, 30),
    title=st.dictionaries(st.sampled_from(["", "en", "zh"]), st.text("tea ", min_size=1), min_size=1),
    who=WHO,
    first=DAYS,
    last=DAYS,
    stock=st.none() | st.integers(0, 2),
)


@examples(25)
@given(
    gifts=st.lists(GIFTS, max_size=8, unique_by=lambda gift: gift.name),
    people=st.lists(st.tuples(st.none() | st.sampled_from(CIRCLES), st.integers(-5, 35)), min_size=1, max_size=12),
)
def test_the_engine_finds_the_gift_that_plain_python_finds(
    gifts: list[PointsGift], people: list[tuple[str | None, int]]
) -> None:
    found = told([(str(number), tier, points) for number, (tier, points) in enumerate(people)], gifts)
    for number, (tier, points) in enumerate(people):
        ahead = next_gift(gifts_for(gifts_on(gifts, TODAY), tier, frozenset()), points)
        assert found[str(number)] == ((said_of(ahead.gift.title, ""), ahead.missing) if ahead else (None, None))


def test_who_has_points_for_everything_has_no_next_gift() -> None:
    tin = PointsGift("tin", 400, {"en": "A tin of tea", "zh": "一罐茶"})
    loom = PointsGift("loom", 2000, {"": "An hour at the loom"}, who=Who(("Gold",)))
    members = [("C-1", "Gold", 399), ("C-2", "Gold", 400), ("C-3", "Linen", 400), ("C-4", None, 0)]
    assert told(members, [loom, tin]) == {
        "C-1": ("A tin of tea", 1),
        "C-2": ("An hour at the loom", 1600),
        "C-3": (None, None),
        "C-4": ("A tin of tea", 400),
    }


def test_the_title_that_the_field_says_is_known_in_every_language_that_it_is_written_in() -> None:
    tin = PointsGift("tin", 400, {"en": "A tin of tea", "zh": "一罐茶"})
    loom = PointsGift("loom", 2000, {"": "An hour at the loom", "de": "Eine Stunde am Webstuhl"})
    words = gift_words((tin, loom))
    assert words["zh"][said_of(tin.title, "")] == "一罐茶"
    assert words["de"][said_of(loom.title, "")] == "Eine Stunde am Webstuhl"
    assert said_of(loom.title, "nl", "de") == "Eine Stunde am Webstuhl"
    assert said_of({}, "en") == ""
