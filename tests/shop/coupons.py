"""What the customers of the sample shop may redeem: thanks for a good word, and never a lower price."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.shop.people import TODAY
from tests.shop.places import Row

_GIVES = (
    ("TEA", "a pot of tea for two"), ("WRAP", "gift wrapping in cloth"), ("SACHET", "a sachet of lavender"),
    ("POLISH", "your beads polished and strung anew"), ("SWATCH", "a book of swatches to take home"),
)  # fmt: skip
COUNT = 40


def coupons(seed: str, people: list[Row]) -> list[Row]:
    """Forty in half a year, each good for three months; about every other one was redeemed."""
    random = Random(f"{seed}:coupons")
    buyers = [row["customer_id"] for row in people if row["class"] == "customer"]
    days = sorted(TODAY - timedelta(days=random.randint(1, 180)) for _ in range(COUNT))
    return [_coupon(number, day, random.choice(buyers), random) for number, day in enumerate(days, start=1)]


def _coupon(number: int, day: date, customer: str, random: Random) -> Row:
    word, gives = random.choice(_GIVES)
    used = day + timedelta(days=random.randint(3, 90))
    return {
        "customer_id": customer,
        "code": f"{word}-{number:02}",
        "gives": gives,
        "valid_from": str(day),
        "valid_until": str(day + timedelta(days=92)),
        "used_on": str(used) if used <= TODAY and random.random() < 0.6 else "",
    }
