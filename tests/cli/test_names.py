"""What people call a thing becomes the name of its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cli.names import slug
from sitegen.content.addresses import is_part
from tests.examples import examples


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("first-frost", "first-frost"),
        ("First frost", "first-frost"),
        ("Grüße im März", "gruesse-im-maerz"),
        ("Café à Łódź", "cafe-a-łodz"),
        ("  tea & cake!  ", "tea-cake"),
        ("linen_care.md", "linen-care"),
        ("../../etc/passwd", "etc-passwd"),
        ("2026/wish", "2026-wish"),
        ("中秋的月亮", "中秋的月亮"),
        ("ごあいさつ", "ごあいさつ"),
        ("–", ""),
    ],
)
def test_a_name_becomes_a_file_name(name: str, file: str) -> None:
    assert slug(name) == file


@examples(200)
@given(st.text())
def test_any_name_is_a_part_of_an_address_or_nothing_and_stays_itself(name: str) -> None:
    found = slug(name)
    assert found == "" or is_part(found)
    assert slug(found) == found
