"""Three years of orders, their lines, the points they earned, and who brought whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.shop.people import TODAY
from tests.shop.places import Row
from tests.shop.products import products

FIRST_DAY = date(2023, 9, 9)
PROGRAMME_DAY = "2024-03-01"  # first day of the points programme
NEVER_SOLD = frozenset({"P-018", "P-042"})
_COURIERS = {
    "CN": ("Swift Crane", "Swift Crane", "Panda Parcel", "Silk Road Express"),
    "": ("Hanse Post", "Hanse Post", "Tulip Parcel", "Blue Van"),
}
_GIFTS = ((400, "tea tin"), (600, "silk bead pouch"), (900, "lavender sachets"), (1500, "linen towel"))
_MEI_DAYS = (
    "2023-10-12", "2023-12-20", "2024-02-04", "2024-05-11", "2024-09-12", "2024-12-18", "2025-01-23",
    "2025-06-07", "2025-09-30", "2025-12-12", "2026-02-10", "2026-05-09", "2026-07-18", "2026-08-30",
)  # fmt: skip
_JONAS_BASKETS = (
    ("2023-11-18", ("P-026", "P-027")), ("2024-04-06", ("P-003",)), ("2024-12-07", ("P-009", "P-016", "P-040")),
    ("2025-06-14", ("P-007", "P-029")), ("2025-11-29", ("P-001", "P-005")), ("2026-06-20", ("P-027", "P-005")),
)  # fmt: skip


def trade(seed: str, people: list[Row]) -> dict[str, list[Row]]:
    """The tables orders, order_lines, points and referrals; order numbers follow the days."""
    random = Random(f"{seed}:trade")
    plans = [plan for person in people for plan in _plans(person, random)]
    plans.sort(key=lambda plan: (plan[0], plan[1]["customer_id"]))
    orders: list[Row] = []
    lines: list[Row] = []
    spent: defaultdict[str, int] = defaultdict(int)
    for number, (day, person, wanted) in enumerate(plans, start=1):
        basket = _lines(f"O-{number:05}", wanted, _discount(spent[person["customer_id"]]))
        order = _order(basket, day, person, random)
        if order["status"] != "cancelled":
            spent[person["customer_id"]] += cents(order["amount"])
        orders.append(order)
        lines += basket
    points = _points(orders, random)
    return {"orders": orders, "order_lines": lines, "points": points, "referrals": _referrals(people, orders, random)}


def cents(amount: str) -> int:
    """`12.34` as 1234."""
    return int(amount.replace(".", ""))


def money(amount: int) -> str:
    """1234 as `12.34`, for amounts that are not negative."""
    return f"{amount // 100}.{amount % 100:02}"


_CALL_SOON = {  # above 2,000 in the sample's last days, so that an adviser has somebody to call
    "C-00005": ("2026-09-01", [("P-036", 1), ("P-038", 1), ("P-039", 2), ("P-040", 2)]),
    "C-00008": ("2026-09-03", [("P-020", 2), ("P-022", 3)]),
    "C-00024": ("2026-09-05", [("P-021", 4), ("P-030", 6)]),
}
_PRODUCTS = {row["product_id"]: row for row in products()}
Plan = tuple[date, Row, list[tuple[str, int]]]


def _plans(person: Row, random: Random) -> list[Plan]:
    """When one person buys, and what: a devoted fifth buys often and dearly, the others little."""
    if person["customer_id"] == "C-00002":
        return [(date.fromisoformat(day), person, [(product, 1) for product in goods]) for day, goods in _JONAS_BASKETS]
    level = _level(person, random)
    first = max(FIRST_DAY, date.fromisoformat(person["member_since"]))
    last = _last_day(person, level, first, random)
    span = (last - first).days
    wish = level.orders(random)
    count = max(min(wish, 2), min(wish, wish * span // 800))
    days = [first + timedelta(days=_busy_day(first, span, random)) for _ in range(count)]
    if person["customer_id"] == "C-00001":
        days = [date.fromisoformat(day) for day in _MEI_DAYS]
    plans = [(day, person, _basket(level, day, person, random)) for day in days]
    if person["customer_id"] in _CALL_SOON:
        day, basket = _CALL_SOON[person["customer_id"]]
        plans.append((date.fromisoformat(day), person, basket))
    return plans


@dataclass(frozen=True, slots=True)
class _Level:
    """How much somebody buys: least and most orders in three years, most lines in an order, share of dear goods."""

    fewest: int
    most: int
    lines: int
    dear: float

    def orders(self, random: Random) -> int:
        """Rather few than many."""
        return min(random.randint(self.fewest, self.most), random.randint(self.fewest, self.most) + 2)


DEVOTED = _Level(17, 41, lines=4, dear=0.34)
MEI = _Level(14, 14, lines=4, dear=0.85)
REGULAR = _Level(3, 12, lines=2, dear=0.09)
RARE = _Level(1, 2, lines=2, dear=0.10)
SILENT = _Level(0, 0, lines=1, dear=0.0)


def _level(person: Row, random: Random) -> _Level:
    if person["customer_id"] == "C-00001":
        return MEI
    if person["type"] in {"dealer", "wholesaler"}:
        return DEVOTED
    level = random.choices((DEVOTED, REGULAR, RARE, SILENT), (208, 460, 292, 40))[0]
    return REGULAR if person["class"] != "customer" else level


def _last_day(person: Row, level: _Level, first: date, random: Random) -> date:
    """Until the farewell; a fifth of the small customers and some of the devoted fell silent without one."""
    if person.get("lost_on"):
        return max(first, date.fromisoformat(person["lost_on"]))
    silent = random.random() < (0.08 if level is DEVOTED else 0.22)
    return max(first, TODAY - timedelta(days=random.randint(181, 700) if silent else 1))


def _busy_day(first: date, span: int, random: Random) -> int:
    """A day of the span; every second one is drawn again unless it falls before a feast."""
    day = random.randint(0, max(span, 0))
    if (first + timedelta(days=day)).month not in {1, 9, 11, 12} and random.random() < 0.5:
        day = random.randint(0, max(span, 0))
    return day


def _basket(level: _Level, day: date, person: Row, random: Random) -> list[tuple[str, int]]:
    """Product numbers and quantities; only goods already on sale."""
    on_sale = [
        row for row in _PRODUCTS.values() if row["launched_on"] <= str(day) and row["product_id"] not in NEVER_SOLD
    ]
    dear = [row for row in on_sale if cents(row["price"]) >= 11000]
    small = [row for row in on_sale if row not in dear]
    wanted: dict[str, int] = {}
    for _ in range(random.randint(1, level.lines)):
        row = random.choice(dear if random.random() < level.dear else small)
        wanted[row["product_id"]] = 2 if random.random() < 0.12 else 1
    if person["type"] in {"dealer", "wholesaler"} and random.random() < 0.4:
        wanted = {product: quantity * random.randint(2, 5) for product, quantity in wanted.items()}
    return sorted(wanted.items())


def _discount(spent: int) -> int:
    """Percent off the list price: 2 from 1,000 and 5 from 3,000 spent so far."""
    return 5 if spent >= 300_000 else 2 if spent >= 100_000 else 0


def _lines(order: str, wanted: list[tuple[str, int]], discount: int) -> list[Row]:
    return [
        {
            "order_id": order,
            "line": str(line),
            "product_id": product,
            "quantity": str(quantity),
            "price": money(cents(_PRODUCTS[product]["price"]) * (100 - discount) // 100),
        }
        for line, (product, quantity) in enumerate(wanted, start=1)
    ]


def _order(basket: list[Row], day: date, person: Row, random: Random) -> Row:
    amount = sum(cents(line["price"]) * int(line["quantity"]) for line in basket)
    cost = sum(cents(_PRODUCTS[line["product_id"]]["cost"]) * int(line["quantity"]) for line in basket)
    carried = random.random() < 0.6
    delivered = day + timedelta(days=random.randint(1, 6)) if carried else day
    status = _status(carried, delivered, random)
    row = {
        "order_id": basket[0]["order_id"],
        "customer_id": person["customer_id"],
        "store_id": person["store_id"],
        "ordered_at": str(day),
        "amount": money(amount),
        "profit": money(amount - cost),
        "channel": random.choice(("web", "web", "phone")) if carried else "shop",
        "courier": random.choice(_COURIERS["CN" if person["country"] == "CN" else ""]) if carried else "",
        "rush": "yes" if carried and random.random() < 0.07 else "no",
        "delivered_on": str(delivered) if status in {"delivered", "returned"} else "",
        "status": status,
        "gift": "yes" if random.random() < 0.09 else "no",
        "rating": _rating(status, random),
    }
    return {**row, "adviser_id": "" if row["channel"] == "web" else person["adviser_id"]}


def _status(carried: bool, delivered: date, random: Random) -> str:
    """What is under way has not arrived by the sample's day; two in a hundred come back, one is called off."""
    if delivered > TODAY:
        return "sent" if carried else "paid"
    return random.choices(("delivered", "returned", "cancelled"), (970, 20, 10))[0]


