"""Read the rows of an export as drafts: customers with their permissions, orders with their goods, or rejections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sitegen.data.imports.export_file import ExportRow
from sitegen.data.imports.exports import Barred, CustomerExport, Field, OrderExport, Permission, Status
from sitegen.data.imports.texts import Unfit, day, ours


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken in, and why."""

    row: ExportRow
    reason: str


@dataclass(frozen=True, slots=True)
class Consent:
    """What a customer allowed or took back. `day` is "" where the export does not know it."""

    channel: str
    status: str
    day: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A customer as the export has them. `id` is the customer's id here if they are new ("shopify:17"); `values` are
    texts by our columns, those of `stays` fill only empty cells. `barred` is the reason why no mail may go there.
    """

    line: int
    id: str
    values: Mapping[str, str]
    stays: frozenset[str] = frozenset()
    consents: tuple[Consent, ...] = ()
    barred: str = ""
    barred_on: str = ""


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An order as the export has it. The `buyer` is found or made; `rows` are all the records that it came from."""

    id: str
    values: Mapping[str, str]
    buyer: Draft
    lines: tuple[Mapping[str, str], ...]
    rows: tuple[ExportRow, ...]


def customer_drafts(export: CustomerExport, rows: Iterable[ExportRow]) -> tuple[list[Draft], list[Rejected]]:
    """Each row as one or the other."""
    drafts, rejected = [], []
    for row in rows:
        try:
            drafts.append(_customer(export, row))
        except Unfit as unfit:
            rejected.append(Rejected(row, str(unfit)))
    return drafts, rejected


def order_drafts(export: OrderExport, rows: Iterable[ExportRow]) -> tuple[list[OrderDraft], list[Rejected]]:
    """The orders, each with all its rows; where one row can't be taken in, the order's others are not either."""
    groups: dict[str, list[ExportRow]] = {}
    for row in rows:
        number = row.text(export.number) or f"without number, line {row.line}"
        groups.setdefault(number, []).append(row)
    drafts, rejected = [], []
    for number, group in groups.items():
        read = _order(export, number, tuple(group))
        if isinstance(read, OrderDraft):
            drafts.append(read)
        else:
            rejected += read
    return drafts, rejected


def _customer(export: CustomerExport, row: ExportRow) -> Draft:
    _refuse_broken(row)
    values = _values(row, export.fields)
    own = _first(row, export.id)
    email, phone = values.get("email", ""), values.get("phone", "")
    if not (own or email or phone):
        raise Unfit("there is neither an id nor an e-mail address nor a telephone number")
    consents = tuple(consent for permission in export.permissions if (consent := _consent(row, permission)))
    reason, since = _barred(row, export.barred) if email and export.barred else ("", "")
    return Draft(
        row.line,
        f"{export.system}:{own or _short_hash(email or phone)}",
        values,
        frozenset(field.ours for field in export.fields if field.stays),
        consents,
        reason,
        since,
    )


def _short_hash(text: str) -> str:
    """Twelve hex digits in place of an address, which an id must not show."""
    return sha256(text.casefold().encode()).hexdigest()[:12]


def _refuse_broken(row: ExportRow) -> None:
    if row.broken:
        raise Unfit(row.broken)


def _values(row: ExportRow, fields: tuple[Field, ...]) -> dict[str, str]:
    texts = {field.ours: ours(row, field) for field in fields}
    return {name: text for name, text in texts.items() if text}


def _first(row: ExportRow, columns: tuple[str, ...]) -> str:
    """The id in the first column that has one; 0 is nobody's."""
    return next((text for text in map(row.text, columns) if text not in ("", "0")), "")


def _consent(row: ExportRow, permission: Permission) -> Consent | None:
    written = row.text(permission.status) if permission.status else ""
    said = permission.always or permission.words.get(written.casefold(), "")
    if written and not said:
        raise Unfit(f"'{written}' in column '{permission.status}' is none of: {', '.join(permission.words)}")
    on = _first(row, permission.days)
    return Consent(permission.channel, said, day(on) if on else "") if said else None


def _barred(row: ExportRow, barred: Barred) -> tuple[str, str]:
    written = row.text(barred.status).casefold() if barred.status else ""
    if not barred.always and not written.strip("[]"):
        return "", ""
    reason = barred.always or next(reason for part, reason in barred.words.items() if part in written)
    on = _first(row, barred.days).strip("[]'\"")
    return reason, day(on) if on else ""


def _order(export: OrderExport, number: str, group: tuple[ExportRow, ...]) -> OrderDraft | list[Rejected]:
    reasons: dict[int, str] = {}
    lines: list[dict[str, str]] = []
    for row in group:
        try:
            _refuse_broken(row)
            if not row.text(export.number):
                raise Unfit(f"column '{export.number}' is empty")  # noqa: TRY301 - one place tells all reasons
            lines += [_line(row, export)] if export.lines else []
        except Unfit as unfit:
            reasons[row.line] = str(unfit)
    head = group[0]
    try:
        draft = OrderDraft(_id(export, number), _head(export, head), _buyer(export, head, number), tuple(lines), group)
    except Unfit as unfit:
        reasons.setdefault(head.line, str(unfit))
    if not reasons:
        return draft
    return [Rejected(row, reasons.get(row.line, f"another row of order {number} is rejected")) for row in group]


def _id(export: OrderExport, number: str) -> str:
    return f"{export.system}:{number.removeprefix('#')}"


def _line(row: ExportRow, export: OrderExport) -> dict[str, str]:
    values = _values(row, export.lines)
    for field in export.lines:
        if field.ours not in values:
            raise Unfit(f"column '{field.theirs[0]}' is empty")
    return values


def _head(export: OrderExport, row: ExportRow) -> dict[str, str]:
    values = _values(row, export.fields)
    for field in export.fields:
        if field.ours not in values:
            raise Unfit(f"column '{field.theirs[0]}' is empty")
    status = next((word for status in export.status if (word := _said(row, status))), "")
    channel = _said(row, export.channel) if export.channel else ""
    return values | {name: text for name, text in (("status", status), ("channel", channel)) if text}


def _said(row: ExportRow, status: Status) -> str:
    written = row.text(status.column).casefold()
    return status.words.get(written, status.words.get("", "")) if written else ""


def _buyer(export: OrderExport, row: ExportRow, number: str) -> Draft:
    values = _values(row, export.customer)
    own = _first(row, export.customer_id)
    if not (own or values.get("email") or values.get("phone")):
        raise Unfit("there is neither an e-mail address nor a telephone number: nobody knows whose order it is")
    known = f"{export.system}:{own}" if own else f"{_id(export, 'order')}:{number.removeprefix('#')}"
    return Draft(row.line, known, values)
