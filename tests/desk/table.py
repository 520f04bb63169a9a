"""Duties by hand: the shop's sentences, customers to whom they apply, and what stands on the list of 8 September 2026.

Every customer is there for one reason, which their line says. What is not in the table is nobody's duty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sitegen.audience.reading.row_conditions import row_facts
from sitegen.model.duty import Act, By, Crossed, Desk, Duty, Every, ForEach, Span, Standing, Top
from sitegen.model.rule import Condition, SumOf, Unit
from sitegen.model.table import STANDARD
from sitegen.model.tree import Place
from tests.audience.drawn_rules import condition
from tests.desk.oracle_shop import Shop

TODAY, SINCE = date(2026, 9, 8), date(2026, 8, 1)
PLACE = Place("content/programme/duties.yaml", 1, 1)
WEEK, FORTNIGHT, DAY = Span(7), Span(14), Span(0)

BIG = "spend more than 2,000 yuan at a time must call back one week after purchase"
QUESTION = "If ... cannot be answered, a time must be arranged"
FRIEND = (
    "New customers brought by old customers ... must send a message on the same day ... must call back within a week"
)
SUM = "cumulative consumption reaches a certain amount, send a thank you letter or text message"
TOP = "highest annual cumulative spending, regional sales staff can bring flowers and pay a return visit"
SIGNED = "check the logistics information that it has been signed, and call the buyer to ask if they have received it"
RAIN = "I sent a message to the customers who made purchases that day, thanking them for coming ... on a rainy day"
UMBRELLA = "provide an umbrella after collecting a deposit"
VISITS = "often visit their customers to understand their feelings"


def _asked(table: str, path: str, phrase: str) -> tuple[Condition, ...]:
    return (condition(row_facts(STANDARD, table)[path], phrase),)


SPENT = SumOf("orders", "amount")
SPENT_ON_THE_WEB = SumOf("orders", "amount", None, _asked("orders", "channel", "is web"))
DUTIES = (
    Duty("big-order", BIG, Act.CALL, ForEach("orders", _asked("orders", "amount", "more than 2000"), "ordered_at",
         "customer_id"), WEEK, PLACE, who="guests"),
    Duty("open-question", QUESTION, Act.CONTACT, ForEach("contacts", _asked("contacts", "outcome", "is open-question"),
         "at", "customer_id"), WEEK, PLACE, evidence=_asked("contacts", "outcome", "is appointment")),
    Duty("thanks-old", FRIEND, Act.MESSAGE, ForEach("referrals", (), "day", "referrer_id"), DAY, PLACE,
         done_on="thanked_on"),
    Duty("thanks-new", FRIEND, Act.MESSAGE, ForEach("referrals", (), "day", "referred_id"), DAY, PLACE,
         done_on="thanked_on"),
    Duty("call-new", FRIEND, Act.CALL, ForEach("referrals", (), "day", "referred_id"), WEEK, PLACE,
         done_on="called_on"),
    Duty("yearly-sum", SUM, Act.LETTER, Crossed(SPENT_ON_THE_WEB, (Decimal(1000), Decimal(3000))), FORTNIGHT, PLACE),
    Duty("dearest", TOP, Act.VISIT, Top(SPENT, 1, 9, 1, "region"), Span(30), PLACE, by=By.REGION),
    Duty("parcel", SIGNED, Act.CALL, ForEach("orders", _asked("orders", "rush", "yes"), "delivered_on", "customer_id"),
         DAY, PLACE, by=By.ROW),
    Duty("rain", RAIN, Act.MESSAGE, ForEach("orders", _asked("orders", "channel", "is shop"), "ordered_at",
         "customer_id", "rain"), DAY, PLACE),
    Duty("umbrella", UMBRELLA, Act.TASK, ForEach("loans", _asked("loans", "returned_on", "is empty"), "lent_on",
         "customer_id"), WEEK, PLACE, after=FORTNIGHT),
    Duty("visit", VISITS, Act.VISIT, Every(Span(6, Unit.MONTHS)), Span(30), PLACE, who="gold-medal"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A duty that stands on the list, and why."""

    duty: str
    subject: str
    customer: str
    adviser: str | None
    began: str
    due: str
    standing: Standing
    why: str
    shown_to: tuple[By, ...] = ()


