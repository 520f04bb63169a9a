"""Read the catalogue of the codes of mistakes: what each means, an example, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem

CATALOGUE = Path(__file__).parent / "error_codes"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means. `room` is the part of a shop that it belongs to; all else is text for people."""

    code: str
    room: str
    meaning: str
    example: str
    mend: str


@cache
def explanations() -> tuple[Explanation, ...]:
    """Every code with its explanation, room by room, each in the order of its codes."""
    return tuple(one for path in files_below(CATALOGUE, ".yaml") for one in _room(path))


def explained(code: str) -> Explanation | None:
    """The explanation of a code, or None where there is none."""
    return next((one for one in explanations() if one.code == code), None)


def _room(path: str) -> list[Explanation]:
    problems: list[Problem] = []
    keys = Keys(read_yaml(read_text(CATALOGUE / path, CATALOGUE), path), problems, path)
    room, found = keys.text("room", required=True), []
    for entry in keys.rest():
        inner = keys.keys(entry.key.text)
        if inner is not None:
            texts = [inner.text(part, required=True).strip() for part in ("meaning", "example", "mend")]
            found.append(Explanation(entry.key.text, room, *texts))
            inner.finish()
    assert not problems, "\n".join(map(str, problems))
    return sorted(found, key=lambda one: one.code)
