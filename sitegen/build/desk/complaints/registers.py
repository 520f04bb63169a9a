"""Make the desk's registers, each a page and a list: defects by product, promises, suggestions, notes by their way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import ibis

from sitegen.build.desk.complaints.register_lines import defects, notes, promises, suggestions
from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.data.engine import Row
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.model.table import Schema
from sitegen.programme.complaints.registers import GATES, defect_rows, note_rows, promise_rows, suggestion_rows
from sitegen.render.desk.kit import Office
from sitegen.render.desk.register_views import RegisterView

MOST = 200
"""Rows of each kind that stand on the page of a register; the list holds all of them."""
Rows: TypeAlias = Callable[[Mapping[str, ibis.Table], date, Schema], ibis.Table]


@dataclass(frozen=True, slots=True)
class Register:
    """A register: without a row in `table` there is none; `rows` has at least the `columns` of its list, in the order
    of the kinds that `kind` says, and `view` places the first ones of each kind."""

    table: str
    rows: Rows
    columns: tuple[str, ...]
    kind: Callable[[Row], str]
    view: Callable[[RegisterView, list[Row], Collection[str]], RegisterView]


@dataclass(slots=True)
class Seen:
    """What one look at a register gives: its first rows, and how many there are of each kind."""

    first: list[Row] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


REGISTERS: Mapping[str, Register] = {
    "defects": Register(
        "order_lines",
        defect_rows,
        ("product_id", "name", "group", "orders", "returned", "complained", "rated_low", "defects", "repaired"),
        lambda row: "defective" if row["defects"] or row["repaired"] else "spotless",
        defects,
    ),
    "promises": Register(
        "promises",
        promise_rows,
        ("standing", "days_late", "due_on", "promise_id", "promise", "customer_id", "name", "phone", "adviser_id",
         "adviser", "order_id", "made_on", "kept_on", "proof"),
        lambda row: str(row["standing"]),
        promises,
    ),
    "suggestions": Register(
        "suggestions",
        suggestion_rows,
        ("suggestion_id", "given_on", "age", "about", "text", *GATES, "decided_on", "decision", "customer_id", "name",
         "phone", "adviser_id", "adviser"),
        lambda row: "decided" if row["decided_on"] else "undecided",
        suggestions,
    ),
    "notes": Register(
        "contacts",
        note_rows,
        ("route", "region", "day", "contact_id", "customer_id", "name", "phone", "adviser_id", "adviser", "channel",
         "subject", "outcome", "note"),
        lambda row: str(row["route"]),
        notes,
    ),
}  # fmt: skip
"""All registers by name, in their order."""


def register_path(name: str, ending: str = "html") -> str:
    """Where a register lies below output/work/."""
    return f"desk/registers/{name}.{ending}"


def registers_there(people: People) -> tuple[str, ...]:
    """The registers of which the shop has anything at all."""
    tables = people.tables
    return tuple(name for name, one in REGISTERS.items() if people.engine.count(tables[one.table].limit(1)))


def register_pages(
    office: Office, project: Project, people: People, today: date, dossiers: Collection[str]
) -> Iterator[PrivateArtifact]:
    """The pages and lists of the registers; `dossiers` are the customers who have one."""
    names = registers_there(people)
    for name in names:
        register, seen = REGISTERS[name], Seen()
        batches = people.engine.rows(register.rows(people.tables, today, project.shop.schema))
        rows = _watched((row for batch in batches for row in batch), register, seen)
        lines = (tuple(_cell(row[column]) for column in register.columns) for row in rows)
        yield sheet(f"work/{register_path(name, 'csv')}", register.columns, lines)
        counts, more = dict(seen.counts), seen.counts.total() - len(seen.first)
        bare = RegisterView(name, register_path(name, "csv"), counts, {one: register_path(one) for one in names}, more)
        view = register.view(bare, seen.first, dossiers)
        page = office.page("work/register.html", register_path(name), register=view)
        yield PrivateArtifact(f"work/{register_path(name)}", page.encode())


def _watched(rows: Iterable[Row], register: Register, seen: Seen) -> Iterator[Row]:
    """The same rows, of which the first and the counts are remembered."""
    for row in rows:
        kind = register.kind(row)
        seen.counts[kind] += 1
        if seen.counts[kind] <= MOST:
            seen.first.append(row)
        yield row


def _cell(value: object) -> object:
    """A cell of a list as imports read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