_BOTH = (By.REGION, By.HEAD_OFFICE)
TABLE = (
    Line("big-order", "O-01", "C-01", "A-06", "2026-09-01", "2026-09-08", Standing.TODAY, "a cent over 2,000"),
    Line("big-order", "O-03", "C-03", "A-06", "2026-08-25", "2026-09-01", Standing.VOID, "the order came back"),
    Line("big-order", "O-04", "C-04", "A-06", "2026-08-20", "2026-08-27", Standing.DONE,
         "called two days late; the call before did not reach anybody"),
    Line("big-order", "O-05", "C-05", "A-06", "2026-08-20", "2026-08-27", Standing.EXCUSED, "the desk said why not"),
    Line("big-order", "O-08", "C-08", "A-06", "2026-08-10", "2026-08-17", Standing.DONE, "a call of the second day"),
    Line("big-order", "O-22", "C-22", None, "2026-08-28", "2026-09-04", Standing.VOID,
         "of the staff: no longer meant; nobody looks after her"),
    Line("open-question", "T-20", "C-20", "A-06", "2026-09-02", "2026-09-09", Standing.OPEN,
         "a question was left open, and no time arranged; the later text arranged nothing"),
    Line("thanks-old", "C-06+C-07", "C-06", "A-05", "2026-09-01", "2026-09-01", Standing.DONE, "thanked that day"),
    Line("thanks-new", "C-06+C-07", "C-07", "A-07", "2026-09-01", "2026-09-01", Standing.DONE, "thanked that day"),
    Line("call-new", "C-06+C-07", "C-07", "A-07", "2026-09-01", "2026-09-08", Standing.TODAY,
         "not called yet: a call that the row does not know of is no proof"),
    Line("yearly-sum", "C-08@1000@2026", "C-08", "A-06", "2026-08-10", "2026-08-24", Standing.LATE,
         "both sums crossed by one order; a call is no letter", _BOTH),
    Line("yearly-sum", "C-08@3000@2026", "C-08", "A-06", "2026-08-10", "2026-08-24", Standing.LATE,
         "both sums crossed by one order", _BOTH),
    Line("yearly-sum", "C-09@1000@2026", "C-09", "A-06", "2026-08-05", "2026-08-19", Standing.DONE,
         "the cancelled order of July does not count, so August crosses; a card went out"),
    Line("dearest", "C-10@2025", "C-10", "A-05", "2026-09-01", "2026-10-01", Standing.OPEN,
         "the same sum as C-11: the smaller number decides; the head of the North goes"),
    Line("dearest", "C-12@2025", "C-12", "A-07", "2026-09-01", "2026-10-01", Standing.OPEN, "the first in the West"),
    Line("parcel", "O-13", "C-13", "A-05", "2026-09-07", "2026-09-07", Standing.LATE,
         "signed for yesterday; whom the order names calls, a day late is not shown to others"),
    Line("rain", "O-14", "C-14", "A-06", "2026-09-04", "2026-09-04", Standing.DONE, "a text on the same rainy day"),
    Line("umbrella", "L-16", "C-16", "A-06", "2026-09-03", "2026-09-10", Standing.OPEN, "out for more than 14 days"),
    Line("visit", "C-17@2026-03-01", "C-17", "A-06", "2026-09-01", "2026-10-01", Standing.OPEN,
         "six months after the last visit"),
    Line("visit", "C-18@2026-02-20", "C-18", "A-06", "2026-08-20", "2026-09-19", Standing.OPEN,
         "never met: six months after the first order"),
    Line("visit", "C-19@2025-08-31", "C-19", "A-06", "2026-08-01", "2026-08-31", Standing.LATE,
         "half a year ended on 28 February, before the desk began: its first day counts", _BOTH),
)  # fmt: skip

NOBODYS = {
    "C-02": "exactly 2,000 is not more",
    "C-11": "as dear as C-10, and the later number",
    "C-15": "in the shop on a clear day",
    "C-21": "ordered on the day before the desk began",
    "C-23": "visited in May",
    "C-24": "the umbrella is back",
}
"""Who is on no list, and why."""


def shop(today: date = TODAY) -> Shop:
    """The shop of the table."""
    people = [_customer(number) for number in range(1, 25)]
    tables = {
        "customers": people,
        "advisers": [{"adviser_id": adviser} for adviser in ("A-05", "A-06", "A-07")],
        "stores": [{"store_id": "hamburg", "region": "North"}, {"store_id": "rotterdam", "region": "West"}],
        "orders": _ORDERS,
        "contacts": _CONTACTS,
        "referrals": _REFERRALS,
        "loans": _LOANS,
        "duty_results": _RESULTS,
        "weather": [
            {"day": date(2026, 9, 4), "store_id": "hamburg", "condition": "rain"},
            {"day": date(2026, 9, 5), "store_id": "hamburg", "condition": "clear"},
        ],
    }
    whole = {name: [_whole(name, row) for row in rows] for name, rows in tables.items()}
    members = {
        "guests": {row["customer_id"] for row in people} - {"C-22"},
        "gold-medal": {"C-17", "C-18", "C-19", "C-23"},
    }
    return Shop(
        whole,
        Desk(SINCE, PLACE, regions={"North": "A-05", "West": "A-07"}, head_office="A-05"),
        today,
        members,
    )


