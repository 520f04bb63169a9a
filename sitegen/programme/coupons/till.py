"""Say what a till may know of coupons: enough to take one, and nothing else of whoever brings it.

A till sees the code, what it gives and when it counts, whether it was used, and a first name with the first sign of the
family name, so that it notices when somebody else brings it. It sees no number, address or telephone of a customer: a
list at a counter is read by everybody who stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis

from sitegen.audience.facts.rows import table_of

COLUMNS = ("code", "for", "gives", "valid_from", "valid_until", "used_on")


def till(tables: Mapping[str, ibis.Table], on: date) -> ibis.Table:
    """COLUMNS and `rule` for each coupon that is not over on the day, used ones too, by code."""
    rows = table_of(tables, "coupons")
    rows = rows.filter((rows["valid_until"] >= ibis.date(on)).fill_null(True))
    people = tables["customers"].select("customer_id", "first_name", "last_name")
    joined = rows.left_join(people, "customer_id")
    first = joined["first_name"].strip().fill_null("")
    initial = joined["last_name"].strip().fill_null("").left(1)
    chinese = (initial + first).re_search("[\u3400-\u9fff]")
    name = ibis.cases((initial == "", first), (chinese, initial + first), else_=(first + " " + initial + ".").strip())
    others = [column for column in COLUMNS if column != "for"]
    return joined.select(*others, "rule", **{"for": name}).order_by(["code", "for"])
