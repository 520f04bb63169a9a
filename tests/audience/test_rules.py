"""Segments and rules: what a file means, and every mistake at its place."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.contradictions import check_reachable
from sitegen.audience.reading.rules import check_references, parse_rule, parse_segments
from sitegen.model import rule
from sitegen.model.rule import All, Any, Condition, None_, SegmentIs, Unit
from sitegen.model.segment import Segment
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence
from tests.audience.little_shop import FILE, messages, parsed, segments, tree

GOLD = """
segments:
  gold:
    title: Gold-medal customers
    why: a fifth of the customers bring four fifths of the profit
    priority: 10
    all:
      - profit last year: top customers bringing 80%
      - last order: within last 365 days
      - none:
          - class: is staff
"""


def test_a_segment_is_read_with_its_words_and_its_rule() -> None:
    assert segments(GOLD) == (
        Segment(
            id="gold",
            title="Gold-medal customers",
            why="a fifth of the customers bring four fifths of the profit",
            rule=All(
                (
                    Condition(CATALOGUE["profit last year"], rule.TopBringing(Decimal(80)), Place(FILE, 7, 9)),
                    Condition(CATALOGUE["last order"], rule.WithinLast(365, Unit.DAYS), Place(FILE, 8, 9)),
                    None_((Condition(CATALOGUE["class"], rule.TextIs("staff"), Place(FILE, 10, 13)),)),
                )
            ),
            place=Place(FILE, 2, 3),
            priority=10,
        ),
    )


def test_the_example_of_the_specification_is_read() -> None:
    found = segments("""
        timezone: Asia/Shanghai
        facts:                                  # own facts, typed once, usable everywhere
          profit last year: {sum of: orders.profit, within last: 365 days}
          bought beads:     {count of: order_lines, where: {product.group: is beads}}
        segments:
          gold:
            title: Gold-medal customers
            why: a fifth of the customers bring four fifths of the profit
            priority: 10                        # lower wins where one message may go out
            all:
              - profit last year: top customers bringing 80%
              - last order: within last 365 days
              - none:
                  - class: is staff
          big-order-call:
            all:
              - ordered: {at least: 1, within last: 8 days, with: {amount: more than 2000}}
              - segment: is not lapsed
            unknown: leave out                  # missing values: leave out | include | fail
          lapsed: {all: [{last order: more than 120 days ago}]}
    """)
    assert [segment.id for segment in found] == ["gold", "big-order-call", "lapsed"]
    assert check_reachable(found) == ()


def test_a_segment_without_words_is_called_by_its_name() -> None:
    (segment,) = segments("segments: {birthday-month: {all: [{birthday: this month}]}}")
    assert (segment.title, segment.why, segment.priority, segment.unknown) == ("Birthday month", "", 100, "leave out")


def test_groups_side_by_side_hold_together() -> None:
    (segment,) = segments("segments: {a: {any: [{orders: is 1}], none: [{class: is staff}]}}")
    match segment.rule:
        case All((Any((Condition(),)), None_((Condition(),)))):
            pass
        case other:
            raise AssertionError(other)


def test_every_mistake_of_a_file_is_told_at_its_place() -> None:
    _, _, problems = parsed("""
        segments:
          gold:
            titel: Gold
            priority: high
            unknown: leaveout
            all:
              - total spnt: at least 5
              - last order: at least 5
              - segment: gold
              - orders: is 2
                points: is 3
              - just words
              - none: {class: is staff}
          Gold!: {all: [{orders: is 1}]}
          staff: {all: [{orders: is 1}]}
          empty:
          keys: {last order: is today}
        facst: {}
    """)
    assert [said.split("\n")[0] for said in messages(tuple(sorted(problems)))] == [
        "3:5: unknown key 'titel' in segment 'gold'",
        "4:15: 'high' is not a priority",
        "5:14: unknown policy 'leaveout' for missing values",
        "7:9: unknown fact 'total spnt'",
        "8:21: cannot read 'at least 5': 'last order' is a date",
        "9:18: cannot read 'gold': a segment is, or is not",
        "11:9: 'points' stands in the same condition as 'orders'",
        "12:9: 'just words' is not a condition",
        "13:15: 'none' must hold a list of conditions",
        "14:3: 'Gold!' is not a name for a segment",
        "15:3: 'staff' is a name of sitegen's own",
        "16:3: segment 'empty' has no rule",
        "17:3: segment 'keys' has no rule",
        "17:10: unknown key 'last order' in segment 'keys'",
        "18:1: unknown key 'facst' in a segments file",
    ]


def test_a_misspelt_fact_is_told_with_the_fact_that_was_meant() -> None:
    _, _, problems = parsed("segments: {a: {all: [{total spnt: at least 5}]}}")
    assert messages(problems) == ["1:23: unknown fact 'total spnt'\nhint: did you mean 'total spent'?"]


def test_a_condition_on_the_segment_itself_is_told_where_it_belongs() -> None:
    _, _, problems = parsed("segments: {a: {all: [{orders: is 1}], points: is 3}}")
    assert messages(problems) == [
        "1:39: unknown key 'points' in segment 'a'\nhint: put it into a list below 'all:': '- points: ...'"
    ]


def test_a_list_of_conditions_may_not_be_nested_without_end() -> None:
    deep = "{orders: is 1}"
    for _ in range(20):
        deep = f"{{all: [{deep}]}}"
    _, problems = parse_rule(tree(f"rule: {deep}").entries[0].value, CATALOGUE)
    assert [problem.code for problem in problems] == ["too-deep"]


def test_a_fact_of_one_file_is_known_in_all() -> None:
    first = tree("segments: {a: {all: [{bought beads: at least 1}]}}")
    second = tree("facts: {bought beads: {count of: order_lines, where: {product.group: is beads}}}")
    found, own, problems = parse_segments([first, second], CATALOGUE)
    assert problems == ()
    assert [fact.name for fact in own] == ["bought beads"]
    assert [segment.id for segment in found] == ["a"]


def test_a_rule_on_the_spot_is_read_from_front_matter() -> None:
    found, problems = parse_rule(tree("{segment: is not lapsed}"), CATALOGUE)
    assert (found, problems) == (SegmentIs("lapsed", Place(FILE, 1, 11), negated=True), ())


def test_conditions_side_by_side_are_no_rule() -> None:
    found, problems = parse_rule(tree("{orders: is 1, points: is 2}"), CATALOGUE)
    assert found is None
    assert [problem.message for problem in problems] == ["several conditions stand side by side"]


def test_an_unknown_segment_is_told_with_the_segment_that_was_meant() -> None:
    found, _, _ = parsed("segments: {gold: {all: [{orders: is 1}]}, vip: {all: [{segment: is glod}]}}")
    assert messages(check_references(found)) == ["1:65: unknown segment 'glod'\nhint: did you mean 'gold'?"]


def test_the_house_itself_may_be_referred_to() -> None:
    assert len(segments("segments: {a: {none: [{segment: is staff}, {segment: is owner}]}}")) == 1


def test_a_circle_of_segments_is_named_once() -> None:
    found, _, _ = parsed("""
        segments:
          a: {all: [{segment: is b}]}
          b: {any: [{segment: is not c}, {orders: is 1}]}
          c: {none: [{segment: is a}]}
          d: {all: [{segment: is d}]}
    """)
    circle, advice = "segments refer to each other in a circle", "hint: let one of them name its conditions itself"
    assert messages(check_references(found)) == [
        f"2:3: {circle}: a -> b -> c -> a\n{advice}",
        f"5:3: {circle}: d -> d\n{advice}",
    ]


def test_a_segment_that_stands_in_two_files_is_a_mistake() -> None:
    text = "segments: {a: {all: [{orders: is 1}]}}"
    found, _, _ = parse_segments([tree(text), tree(text)], CATALOGUE)
    assert [problem.code for problem in check_references(found)] == ["duplicate-name"]


WORDS = st.one_of(
    st.sampled_from(
        [
            *(
                "segments",
                "facts",
                "timezone",
                "all",
                "any",
                "none",
                "segment",
                "title",
                "priority",
                "unknown",
                "where",
            ),
            *("sum of", "count of", "within last", "orders", "orders.profit", "last order", "birthday", "country"),
            *("ordered", "with", "at least", "none", "on", "before", "test", "jump", "members", "20%", "2026-02-29"),
            *("is gold", "is not gold", "gold", "at least 2", "top 5%", "365 days", "product.group", "is today", ""),
        ]
    ),
    st.text(max_size=8),
)
PLACES = st.builds(Place, st.just(FILE), st.integers(1, 99), st.integers(1, 99))
SCALARS = st.builds(Scalar, WORDS, PLACES, st.booleans())


def _mappings(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    entries = st.lists(st.builds(Entry, SCALARS, inner), max_size=4, unique_by=lambda entry: entry.key.text)
    return st.one_of(
        st.builds(Mapping, entries.map(tuple), PLACES),
        st.builds(Sequence, st.lists(inner, max_size=3).map(tuple), PLACES),
    )


TREES: st.SearchStrategy[Node] = st.recursive(SCALARS, _mappings, max_leaves=12)


def _below(*keys: str) -> Callable[[Node], Node]:
    def wrap(node: Node) -> Node:
        for key in reversed(keys):
            node = Mapping((Entry(Scalar(key, Place(FILE, 1, 1)), node),), Place(FILE, 1, 1))
        return node

    return wrap


@given(st.one_of(TREES, TREES.map(_below("segments")), TREES.map(_below("segments", "a")), TREES.map(_below("facts"))))
def test_any_tree_is_read_or_complained_about_and_never_breaks(node: Node) -> None:
    found, own, problems = parse_segments([node], CATALOGUE)
    problems += check_references(found)
    problems += () if problems else check_reachable(found)
    assert all(problem.file == FILE and problem.message and problem.code for problem in problems)
    assert len({fact.name for fact in own}) == len(own)


@given(st.one_of(TREES, TREES.map(_below("all")), TREES.map(_below("facts", "x"))))
def test_a_rule_is_found_or_a_problem_is(node: Node) -> None:
    found, problems = parse_rule(node, CATALOGUE)
    assert (found is None) == bool(problems)
