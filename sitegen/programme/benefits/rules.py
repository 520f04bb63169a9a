"""Write the rules that select the customers of a benefit, in the segment language."""

from __future__ import annotations

import json
import re
from datetime import date

from sitegen.model.benefit import Benefit
from sitegen.model.campaign import EveryYear
from sitegen.model.segment import EVERYONE

PLAIN = re.compile(r"\w+( \w+)*")


def open_to(benefit: Benefit) -> str:
    """The rule of those to whom a benefit is open while its occasion lasts, as YAML.

    A birthday benefit is open to each customer on days of their own, so the rule asks for these too; the days of an
    occasion that is everybody's are not in it: see `opening`.
    """
    return _all(_whose(benefit))


def has_earned(benefit: Benefit, since: date, on: date) -> str:
    """The rule of those who have bought from `since` to `on` what a benefit is for: so many pieces of one of its goods
    in one line of an order. A period of the rule language is a day at least, so what was bought the day before counts
    too where both are the same day.
    """
    return _all([*_whose(benefit), *_bought(benefit, max((on - since).days, 0))])


def _whose(benefit: Benefit) -> list[str]:
    conditions = []
    if benefit.who.tiers:
        conditions.append(f"- tier: {_quoted(_one_of(benefit.who.tiers))}")
    if benefit.who.audience != EVERYONE:
        conditions.append(f"- segment: {_quoted(f'is {benefit.who.audience}')}")
    if isinstance(benefit.when, EveryYear):
        # One who celebrates today is in both periods; a day is the least that a period can have.
        periods = [("last", benefit.after), ("next", benefit.before)]
        asked = [f"within {side} {days} day{'s' * (days > 1)}" for side, days in periods if days] or ["is today"]
        conditions.append("- any:")
        conditions.extend(f"    - {benefit.when.fact}: {phrase}" for phrase in asked)
    return conditions or ["- customer id: is known"]


def _bought(benefit: Benefit, days: int) -> list[str]:
    goods = benefit.goods
    paths = {"product.group": goods.groups, "product_id": goods.products}
    properties = [f"{path}: {_quoted(_one_of(names))}" for path, names in paths.items() if names]
    pieces = f"quantity: at least {benefit.pieces}" if benefit.pieces > 1 else ""
    alternatives = [", ".join(filter(None, (pieces, one))) for one in properties or [""]]
    period = f"within last: {days} day{'s' * (days > 1)}" if days else "within last: 1 day"
    lines = [f"    - bought: {{at least: 1, {period}, with: {{{one}}}}}" for one in alternatives if one]
    return ["- any:", *(lines or [f"    - bought: {{at least: 1, {period}}}"])]


def _one_of(names: tuple[str, ...]) -> str:
    return f"is {names[0]}" if len(names) == 1 else f"one of [{', '.join(names)}]"


def _quoted(phrase: str) -> str:
    return phrase if PLAIN.fullmatch(phrase) else json.dumps(phrase, ensure_ascii=False)


def _all(conditions: list[str]) -> str:
    return "\n".join(("all:", *(f"  {line}" for line in conditions), ""))
