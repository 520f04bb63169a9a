"""Split a Markdown body into audience blocks and merge fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.code_fences import check_fence
from sitegen.errors import Problem
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block, Body, ShortcodeUse
from sitegen.model.directive import AUDIENCE, BEGIN, FENCE_MARK, FINISH, MARK_END, Directive, directive, next_fence
from sitegen.model.field import FIELDS, FORMATS, FieldUse
from sitegen.model.field import field as field_named
from sitegen.model.tree import Place

CODE = r"(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)"
"""A code span on one line: what stands between two equal runs of backticks, as Markdown reads it."""
PRIVATE = re.compile(f"[{FIELD_OPEN}{FIELD_CLOSE}{BEGIN}{FINISH}{MARK_END}]")
MORE = re.compile(r"^\s*<!--\s*more\s*-->\s*$")
CODE_OR_BRACES = re.compile(CODE + r"|\{\{(.*?)\}\}|\{%|\{\{")
FIELD = re.compile(r"""^\s*(\w+)\s*(?:\|\s*(\w+)\s*)?(?:or\s+(?:"([^"]*)"|'([^']*)')\s*)?$""")


def parse_body(text: str, file: str, first_line: int, problems: list[Problem]) -> Body:
    """The body of a Markdown file. `first_line` is the line of the file on which `text` starts.

    `::: audience NAME` ... `:::` makes a block for that audience, `::: NAME key="value"` ... `:::` is a shortcode of
    the theme and may stand in one or in another shortcode, `<!-- more -->` ends the public part, and
    `{{ name | format or "fallback" }}` is a merge field. Code is left alone.
    """
    splitter = _Splitter(file, problems)
    for offset, line in enumerate(text.split("\n")):
        splitter.line(line, first_line + offset)
    return splitter.body()


def parse_line(text: str, place: Place, body: Body, problems: list[Problem]) -> tuple[str, Body]:
    """A line of front matter that starts at `place`, its merge fields marked, and the body with these fields too."""
    splitter = _Splitter(place.file, problems, fields=list(body.fields))
    marked = splitter.merge_fields(splitter.plain(text, place.line), place.line, place.column)
    return marked, replace(body, fields=tuple(splitter.fields))


