"""How the sample shop's advisers did their duties of late summer: most in time, some late, a few excused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from tests.shop.people import TODAY
from tests.shop.places import Row
from tests.shop.trade import cents

SINCE = date(2026, 8, 1)
"""The first day of the desk: what began before is nobody's duty."""

UNCALLED = frozenset({"C-00001", "C-00024"})
"""Whom the segments' own tests expect among those who were not called."""

THRESHOLDS = (100_000, 300_000)
_UNDONE = frozenset({"returned", "cancelled"})
_APPOINTMENTS = {
    "T-02385": "2026-09-08 16:30",
    "T-02386": "2026-09-08 11:00",
    "T-02389": "2026-09-09 14:15",
    "T-02390": "2026-09-10 17:45",
}
_LOANS = (
    ("L-041", "C-00434", "hamburg", "2026-08-16", ""),
    ("L-042", "C-00505", "shanghai", "2026-08-25", ""),
    ("L-043", "C-01161", "rotterdam", "2026-09-01", "2026-09-04"),
    ("L-044", "C-00714", "hamburg", "2026-09-04", ""),
)
_NOTES = {
    "call": ("The parcel is there, ribbon and all.", "A neighbour took it in; found by now.", "Loves it.", ""),
    "card": ("By hand, on the grey paper.", ""),
    "visit": ("Tea in the garden; asked for longer napkins.", "Showed me the grandmother's quilt.",
              "Wants the old blue back.", "The daughter marries in May.", ""),
}  # fmt: skip
_CHINESE_NOTES = {
    "call": ("包裹已经签收，盒子没有压坏。", "同事代收的，晚上带回家。", "收到了，说比想象中还软。", ""),
    "card": ("手写了一张卡片。", ""),
    "visit": ("坐着喝了半壶茶，聊到孩子上学。", "说佛珠每天都戴。", "想要一块长一点的桌布。", ""),
}
Draft: TypeAlias = tuple[date, str, str, str, str]
"""A contact to be: day, customer, channel, subject, who made it ("": the customer's own adviser)."""