def _rating(status: str, random: Random) -> str:
    """Most say nothing; who speaks is mostly content."""
    if status not in {"delivered", "returned"} or random.random() < 0.7:
        return ""
    return str(random.choices((5, 4, 3, 2, 1), (60, 25, 8, 4, 3) if status == "delivered" else (1, 2, 4, 6, 6))[0])


def _points(orders: list[Row], random: Random) -> list[Row]:
    """One point a whole euro; pending for two weeks, expired after two years unless spent on gifts."""
    of_customer: defaultdict[str, list[Row]] = defaultdict(list)
    for order in orders:
        if order["status"] in {"delivered", "sent", "paid"} and order["ordered_at"] >= PROGRAMME_DAY:
            of_customer[order["customer_id"]].append(order)
    return [row for customer in sorted(of_customer) for row in _ledger_rows(customer, of_customer[customer], random)]


def _ledger_rows(customer: str, orders: list[Row], random: Random) -> list[Row]:
    ledger: list[tuple[str, int, str, str, str]] = []
    lots: list[tuple[str, int]] = []  # what is left of each day's points, oldest first
    for order in orders:
        day, earned = order["ordered_at"], cents(order["amount"]) // 100
        lots = _expire(lots, day, ledger)
        kind = "pending" if day > str(TODAY - timedelta(days=14)) else "earned"
        ledger.append((day, earned, kind, "order", order["order_id"]))
        if kind == "earned":
            lots.append((day, earned))
            lots = _perhaps_spend(lots, day, ledger, random)
    _expire(lots, str(TODAY), ledger)
    names = ("day", "points", "kind", "reason", "order_id")
    return [
        {"customer_id": customer, "entry": str(entry), **dict(zip(names, map(str, values), strict=True))}
        for entry, values in enumerate(ledger, start=1)
    ]


