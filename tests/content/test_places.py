"""A character of a parsed body is found again where somebody wrote it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.body import parse_body
from sitegen.errors import Problem
from sitegen.model.body import MARKER, place_in

FIRST_LINE = 7
PIECES = st.sampled_from(
    ["月", " ", "a’b", "\n", "\n\n", "{{ first_name }}", '{{ points | number or "none" }}', "{{city}}", "`{{ tier }}`"]
)


@given(st.lists(PIECES, max_size=20).map("".join), st.booleans())
def test_a_place_in_a_body_is_the_place_in_its_source(source: str, fenced: bool) -> None:
    if fenced:
        source = f"before\n\n::: audience gold\n{source}\n:::\n{source}"
    problems: list[Problem] = []
    body = parse_body(source, "content/a.md", FIRST_LINE, problems)
    assert problems == []
    lines = source.split("\n")
    for block in body.blocks:
        hidden = {offset for found in MARKER.finditer(block.markdown) for offset in range(*found.span())}
        for offset, character in enumerate(block.markdown):
            if offset not in hidden and character != "\n":
                place = place_in(body, block, offset)
                assert lines[place.line - FIRST_LINE][place.column - 1] == character
