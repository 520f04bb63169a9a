"""Names that tell nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import names

KEY, SITE_ID = bytes([1]) * 32, bytes(range(16))


@given(st.binary(min_size=16, max_size=16))
def test_an_id_survives_its_spelling(identifier: bytes) -> None:
    spelling = names.spell_id(identifier)
    assert len(spelling) == 26
    assert spelling == spelling.lower()
    assert names.read_id(spelling) == identifier


@pytest.mark.parametrize("spelling", ["", "0" * 25, "0" * 25 + "1", "0" * 25 + "u", "A" * 26, "0" * 27])
def test_only_what_spell_id_writes_is_an_id(spelling: str) -> None:
    with pytest.raises(ValueError, match=r"id|bits"):
        names.read_id(spelling)


def test_names_depend_on_key_site_and_path() -> None:
    made = {
        names.object_id(key, site_id, path)
        for key in (KEY, bytes([2]) * 32)
        for site_id in (SITE_ID, bytes(16))
        for path in ("pages/gold", "pages/silver")
    }
    assert len(made) == 8


def test_paths_are_laid_out_as_the_design_says() -> None:
    identifier = bytes.fromhex("00443214c74254b635cf84653a56d7c6")
    assert names.spell_id(identifier) == "0123456789abcdefghjkmnpqrr"
    assert names.shell_path(identifier) == "m/0123456789abcdefghjkmnpqrr/index.html"
    assert names.shell_url(identifier) == "m/0123456789abcdefghjkmnpqrr/"
    assert names.object_path(3, "2026-09", identifier) == "sg/3/o/2026-09/01/0123456789abcdefghjkmnpqrr.bin"
    assert names.pack_path(3, 1788800000, 10) == "sg/3/k/1788800000/000a.bin"
