"""Say which duties there are on a day, slowly and obviously: loops over dicts, from the language's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.model.duty import By, Crossed, Desk, Duty, Each, Every, ForEach, Span, Standing, Top
from sitegen.model.rule import SumOf
from tests.audience.oracle.days import last_possible
from tests.audience.oracle.days import later as later_by
from tests.desk.oracle_proofs import excuse_of, letters, proof_of, proves
from tests.desk.oracle_shop import Begun, Row, Shop, day_of, holds

CAME_BACK, CANCELLED, NOT_MEANT = "the order came back", "the order was cancelled", "no longer meant"


def instances(shop: Shop, duties: Sequence[Duty]) -> list[dict[str, Any]]:
    """Every duty of the day, by name and subject, as rows with INSTANCE_COLUMNS."""
    found = [_instance(shop, duty, begun) for duty in duties for begun in _begun(shop, duty)]
    return sorted(
        (row for row in found if row["began"] <= shop.today), key=lambda row: (str(row["duty"]), str(row["subject"]))
    )


def standing(row: Row, today: date) -> Standing:
    """How a duty stands: the first that holds."""
    if row["done_on"] and (not row["excused_on"] or row["done_on"] <= row["excused_on"]):
        return Standing.DONE
    if row["void"]:
        return Standing.VOID
    if row["excused_on"]:
        return Standing.EXCUSED
    if row["due"] == today:
        return Standing.TODAY
    return Standing.LATE if row["due"] < today else Standing.OPEN


def escalated(row: Row, today: date, desk: Desk) -> tuple[By, ...]:
    """To whom else a duty is shown because it is so late."""
    if standing(row, today) is not Standing.LATE:
        return ()
    late = (today - row["due"]).days
    shown = ((By.REGION, desk.escalation.region), (By.HEAD_OFFICE, desk.escalation.head_office))
    return tuple(who for who, most in shown if late > most)


def later(day: date, span: Span) -> date:
    """The day that lies a span later."""
    return later_by(day, span.count, span.unit)


def _begun(shop: Shop, duty: Duty) -> Iterator[Begun]:
    match duty.trigger:
        case ForEach() as trigger:
            found = _for_each(shop, trigger)
        case Crossed() as trigger:
            found = _crossed(shop, trigger)
        case Top() as trigger:
            found = _top(shop, trigger)
        case Every() as trigger:
            found = _every(shop, duty, trigger)
    return (begun for begun in found if shop.desk.since <= begun.day <= shop.today)


def _for_each(shop: Shop, trigger: ForEach) -> Iterator[Begun]:
    table = shop.schema.table(trigger.table)
    for row in shop.rows(trigger.table):
        day = day_of(shop.at(trigger.day, row, trigger.table))
        customer = shop.customer(shop.at(trigger.customer, row, trigger.table))
        begun = day is not None and shop.desk.since <= day <= shop.today
        if not begun or customer is None or not holds(shop, trigger.where, row, trigger.table):
            continue
        store = row.get("store_id") or customer["store_id"]
        if trigger.weather and (day, store, trigger.weather) not in shop.told:
            continue
        subject = "+".join(str(row[name]) for name in table.key)
        amount = {"orders": row.get("amount"), "loans": row.get("deposit")}.get(trigger.table)
        yield Begun(subject, customer, day, amount, row, _void(shop, trigger, row))


def _void(shop: Shop, trigger: ForEach, row: Row) -> str | None:
    path = {"orders": "status", "order_lines": "order.status"}.get(trigger.table)
    if path is None or path in {one.fact.column for one in trigger.where}:
        return None
    return {"returned": CAME_BACK, "cancelled": CANCELLED}.get(shop.at(path, row, trigger.table))


def _crossed(shop: Shop, trigger: Crossed) -> Iterator[Begun]:
    running: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    reached: set[tuple[str, int, Decimal]] = set()
    for day, customer, _, value in sorted(_standing_rows(shop, trigger.sum), key=lambda one: (one[0], one[2])):
        year = day.year if trigger.each is Each.YEAR else 0
        whose = customer["customer_id"]
        running[whose, year] += value
        for at in trigger.at:
            if running[whose, year] >= at and (whose, year, at) not in reached:
                reached.add((whose, year, at))
                subject = "@".join([whose, _plain(at), *([str(year)] if year else [])])
                yield Begun(subject, customer, day, at)


def _standing_rows(shop: Shop, asked: SumOf) -> Iterator[tuple[date, Row, tuple[Any, ...], Decimal]]:
    """Day, customer, key and value of each row that stands and has happened."""
    table = shop.schema.table(asked.table)
    for row in shop.rows(asked.table):
        day = day_of(shop.at(table.day, row, table.name))
        customer = shop.customer(shop.at(table.customer, row, table.name))
        if day is None or day > shop.today or customer is None:
            continue
        if _stands(shop, row, asked) and holds(shop, asked.where, row, table.name):
            value = shop.at(asked.column, row, table.name)
            yield day, customer, tuple(row[name] for name in table.key), Decimal(value or 0)


def _stands(shop: Shop, row: Row, asked: SumOf) -> bool:
    path = {"orders": "status", "order_lines": "order.status"}.get(asked.table)
    if path is None or path in {one.fact.column for one in asked.where}:
        return True
    return shop.at(path, row, asked.table) not in ("returned", "cancelled")


def _top(shop: Shop, trigger: Top) -> Iterator[Begun]:
    rows = list(_standing_rows(shop, trigger.sum))
    for year in range(shop.desk.since.year - 1, shop.today.year):
        day = last_possible(year + 1, trigger.month, trigger.day)
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for on, customer, _, value in rows:
            if on.year == year:
                sums[customer["customer_id"]] += value
        groups: defaultdict[str, list[tuple[Decimal, str]]] = defaultdict(list)
        for whose, total in sums.items():
            group = _group(shop, whose, trigger.per)
            if total > 0 and group is not None:
                groups[group].append((-total, whose))
        for ranked in groups.values():
            for total, whose in sorted(ranked)[: trigger.count]:
                customer = shop.customer(whose)
                assert customer is not None
                yield Begun(f"{whose}@{year}", customer, day, -total)


def _group(shop: Shop, customer_id: str, per: str) -> str | None:
    customer = shop.customer(customer_id)
    assert customer is not None
    match per:
        case "":
            return ""
        case "store":
            return customer["store_id"]
    return shop.regions.get(customer["store_id"])


def _every(shop: Shop, duty: Duty, trigger: Every) -> Iterator[Begun]:
    for customer in shop.rows("customers"):
        if duty.who and customer["customer_id"] not in shop.members[duty.who]:
            continue
        anchor = _last_proof(shop, duty, customer["customer_id"]) or _first_order(shop, customer["customer_id"])
        if anchor:
            day = max(later(anchor, trigger.span), shop.desk.since)
            yield Begun(f"{customer['customer_id']}@{anchor}", customer, day)


def _last_proof(shop: Shop, duty: Duty, customer: str) -> date | None:
    days = [row["at"] for row in shop.contacts.get(customer, ()) if proves(shop, duty, row)]
    days += [row["day"] for row in letters(shop, duty, customer)]
    days += [
        row["day"]
        for row in shop.rows("duty_results")
        if (row["duty"], row["customer_id"], row["result"]) == (duty.name, customer, "done")
    ]
    return max((day for day in days if day <= shop.today), default=None)


def _first_order(shop: Shop, customer: str) -> date | None:
    days = [
        row["ordered_at"]
        for row in shop.rows("orders")
        if row["customer_id"] == customer and row["status"] not in ("returned", "cancelled")
    ]
    return min((day for day in days if day and day <= shop.today), default=None)


def _instance(shop: Shop, duty: Duty, begun: Begun) -> dict[str, Any]:
    began = later(begun.day, duty.after)
    done_on, proof = proof_of(shop, duty, begun)
    excused_on, excuse = excuse_of(shop, duty, begun.subject)
    meant = not duty.who or begun.customer["customer_id"] in shop.members[duty.who]
    return {
        "duty": duty.name,
        "subject": begun.subject,
        "customer_id": begun.customer["customer_id"],
        "adviser_id": _responsible(shop, duty, begun),
        "began": began,
        "due": later(began, duty.within),
        "amount": begun.amount,
        "done_on": done_on,
        "proof": proof,
        "excused_on": excused_on,
        "excuse": excuse,
        "void": begun.void or (None if meant else NOT_MEANT),
    }


def _responsible(shop: Shop, duty: Duty, begun: Begun) -> str | None:
    """The first of those who may be meant whom the house knows."""
    asked = {
        By.ADVISER: None,
        By.ROW: (begun.row or {}).get("adviser_id"),
        By.REGION: shop.desk.regions.get(shop.regions.get(begun.customer["store_id"]) or ""),
        By.HEAD_OFFICE: shop.desk.head_office,
    }[duty.by]
    return next((who for who in (asked, begun.customer["adviser_id"]) if who in shop.advisers), None)


def _plain(number: Decimal) -> str:
    """3000 for 3000.00, 2.5 for 2.50."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
