"""Say what a cell must be beyond its kind: codes of countries, zones and languages, hashes, days in their order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import ibis

from sitegen.data.checking.codes import countries, country_code, zones
from sitegen.data.checking.kinds import typed
from sitegen.model.column import Column, Kind
from sitegen.model.table import Table

if TYPE_CHECKING:
    import ibis.expr.types as ir

NOT_A_CODE, WRONG_ORDER, NO_SUCH_DAY = "bad-code", "wrong-order", "no-such-day"

AFTER: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("orders", "delivered_on"): "ordered_at",
        ("complaints", "solved_on"): "opened_on",
        ("suggestions", "decided_on"): "given_on",
        ("promises", "due_on"): "made_on",
        ("promises", "kept_on"): "made_on",
        ("loans", "returned_on"): "lent_on",
        ("referrals", "thanked_on"): "day",
        ("referrals", "called_on"): "day",
        ("consents", "withdrawn_on"): "given_on",
        ("gifts", "send_on"): "asked_on",
    }
)
"""Days that can't lie before another day of the same row."""

_NO_LEAP = r"^(01|12)L-"
# No year from 1900 to 2100 has a leap first or twelfth month (Hong Kong Observatory, conversion tables).


@dataclass(frozen=True, slots=True)
class Code:
    """What the texts of a column must be: one of the `values`, or of a `pattern`. `hint` mends a wrong one."""

    what: str
    hint: Callable[[str], str]
    values: Callable[[], AbstractSet[str]] = frozenset
    pattern: str = ""


def _country_hint(text: str) -> str:
    code = country_code(text)
    return f"write {code}" if code else "write the two letters of ISO 3166-1, like DE or GB"


def _zone_hint(text: str) -> str:
    # Etc/GMT+8 is eight hours behind Greenwich, the opposite of what people mean.
    named = sorted(zone for zone in zones() if not zone.startswith("Etc/"))
    close = difflib.get_close_matches(text.replace(" ", "_"), named, 1)
    return f"did you mean '{close[0]}'?" if close else "write a name like Europe/Berlin"


_COUNTRY = Code("the code of a country", _country_hint, lambda: countries().keys())
_ZONE = Code("a time zone", _zone_hint, zones)
_LANGUAGE = Code(
    "the code of a language",
    lambda _: "write its letters by ISO 639, like en or zh",
    pattern="^[a-z]{2,3}(-[A-Za-z]{2,8})*$",
)

CODES: Mapping[tuple[str, str], Code] = MappingProxyType(
    {
        ("customers", "country"): _COUNTRY,
        ("stores", "country"): _COUNTRY,
        ("customers", "time_zone"): _ZONE,
        ("stores", "time_zone"): _ZONE,
        ("customers", "language"): _LANGUAGE,
        ("gifts", "country"): _COUNTRY,
        ("gifts", "language"): _LANGUAGE,
        ("suppressions", "address_hash"): Code(
            "a hash of 64 hex digits",
            lambda _: "write the SHA-256 of the normalised address; an address itself does not belong here",
            pattern="^[0-9a-fA-F]{64}$",
        ),
    }
)
"""By table and column. A shop's own tables may hold what they like."""


def further_checks(texts: ibis.Table, table: Table, column: Column) -> list[tuple[ir.BooleanValue, str]]:
    """What may be wrong with a cell that is of its kind: a condition and its code. Null cells are never wrong."""
    text = texts[column.name]
    checks: list[tuple[ir.BooleanValue, str]] = []
    code = CODES.get((table.name, column.name))
    if code and text.type().is_string():
        stripped = text.strip()
        checks.append(
            (~stripped.re_search(code.pattern) if code.pattern else ~stripped.isin(sorted(code.values())), NOT_A_CODE)
        )
    if column.kind is Kind.LUNAR and text.type().is_string():
        checks.append((text.strip().re_search(_NO_LEAP), NO_SUCH_DAY))
    earlier = AFTER.get((table.name, column.name), "")
    if earlier in texts.columns:
        first = typed(texts[earlier], table.column(earlier).kind)
        checks.append((typed(text, column.kind) < first, WRONG_ORDER))
    return checks


def told(code: str, table: Table, column: str, text: str) -> tuple[str, str]:
    """What is said of such a cell after "'column' is 'text'", and the hint."""
    if code == WRONG_ORDER:
        return f", before '{AFTER[table.name, column]}'", "one of the two days is wrong"
    if code == NO_SUCH_DAY:
        return ", a leap month that no year has", "write the month without L, like 12-15"
    return f", not {CODES[table.name, column].what}", CODES[table.name, column].hint(text.strip())


def misfit(table: Table, column: str, text: str) -> str:
    """What a text of that column should be and is not, in words; "" where it is, or the column takes any text."""
    code = CODES.get((table.name, column))
    if code is None or text in code.values() or (code.pattern and re.search(code.pattern, text)):
        return ""
    return code.what
