"""Write the rules that select the customers of an offer, in the segment language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sitegen.model.concession import Who
from sitegen.model.relationship import Ladder, LadderBy, Step
from sitegen.model.segment import EVERYONE


def meant(who: Who) -> str:
    """The rule of those for whom an offer is, as YAML."""
    return _all(_conditions(who))


def on_step(ladder: Ladder, step: Step) -> str:
    """The rule of those whose next order is on a step of a ladder of orders, or on a higher one.

    Every order of the last `within` days counts, whatever was in it. Of a ladder of pieces everybody is on each step:
    it asks what lies in one order.
    """
    before = step.count - 1 if ladder.by is LadderBy.ORDERS else 0
    days = f"{ladder.within} day{'s' * (ladder.within > 1)}"
    ordered = [f"- ordered: {{at least: {before}, within last: {days}}}"] if before else []
    return _all([*_conditions(ladder.who), *ordered])


def _conditions(who: Who) -> Iterator[str]:
    if who.tiers:
        tiers = f"is {who.tiers[0]}" if len(who.tiers) == 1 else f"one of [{', '.join(who.tiers)}]"
        yield f"- tier: {json.dumps(tiers, ensure_ascii=False)}"
    if who.audience != EVERYONE:
        yield f"- segment: is {who.audience}"


def _all(conditions: Iterator[str] | list[str]) -> str:
    found = [*conditions] or ["- customer id: is known"]
    return "\n".join(("all:", *(f"  {one}" for one in found), ""))
