"""theme.yaml remembers copies, and keeps every other line as its author wrote it."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from sitegen.build.themes.copied import digest, with_copied
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.tree import Mapping, Scalar

PATHS = st.lists(
    st.text(string.ascii_letters + string.digits + "-_. '\u00e9", min_size=1).map(lambda name: f"site/{name}x"),
    max_size=4,
)


def section(text: str) -> dict[str, str]:
    found = read_yaml(text, "theme.yaml").get("copied")
    assert isinstance(found, Mapping)
    return {entry.key.text: entry.value.text for entry in found.entries if isinstance(entry.value, Scalar)}


@given(PATHS, PATHS)
def test_what_was_written_is_read_again_and_replaces_what_stood_there(first: list[str], second: list[str]) -> None:
    old = {path: digest(path.encode()) for path in [*first, "site/a.html"]}
    new = {path: digest(path.encode() + b"!") for path in [*second, "site/b.html"]}
    text = with_copied("name: mine\n", old)
    assert section(text) == old
    assert section(with_copied(text, new)) == new


def test_all_other_lines_stay_wherever_the_section_stands() -> None:
    before, after = "# mine\nname: mine\n", "# colours\ntitle: Mine\n\nparent: hearth\n"
    text = f"{before}copied:\n  site/a.html: '1'\n\n  site/b.html: '2'\n{after}"
    assert with_copied(text, {"site/c.html": "3"}) == f"{before}copied:\n  site/c.html: '3'\n{after}"


def test_a_section_in_one_line_is_replaced_too() -> None:
    assert with_copied("copied: {site/a.html: abc}\nname: mine\n", {"site/b.html": "7"}) == (
        "copied:\n  site/b.html: '7'\nname: mine\n"
    )


def test_a_file_without_a_last_line_end_gets_one() -> None:
    assert with_copied("name: mine", {"site/b.html": "7"}) == "name: mine\ncopied:\n  site/b.html: '7'\n"