def _customer(number: int) -> dict[str, Any]:
    west = number in (7, 12)
    adviser = {6: "A-05", 22: "A-99"}.get(number, "A-07" if west else "A-06")
    return {
        "customer_id": f"C-{number:02}",
        "store_id": "rotterdam" if west else "hamburg",
        "adviser_id": adviser,
    }


def _whole(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: row.get(column.name) for column in STANDARD.table(table).columns}


def _order(customer: int, day: str, amount: str, **other: Any) -> dict[str, Any]:
    order = {
        "order_id": f"O-{customer:02}", "customer_id": f"C-{customer:02}", "store_id": "hamburg", "channel": "phone",
        "ordered_at": date.fromisoformat(day), "amount": Decimal(amount), "status": "delivered", "rush": False,
    }  # fmt: skip
    return order | other


def _contact(customer: int, day: str, channel: str, **other: Any) -> dict[str, Any]:
    contact = {
        "contact_id": f"T-{customer:02}", "customer_id": f"C-{customer:02}", "at": date.fromisoformat(day),
        "channel": channel, "direction": "out", "outcome": "reached",
    }  # fmt: skip
    return contact | other


_ORDERS = [
    _order(1, "2026-09-01", "2000.01"),
    _order(2, "2026-09-01", "2000.00"),
    _order(3, "2026-08-25", "2753.10", status="returned"),
    _order(4, "2026-08-20", "2400.00"),
    _order(5, "2026-08-20", "2300.00"),
    _order(8, "2026-08-10", "3500.00", channel="web"),
    _order(9, "2026-02-14", "600.00", channel="web"),
    _order(9, "2026-07-01", "500.00", order_id="O-09b", channel="web", status="cancelled"),
    _order(9, "2026-08-05", "600.00", order_id="O-09c", channel="web"),
    _order(10, "2025-03-03", "1500.00"),
    _order(11, "2025-06-06", "1500.00"),
    _order(12, "2025-12-31", "900.00", store_id="rotterdam"),
    _order(13, "2026-09-05", "80.00", rush=True, delivered_on=date(2026, 9, 7), adviser_id="A-05"),
    _order(14, "2026-09-04", "60.00", channel="shop"),
    _order(15, "2026-09-05", "60.00", channel="shop"),
    _order(18, "2026-02-20", "300.00"),
    _order(21, "2026-07-31", "2500.00"),
    _order(22, "2026-08-28", "2600.00"),
]
_CONTACTS = [
    _contact(4, "2026-08-22", "call", outcome="not-reached"),
    _contact(4, "2026-08-29", "call", contact_id="T-04b"),
    _contact(7, "2026-09-03", "call"),
    _contact(8, "2026-08-11", "call"),
    _contact(9, "2026-08-10", "card"),
    _contact(14, "2026-09-04", "text"),
    _contact(17, "2026-03-01", "visit"),
    _contact(18, "2026-03-10", "visit", outcome="not-reached"),
    _contact(19, "2025-08-31", "visit"),
    _contact(20, "2026-09-02", "call", outcome="open-question"),
    _contact(20, "2026-09-03", "text", contact_id="T-20b"),
    _contact(23, "2026-05-05", "visit"),
]
_REFERRALS = [
    {"referrer_id": "C-06", "referred_id": "C-07", "day": date(2026, 9, 1), "thanked_on": date(2026, 9, 1)},
]
_LOANS = [
    {"loan_id": "L-16", "customer_id": "C-16", "item": "umbrella", "deposit": Decimal("5.00"),
     "lent_on": date(2026, 8, 20)},
    {"loan_id": "L-24", "customer_id": "C-24", "item": "umbrella", "deposit": Decimal("5.00"),
     "lent_on": date(2026, 8, 20), "returned_on": date(2026, 9, 1)},
]  # fmt: skip
_RESULTS = [
    {"duty": "big-order", "subject": "O-05", "customer_id": "C-05", "day": date(2026, 8, 26), "result": "excused",
     "reason": "on a journey until October"},
]  # fmt: skip
