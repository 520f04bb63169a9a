"""Who may read what, and the words of a rule."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.phrases import forms, parse_phrase
from sitegen.audience.language.words import condition_in_words, in_words, phrase_in_words, reason
from sitegen.audience.selection.access import access_segments, anonymous_segment, visible
from sitegen.errors import Problem
from sitegen.model import rule
from sitegen.model.column import Kind
from sitegen.model.rule import All, Condition, FactSpec, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.model.tree import Place
from tests.audience.little_shop import rule as rule_of
from tests.audience.little_shop import segments

HERE = Place("content/campaigns/tea.md", 3, 11)
NOBODY: frozenset[str] = frozenset()


def test_anybody_reads_what_is_public() -> None:
    assert visible(PUBLIC, NOBODY)
    assert visible(PUBLIC, frozenset({"gold"}))


def test_only_customers_read_what_is_for_everyone() -> None:
    assert not visible(EVERYONE, NOBODY)
    assert visible(EVERYONE, frozenset({"everyone"}))
    assert visible(EVERYONE, frozenset({"silver"}))


@given(st.frozensets(st.sampled_from(["everyone", "gold", "silver", "staff"])))
def test_a_segment_is_read_by_its_members_and_nobody_else(reader: frozenset[str]) -> None:
    assert visible("gold", reader) == ("gold" in reader)
    assert not visible("", reader)


def test_a_union_of_segments_is_opened_by_each_of_them() -> None:
    vip, plain, mixed, less, other = segments("""
        segments:
          vip: {any: [{segment: is gold}, {segment: is silver}, {segment: is gold}]}
          gold: {all: [{total spent: at least 3000}]}
          mixed: {any: [{segment: is gold}, {orders: is 1}]}
          less: {any: [{segment: is gold}, {segment: is not silver}]}
          silver: {all: [{segment: is gold}, {segment: is vip2}]}
          vip2: {all: [{orders: is 1}]}
    """)[:5]
    assert access_segments(vip) == ("gold", "silver")
    assert access_segments(plain) == ("gold",)
    assert access_segments(mixed) == ("mixed",)
    assert access_segments(less) == ("less",)
    assert access_segments(other) == ("silver",)


def test_a_rule_on_the_spot_that_only_names_a_segment_is_opened_by_it() -> None:
    assert access_segments(anonymous_segment(SegmentIs("gold", HERE), HERE)) == ("gold",)
    negated = anonymous_segment(SegmentIs("gold", HERE, negated=True), HERE)
    assert access_segments(negated) == (negated.id,)


def test_the_same_rule_on_two_spots_is_the_same_audience() -> None:
    first = anonymous_segment(rule_of("orders: at least 2"), HERE)
    second = anonymous_segment(rule_of("orders: at least 2.0"), Place("content/pages/a.md", 9, 1))
    third = anonymous_segment(rule_of("orders: at least 3"), HERE)
    assert first.id == second.id != third.id
    assert first.id.startswith("rule-")
    assert len(first.id) == 15
    assert not first.named


def test_a_rule_is_told_in_plain_words() -> None:
    (segment,) = segments("""
        segments:
          lapsed:
            all:
              - orders: at least 2
              - last order: more than 120 days ago
              - any:
                  - total spent: between 1000 and 2999.90
                  - company address: yes
              - none:
                  - class: is staff
                  - segment: is owner
    """)
    assert in_words(segment.rule) == (
        "orders at least 2 and last order more than 120 days ago and "
        "(total spent between 1000 and 2999.9 or company address yes) and "
        "not (class is 'staff' or in the segment 'owner')"
    )


def test_words_of_phrases_read_like_english() -> None:
    told = [condition_in_words(leaf) for line in LINES if isinstance(leaf := _leaf(line), Condition)]
    assert told == [
        "last order within the last 1 day",
        "birthday is tomorrow",
        "birthday this month",
        "total profit among the top 20%",
        "total profit among the top customers bringing 80%",
        "country is not 'NO'",
        "country is one of 'DE', 'AT'",
        "interests has none of 'beads'",
        "last order before 2026-09-25",
        "email is not known",
    ]


LINES = (
    "last order: within last 1 day",
    "birthday: is tomorrow",
    "birthday: this month",
    "total profit: top 20%",
    "total profit: top customers bringing 80%",
    "country: is not 'NO'",
    'country: "one of [DE, AT]"',
    'interests: "has none of [beads]"',
    "last order: before 2026-09-25",
    "email: is empty",
)


def _leaf(line: str) -> rule.Rule:
    found = rule_of(line)
    return found.parts[0] if isinstance(found, All) else found


def test_every_form_of_the_grammar_has_words() -> None:
    for kind in Kind:
        for form in forms(kind):
            text = form.shown.replace("N days|weeks|months|years", "2 weeks").replace("DATE", "2026-09-25")
            text = text.replace(" N and M", " 1 and 2").replace("N%", "5%").replace(" N", " 2")
            phrase = parse_phrase(text, FactSpec("fact", kind, "fact"), HERE)
            assert not isinstance(phrase, Problem), text
            assert phrase_in_words(phrase)


def test_a_quote_in_a_text_does_not_end_it() -> None:
    one = rule.OneOf(("a', 'b",))
    two = rule.OneOf(("a", "b"))
    assert phrase_in_words(one) != phrase_in_words(two)


def test_the_reason_is_the_segments_own_words() -> None:
    everyone = segments("""
        segments:
          gold: {why: you have chosen much, all: [{total spent: at least 3000}]}
          silver: {title: Silver members, all: [{total spent: at least 1000}]}
    """)
    gold, silver = everyone
    spot = anonymous_segment(All((SegmentIs("silver", HERE, True), SegmentIs("gold", HERE))), HERE)
    assert reason(gold) == "you have chosen much"
    assert reason(silver) == "you belong to our group 'Silver members'"
    assert reason(spot, everyone) == "you have chosen much"
    assert reason(anonymous_segment(rule_of("orders: is 1"), HERE), everyone) == "you are one of our customers"
