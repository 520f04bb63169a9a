"""Files of a theme get names that change with their content, also where a stylesheet points to them."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Mistakes, Problem
from sitegen.render.site.static import fingerprinted, static_files


def problem_of(sources: dict[str, bytes]) -> Problem:
    with pytest.raises(Mistakes) as caught:
        static_files("hearth", sources)
    (problem,) = caught.value.problems
    return problem


def test_a_name_changes_with_the_content_and_with_nothing_else() -> None:
    assert fingerprinted("static/a.css", b"x") == "static/a.2d711642b7.css"
    assert fingerprinted("static/a.css", b"y") != fingerprinted("static/a.css", b"x")
    assert fingerprinted("v1.2/licence", b"x") == "v1.2/licence.2d711642b7"


def test_a_stylesheet_points_to_the_new_names() -> None:
    made = static_files(
        "hearth",
        {
            "static/site.css": b"@import 'base.css'; a{src:url(../fonts/f.woff2?v=1#x)} b{background:url( \"i.svg\" )}",
            "static/base.css": b"b{}",
            "fonts/f.woff2": b"font",
            "static/i.svg": b"<svg/>",
        },
    )
    css = made.files[made.path("static/site.css")].decode()
    for path in ("fonts/f.woff2", "static/base.css", "static/i.svg"):
        assert f"url({posixpath.relpath(made.path(path), 'static')}" in css
    assert "?v=1#x)" in css
    assert css.startswith("@import url(base.")


def test_a_stylesheet_has_a_new_name_when_what_it_points_to_changes() -> None:
    css = b"a{src:url(../fonts/f.woff2)}"
    first = static_files("hearth", {"static/site.css": css, "fonts/f.woff2": b"1"})
    second = static_files("hearth", {"static/site.css": css, "fonts/f.woff2": b"2"})
    assert first.path("static/site.css") != second.path("static/site.css")


@pytest.mark.parametrize("inside", [b"url(data:image/png;base64,xx)", b"url(#gradient)", b"url('/elsewhere/x.png')"])
def test_what_is_no_file_of_the_theme_stays(inside: bytes) -> None:
    made = static_files("hearth", {"static/a.css": b"a{fill:" + inside + b"}"})
    assert made.files[made.path("static/a.css")] == b"a{fill:" + inside + b"}"


@pytest.mark.parametrize(
    ("css", "code"),
    [
        (b"a{}\nb{src:url(none.png)}", "missing-file"),
        (b"a{}\nb{src:url(../../secret)}", "missing-file"),
        (b"a{}\nb{src:url(https://fonts.example/f.woff2)}", "outside-file"),
        (b"a{}\n@import '//fonts.example/f.css';", "outside-file"),
        (b"a{}\n@import 'a.css';", "circular-import"),
        (b"a{}\nb{src:url(\xff\xfe)}", "missing-file"),
    ],
)
def test_a_stylesheet_that_points_elsewhere_is_told_with_its_line(css: bytes, code: str) -> None:
    problem = problem_of({"static/a.css": css})
    assert (problem.file, problem.line, problem.code) == ("themes/hearth/static/a.css", 2, code)


def test_a_file_that_the_theme_has_not_is_told_with_a_suggestion() -> None:
    made = static_files("hearth", {"static/site.css": b""})
    with pytest.raises(Mistakes, match=r"did you mean 'static/site\.css'"):
        made.path("static/sit.css")


@given(
    st.dictionaries(st.sampled_from(["static/a.png", "fonts/b.woff2", "static/c/d.svg", "static/e.css"]), st.binary())
)
def test_every_file_stands_once_under_its_own_name(sources: dict[str, bytes]) -> None:
    sources = {path: re.sub(rb"url|import", b"", content) for path, content in sources.items()}

    made = static_files("hearth", sources)

    assert {path: made.files[made.path(path)] for path in sources} == sources
    assert len(made.files) == len(sources)
