"""Events in rules: how often, when, with which properties; read, said in words, and told where they are wrong."""

from datetime import date
from decimal import Decimal

import pytest

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.language.events import EVENTS, event_facts, events_of
from sitegen.audience.language.words import in_words
from sitegen.audience.reading.rules import parse_rule, parse_segments
from sitegen.model import rule
from sitegen.model.column import Column, Kind, Table
from sitegen.model.rule import Condition, CountOf, FactSpec, Phrase, RowPeriod, Unit
from sitegen.model.table import STANDARD, TABLES, Schema
from tests.audience.little_shop import messages, parsed, segments, tree

REPAIRS = Table(
    "shoe_repairs",
    "Shoes that were mended",
    ("repair_id",),
    (
        Column("repair_id", Kind.TEXT, "number"),
        Column("customer_id", Kind.TEXT, "whose", refers_to="customers"),
        Column("mended_on", Kind.DATE, "day"),
        Column("price", Kind.MONEY, "price"),
        Column("note", Kind.TEXT, "what the cobbler saw", personal=True),
    ),
    customer="customer_id",
    day="mended_on",
)
SCHEMA = Schema((*TABLES, REPAIRS))


def condition(line: str, schema: Schema = STANDARD) -> Condition:
    """The one condition of a rule."""
    found, problems = parse_rule(tree(f"{line}\n"), CATALOGUE, schema)
    assert problems == ()
    assert isinstance(found, Condition)
    return found


def definition(line: str, schema: Schema = STANDARD) -> CountOf:
    found = condition(line, schema).fact.definition
    assert isinstance(found, CountOf)
    return found


def complaint(line: str) -> str:
    _, _, problems = parsed(f"segments: {{a: {{all: [{{{line}}}]}}}}")
    (said,) = messages(problems)
    return said.partition(": ")[2].replace("\nhint: ", " / ")


def test_an_event_is_a_phrase_about_the_number_of_its_rows() -> None:
    found = condition("ordered: {at least: 2, within last: 8 days, with: {amount: more than 2000}}")
    assert found.phrase == rule.AtLeast(Decimal(2))
    assert (found.fact.name, found.fact.kind) == ("ordered", Kind.INTEGER)
    counted = found.fact.definition
    assert isinstance(counted, CountOf)
    assert (counted.table, counted.period) == ("orders", rule.WithinLast(8, Unit.DAYS))
    assert [(asked.fact.column, asked.phrase) for asked in counted.where] == [
        ("amount", rule.MoreThan(Decimal(2000))),
    ]


@pytest.mark.parametrize(
    ("count", "phrase"),
    [
        ("at least: 3", rule.AtLeast(Decimal(3))),
        ("more than: 3", rule.MoreThan(Decimal(3))),
        ("at most: 3", rule.AtMost(Decimal(3))),
        ("less than: 3", rule.LessThan(Decimal(3))),
        ("between: 3 and 5", rule.Between(Decimal(3), Decimal(5))),
        ("is: 3", rule.NumberIs(Decimal(3))),
        ("none", rule.NumberIs(Decimal(0))),
        ("none: ", rule.NumberIs(Decimal(0))),
        ("within last: 1 day", rule.AtLeast(Decimal(1))),
    ],
)
def test_an_event_is_counted_and_happened_at_least_once_where_no_count_is_named(count: str, phrase: Phrase) -> None:
    assert condition(f"ordered: {{{count}}}").phrase == phrase


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("within last: 2 weeks", rule.WithinLast(2, Unit.WEEKS)),
        ("within next: 1 month", rule.WithinNext(1, Unit.MONTHS)),
        ("before: 2026-01-01", rule.Before(date(2026, 1, 1))),
        ("after: 2024-02-29", rule.After(date(2024, 2, 29))),
        ("on: 2026-01-01", rule.On(date(2026, 1, 1))),
        ("on: today", rule.IsDay(0)),
        ("on: yesterday", rule.IsDay(-1)),
        ("on: tomorrow", rule.IsDay(1)),
    ],
)
def test_events_and_own_facts_have_the_same_periods(said: str, period: RowPeriod) -> None:
    assert definition(f"invited: {{{said}}}").period == period
    _, (own,), problems = parsed(f"facts: {{invitations: {{count of: attendances, {said}}}}}")
    assert problems == ()
    assert own.definition == CountOf("attendances", period)


def test_a_word_may_fix_what_the_rows_say() -> None:
    asked = definition("called back: {none, within last: 8 days}").where
    assert [(one.fact.name, one.phrase) for one in asked] == [
        ("channel", rule.TextIs("call")),
        ("direction", rule.TextIs("out")),
        ("outcome", rule.TextIs("not-reached", negated=True)),
    ]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.word)
def test_each_word_names_a_table_of_customers_and_texts_that_it_may_hold(event: object) -> None:
    assert any(event is there for there in events_of(STANDARD).values())
    word = getattr(event, "word", "")
    for one in definition(f"{word}: {{at least: 1}}").where:
        texts = one.phrase.texts if isinstance(one.phrase, rule.OneOf) else (getattr(one.phrase, "text", ""),)
        assert set(texts) <= set(one.fact.allowed)
    assert definition(f"{word}: {{at least: 1}}").table in {table.name for table in STANDARD.events()}


def test_no_event_is_called_like_a_fact_or_a_group() -> None:
    assert set(events_of(STANDARD)).isdisjoint({*CATALOGUE, "all", "any", "none", "segment"})


def test_a_shops_own_table_is_an_event_under_its_own_name() -> None:
    found = condition("shoe repairs: {at least: 1, with: {note: contains sole, price: more than 5}}", SCHEMA)
    assert found.fact.personal
    counted = found.fact.definition
    assert isinstance(counted, CountOf)
    assert counted.table == "shoe_repairs"
    assert not condition("shoe repairs: {at least: 1}", SCHEMA).fact.personal


