"""Take in what tills took: a file of coupons' codes and days, each held against the coupon before it counts as used."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sitegen.data.imports.canonical import canonical
from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ExportFile, ExportRow
from sitegen.data.imports.merging import Circumstances
from sitegen.data.imports.working import Texts, Working, stored
from sitegen.errors import Mistakes
from sitegen.model.column import Kind
from sitegen.model.tree import Place
from sitegen.programme.coupons.code import SECRET, read

TILL = "till"
"""The system's name."""
COLUMNS = ("code", "used_on")
HOLDER = "customer_id"
"""A third column, for tills that read the member's card: whose coupon it must be."""


def redeem(work: Working, about: Circumstances, source: ExportFile, rows: list[ExportRow]) -> list[Rejected]:
    """Put the day of use of each coupon; what comes back are rows that are not taken, with the reason.

    A coupon is used once, between its days, by its holder. The same row in a second import changes nothing. Raises
    Mistakes where the file has no such columns.
    """
    _refuse_other_columns(source)
    codes = {form for row in rows for form in _forms(row.text("code"))}
    known = stored(about.engine, about.schema.table("coupons"), "code", codes)
    work.know("coupons", known)
    by_code: defaultdict[str, list[Texts]] = defaultdict(list)
    for coupon in known:
        by_code[coupon["code"]].append(coupon)
    rejected: list[Rejected] = []
    taken: set[tuple[str, str]] = set()
    for row in rows:
        found = row.broken or _coupon(row, by_code)
        reason = found if isinstance(found, str) else _reason(row, found, taken, about.today)
        if reason or isinstance(found, str):
            rejected.append(Rejected(row, reason))
            continue
        taken.add((found[HOLDER], found["code"]))
        work.put("coupons", {HOLDER: found[HOLDER], "code": found["code"], "used_on": _day(row)})
    return rejected


def _refuse_other_columns(source: ExportFile) -> None:
    names = {name.casefold(): name for name in source.columns}
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        place = Place(source.file, 1)
        raise Mistakes(
            place.problem("missing-column", f"column '{column}' is missing: a till's list has it", _hint(column, names))
            for column in missing
        )


def _hint(column: str, names: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(column, names, 1)
    return f"did you mean '{names[close[0]]}'?" if close else "the first line is: code,used_on"


def _forms(text: str) -> tuple[str, ...]:
    """The ways in which the code may stand in the customer file."""
    return tuple(dict.fromkeys(form for form in (text, text.upper(), read(text) or "") if form))


def _coupon(row: ExportRow, by_code: Mapping[str, list[Texts]]) -> Texts | str:
    """The coupon that the row means, or why there is none."""
    text = row.text("code")
    if not text:
        return "'code' is empty"
    found = next((by_code[form] for form in _forms(text) if form in by_code), [])
    if not found:
        typed = "".join(character for character in text if character.isalnum())
        doubt = ": is one character mistyped?" if len(typed) == SECRET + 1 and read(text) is None else ""
        return f"no customer has a coupon '{text}'{doubt}"
    holder = row.text(HOLDER)
    if holder:
        return next((one for one in found if one[HOLDER] == holder), f"the coupon '{text}' is not that of '{holder}'")
    return found[0] if len(found) == 1 else f"{len(found)} customers have a coupon '{text}': add '{HOLDER}'"


def _reason(row: ExportRow, coupon: Texts, taken: set[tuple[str, str]], today: date) -> str:
    """Why the coupon can't have been used on that day, "" where it can."""
    day, code, used = _day(row), coupon["code"], coupon["used_on"]
    wrong = {
        f"'used_on' is '{row.text('used_on')}', not a date like 2026-09-25": not day,
        f"the coupon '{code}' stands twice in this file": (coupon[HOLDER], code) in taken,
        f"the coupon '{code}' was used on {used} already": bool(used) and used != day,
        f"{day} is still to come": day > today.isoformat(),
        f"the coupon '{code}' counts from {coupon['valid_from']} on": not used and day < coupon["valid_from"],
        f"the coupon '{code}' ended on {coupon['valid_until']}": not used and day > (coupon["valid_until"] or day),
    }
    return next((reason for reason, holds in wrong.items() if holds), "")


def _day(row: ExportRow) -> str:
    return canonical(row.text("used_on"), Kind.DATE) or ""
