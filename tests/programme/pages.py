"""Pages for tests that need no more of one than its name and whether it stands."""

from __future__ import annotations

from datetime import date

from sitegen.content.body import parse_body
from sitegen.errors import Problem
from sitegen.model.campaign import Window
from sitegen.model.page import Page
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place


def page(
    name: str, text: str = "", draft: bool = False, publish: date | None = None, expire: date | None = None
) -> Page:
    """The page of content/pages/NAME.md."""
    problems: list[Problem] = []
    file = f"content/pages/{name}.md"
    body = parse_body(text, file, 1, problems)
    assert not problems
    window = Window(publish, expire)
    return Page(f"pages/{name}.md", name, EVERYONE, body, window, Place(file, 1, 1), f"{name}/", draft=draft)
