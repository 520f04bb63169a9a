"""What a segment says besides its rule: its bound, its tests, its file's time zone."""

from datetime import date
from decimal import Decimal

import pytest

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.rules import parse_segments
from sitegen.model.segment import Expected, SegmentTest
from sitegen.model.table import STANDARD
from sitegen.model.tree import Place
from tests.audience.little_shop import FILE, messages, parsed, segments, tree


def complaint(keys: str) -> str:
    _, _, problems = parsed(f"segments: {{a: {{all: [{{orders: is 1}}], {keys}}}}}")
    (said,) = messages(problems)
    return said.partition(": ")[2].replace("\nhint: ", " / ")


@pytest.mark.parametrize(("said", "jump"), [("20%", 20), ("0 %", 0), ("2.5%", Decimal("2.5")), ("300%", 300)])
def test_a_segment_may_bound_its_jumps(said: str, jump: Decimal) -> None:
    (segment,) = segments(f"segments: {{a: {{all: [{{orders: is 1}}], jump: {said}}}}}")
    assert segment.jump == jump


def test_a_segment_without_a_bound_may_jump() -> None:
    (segment,) = segments("segments: {a: {all: [{orders: is 1}]}}")
    assert (segment.jump, segment.tests) == (None, ())


@pytest.mark.parametrize("said", ["20", "-1%", "twenty%", "[20%]", "20000%", "%"])
def test_a_bound_is_written_in_per_cent(said: str) -> None:
    assert complaint(f'jump: "{said}"' if said[0] in "-%" else f"jump: {said}").endswith(
        "is not a bound for a jump / write per cent: 20%, by which its count may change from one build to the next"
    )


def test_a_test_names_who_is_in_and_who_is_not() -> None:
    (segment,) = segments("""
        segments:
          a:
            all: [{orders: is 1}]
            test:
              on: 2026-09-08
              members: [C-1, "02"]
              not members: C-3
    """)
    assert segment.tests == (
        SegmentTest(
            (
                Expected("C-1", True, Place(FILE, 6, 17)),
                Expected("02", True, Place(FILE, 6, 22)),
                Expected("C-3", False, Place(FILE, 7, 20)),
            ),
            date(2026, 9, 8),
        ),
    )


def test_a_segment_may_have_a_test_for_each_of_many_days() -> None:
    (segment,) = segments("""
        segments:
          a:
            all: [{orders: is 1}]
            test:
              - {on: 2024-02-29, members: C-1}
              - {not members: C-1}
    """)
    assert [(test.on, [one.member for one in test.expected]) for test in segment.tests] == [
        (date(2024, 2, 29), [True]),
        (None, [False]),
    ]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("test: C-1", "a test says who is a member / write {members: [C-1], not members: [C-2]}"),
        ("test: []", "a test says who is a member"),
        ("test: {on: 2026-09-08}", "this test names no customers"),
        ("test: {members: []}", "this test names no customers"),
        ("test: {member: C-1, members: C-2}", "unknown key 'member' in a test / did you mean 'members'?"),
        ("test: {members: [C-1], not members: [C-1]}", "the customer 'C-1' stands twice in this test / the first"),
        ("test: {members: C-1, on: 2026-02-29}", "'2026-02-29' is not a date / write a date like 2026-09-25"),
        ("test: {members: C-1, on: today}", "'today' is not a date / write a date like 2026-09-25"),
        ("test: {members: [C-1, {a: b}]}", "'members' must name customers / write their ids: [C-1]"),
    ],
)
def test_what_is_wrong_with_a_test_is_told(keys: str, said: str) -> None:
    assert complaint(keys).startswith(said)


def test_a_files_time_zone_is_the_shops() -> None:
    file = tree("timezone: Asia/Shanghai\nsegments: {a: {all: [{orders: is 1}]}}")
    _, _, problems = parse_segments([file], CATALOGUE, STANDARD, "Europe/Berlin")
    (said,) = messages(problems)
    assert said == (
        "1:11: 'Asia/Shanghai' is not the shop's time zone, by which all days are reckoned\n"
        "hint: write Europe/Berlin, or change it in content/site.yaml"
    )
    assert parse_segments([file], CATALOGUE, STANDARD, "Asia/Shanghai")[2] == ()
