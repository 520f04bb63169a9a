"""Look at the coupons of the customer file: used twice, used outside their days, of rules that are gone."""

from __future__ import annotations

from collections.abc import Iterator

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.project import Project
from sitegen.programme.coupons.due import GIFT

SHOWN = 3
OUTSIDE = (
    "a coupon was used outside its days",
    "{} coupons were used outside their days",
    "ask the till that took it",
)
TWICE = (
    "a coupon was used by several customers",
    "{} coupons were used by several customers each",
    "each code of a rule counts once: ask the tills that took it",
)
STRANGE = (
    "a coupon is of a rule that is not there",
    "{} coupons are of rules that are not there",
    "codes are made from a rule's name: give the rule its name back, or let them run out",
)


def coupon_findings(project: Project, engine: Engine, file: str) -> Iterator[Problem]:
    """What somebody should ask the tills about; `file` is where the customers are."""
    rows = table_of(engine.tables, "coupons")
    outside = (rows["used_on"] > rows["valid_until"]) | (rows["used_on"] < rows["valid_from"])
    late = rows.filter(outside.fill_null(False)).select("code")
    yield from _told(engine, late, file, "coupon-used-late", OUTSIDE)
    own = rows.filter(rows["rule"].notnull(), ~rows["rule"].endswith(GIFT), rows["used_on"].notnull())
    counts = own.group_by("code").aggregate(uses=own.count())
    twice = counts.filter(counts["uses"] > 1).select("code")
    yield from _told(engine, twice, file, "coupon-used-twice", TWICE)
    names = [name for rule in project.programme.coupons for name in (rule.name, rule.name + GIFT)]
    strange = rows.filter(rows["rule"].notnull(), ~rows["rule"].isin(names))
    yield from _told(engine, strange.select("code"), file, "coupon-of-no-rule", STRANGE)


def _told(engine: Engine, found: ibis.Table, file: str, code: str, said: tuple[str, str, str]) -> Iterator[Problem]:
    one, many, hint = said
    count = engine.count(found)
    if count:
        first = [row["code"] for row in engine.ask(found.order_by("code").limit(SHOWN))]
        listed = ", ".join(first) + (", ..." if count > SHOWN else "")
        yield Problem(file, 0, 0, code, f"{one if count == 1 else many.format(f'{count:,}')}: {listed}", hint)