def test_own_facts_count_and_add_up_over_a_shops_own_table() -> None:
    text = "facts: {repaired for: {sum of: shoe_repairs.price}, repairs: {count of: shoe_repairs}}"
    _, own, problems = parse_segments([tree(text)], CATALOGUE, SCHEMA)
    assert problems == ()
    assert [(fact.name, fact.kind) for fact in own] == [("repaired for", Kind.MONEY), ("repairs", Kind.INTEGER)]


def test_the_same_question_is_reckoned_once() -> None:
    found = segments("""
        segments:
          a: {all: [{ordered: {at least: 1, within last: 8 days}}, {called: {none}}, {orders: at least 1}]}
          b: {any: [{ordered: {at least: 3, within last: 8 days}}, {ordered: {at least: 1, within last: 9 days}}]}
          c: {none: [{visited: {none}}]}
    """)
    facts = event_facts(found)
    assert [fact.name for fact in facts] == ["ordered", "called", "ordered", "visited"]
    assert len({fact.column for fact in facts}) == 4
    assert all(fact.column.isidentifier() for fact in facts)


def test_own_facts_are_no_events() -> None:
    found = segments("""
        facts: {bought beads: {count of: order_lines, where: {product.group: is beads}}}
        segments: {a: {all: [{bought beads: at least 1}]}}
    """)
    assert event_facts(found) == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "ordered: {at least: 1, within last: 8 days, with: {amount: more than 2000}}",
            "ordered at least 1 time within the last 8 days with amount more than 2000",
        ),
        ("called back: {none, within last: 1 week}", "called back not once within the last 1 week"),
        ("called: {is: 2}", "called exactly 2 times"),
        ("ordered: {is: 0}", "ordered not once"),
        ("bought: {between: 0 and 1, on: yesterday}", "bought between 0 and 1 time yesterday"),
        (
            "bought: {more than: 2, with: {price: at most 5, product.group: is beads}}",
            "bought more than 2 times with (price at most 5 and product.group is 'beads')",
        ),
        ("invited: {after: 2026-01-01}", "invited at least 1 time after 2026-01-01"),
    ],
)
def test_an_event_is_said_in_words(line: str, words: str) -> None:
    assert in_words(condition(line)) == words


def test_a_rule_in_front_matter_may_ask_for_events() -> None:
    found, problems = parse_rule(tree("all: [{ordered: {none}}, {class: is customer}]"), CATALOGUE)
    assert problems == ()
    assert found is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ordered: {atleast: 1}", "unknown key 'atleast' in the event 'ordered' / did you mean 'at least'?"),
        ("ordered: {at least: ten}", "'ten' is not a number, in 'ordered: at least ten' / write digits"),
        ("ordered: {at least: [1]}", "'...' is not a number, in 'ordered: at least ...' / write digits"),
        ("ordered: {top: 10%}", "'top' ranks customers, and 'ordered' is counted for each of them / make a fact of it"),
        ("ordered: at least 1", "'ordered' is an event, and must be counted / write 'ordered: {at least: 1"),
        ("ordered: {}", "'ordered' is an event, and must be counted / write 'ordered: {at least: 1"),
        ("ordered: {none: yes}", "'none' has no value / write none alone"),
        ("ordered: {none, at least: 3}", "'at least' stands beside 'none' / one count is enough"),
        ("ordered: {within last: 8}", "'8' is not a period / write N days|weeks|months|years"),
        ("ordered: {within last: [8 days]}", "'' is not a period / write N days|weeks|months|years"),
        ("ordered: {on: today, before: 2026-01-01}", "'before' stands beside 'on' / one period is enough"),
        ("ordered: {on: 2026-02-29}", "'2026-02-29' is not a date / write a date like 2026-09-25"),
        ("ordered: {with: {amuont: more than 3}}", "orders have no column 'amuont' / did you mean 'amount'?"),
        ("ordered: {with: {amount: top 3}}", "'top' ranks customers, not rows / make a fact of it first"),
        ("ordered: {with: {status: is paidd}}", "'status' is never 'paidd' / did you mean 'paid'?"),
        ("ordered: {with: []}", "'with' must hold conditions / write with: {ordered_at: is known}"),
        ("called: {with: {channel: is visit}}", "'called' says already: channel is 'call' / leave it out"),
        ("orderd: {at least: 1}", "unknown event 'orderd' / did you mean 'ordered'?"),
        ("orders: {at least: 1}", "'orders' is a fact and no event: a phrase must follow it on the same line / write"),
        ("last order: {within last: 8 days}", "on the same line / write 'last order: within last 8 days'"),
    ],
)
def test_what_is_wrong_with_an_event_is_told_with_what_would_be_right(line: str, said: str) -> None:
    assert said in complaint(line)


def test_an_own_fact_may_not_be_called_like_an_event() -> None:
    _, _, problems = parsed("facts: {ordered: {count of: orders}}")
    assert [problem.code for problem in problems] == ["reserved-name"]


def test_an_own_column_called_like_an_event_is_asked_by_a_phrase() -> None:
    facts = {**CATALOGUE, "visited": FactSpec("visited", Kind.YES_NO, "visited")}
    found, problems = parse_rule(tree("all: [{visited: yes}, {visited: {at least: 1}}]"), facts)
    assert problems == ()
    assert isinstance(found, rule.All)
    assert [part.phrase for part in found.parts if isinstance(part, Condition)] == [
        rule.YesNo(True),
        rule.AtLeast(Decimal(1)),
    ]
