"""A customer's explanation: every condition with its answer, and the same verdict as the membership."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.references import with_references
from sitegen.audience.language.words import condition_in_words
from sitegen.audience.selection.explain import (
    Answer,
    Explanation,
    Followed,
    Group,
    Part,
    deciding,
    explain,
    places_of,
    questions,
)
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.ranks import find_cuts, rank_keys
from sitegen.model.rule import All, Any, Condition, None_, Rule, SegmentIs
from sitegen.model.segment import Segment
from sitegen.model.tree import Place
from tests.audience.little_shop import FILE, TODAY, Row, ask, segments, typed
from tests.examples import examples

COLUMNS = ibis.schema(
    {
        "customer_id": "string",
        "class": "string",
        "orders": "int64",
        "total_spent": "decimal(18, 2)",
        "last_order": "date",
        "country": "string",
        "products_bought": "array<string>",
    }
)
ADA: Row = {
    "customer_id": "A",
    "class": "customer",
    "orders": 3,
    "total_spent": Decimal("620.00"),
    "last_order": date(2026, 2, 3),
    "country": "DE",
    "products_bought": ["beads", "linen"],
}
BEN: Row = {"customer_id": "B", "class": "staff", "orders": 0, "products_bought": []}
CLEO: Row = {"customer_id": "C", "orders": 1, "total_spent": Decimal("45.50"), "country": ""}


def explained(found: tuple[Segment, ...], who: str, *people: Row) -> dict[str, Explanation]:
    """The explanations of one of these customers, by segment."""
    facts = typed(COLUMNS, people or (ADA, BEN, CLEO))
    cuts = find_cuts(ask, rank_keys(found), facts)
    table = questions(found, facts, TODAY, cuts)
    (row,) = ask(table.filter(table["customer_id"] == who))
    places = places_of(found, facts, row)
    standing = {one["column"]: one["place"] for one in ask(places)} if places is not None else {}
    told = explain(found, row, cuts, standing)
    return {one.segment.id: one for one in told}


def one(text: str, who: str) -> Explanation:
    """The explanation of a rule of one list."""
    return explained(segments(f"segments:\n  one:\n{text}"), who)["one"]


def answers(explanation: Explanation) -> list[tuple[str, bool, object]]:
    """Words, answer and value of each condition."""

    def below(part: Answer | Followed | Group) -> list[tuple[str, bool, object]]:
        match part:
            case Group():
                return [leaf for inner in part.parts for leaf in below(inner)]
            case Answer():
                return [(condition_in_words(part.condition), part.holds, part.value)]
            case Followed():
                return [(part.leaf.segment, part.holds, None)]

    return below(explanation.rule)


def test_every_condition_is_answered_with_the_customers_value_at_its_place() -> None:
    told = one("    all:\n      - orders: at least 2\n      - none: [{class: is staff}]\n", "A")
    assert (told.member, answers(told)) == (
        True,
        [("orders at least 2", True, 3), ("class is 'staff'", False, "customer")],
    )
    assert isinstance(told.rule, Group)
    assert isinstance(told.rule.parts[0], Answer)
    place = told.rule.parts[0].condition.place
    assert (place.file, place.line) == (FILE, 4)


def test_values_come_as_what_they_are() -> None:
    told = one(
        """
    any:
      - total spent: at least 1000
      - last order: within last 7 days
      - products bought: has wool
      - country: is CN
