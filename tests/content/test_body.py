"""A Markdown body falls into blocks and merge fields, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.body import parse_body
from sitegen.errors import Problem
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block, Body, fields_in
from sitegen.model.field import FieldUse
from sitegen.model.tree import Place

FILE = "content/pages/tea.md"
FIRST = f"{FIELD_OPEN}0{FIELD_CLOSE}"


def parsed(text: str, first_line: int = 1) -> tuple[Body, list[Problem]]:
    problems: list[Problem] = []
    return parse_body(text, FILE, first_line, problems), problems


def body(text: str, first_line: int = 1) -> Body:
    made, problems = parsed(text, first_line)
    assert problems == []
    return made


def codes(text: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in parsed(text)[1]]


def test_a_plain_body_is_one_block_that_starts_on_its_first_line_of_words() -> None:
    assert body("\n\nDear friend,\n\ntea is ready.\n\n", 9).blocks == (Block("Dear friend,\n\ntea is ready.", 11),)


def test_an_empty_body_has_no_blocks() -> None:
    assert body("\n \n") == Body(FILE, (), ())


def test_blocks_for_audiences_know_their_lines() -> None:
    made = body("one\n\n::: audience gold\n\ntwo\n:::\nthree\n", 20)
    assert made.blocks == (Block("one", 20), Block("two", 24, "gold", 22), Block("three", 26))
    assert made.audiences == ("gold",)


def test_what_stands_above_more_is_public() -> None:
    made = body("one\n<!-- more -->\ntwo\n")
    assert (made.public_blocks, made.blocks) == (1, (Block("one", 1), Block("two", 3)))


def test_more_with_nothing_above_it_makes_nothing_public() -> None:
    assert body("\n<!--more-->\ntwo\n").public_blocks == 0


def test_two_marks_of_more_are_one_too_many() -> None:
    assert codes("a\n<!-- more -->\nb\n<!-- more -->\nc") == [("second-more", 4)]


def test_more_inside_a_block_is_refused() -> None:
    assert codes("::: audience gold\na\n<!-- more -->\nb\n:::") == [("more-in-block", 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n:::\n", [("stray-end", 2)]),
        ("::: audience gold\na\n", [("open-block", 1)]),
        ("::: audience gold\na\n::: audience silver\nb\n:::", [("nested-block", 3)]),
        ("::: note\na\n::: audience gold\nb\n:::\n:::", [("nested-block", 3)]),
        ("::: note\na\n<!-- more -->\nb\n:::", [("more-in-block", 3)]),
        ("::: note\na\n", [("open-block", 1)]),
        ("::: audience gold\n::: note\na\n:::", [("open-block", 1)]),
        ("::: audience gold :::", [("unknown-block", 1)]),
        ("a\n\n::: note title='{{ first_name }}'\n:::", [("field-in-argument", 3)]),
        ("```pyhton\n```", [("unknown-code-language", 1)]),
        ("```{.pyhton #x}\n```", [("unknown-code-language", 1)]),
        ("```python and more\n```", [("bad-fence", 1)]),
        ("private \ue003 use", [("private-character", 1)]),
        ("::: audience\na\n:::", [("unknown-block", 1)]),
        ("a\n  ::: audience gold\nb\n:::", [("indented-block", 2)]),
        ("- a\n\n    ::: audience gold\n    b\n    :::", [("indented-block", 3), ("indented-block", 5)]),
        ("```\n::: audience gold\nsecret\n:::\n", [("open-fence", 1)]),
        ("a\n~~~~\n~~~\n", [("open-fence", 2)]),
        ("x\nprivate \ue000 use", [("private-character", 2)]),
        ("```\n\ue0007\ue001\n```", [("private-character", 2)]),
    ],
)
def test_a_mistake_in_the_form_names_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert codes(text) == expected


def test_a_shortcode_stays_in_its_block_and_is_remembered_with_what_it_says() -> None:
    made = body('one\n\n::: quote name="Mrs. Ahn" about=\'since "1998"\'\n{{ points }} times\n:::\n', 7)

    assert made.blocks == (Block(made.blocks[0].markdown, 7),)
    assert made.blocks[0].markdown.startswith('one\n\n::: quote name="Mrs. Ahn"')
    (use,) = made.shortcodes
    assert (use.place, use.has_inner, use.directive.name) == (Place(FILE, 9, 1), True, "quote")
    assert [(one.name, one.value, one.column) for one in use.directive.arguments] == [
        ("name", "Mrs. Ahn", 17),
        ("about", 'since "1998"', 34),
    ]
    assert made.fields[0].place == Place(FILE, 10, 1)


def test_a_shortcode_may_end_on_its_own_line() -> None:
    made = body('::: button to="a.md" words="Go" :::\n\n::: note\n:::\n')
    assert [(use.directive.name, use.directive.is_whole, use.has_inner) for use in made.shortcodes] == [
        ("button", True, False),
        ("note", False, False),
    ]


def test_shortcodes_stand_in_one_another_and_in_blocks_and_the_innermost_is_closed_first() -> None:
    made = body("::: audience gold\n:::: columns\n::: note\na\n:::\n::::\n:::\nb")
    assert made.blocks == (Block(":::: columns\n::: note\na\n:::\n::::", 2, "gold", 1), Block("b", 8))
    assert [use.directive.name for use in made.shortcodes] == ["columns", "note"]
    assert all(use.has_inner for use in made.shortcodes)


def test_a_directive_in_code_is_code() -> None:
    assert body("```\n::: note\n```").shortcodes == ()


@pytest.mark.parametrize("line", ["```", "```python", "``` python ", "~~~ .yaml", "```{.html hl_lines='1'}", "```C++"])
def test_code_may_name_a_language_that_can_be_coloured(line: str) -> None:
    assert codes(f"{line}\nx\n{line[:3]}") == []


def test_an_indented_directive_never_leaves_the_block_open_to_all() -> None:
    made, problems = parsed("a\n  ::: audience gold\nsecret\n:::\n")
    assert problems
    assert [block.audience for block in made.blocks if "secret" in block.markdown] == ["gold"]


def test_code_is_left_alone() -> None:
    text = "```\n{{ nothing }}\n::: audience gold\n<!-- more -->\n```\n\nand `{{ code }}` and ``a ` {{ b }}``"
    made = body(text)
    assert made.blocks == (Block(text, 1),)
    assert made.fields == ()


def test_a_fence_inside_a_longer_one_does_not_end_it() -> None:
    text = "````\n```\n{{ nothing }}\n```\n````"
    assert body(text).blocks[0].markdown == text


@pytest.mark.parametrize("end", ["````", "```python", "~~~"])
def test_only_the_fence_that_began_code_ends_it(end: str) -> None:
    text = f"```\ncode\n{end}\n{{{{ nothing }}}}\n```"
    assert body(text).blocks == (Block(text, 1),)


def test_an_escaped_backtick_begins_no_code() -> None:
    assert body("\\`{{ first_name or 'x' }}\\`").blocks[0].markdown == f"\\`{FIRST}\\`"


def test_a_field_becomes_a_marker_with_its_place() -> None:
    made = body('Dear {{ first_name or "friend" }},', 7)
    assert made.blocks[0].markdown == f"Dear {FIRST},"
    assert made.fields == (FieldUse("first_name", Place(FILE, 7, 6), "", "friend"),)
    assert fields_in(made.blocks[0].markdown, made.fields) == made.fields


@pytest.mark.parametrize(
    ("written", "style", "fallback"),
    [
        ("{{points}}", "", None),
        ("{{ points | number }}", "number", None),
        ("{{ points|number or 'no' }}", "number", "no"),
        ('{{ points or "" }}', "", ""),
        ('{{ points or "it\'s \u6708" }}', "", "it's \u6708"),
    ],
)
def test_a_field_may_have_a_format_and_a_fallback(written: str, style: str, fallback: str | None) -> None:
    assert body(written).fields == (FieldUse("points", Place(FILE, 1, 1), style, fallback),)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{{ fist_name }}", "unknown-field"),
        ("{{ first_name | shout }}", "unknown-format"),
        ("{{ first_name | money }}", "wrong-format"),
        ("{{ first_name.upper() }}", "bad-field"),
        ("{{ }}", "bad-field"),
        ("{{ first_name", "bad-field"),
        ("{% if gold %}", "bad-field"),
        ("{{ config.__class__ }}", "bad-field"),
    ],
)
def test_nothing_else_of_jinja_is_content(written: str, code: str) -> None:
    (problem,) = parsed(f"one\ntwo {written}")[1]
    assert (problem.code, problem.line, problem.column) == (code, 2, 5)
    assert problem.hint or code == "bad-field"


def test_a_misspelt_field_gets_a_suggestion() -> None:
    (problem,) = parsed("{{ fist_name }}")[1]
    assert problem.hint == "did you mean 'first_name'?"


LINES = st.lists(
    st.sampled_from(
        ["", "  ", "words here", "# Title", "- item", "::: audience gold", ":::", "<!-- more -->", "```", "~~~",
         "`{{ code }}`", "{{ first_name or 'x' }}", "{{ points }}", "\ue000",
         "::: note", "::: button to='a.md' :::", ":::: columns", "::::", " :::", "\u2028line", "a\x0cb"]
    ),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_joining_the_blocks_loses_nothing_but_directives_and_blank_lines(lines: list[str]) -> None:
    made, problems = parsed("\n".join(lines))

    if problems:
        return
    kept = "\n".join(block.markdown for block in made.blocks)
    for index, use in enumerate(made.fields):
        written = f"{{{{ {use.name} or '{use.fallback}' }}}}" if use.fallback else f"{{{{ {use.name} }}}}"
        kept = kept.replace(f"{FIELD_OPEN}{index}{FIELD_CLOSE}", written)
    directives = {"::: audience gold", ":::", "::::", "<!-- more -->"}
    assert [line for line in kept.split("\n") if line.strip() and line not in directives] == [
        line for line in lines if line.strip() and line not in directives
    ]


@given(LINES)
def test_every_block_starts_on_the_line_that_it_says(lines: list[str]) -> None:
    made, _ = parsed("\n".join(lines), first_line=5)

    for block in made.blocks:
        first = block.markdown.split("\n", 1)[0]
        written = lines[block.line - 5].replace("\ue000", "")
        assert first == written or FIELD_OPEN in first
        if block.audience_line:
            assert lines[block.audience_line - 5].lstrip().startswith("::: ")


@given(st.text(max_size=300))
def test_any_text_is_a_body_with_or_without_problems(text: str) -> None:
    made, problems = parsed(text)

    assert all(problem.line >= 1 and problem.message for problem in problems)
    assert all(fields_in(block.markdown, made.fields) is not None for block in made.blocks)


@given(st.text(st.sampled_from("`~{}|:%\n <>!-moreaudienc'\""), max_size=80))
def test_any_marks_are_a_body_with_or_without_problems(text: str) -> None:
    made, _ = parsed(text)

    assert 0 <= made.public_blocks <= len(made.blocks)
    assert all(block.markdown.strip() and block.line for block in made.blocks)
