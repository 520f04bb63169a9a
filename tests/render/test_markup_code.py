"""Code is coloured by classes, says what it said before, and can be read in light and dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.render.markup import convert, html
from sitegen.render.markup.code import CLASSES, coloured, languages

STYLE = (Path(__file__).parents[2] / "themes" / "hearth" / "static" / "site.css").read_text(encoding="utf-8")
RULE = re.compile(r"\.prose pre (?:\.(\w+)|:is\(([^)]*)\)) \{ color: var\(--(\w+)\)")
LEAST_CONTRAST = 4.5


class Nowhere:
    """Links that no code has."""

    def link(self, target: str) -> Mapping[str, str]:
        return {"href": target}

    def image(self, source: str) -> Mapping[str, str]:
        return {"src": source}


def fenced(language: str, code: str) -> str:
    return convert(f"```{language}\n{code}\n```", Nowhere()).html


def text_of(made: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", made))


def test_code_that_names_its_language_is_coloured_by_classes() -> None:
    assert fenced("python", 'def greet():\n    return "hi"  # warm') == (
        '<pre><code class="language-python"><span class="k">def</span> <span class="nf">greet</span>():\n'
        '    <span class="k">return</span> <span class="s">&quot;hi&quot;</span>  <span class="c"># warm</span>\n'
        "</code></pre>"
    )


def test_the_attributes_of_a_fence_stay() -> None:
    assert '<pre id="x"><code class="language-yaml"><span class="nt">a</span>: 1\n' in fenced(" {.yaml #x}", "a: 1")


@pytest.mark.parametrize("language", ["", "nobody-knows-it"])
def test_code_without_a_known_language_is_plain(language: str) -> None:
    assert "<span" not in fenced(language, 'if x: "y"')


def test_mails_texts_and_cards_get_code_without_colours() -> None:
    assert html("```python\nif x: 1\n```", Nowhere()) == '<pre><code class="language-python">if x: 1\n</code></pre>'


@given(st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=120))
@settings(deadline=None)
def test_colours_change_no_character(code: str) -> None:
    for language in ("python", "html", "bash", "text"):
        assert text_of(coloured(language, code)).rstrip("\n") == code.rstrip("\n").removeprefix("\ufeff")


def test_a_language_may_be_named_as_pygments_names_it() -> None:
    assert {"python", "py", "html", "yaml", "console", "text"} <= languages()


def test_every_colour_of_code_can_be_read_on_its_ground_in_light_and_dark() -> None:
    light = values(STYLE[STYLE.index("@layer tokens {") :]) | values(STYLE[STYLE.index("  .prose pre { --word") :])
    dark_tokens = STYLE[STYLE.index("@media (prefers-color-scheme: dark)") :]
    dark_code = STYLE[STYLE.index("@media (prefers-color-scheme: dark) { .prose pre") :]
    dark = light | values(dark_tokens) | values(dark_code)
    names = {found[3] for found in RULE.finditer(STYLE)}
    assert len(names) == 5
    for tokens in (light, dark):
        for name in (*names, "ink"):
            assert contrast(tokens[name], tokens["sunk"]) >= LEAST_CONTRAST, name


def test_every_class_has_a_colour() -> None:
    styled = {one.strip(" .") for found in RULE.finditer(STYLE) for one in (found[1] or found[2]).split(",")}
    assert styled == set(CLASSES.values())


def values(style: str) -> dict[str, str]:
    """The colours that the first rule of a style sheet names."""
    return dict(re.findall(r"--(\w[\w-]*): (#[0-9A-F]{6})\b", style[: style.index("}")]))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
