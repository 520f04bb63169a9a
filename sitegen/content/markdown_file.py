"""Cut a Markdown file into its front matter and its body."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes
from sitegen.model.tree import Mapping, Place

FENCE = "---"


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A Markdown file: its front matter as a marked tree and as written (`front_text`, from line 2 on), and its text
    with the line on which that starts."""

    front: Mapping
    text: str
    text_line: int
    place: Place
    front_text: str = ""


def cut(source: str, file: str) -> MarkdownFile:
    """Cut the file. Raises Mistakes where the front matter is absent, unclosed or not YAML."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    place = Place(file, 1, 1)
    if not lines or lines[0].rstrip() != FENCE:
        hint = "begin the file with a line '---', the keys, and another line '---'"
        raise Mistakes([place.problem("no-front-matter", "the file has no front matter", hint)])
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            written = "\n".join(lines[1:number])
            front = read_yaml(written, file, first_line=2)
            return MarkdownFile(front, "\n".join(lines[number + 1 :]), number + 2, place, written)
    raise Mistakes([place.problem("no-front-matter", "the front matter is never closed", "end it with a line '---'")])
