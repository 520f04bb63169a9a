"""Say on which days what the weather table tells."""

from __future__ import annotations

from collections.abc import Mapping

import ibis

from sitegen.audience.facts.rows import table_of


def weather_days(tables: Mapping[str, ibis.Table]) -> ibis.Table:
    """`condition` and `day`, each pair once and the days in order: when it was so at any store.

    At most as many rows as there are days and words for the weather, however many stores there are.
    """
    return table_of(tables, "weather").select("condition", "day").distinct().order_by("condition", "day")
