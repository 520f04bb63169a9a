"""Invented members of a preview, one for each audience: who belongs to that one, and to everyone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from sitegen.data.members import MemberRow
from sitegen.model.field import FIELDS, FieldUse
from sitegen.model.plan import Value
from sitegen.model.segment import EVERYONE, Segment

MARK = "\x1f"
"""What no customer's number begins with."""
INVENTED: dict[str, Value] = {"first_name": "Robin", "points": 1250, "to_next_tier": Decimal(180)}
BY_KIND: dict[str, Value] = {"money": Decimal(120), "integer": 12, "date": date(2020, 5, 17)}


def guest_id(audience: str) -> str:
    """The number by which the invented member of an audience goes."""
    return f"{MARK}guest {audience}"


def guests(segments: Collection[Segment], opening: Collection[str], uses: Collection[FieldUse]) -> Iterator[MemberRow]:
    """A row for each named segment and for each audience that opens something; records hold what pages ask for."""
    titles = {segment.id: segment.title for segment in segments if segment.named} | dict.fromkeys((EVERYONE,), "")
    for audience in sorted({*titles, *opening}):
        values = {use.name: _value(use.name, titles.get(audience, "")) for use in uses}
        yield MemberRow(guest_id(audience), frozenset({audience, EVERYONE}), values)


def _value(name: str, title: str) -> Value:
    if name in INVENTED:
        return INVENTED[name]
    if name == "tier" and title:
        return title
    kind = next((field.kind for field in FIELDS if field.name == name), "text")
    return BY_KIND.get(kind, f"[{name.replace('_', ' ')}]")