def _expire(
    lots: list[tuple[str, int]], today: str, ledger: list[tuple[str, int, str, str, str]]
) -> list[tuple[str, int]]:
    """Strike out what is left of points older than two years; ISO days compare as texts."""
    kept = []
    for day, left in lots:
        ends = f"{int(day[:4]) + 2}{day[4:]}".replace("-02-29", "-02-28")
        if ends > today:
            kept.append((day, left))
        else:
            ledger.append((ends, -left, "expired", "two years", ""))
    return kept


def _perhaps_spend(
    lots: list[tuple[str, int]], day: str, ledger: list[tuple[str, int, str, str, str]], random: Random
) -> list[tuple[str, int]]:
    """Now and then a gift, paid from the oldest points."""
    affordable = [gift for gift in _GIFTS if gift[0] <= sum(left for _, left in lots)]
    if not affordable or random.random() >= 0.3:
        return lots
    price, gift = random.choice(affordable)
    ledger.append((day, -price, "spent", gift, ""))
    left_over = []
    for earned_on, left in lots:
        taken = min(left, price)
        price -= taken
        if left > taken:
            left_over.append((earned_on, left - taken))
    return left_over


def _referrals(people: list[Row], orders: list[Row], random: Random) -> list[Row]:
    """About 120 new customers whom an old one brought; both were thanked the same day, most called in a week."""
    first_order: dict[str, Row] = {}
    for order in orders:
        first_order.setdefault(order["customer_id"], order)
    new = [row for row in people if row["member_since"] > str(FIRST_DAY) and row["customer_id"] in first_order]
    rows = []
    for person in sorted(random.sample(new[2:], 120), key=lambda row: row["customer_id"]):
        day = date.fromisoformat(person["member_since"])
        old = random.choice([row for row in people if row["member_since"] < str(day - timedelta(days=90))])
        called = day + timedelta(days=random.randint(1, 7))
        rows.append(
            {
                "referrer_id": old["customer_id"],
                "referred_id": person["customer_id"],
                "day": str(day),
                "order_id": first_order[person["customer_id"]]["order_id"],
                "thanked_on": str(day) if random.random() < 0.9 else "",
                "called_on": str(called) if called <= TODAY and random.random() < 0.8 else "",
            }
        )
    return rows
