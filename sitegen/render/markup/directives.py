"""Lift the directives of shortcodes out of Markdown and put their HTML where they stood."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from sitegen.model.directive import BEGIN, FENCE_MARK, FINISH, MARK_END, Directive, directive, next_fence

Form: TypeAlias = Callable[[Directive, str], str]
"""Makes the HTML of a shortcode from its directive and the HTML of what stands inside."""
MARK = re.compile(f"(?:<p>)?([{BEGIN}{FINISH}])(\\d+){MARK_END}(?:</p>)?")


def inner_alone(directive: Directive, inner: str) -> str:  # noqa: ARG001 - a form gets both
    """The form of channels that have none: what stands inside."""
    return inner


def marked(markdown: str) -> tuple[str, tuple[Directive, ...]]:
    """The Markdown with a paragraph that is a mark for each directive, and the directives by the marks' numbers.

    So a shortcode's words are part of the page's own text, with its footnotes, references and headings.
    """
    if FENCE_MARK not in markdown:
        return markdown, ()
    lines: list[str] = []
    directives: list[Directive] = []
    opened: list[int] = []
    fence = ""
    for line in markdown.split("\n"):
        before, fence = fence, next_fence(line, fence)
        found = None if before or fence else directive(line)
        if found is None:
            lines.append(line)
            continue
        if found.name:
            opened.append(len(directives))
            lines += ["", f"{BEGIN}{len(directives)}{MARK_END}", ""]
            directives.append(found)
        if opened and (found.is_whole or not found.name):
            lines += ["", f"{FINISH}{opened.pop()}{MARK_END}", ""]
    return "\n".join(lines), tuple(directives)


def filled(html: str, directives: tuple[Directive, ...], form: Form) -> str:
    """The HTML with each pair of marks, and what stands between them, as the form of their directive."""
    outside: list[str] = []
    pending: list[tuple[int, list[str]]] = []
    end = 0
    for found in MARK.finditer(html):
        (pending[-1][1] if pending else outside).append(html[end : found.start()])
        end = found.end()
        number = int(found[2])
        if found[1] == BEGIN:
            pending.append((number, []))
        elif pending and pending[-1][0] == number:
            _, inside = pending.pop()
            made = form(directives[number], "".join(inside).strip("\n"))
            (pending[-1][1] if pending else outside).append(made)
    for _, inside in pending:
        outside += inside
    return "".join([*outside, html[end:]])