@dataclass(slots=True)
class _Splitter:
    file: str
    problems: list[Problem]
    blocks: list[Block] = field(default_factory=list)
    fields: list[FieldUse] = field(default_factory=list)
    shortcodes: list[ShortcodeUse] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    start: int = 0
    audience: str = ""
    opened: Place | None = None
    fence: str = ""
    fenced: Place | None = None
    public_blocks: int = 0

    def line(self, line: str, number: int) -> None:
        line = self.plain(line, number)
        fence = next_fence(line, self.fence)
        if fence != self.fence:
            self.fence, self.fenced = fence, Place(self.file, number, 1)
            if fence:
                self.problems.extend(check_fence(line, self.fenced))
        elif not self.fence:
            found = directive(line.lstrip()) if FENCE_MARK in line else None
            if found:
                self.directive(found, line, number)
                return
            if MORE.match(line):
                self.more(number)
                return
            line = self.merge_fields(line, number)
        if line.strip():
            self.fill_shortcodes()
        self.keep(line, number)

    def keep(self, line: str, number: int) -> None:
        if not self.start and line.strip():
            self.start = number
        if self.start:
            self.lines.append(line)

    def plain(self, line: str, number: int) -> str:
        found = PRIVATE.search(line)
        if not found:
            return line
        hint = "nobody can see it: delete the words around it and type them anew"
        place = Place(self.file, number, found.start() + 1)
        self.report(place, "private-character", "a private-use character stands in this line", hint)
        return PRIVATE.sub("", line)

    def directive(self, found: Directive, line: str, number: int) -> None:
        place = Place(self.file, number, line.index(FENCE_MARK) + 1)
        if place.column > 1:
            hint = "begin the line with it; an example of it belongs between two lines ```"
            self.report(place, "indented-block", "':::' must stand at the very start of its line", hint)
        if found.name == AUDIENCE:
            self.audience_block(found, place)
        elif found.name:
            self.shortcode(found, line, place)
        elif self.inside:
            self.inside.pop()
            self.keep(line, number)
        else:
            if not self.opened:
                self.report(place, "stray-end", "':::' ends a block that was never begun", "remove it")
            self.end_block()

    def audience_block(self, found: Directive, place: Place) -> None:
        name = found.rest
        if not name or found.is_whole:
            hint = "write '::: audience NAME', below it what they read, and ':::' below that"
            self.report(place, "unknown-block", "'::: audience' must name an audience and begin a block", hint)
        if self.inside:
            outer = self.shortcodes[self.inside[0]].directive.name
            message = f"a block for an audience can't stand in the shortcode '{outer}'"
            self.report(place, "nested-block", message, "put the shortcode into the block")
        if self.opened:
            self.report(place, "nested-block", "a block for an audience can't stand in another", "close it with ':::'")
        self.end_block()
        if not found.is_whole:
            self.audience, self.opened = name, place

    def shortcode(self, found: Directive, line: str, place: Place) -> None:
        brace = re.search(r"\{\{|\{%", line)
        if brace:
            message = "a merge field can't stand in an argument of a shortcode"
            hint = "put it into the words between the shortcode's lines"
            self.report(Place(self.file, place.line, brace.start() + 1), "field-in-argument", message, hint)
        self.fill_shortcodes()
        if not found.is_whole:
            self.inside.append(len(self.shortcodes))
        self.shortcodes.append(ShortcodeUse(found, place))
        self.keep(line, place.line)

    def fill_shortcodes(self) -> None:
        for index in self.inside:
            self.shortcodes[index] = replace(self.shortcodes[index], has_inner=True)

    def more(self, number: int) -> None:
        place = Place(self.file, number, 1)
        if self.inside:
            name = self.shortcodes[self.inside[-1]].directive.name
            message = f"'<!-- more -->' can't stand in the shortcode '{name}'"
            self.report(place, "more-in-block", message, "put it before the shortcode, or after its end")
        if self.opened:
            message = "'<!-- more -->' can't stand in a block for an audience"
            hint = "put it before the block: anybody may read what is above it"
            self.report(place, "more-in-block", message, hint)
            return
        self.end_block()
        if self.public_blocks:
            self.report(place, "second-more", "'<!-- more -->' stands twice", "keep the first")
        self.public_blocks = len(self.blocks)

    def end_block(self) -> None:
        markdown = "\n".join(self.lines)
        if markdown.strip():
            opened = self.opened.line if self.opened else 0
            self.blocks.append(Block(markdown.rstrip("\n"), self.start, self.audience, opened))
        self.lines, self.start, self.audience, self.opened = [], 0, "", None

    def merge_fields(self, line: str, number: int, column: int = 1) -> str:
        if "{{" not in line and "{%" not in line:
            return line
        return CODE_OR_BRACES.sub(lambda found: self.merge_field(found, number, column), line)

    def merge_field(self, found: re.Match[str], number: int, column: int) -> str:
        if found[1]:
            return found[0]
        place = Place(self.file, number, column + found.start())
        use = self.parse_field(found[2], place) if found[2] is not None else None
        if found[2] is None:
            hint = "write '::: audience NAME' above what only some may read, and ':::' below it"
            self.report(place, "bad-field", f"'{found[0]}' has no meaning here, only merge fields have", hint)
        if use is None:
            return found[0]
        self.fields.append(replace(use, length=len(found[0])))
        return f"{FIELD_OPEN}{len(self.fields) - 1}{FIELD_CLOSE}"

    def parse_field(self, inside: str, place: Place) -> FieldUse | None:
        found = FIELD.match(inside)
        if not found:
            hint = 'write {{ field }}, {{ field | format }} or {{ field or "text" }}'
            self.report(place, "bad-field", f"'{{{{{inside}}}}}' is not a merge field", hint)
            return None
        name, style, double, single = found.groups()
        known = field_named(name)
        if known is None:
            self.report(
                place, "unknown-field", f"unknown merge field '{name}'", did_you_mean(name, (f.name for f in FIELDS))
            )
            return None
        if style and style not in FORMATS:
            self.report(place, "unknown-format", f"unknown format '{style}'", did_you_mean(style, FORMATS))
            return None
        if style and known.kind not in FORMATS[style]:
            fitting = sorted(name for name, kinds in FORMATS.items() if known.kind in kinds)
            self.report(
                place,
                "wrong-format",
                f"'{name}' is {known.kind}; it has no format '{style}'",
                did_you_mean("", fitting),
            )
            return None
        return FieldUse(name, place, style or "", double if double is not None else single)

    def report(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.problems.append(place.problem(code, message, hint))

    def body(self) -> Body:
        if self.fence and self.fenced:
            # What follows would be code to us and text to Markdown: a block for an audience would be for everybody.
            hint = f"end it with a line '{self.fence}'"
            self.report(self.fenced, "open-fence", f"the code that begins with '{self.fence}' never ends", hint)
        for index in self.inside:
            use = self.shortcodes[index]
            hint = "end it with ':::', on a line of its own or, without any text inside, at the end of its line"
            self.report(use.place, "open-block", f"the shortcode '{use.directive.name}' is never closed", hint)
        if self.opened:
            self.report(
                self.opened, "open-block", f"the block for '{self.audience}' is never closed", "end it with ':::'"
            )
        self.end_block()
        return Body(self.file, tuple(self.blocks), tuple(self.fields), self.public_blocks, tuple(self.shortcodes))
