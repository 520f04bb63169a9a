"""Patterns that find a text in capitals or without."""

import re
import sys

import ibis
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.selection.capitals import anyhow, small
from tests.examples import examples

SIGNS = st.text(st.sampled_from("aAiIıİkKKßẞsSſσςΣωΩΩåÅÅǆǅǄ林.*[]\\^$-|(){}?+ @/'\"\n\t%_µμΜéÉ"), max_size=6)


@given(SIGNS, SIGNS)
def test_a_pattern_finds_what_is_the_same_in_small_letters(needle: str, text: str) -> None:
    assert bool(re.search(anyhow(needle), text)) == (small(needle) in small(text))


def test_every_sign_of_all_scripts_finds_its_capitals() -> None:
    signs = [chr(number) for number in range(sys.maxunicode + 1) if not 0xD800 <= number < 0xE000]
    large = [sign for sign in signs if len(small(sign)) == 1 and small(sign) != sign]
    assert len(large) > 1000
    assert [sign for sign in large if not re.fullmatch(anyhow(small(sign)), sign)] == []


@examples(40)
@given(SIGNS, SIGNS)
def test_the_engine_reads_the_pattern_as_python_does(needle: str, text: str) -> None:
    found = ibis.literal(text).re_search(anyhow(needle))
    assert ENGINE.con.sql(f"select {ibis.to_sql(found, dialect='duckdb').split('SELECT', 1)[1]}").fetchall() == [
        (bool(re.search(anyhow(needle), text)),)
    ]


ENGINE = ibis.duckdb.connect()
