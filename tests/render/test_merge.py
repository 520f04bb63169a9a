"""A text with merge fields is cut once and filled for each recipient."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.model.field import FieldUse
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.render.merge import MergeTemplate, NoValue, filled, merge, split

PLACE = Place("content/campaigns/wish.md", 8, 6)
NAME = FieldUse("first_name", PLACE, "", "friend")
TIER = FieldUse("tier", PLACE)


def spell(use: FieldUse, value: Value) -> str:
    return f"{value}"


def marked(index: int) -> str:
    return f"{FIELD_OPEN}{index}{FIELD_CLOSE}"


def test_a_text_is_cut_at_its_fields() -> None:
    template = split(f"Dear {marked(0)}, of {marked(1)}", (NAME, TIER))
    assert template == MergeTemplate(("Dear ", NAME, ", of ", TIER))
    assert template.fields == (NAME, TIER)


def test_a_field_may_stand_twice_and_alone() -> None:
    assert split(marked(0) + marked(0), (NAME,)) == MergeTemplate((NAME, NAME))
    assert split("", ()) == MergeTemplate(())


def test_values_are_escaped_and_literals_are_not() -> None:
    template = split(f"<b>{marked(0)}</b>", (NAME,))
    assert merge(template, {"first_name": "<i>&"}, spell, escape) == "<b>&lt;i&gt;&amp;</b>"
    assert merge(template, {"first_name": "<i>"}, spell, str) == "<b><i></b>"


def test_a_fallback_is_escaped_too() -> None:
    template = split(marked(0), (FieldUse("first_name", PLACE, "", "a & b"),))
    assert merge(template, {}, spell, escape) == "a &amp; b"


def test_a_value_that_looks_like_a_field_is_not_filled_again() -> None:
    template = split(marked(0), (NAME,))
    assert merge(template, {"first_name": marked(0) + "{{ tier }}"}, spell, str) == marked(0) + "{{ tier }}"


def test_without_value_and_fallback_nothing_is_made() -> None:
    with pytest.raises(NoValue, match="tier"):
        filled(TIER, {"first_name": "Ann"}, spell)


def test_an_empty_fallback_is_a_fallback_and_zero_is_a_value() -> None:
    assert filled(FieldUse("tier", PLACE, "", ""), {}, spell) == ""
    assert filled(FieldUse("points", PLACE), {"points": 0}, spell) == "0"


LITERAL = st.text(min_size=1).filter(lambda text: FIELD_OPEN not in text and FIELD_CLOSE not in text)


@given(st.lists(LITERAL | st.sampled_from([NAME, TIER])))
def test_what_is_cut_and_filled_is_the_text_with_its_values(parts: list[str | FieldUse]) -> None:
    fields = tuple(part for part in parts if isinstance(part, FieldUse))
    indexes = iter(range(len(fields)))
    text = "".join(part if isinstance(part, str) else marked(next(indexes)) for part in parts)

    template = split(text, fields)

    values: dict[str, Value] = {"first_name": "Ann", "tier": "gold"}
    assert template.fields == fields
    assert merge(template, values, spell, str) == "".join(
        part if isinstance(part, str) else str(values[part.name]) for part in parts
    )
