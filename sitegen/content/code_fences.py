"""Check the line that begins code: the language that it names, and nothing else behind that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.tree import Place
from sitegen.render.markup.code import languages

FENCE = re.compile(
    r"""^(?:`{3,}|~{3,})\ *
        (?: \{(?P<attributes>[^\n]*)\}
          | \.?(?P<language>[\w#.+-]*)\ *(?:hl_lines=(?P<quote>["']).*?(?P=quote)\ *)?
        )$""",
    re.VERBOSE,
)
"""What Python-Markdown takes for the beginning of code."""
CLASS = re.compile(r"(?:^|\s)\.(?P<language>[\w#.+-]+)")


def check_fence(line: str, place: Place) -> Iterator[Problem]:
    """The mistakes of a line that begins code at `place`, the start of its line."""
    found = FENCE.match(line)
    if not found:
        if not line.startswith(" "):
            hint = "write nothing but a language behind it, like ```python"
            yield place.problem("bad-fence", f"'{line.strip()}' begins no code", hint)
        return
    start, language = found.start("language"), found["language"] or ""
    inner = CLASS.search(found["attributes"]) if found["attributes"] else None
    if inner:
        start, language = found.start("attributes") + inner.start("language"), inner["language"]
    if language and language.lower() not in languages():
        hint = did_you_mean(language, languages())
        hint = hint if hint.startswith("did") else "write one that Pygments knows, like python, or none for plain code"
        yield replace(place, column=start + 1).problem(
            "unknown-code-language", f"unknown language of code '{language}'", hint
        )