""",
        "A",
    )
    assert not told.member
    assert [value for _, _, value in answers(told)] == [
        *(Decimal("620.00"), date(2026, 2, 3), ("beads", "linen"), "DE"),
    ]


def test_what_is_not_known_is_decided_by_the_policy_of_its_segment() -> None:
    strict = one("    all: [{last order: within last 7 days}]\n", "B")
    kind = one("    unknown: include\n    all: [{last order: within last 7 days}]\n", "B")
    for told, member in ((strict, False), (kind, True)):
        leaf = told.rule.parts[0] if isinstance(told.rule, Group) else told.rule
        assert isinstance(leaf, Answer)
        assert (told.member, leaf.holds, leaf.value, leaf.assumed) == (member, member, None, True)


def test_a_question_for_emptiness_assumes_nothing() -> None:
    told = one("    all: [{country: is empty}]\n", "C")
    leaf = told.rule.parts[0] if isinstance(told.rule, Group) else told.rule
    assert isinstance(leaf, Answer)
    assert (leaf.holds, leaf.value, leaf.assumed) == (True, None, False)


def test_an_empty_list_and_an_empty_text_are_not_known() -> None:
    told = one("    any: [{products bought: has beads}, {country: is DE}]\n", "B")
    assert [value for _, _, value in answers(told)] == [None, None]
    told = one("    any: [{country: is DE}]\n", "C")
    assert [value for _, _, value in answers(told)] == [None]


def test_a_segment_reference_carries_the_explanation_of_the_other_segment() -> None:
    found = segments("""
        segments:
          rich: {all: [{total spent: at least 500}]}
          both: {all: [{segment: is rich}, {segment: is not staff}]}
    """)
    told = explained(found, "A")
    assert told["both"].member
    assert isinstance(told["both"].rule, Group)
    rich, staff = told["both"].rule.parts
    assert isinstance(rich, Followed)
    assert isinstance(staff, Followed)
    assert (rich.holds, rich.inside) == (True, told["rich"])
    assert (staff.holds, staff.inside) == (True, None)
    assert not explained(found, "B")["both"].member


def test_a_ranking_says_where_the_customer_stands_and_where_the_cut_is() -> None:
    people = [{"customer_id": f"C-{n:02d}", "total_spent": Decimal(n)} for n in range(1, 11)]
    found = segments("segments: {top: {all: [{total spent: top 20%}]}}")
    for who, place, member in (("C-10", 1, True), ("C-09", 2, True), ("C-08", 3, False)):
        told = explained(found, who, *people)["top"]
        leaf = told.rule.parts[0] if isinstance(told.rule, Group) else told.rule
        assert isinstance(leaf, Answer)
        assert leaf.standing
        assert leaf.standing.cut
        cut = leaf.standing.cut
        assert (told.member, leaf.standing.place) == (member, place)
        assert (cut.value, cut.inside, cut.known) == (Decimal(9), 2, 10)


def test_equals_stand_in_the_order_of_their_ids() -> None:
    people = [{"customer_id": name, "orders": 5} for name in "CAB"]
    found = segments("segments: {top: {all: [{orders: top 2}]}}")
    standing = []
    for who in "ABC":
        told = explained(found, who, *people)["top"]
        leaf = told.rule.parts[0] if isinstance(told.rule, Group) else told.rule
        assert isinstance(leaf, Answer)
        assert leaf.standing
        standing.append((leaf.standing.place, told.member))
    assert standing == [(1, True), (2, True), (3, False)]


def test_who_has_no_value_stands_nowhere() -> None:
    found = segments("segments: {top: {all: [{total spent: top 50%}]}}")
    told = explained(found, "B")["top"]
    leaf = told.rule.parts[0] if isinstance(told.rule, Group) else told.rule
    assert isinstance(leaf, Answer)
    assert (leaf.holds, leaf.assumed, leaf.standing) == (False, True, None)


def test_the_condition_that_decides_is_the_one_that_fails_in_all_and_the_one_that_holds_in_any_and_none() -> None:
    def decides(text: str) -> list[str]:
        leaves = deciding(one(text, "A").rule)
        return [condition_in_words(leaf.condition) for leaf in leaves if isinstance(leaf, Answer)]

    two = "[{orders: at least 2}, {country: is CN}]"
    assert decides(f"    all: {two}\n") == ["country is 'CN'"]
    assert decides(f"    any: {two}\n") == ["orders at least 2"]
    assert decides(f"    none: {two}\n") == ["orders at least 2"]
    assert decides("    all: [{orders: at least 2}, {country: is DE}]\n") == ["orders at least 2", "country is 'DE'"]
    assert decides("    any: [{orders: at least 9}, {country: is CN}]\n") == ["orders at least 9", "country is 'CN'"]
    assert decides("    none: [{orders: at least 9}, {country: is CN}]\n") == ["orders at least 9", "country is 'CN'"]


def test_a_segments_company_is_all_that_it_refers_to_and_nothing_else() -> None:
    found = segments("""
        segments:
          far: {all: [{country: is DE}]}
          near: {all: [{segment: is far}]}
          self: {all: [{segment: is near}, {segment: is everyone}]}
          other: {all: [{country: is CN}]}
    """)
    named = {segment.id: segment for segment in found}
    assert [one.id for one in with_references((named["self"],), found)] == ["far", "near", "self"]
    assert [one.id for one in with_references((named["other"], named["near"]), found)] == ["far", "near", "other"]


NAMES = ("a", "b", "c")
PLACE = Place(FILE, 1, 1)
LEAVES = [
    leaf
    for text in (
        "orders: at least 2",
        "total spent: between 1 and 50",
        "total spent: top 50%",
        "last order: within last 30 days",
        "country: is DE",
        "country: is empty",
        "products bought: has none of [beads]",
    )
    for segment in segments(
        f"segments: {{one: {{all: [{{'{text.partition(':')[0]}': '{text.partition(': ')[2]}'}}]}}}}"
    )
    for leaf in (segment.rule.parts if isinstance(segment.rule, All) else (segment.rule,))
    if isinstance(leaf, Condition)
]


def rules(known: tuple[str, ...]) -> st.SearchStrategy[Rule]:
    references = st.builds(SegmentIs, st.sampled_from((*known, "staff", "everyone")), st.just(PLACE), st.booleans())
    return st.recursive(
        st.one_of(st.sampled_from(LEAVES), references),
        lambda inner: st.one_of(
            *(st.builds(group, st.lists(inner, max_size=3).map(tuple)) for group in (All, Any, None_))
        ),
        max_leaves=5,
    )


@st.composite
def shops(draw: st.DrawFn) -> tuple[tuple[Segment, ...], list[Row]]:
    """Three segments that may refer to those before them, and a few customers of whom little is known."""
    found = []
    for number, name in enumerate(NAMES):
        rule = draw(rules(NAMES[:number]))
        found.append(Segment(name, name, "", rule, PLACE, unknown=draw(st.sampled_from(("leave out", "include")))))
    people: list[Row] = [
        {
            "customer_id": f"C-{number}",
            "class": draw(st.sampled_from(("customer", "staff", None))),
            "orders": draw(st.integers(0, 3)),
            "total_spent": draw(st.one_of(st.none(), st.integers(-5, 60).map(Decimal))),
            "last_order": draw(st.sampled_from((None, TODAY, date(2026, 8, 1)))),
            "country": draw(st.sampled_from((None, "", "DE", "CN"))),
            "products_bought": draw(st.sampled_from((None, [], ["beads"], ["linen"]))),
        }
        for number in range(draw(st.integers(1, 4)))
    ]
    return tuple(found), people


@examples(40)  # each asks the engine several times
@given(shops())
def test_an_explanation_never_contradicts_the_membership(shop: tuple[tuple[Segment, ...], list[Row]]) -> None:
    found, people = shop
    facts = typed(COLUMNS, people)
    cuts = find_cuts(ask, rank_keys(found), facts)
    said = {row["customer_id"]: row for row in ask(members(found, facts, TODAY, cuts))}
    for row in ask(questions(found, facts, TODAY, cuts)):
        told = {one.segment.id: one for one in explain(found, row, cuts)}
        assert {name: told[name].member for name in NAMES} == {name: said[row["customer_id"]][name] for name in NAMES}
        for name in NAMES:
            assert verdict_without_the_others(told[name]) is told[name].member


def verdict_without_the_others(told: Explanation) -> bool:
    """What the rule would come to if every condition but the deciding ones were answered the other way round."""
    decided = [id(leaf) for leaf in deciding(told.rule)]

    def verdict(part: Part) -> bool:
        if not isinstance(part, Group):
            return part.holds is (id(part) in decided)
        answers = [verdict(inner) for inner in part.parts]
        return {"all": all(answers), "any": any(answers), "none": not any(answers)}[part.word]

    return verdict(told.rule)
