"""What the customers of the sample shop brought for mending: a table of the shop's own, declared in its site.yaml."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.shop.people import TODAY
from tests.shop.places import Row

_WHAT = (
    "a seam of the Hundred Families quilt", "the corner of a cradle quilt", "a silk quilt, drawn threads",
    "a patchwork quilt, three squares", "the hem of a linen sheet", "a plaid, moth holes", "beads, to be strung anew",
)  # fmt: skip
COUNT = 60


def repairs(seed: str, people: list[Row]) -> list[Row]:
    """Sixty things in two years; a quilt takes its weeks, and a few lie in the sewing room still."""
    random = Random(f"{seed}:repairs")
    buyers = [row["customer_id"] for row in people if row["class"] == "customer"]
    days = sorted(TODAY - timedelta(days=random.randint(1, 730)) for _ in range(COUNT))
    return [_repair(number, day, random.choice(buyers), random) for number, day in enumerate(days, start=1)]


def _repair(number: int, day: date, customer: str, random: Random) -> Row:
    done = day + timedelta(days=random.randint(3, 90))
    return {
        "repair_id": f"R-{number:03}",
        "customer_id": customer,
        "day": str(day),
        "what": random.choice(_WHAT),
        "done_on": str(done) if done <= TODAY else "",
    }
