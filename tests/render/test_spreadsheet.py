"""No cell of a list for people is a formula that a customer wrote."""

from __future__ import annotations

import pytest

from sitegen.render.spreadsheet import guarded


@pytest.mark.parametrize("text", ["=1+1", "+49 40", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_what_would_be_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "'=1", "1=1", " =1", "欧阳明"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
