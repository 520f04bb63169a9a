"""See to it that one address gets an edition once, however many customers have it."""

from __future__ import annotations

import ibis

ADDRESS = ("edition", "channel", "address", "reader")
LINE = ("edition", "channel", "customer_id")


def with_twins(table: ibis.Table) -> ibis.Table:
    """The candidates with `code` and `why_not`: sent before, an obstacle, or another customer at the same address.

    Of those at one address the one who heard before is the first, then the lowest customer_id. Only who shares an
    address is put in order: most people have one to themselves.
    """
    served = table.mutate(served=table["sent"] | table["obstacle"].isnull())
    served = served.filter(served["served"]).select(*ADDRESS, "customer_id", "sent")
    counted = served.group_by(ADDRESS).aggregate(number=served.count())
    shared = counted.filter(counted["number"] > 1)
    housed = served.semi_join(shared, ADDRESS)
    order = ibis.window(group_by=ADDRESS, order_by=[housed["sent"].desc(), housed["customer_id"]])
    housed = housed.mutate(rank=ibis.row_number().over(order), first=housed["customer_id"].first().over(order))
    twins = housed.filter(housed["rank"] > 0)
    twins = twins.select(**{f"twin {name}": twins[name] for name in LINE}, first="first")
    joined = table.left_join(twins, [(name, f"twin {name}") for name in LINE])
    twin = joined["first"].notnull()
    columns = {name: joined[name] for name in table.columns}
    return joined.select(
        {
            **columns,
            "code": ibis.cases((joined["sent"], "already-sent"), (twin, "duplicate-address"), else_=joined["obstacle"]),
            "why_not": ibis.cases(
                (joined["sent"], "this edition has left for them before"),
                (twin, ibis.literal("the same address as ") + joined["first"]),
                else_=joined["why_not"],
            ),
        }
    )
