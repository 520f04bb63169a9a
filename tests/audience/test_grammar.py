"""What is printed and what editors are told of the rule language: all of it, and nothing that the parser refuses."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.catalogue import CATALOGUE, with_facts
from sitegen.audience.language.events import EVENTS
from sitegen.audience.language.phrases import forms, parse_phrase
from sitegen.audience.reading.editor_schema import editor_schema
from sitegen.audience.reading.grammar import WIDTH, grammar
from sitegen.audience.reading.rules import parse_segments
from sitegen.content.shop.shop_file import shop_of
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD
from sitegen.model.tree import Mapping, Node, Place, Scalar, Sequence
from tests.audience.json_schema import definition, fits
from tests.audience.little_shop import parsed
from tests.audience.test_events import SCHEMA

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "content" / "segments").glob("*.yaml"))
SHOP_SCHEMA = shop_of(ROOT).schema
TREES = [read_yaml(path.read_text(encoding="utf-8"), path.name) for path in SAMPLES]
SEGMENTS, FACTS, PROBLEMS = parse_segments(TREES, CATALOGUE, SHOP_SCHEMA)
DOCUMENT = editor_schema(with_facts(CATALOGUE, FACTS), SEGMENTS, SHOP_SCHEMA)
VALUES = {"N%": "20%", "N": "3", "M": "4", "TEXT": "x y", "DOMAIN": "example.org", "DATE": "2026-09-08"}
VALUES |= {"[A, B]": "[x, 'y z']", "days|weeks|months|years": "weeks"}


def plain(node: Node) -> Any:
    """What an editor makes of a tree, by the core schema of YAML 1.2."""
    match node:
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar(text=text, quoted=quoted):
            if not quoted and text in ("", "~", "null"):
                return None
            if not quoted and re.fullmatch(r"-?[0-9]+", text):
                return int(text)
            return text


def valid(text: str, document: dict[str, Any] = DOCUMENT) -> bool:
    return fits(plain(read_yaml(text, "some.yaml")), document, document)


def filled(shown: str) -> str:
    """A phrase of the form, with values for the words that stand for something."""
    words = re.compile("|".join(map(re.escape, VALUES)))
    return words.sub(lambda found: VALUES[found[0]], shown)


def test_the_schema_is_json_schema_with_definitions_that_are_there() -> None:
    assert DOCUMENT["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    asked = set(re.findall(r"'\$ref': '([^']*)'", str(DOCUMENT)))
    assert all(definition(reference, DOCUMENT) for reference in asked)


@pytest.mark.parametrize("number", range(len(TREES)), ids=[path.name for path in SAMPLES])
def test_the_sample_shops_segments_are_valid(number: int) -> None:
    assert PROBLEMS == ()
    assert fits(plain(TREES[number]), DOCUMENT, DOCUMENT)


@pytest.mark.parametrize("fact", CATALOGUE.values(), ids=lambda fact: fact.name)
def test_each_form_about_each_fact_is_valid(fact: FactSpec) -> None:
    one, other = (*fact.allowed, "x y", "y z")[:2]
    for form in forms(fact.kind):
        phrase = filled(form.shown).replace("x y", one).replace("[x, 'y z']", f"[{one}, '{other}']")
        assert not isinstance(parse_phrase(phrase, fact, Place("", 1, 1)), Problem), phrase
        assert fits({fact.name: phrase}, DOCUMENT["$defs"]["rule"], DOCUMENT), phrase


TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=12)


@given(
    st.sampled_from(Kind).flatmap(lambda kind: st.tuples(st.just(kind), st.sampled_from(forms(kind)))),
    st.lists(TEXTS, min_size=3, max_size=3),
)
def test_whatever_the_parser_reads_an_editor_lets_through(form: tuple[Kind, object], words: list[str]) -> None:
    kind, chosen = form
    phrase = getattr(chosen, "shown", "")
    for name, word in zip(("N", "TEXT", "A, B"), words, strict=True):
        phrase = phrase.replace(name, word)
    if not isinstance(parse_phrase(phrase, FactSpec("fact", kind, "fact"), Place("", 1, 1)), Problem):
        assert fits(" ".join(phrase.split()), DOCUMENT["$defs"][kind.value], DOCUMENT)


@pytest.mark.parametrize(
    "rule",
    [
        "{ordered: {at least: 1, within last: 8 days, with: {amount: more than 2000}}}",
        "{called back: {none, within last: 8 days}}",
        "{bought: {between: 2 and 3, on: yesterday, with: {product.group: is beads}}}",
        "{invited: {less than: 2, within next: 1 month}}",
        "{segment: is not gold}",
        "{segment: is everyone}",
        "{any: [{none: [{orders: is 1}]}]}",
        "{class: 'one of [staff, owner]'}",
    ],
)
def test_a_good_rule_is_valid(rule: str) -> None:
    text = f"segments: {{gold: {{all: [{{orders: is 1}}]}}, a: {{all: [{rule}]}}}}"
    assert parsed(text)[2] == ()
    assert valid(text)


@pytest.mark.parametrize(
    "rule",
    [
        "{orders: atleast 2}",
        "{orders: at least two}",
        "{orders: within last 3 days}",
        "{last order: at least 2}",
        "{last order: before 1 May}",
        "{company address: true}",
        "{class: is stuff}",
        "{class: 'one of [staff, stuff]'}",
        "{interests: is beads}",
        "{total spend: at least 5}",
        "{country: [DE, AT]}",
        "{segment: gold}",
        "{orders: is 1, points: is 2}",
        "{all: []}",
        "{ordered: at least 1}",
        "{ordered: {atleast: 1}}",
        "{ordered: {at least: one}}",
        "{ordered: {none: yes}}",
        "{ordered: {top: 5}}",
        "{ordered: {}}",
        "{ordered: {within last: 8}}",
        "{ordered: {with: {amuont: more than 3}}}",
        "{ordered: {with: {amount: top 3}}}",
        "{orderd: {at least: 1}}",
    ],
)
def test_a_misspelt_rule_is_valid_for_nobody(rule: str) -> None:
    text = f"segments: {{gold: {{all: [{{orders: is 1}}]}}, a: {{all: [{rule}]}}}}"
    assert parsed(text)[2] != ()
    assert not valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "segmets: {}",
        "segments: {a: {title: x}}",
        "segments: {a: {all: [{orders: is 1}], priority: high}}",
        "segments: {a: {all: [{orders: is 1}], priorty: 10}}",
        "segments: {a: {all: [{orders: is 1}], unknown: leaveout}}",
        "segments: {a: {all: [{orders: is 1}], jump: 20}}",
        "segments: {a: {all: [{orders: is 1}], test: {member: C-1}}}",
        "facts: {x: {sum of: order.profit}}",
        "facts: {x: {count of: order}}",
        "facts: {x: {}}",
        "facts: {x: {count of: orders, sum of: orders.amount}}",
        "facts: {x: {count of: orders, where: {product.group: is beads}}}",
        "facts: {x: {sum of: orders.amount, where: {channel: is wb}}}",
        "facts: {x: {count of: orders, within: 8 days}}",
    ],
)
def test_a_misspelt_file_is_valid_for_nobody(text: str) -> None:
    assert parsed(text)[2] != ()
    assert not valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "timezone: Europe/Berlin\nfacts:\nsegments:\n",
        "facts: {x: {count of: order_lines, within last: 1 year, where: {product.group: is beads}}}",
        "facts: {x: {sum of: orders.amount, after: 2026-01-01, where: {channel: is web, amount: more than 3}}}",
        "segments: {a: {all: [{orders: is 1}], any: [{orders: is 2}], unknown: fail, jump: 20%, priority: 5}}",
        "segments: {a: {all: [{orders: is 1}], test: [{members: 17}, {on: 2026-01-01, not members: [C-1]}]}}",
        "segments: {a: {title: 2026, why: 365, all: [{orders: is 1}]}}",
    ],
)
def test_a_good_file_is_valid(text: str) -> None:
    assert parsed(text)[2] == ()
    assert valid(text)


def test_a_shops_own_tables_and_facts_are_known_to_its_editor_and_printed() -> None:
    facts = {**CATALOGUE, "beads": FactSpec("beads", Kind.INTEGER, "beads", "how many beads")}
    document = editor_schema(facts, (), SCHEMA)
    text = "segments: {a: {all: [{shoe repairs: {with: {price: more than 3}}}, {beads: is 1}]}}"
    assert valid(text, document)
    assert not valid(text)
    printed = grammar(facts, SCHEMA)
    assert "shoe repairs" in printed
    assert "how many beads" in printed
    assert "mended_on (date)" in printed


def test_the_grammar_prints_every_form_fact_event_and_column() -> None:
    printed = " ".join(grammar().split())
    for shown in {form.shown for kind in Kind for form in forms(kind)}:
        assert shown in printed
    for name in (*CATALOGUE, *(event.word for event in EVENTS), *(table.name for table in STANDARD.tables)):
        assert name in printed
    assert {line for line in grammar().splitlines() if len(line) > WIDTH} == set()