def desk(seed: str, people: Sequence[Row], tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The tables contacts and loans with what the desk added, and duty_results."""
    random = Random(f"{seed}:desk")
    by_id = {row["customer_id"]: row for row in people}
    contacts = [_arranged(row) for row in tables["contacts"]]
    made = [_contact(draft, by_id[draft[1]], random) for draft in sorted(_drafts(by_id, tables, random))]
    made = sorted([*made, _answer_to_a_question(by_id["C-01123"])], key=lambda row: (row["at"], row["customer_id"]))
    first = len(contacts) + 1
    numbered = [{"contact_id": f"T-{number:05}", **row} for number, row in enumerate(made, start=first)]
    return {
        "contacts": contacts + numbered,
        "loans": tables["loans"] + [_loan(*loan) for loan in _LOANS],
        "duty_results": _results(by_id),
    }


def _drafts(by_id: dict[str, Row], tables: dict[str, list[Row]], random: Random) -> Iterator[Draft]:
    orders = [row for row in tables["orders"] if row["status"] not in _UNDONE]
    yield from _parcels(orders, random)
    yield from _rain(orders, tables["weather"], random)
    yield from _friends_of_friends(tables["referrals"], random)
    yield from _letters(orders, random)
    yield from _second_chances(tables["complaints"])
    yield from _visits(by_id, orders, tables["contacts"], random)


def _parcels(orders: Sequence[Row], random: Random) -> Iterator[Draft]:
    """A call on the day on which an urgent parcel came; sometimes two days later, sometimes never."""
    for order in orders:
        if order["rush"] == "yes" and order["delivered_on"] >= str(SINCE):
            day = _soon(date.fromisoformat(order["delivered_on"]), 0.8, random)
            if day and order["customer_id"] not in UNCALLED:
                yield day, order["customer_id"], "call", "delivery", order["adviser_id"]


def _rain(orders: Sequence[Row], weather: Sequence[Row], random: Random) -> Iterator[Draft]:
    """A text on the same rainy day to who came to the shop."""
    rainy = {(row["day"], row["store_id"]) for row in weather if row["condition"] == "rain"}
    for order in orders:
        wet = (order["ordered_at"], order["store_id"]) in rainy
        if order["channel"] == "shop" and order["ordered_at"] >= str(SINCE) and wet:
            day = _soon(date.fromisoformat(order["ordered_at"]), 0.88, random)
            if day:
                yield day, order["customer_id"], "text", "thanks", order["adviser_id"]


def _friends_of_friends(referrals: Sequence[Row], random: Random) -> Iterator[Draft]:
    """Both were thanked on the day, and the new one was called, as the referral itself says."""
    for row in referrals:
        if row["day"] < str(SINCE):
            continue
        for customer in (row["referrer_id"], row["referred_id"]):
            if row["thanked_on"]:
                yield date.fromisoformat(row["thanked_on"]), customer, random.choice(("text", "mail")), "thanks", ""
        if row["called_on"]:
            yield date.fromisoformat(row["called_on"]), row["referred_id"], "call", "chat", ""


def _letters(orders: Sequence[Row], random: Random) -> Iterator[Draft]:
    """A card within two weeks to who crossed a sum of the year; the last ones wait on the desk."""
    spent: Counter[str] = Counter()
    for order in sorted(orders, key=lambda row: (row["ordered_at"], row["order_id"])):
        if order["ordered_at"] < f"{SINCE.year}-01-01":
            continue
        customer, before = order["customer_id"], spent[order["customer_id"]]
        spent[customer] += cents(order["amount"])
        crossed = any(before < threshold <= spent[customer] for threshold in THRESHOLDS)
        if crossed and order["ordered_at"] >= str(SINCE) and random.random() < 0.85:
            day = date.fromisoformat(order["ordered_at"]) + timedelta(days=random.randint(1, 13))
            if day <= TODAY:
                yield day, customer, "card", "thanks", ""


def _second_chances(complaints: Sequence[Row]) -> Iterator[Draft]:
    """A month after the result somebody asked again; the last ones wait for it."""
    for row in complaints:
        if row["solved_on"] >= "2026-04-01" and row["step"] == "feedback":
            day = date.fromisoformat(row["solved_on"]) + timedelta(days=30)
            if day < TODAY - timedelta(days=3):
                yield day, row["customer_id"], "call", "complaint", ""


def _visits(by_id: dict[str, Row], orders: Sequence[Row], contacts: Sequence[Row], random: Random) -> Iterator[Draft]:
    """Most of those who carry the shop were visited within half a year."""
    since = TODAY - timedelta(days=182)
    seen = {row["customer_id"] for row in contacts if row["channel"] == "visit" and row["at"] > str(since)}
    for customer in _dearest(orders):
        day = since + timedelta(days=random.randint(1, 181))
        visited = random.random() < 0.93
        if by_id[customer]["class"] == "customer" and customer not in seen and visited:
            yield day, customer, "visit", "chat", ""


def _dearest(orders: Sequence[Row]) -> list[str]:
    """Those whose profit of a year makes four fifths of all, by number."""
    profit: Counter[str] = Counter()
    for order in orders:
        if order["ordered_at"] >= str(TODAY - timedelta(days=365)):
            profit[order["customer_id"]] += cents(order["profit"])
    need, found = sum(profit.values()) * 4 / 5, []
    for customer, brought in sorted(profit.items(), key=lambda item: (-item[1], item[0])):
        if need <= 0:
            break
        need -= brought
        found.append(customer)
    return sorted(found)


def _soon(day: date, chance: float, random: Random) -> date | None:
    """The same day; else two days later, or not at all."""
    if random.random() < chance:
        return day
    later = day + timedelta(days=2)
    return later if random.random() < 0.5 and later <= TODAY else None


def _contact(draft: Draft, person: Row, random: Random) -> Row:
    day, _, channel, subject, adviser = draft
    notes = _CHINESE_NOTES if person["language"] == "zh" else _NOTES
    return {
        "customer_id": person["customer_id"],
        "adviser_id": adviser or person["adviser_id"],
        "at": str(day),
        "channel": channel,
        "direction": "out",
        "subject": subject,
        "outcome": "reached",
        "note": random.choice(notes.get(channel, ("",))),
        "routed_to": random.choice(("region", "region", "head-office")) if channel == "visit" else "",
    }


def _arranged(row: Row) -> Row:
    """The contact with the time that was arranged, where one of the last days holds it."""
    time = _APPOINTMENTS.get(row["contact_id"])
    return row | {"appointment_at": time} if time else row


def _answer_to_a_question(person: Row) -> Row:
    """Beads may not get wet: after a call with an open question, a time was found to show why."""
    return {
        "customer_id": person["customer_id"],
        "adviser_id": person["adviser_id"],
        "at": "2026-09-01",
        "channel": "call",
        "direction": "out",
        "subject": "after-purchase",
        "outcome": "appointment",
        "appointment_at": "2026-09-09 15:00",
        "note": "Comes by on Wednesday; show her the waxed thread.",
    }


def _loan(loan: str, customer: str, store: str, lent: str, returned: str) -> Row:
    names = ("loan_id", "customer_id", "store_id", "lent_on", "returned_on", "item", "deposit")
    return dict(zip(names, (loan, customer, store, lent, returned, "umbrella", "5.00"), strict=True))


_RESULTS = """
parcel-arrived|O-08572|C-01016|2026-08-17|done|
parcel-arrived|O-08652|C-01138|2026-08-28|done|
parcel-arrived|O-08527|C-00821|2026-08-10|excused|was in the shop that morning, with the new plaid around her shoulders
yearly-sum|C-00750@1000@2026|C-00750|2026-08-19|excused|asked us in spring to save the paper
yearly-sum|C-00985@3000@2026|C-00985|2026-08-10|done|
"""


def _results(by_id: dict[str, Row]) -> list[Row]:
    """What the desk itself said of a few duties."""
    names = ("duty", "subject", "customer_id", "day", "result", "reason")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in _RESULTS.strip().splitlines()]
    return [row | {"adviser_id": by_id[row["customer_id"]]["adviser_id"]} for row in rows]
