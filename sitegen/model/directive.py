"""The syntax of directives, the lines that begin with ":::", and of the code in which they mean nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE_MARK = ":::"
AUDIENCE = "audience"
"""The one directive that is no shortcode of the theme."""
BEGIN, FINISH, MARK_END = "\ue002", "\ue003", "\ue004"
"""Characters by which the renderer remembers where directives stood; no text may hold them."""
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
DIRECTIVE = re.compile(r"^:{3,}(?!:)\s*(\S*)\s*(.*)$")
WHOLE = re.compile(r"(?:^|\s):{3,}$")
AIM = re.compile(r"(?:https?://|mailto:|tel:|rsvp:|survey:|complaint:|suggestion:|/assets/)\S*$|\S+\.md(?:#\S*)?$")
PICTURE = re.compile(r"/assets/\S+\.(?:avif|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
ARGUMENT = re.compile(r"""([^\W\d][\w-]*)=(?:"([^"]*)"|'([^']*)')(?=\s|$)""")


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a shortcode, `name="value"`; the value begins in `column`."""

    name: str
    value: str
    column: int


@dataclass(frozen=True, slots=True)
class Directive:
    """A line that begins with ":::": the beginning of a block, or with no `name` the end of the innermost one.

    `rest` is what follows the name as written, without the ":::" by which a directive `is_whole` and ends on its own
    line. `strange` is the first of it that is no argument, with its column.
    """

    name: str
    rest: str = ""
    arguments: tuple[Argument, ...] = ()
    is_whole: bool = False
    strange: str = ""
    strange_column: int = 0

    def value(self, name: str) -> str:
        """An argument's value, "" where it is absent."""
        return next((argument.value for argument in self.arguments if argument.name == name), "")


def directive(line: str) -> Directive | None:
    """The directive that a line is, None for any other line."""
    found = DIRECTIVE.match(line.rstrip())
    if not found:
        return None
    name, rest = found[1], found[2]
    whole = WHOLE.search(rest)
    if whole:
        rest = rest[: whole.start()].rstrip()
    arguments: list[Argument] = []
    strange, strange_at = "", 0
    at = 0
    while at < len(rest):
        argument = ARGUMENT.match(rest, at)
        if argument:
            group = 2 if argument[2] is not None else 3
            arguments.append(Argument(argument[1], argument[group], found.start(2) + argument.start(group) + 1))
            at = argument.end()
        elif rest[at].isspace():
            at += 1
        else:
            strange, strange_at = rest[at:], found.start(2) + at + 1
            break
    return Directive(name, rest, tuple(arguments), bool(whole), strange, strange_at)


def aims(value: str) -> bool:
    """Whether an argument's value looks like an address, and not like words for readers."""
    return bool(AIM.match(value))


def aims_at_picture(value: str) -> bool:
    """Whether an argument's value names a picture of the shop."""
    return bool(PICTURE.match(value))


def next_fence(line: str, fence: str) -> str:
    """The fence that is open after a line, "" for none; `fence` is the one that was open before it."""
    found = FENCE.match(line) if "```" in line or "~~~" in line else None
    if not found:
        return fence
    if not fence:
        return found[1]
    # Python-Markdown ends code with the same characters that began it, and nothing after them.
    return "" if found[1] == fence and not found[2].strip() else fence
