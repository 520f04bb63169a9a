"""Merge fields: a text rendered once, filled for each recipient."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.model.field import FieldUse
from sitegen.model.plan import Value


@dataclass(frozen=True, slots=True)
class MergeTemplate:
    """A text cut at its merge fields: literal text as str, fields as FieldUse."""

    parts: tuple[str | FieldUse, ...]

    @property
    def fields(self) -> tuple[FieldUse, ...]:
        """The fields in order of use."""
        return tuple(part for part in self.parts if isinstance(part, FieldUse))


class NoValue(LookupError):
    """A recipient without a value for a field that has no fallback: the plan should have excluded them."""


def split(text: str, fields: tuple[FieldUse, ...]) -> MergeTemplate:
    """Cut a text at its field markers (see sitegen.model.body)."""
    parts: list[str | FieldUse] = []
    for position, piece in enumerate(text.split(FIELD_OPEN)):
        if position:
            index, _, literal = piece.partition(FIELD_CLOSE)
            parts.append(fields[int(index)])
        else:
            literal = piece
        if literal:
            parts.append(literal)
    return MergeTemplate(tuple(parts))


def merge(
    template: MergeTemplate,
    values: Mapping[str, Value],
    spell: Callable[[FieldUse, Value], str],
    escape: Callable[[str], str],
) -> str:
    """Fill the template. `escape` makes a value safe for its channel; literals are taken as they are.

    Raises NoValue where a field has neither value nor fallback.
    """
    return "".join(part if isinstance(part, str) else escape(filled(part, values, spell)) for part in template.parts)


def filled(use: FieldUse, values: Mapping[str, Value], spell: Callable[[FieldUse, Value], str]) -> str:
    """What a field says for these values: the value in its format, else the fallback."""
    value = values.get(use.name)
    if value is not None:
        return spell(use, value)
    if use.fallback is None:
        raise NoValue(use.name)
    return use.fallback
