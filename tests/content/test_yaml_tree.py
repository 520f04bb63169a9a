"""YAML is read as it was written: text with places, and a mistake instead of a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.yaml_tree import DEEPEST, LARGEST, read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.tree import Mapping, Node, Place, Scalar, Sequence

FILE = "content/site.yaml"


def problems_of(text: str, first_line: int = 1) -> list[Problem]:
    with pytest.raises(Mistakes) as caught:
        read_yaml(text, FILE, first_line)
    return list(caught.value.problems)


def attempt(text: str) -> Mapping | Mistakes:
    try:
        return read_yaml(text, FILE)
    except Mistakes as mistakes:
        return mistakes


def scalar(text: str, key: str = "key") -> Scalar:
    node = read_yaml(text, FILE).get(key)
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    "text", ["NO", "yes", "01234", "21:00", "1_000", "0x1f", "1e3", "2026-09-25", "~", "null", ".inf", "+49 40 1", "="]
)
def test_a_plain_value_stays_the_text_that_was_written(text: str) -> None:
    assert scalar(f"key: {text}") == Scalar(text, Place(FILE, 1, 6))


def test_quotes_are_known_and_not_part_of_the_text() -> None:
    assert scalar('key: "01"') == Scalar("01", Place(FILE, 1, 6), quoted=True)
    assert scalar("key: ''").quoted
    assert scalar("key: |\n  one\n  two\n") == Scalar("one\ntwo\n", Place(FILE, 1, 6), quoted=True)


def test_an_empty_value_is_not_a_quoted_one() -> None:
    assert scalar("key:") == Scalar("", Place(FILE, 1, 5))


def test_every_value_knows_its_line_and_column() -> None:
    tree = read_yaml("a: 1\nb:\n  - x\n  - {c: y}\n", FILE, first_line=10)
    inner = tree.get("b")
    assert isinstance(inner, Sequence)
    assert inner.items[0] == Scalar("x", Place(FILE, 12, 5))
    assert isinstance(inner.items[1], Mapping)
    assert inner.items[1].get("c") == Scalar("y", Place(FILE, 13, 9))
    assert tree.entries[0].key == Scalar("a", Place(FILE, 10, 1))


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", "\ufeff"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    assert read_yaml(text, FILE, 4) == Mapping((), Place(FILE, 4, 1))


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert read_yaml("\ufeffa: 1\r\nb: two\r\n", FILE) == read_yaml("a: 1\nb: two\n", FILE)


def test_chinese_and_emoji_count_as_one_column_each() -> None:
    tree = read_yaml("{月: 🏮, b: 2}", FILE)
    assert tree.get("b") == Scalar("2", Place(FILE, 1, 11))


def test_tabs_for_indentation_are_explained() -> None:
    (problem,) = problems_of("a:\n\tb: 1\n")
    assert (problem.line, problem.code, problem.hint) == (2, "yaml-tab", "indent with spaces, never with tabs")


def test_a_colon_in_a_plain_value_is_explained() -> None:
    (problem,) = problems_of("title: Tea: a story\n", first_line=2)
    assert (problem.line, problem.column, problem.code) == (2, 11, "yaml-syntax")
    assert "quotes" in problem.hint


def test_a_character_that_yaml_has_not_is_named_with_its_place() -> None:
    (problem,) = problems_of("a: 1\nb: x\x07y\n", first_line=3)
    assert (problem.line, problem.column) == (4, 5)
    assert "U+0007" in problem.message


def test_a_list_at_the_top_is_refused() -> None:
    assert [problem.code for problem in problems_of("- a\n- b\n")] == ["not-a-mapping"]


def test_each_duplicate_key_is_told_with_its_first_place() -> None:
    first, second = problems_of("a: 1\nb: 2\na: 3\nc: {d: 1, d: 2}\n")
    assert (first.line, first.column, first.code) == (3, 1, "duplicate-key")
    assert "line 1" in first.message + first.hint
    assert (second.line, second.column) == (4, 11)


@pytest.mark.parametrize("tag", ["!python", "!!python/object:os.system", "!!binary", "!!set", "!include"])
def test_tags_have_no_meaning(tag: str) -> None:
    assert [problem.code for problem in problems_of(f"a: {tag} x\n")] == ["yaml-tag"]


def test_a_key_must_be_text() -> None:
    assert [problem.code for problem in problems_of("? [a, b]\n: 1\n")] == ["yaml-key"]


def test_two_documents_are_not_one() -> None:
    assert [problem.code for problem in problems_of("a: 1\n---\nb: 2\n")] == ["yaml-syntax"]


def test_an_alias_is_followed() -> None:
    tree = read_yaml("a: &x [1, 2]\nb: *x\n", FILE)
    assert tree.get("a") == tree.get("b")


def test_an_alias_of_itself_is_refused() -> None:
    assert [problem.code for problem in problems_of("a: &x [*x]\n")] == ["yaml-alias"]


def test_aliases_of_aliases_are_not_followed_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9)]
    assert LARGEST < 10**9
    assert [problem.code for problem in problems_of("\n".join(lines))] == ["yaml-alias"]


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels_are_a_mistake_and_no_crash(unit: str) -> None:
    assert problems_of(unit * 100_000)


def test_levels_are_counted() -> None:
    read_yaml("a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1), FILE)
    assert [problem.code for problem in problems_of("a: " + "[" * DEEPEST + "]" * DEEPEST)] == ["yaml-depth"]
    deep = "\n".join(" " * level + "a:" for level in range(DEEPEST + 5))
    assert [problem.code for problem in problems_of(deep)] == ["yaml-depth"]


@given(st.text(st.sampled_from("ab:-?[]{}&*!|>'\"#%@` \n\t,~0\ufeff\x85月"), max_size=60))
def test_any_text_is_a_tree_or_mistakes(text: str) -> None:
    outcome = attempt(text)

    if isinstance(outcome, Mistakes):
        assert outcome.problems
        assert all(problem.file == FILE and problem.line >= 1 for problem in outcome.problems)


@given(st.text(max_size=200))
def test_any_characters_are_a_tree_or_mistakes(text: str) -> None:
    outcome = attempt(text)

    assert isinstance(outcome, Mapping) or outcome.problems


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff\u2028\u2029"), max_size=20
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return quoted(str(value))


def plain(node: Node) -> object:
    match node:
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) for entry in entries}
        case Sequence(items=items):
            return [plain(item) for item in items]
    assert isinstance(node, Scalar)
    return node.text


@given(
    st.dictionaries(
        WORDS,
        st.recursive(WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)),
    )
)
def test_what_was_written_is_what_is_read(value: dict[str, object]) -> None:
    assert plain(read_yaml(written(value), FILE)) == value
