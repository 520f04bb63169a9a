"""Segments become memberships: in order of their references, with one primary segment each."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.facts import facts
from sitegen.audience.language.references import in_order, references
from sitegen.audience.selection.access import anonymous_segment
from sitegen.audience.selection.membership import members, missing
from sitegen.model.rule import All, Any, None_, Rule, SegmentIs
from sitegen.model.segment import Segment
from sitegen.model.tree import Place
from tests.audience.little_shop import TODAY, ask, segments, tables

SHOP = tables(
    customers=[
        {"customer_id": "A", "class": "customer", "country": "DE", "language": "zh", "income": Decimal(5)},
        {"customer_id": "B", "class": "staff", "country": "NO"},
        {"customer_id": "C", "class": "owner"},
    ]
)
FACTS = facts(SHOP, (), None, TODAY)
PLACE = Place("content/segments/all.yaml", 1, 1)


def test_members_have_a_column_for_each_audience_and_a_primary_segment() -> None:
    found = segments("""
        segments:
          both: {priority: 1, all: [{segment: is german}, {segment: is not staff}]}
          language: {priority: 5, all: [{country: is known}]}
          german: {priority: 5, all: [{country: is DE}]}
          nordic: {priority: 2, any: [{country: is NO}, {segment: is both}]}
    """)
    table = members(found, FACTS, TODAY)
    assert table.columns == (
        *("customer_id", "everyone", "staff", "owner", "both", "language", "german", "nordic", "primary"),
    )
    told = {
        row["customer_id"]: ([name for name, value in row.items() if value is True], row["primary"])
        for row in ask(table)
    }
    assert told == {
        "A": (["everyone", "both", "language", "german", "nordic"], "both"),
        "B": (["everyone", "staff", "language", "nordic"], "nordic"),
        "C": (["everyone", "owner"], None),
    }


def test_of_two_segments_with_one_priority_the_first_by_name_is_primary() -> None:
    found = segments("segments: {b: {all: [{country: is known}]}, a: {all: [{country: is known}]}}")
    assert [row["primary"] for row in ask(members(found, FACTS, TODAY).order_by("customer_id"))] == ["a", "a", None]


def test_a_rule_on_the_spot_is_a_membership_but_never_primary() -> None:
    (german,) = segments("segments: {german: {all: [{country: is DE}]}}")
    spot = anonymous_segment(None_((SegmentIs("german", PLACE),)), PLACE)
    rows = ask(members((german, spot), FACTS, TODAY).order_by("customer_id"))
    assert [row[spot.id] for row in rows] == [False, True, True]
    assert [row["primary"] for row in rows] == ["german", None, None]


def test_a_shop_without_segments_has_the_houses_own_audiences() -> None:
    rows = ask(members((), FACTS, TODAY).order_by("customer_id"))
    assert rows[1] == {"customer_id": "B", "everyone": True, "staff": True, "owner": False, "primary": None}


def test_missing_values_are_counted_where_a_segment_fails_on_them() -> None:
    found = segments("""
        segments:
          rich: {unknown: fail, all: [{income: at least 1}, {country: is known}]}
          poor: {all: [{income: less than 1}]}
          any: {unknown: fail, all: [{country: is empty}]}
    """)
    counts = missing(found, FACTS)
    assert ask(FACTS.aggregate(**counts)) == [{"rich": 2, "any": 0}]


GROUPS: tuple[type[All | Any | None_], ...] = (All, Any, None_)
NAMES = ("a", "b", "c", "d", "e", "f")


@st.composite
def networks(draw: st.DrawFn) -> tuple[Segment, ...]:
    """Segments whose rules refer only to segments named before them, in any order."""
    made = []
    for number, name in enumerate(NAMES):
        group = draw(st.sampled_from(GROUPS))
        named = draw(st.lists(st.sampled_from((*NAMES[:number], "staff", "everyone")), max_size=3))
        rule: Rule = group(tuple(SegmentIs(other, PLACE, draw(st.booleans())) for other in named))
        made.append(Segment(name, name, "", rule, PLACE))
    return tuple(draw(st.permutations(made)))


@given(networks())
def test_segments_are_resolved_after_those_that_they_refer_to(network: tuple[Segment, ...]) -> None:
    done = {"everyone", "staff", "owner"}
    for layer in in_order(network):
        assert all(done.issuperset(references(segment)) for segment in layer)
        done |= {segment.id for segment in layer}
    assert done >= set(NAMES)
