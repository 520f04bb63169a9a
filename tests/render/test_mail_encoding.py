"""Quoted-printable text decodes to what it was, and a template may be encoded before it is filled."""

import quopri

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model.field import FieldUse
from sitegen.model.tree import Place
from sitegen.render.mail.encoding import encoded_template, encoded_value, quoted_printable
from sitegen.render.merge import MergeTemplate, merge

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=300)
USE = FieldUse("name", Place(""))


@given(TEXT)
@example("x" * 74 + " \nend")
@example("x" * 75 + "\t\nend")
def test_text_decodes_to_itself_and_its_lines_are_short(text: str) -> None:
    encoded = quoted_printable(text)

    assert quopri.decodestring(encoded).decode() == text.replace("\n", "\r\n")
    assert max(map(len, encoded.split("\r\n"))) <= 76
    assert encoded.isascii()
    assert encoded.count("\n") == encoded.count("\r\n") == encoded.count("\r")


@given(st.lists(TEXT.filter(bool), min_size=1, max_size=4), TEXT)
@example(["x" * 76], "")
@example(["x" * 73 + "é"], "y" * 76)
@example(["x" * 70 + "é"], "")
def test_filling_an_encoded_template_gives_the_filled_template_encoded(literals: list[str], value: str) -> None:
    template = MergeTemplate(tuple(part for literal in literals for part in (literal, USE)))
    values = {"name": value}

    filled = merge(encoded_template(template), values, lambda _, said: str(said), encoded_value)

    expected = merge(template, values, lambda _, said: str(said), str)
    assert quopri.decodestring(filled).decode() == expected.replace("\n", "\r\n")
    assert max(map(len, filled.split("\r\n"))) <= 76
