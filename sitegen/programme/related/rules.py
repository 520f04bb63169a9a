"""Write the rules that select those to whom goods are suggested, in the segment language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sitegen.model.concession import Who
from sitegen.model.related import Related
from sitegen.model.segment import EVERYONE


def leading_to(related: Related) -> Mapping[str, tuple[str, ...]]:
    """The products that are suggested because of others, with these: first the finer ones, then what goes with it."""
    found: dict[str, list[str]] = {}
    pairs = [(one.product, finer) for one in related.products for finer in one.upgrades]
    pairs += [(one.product, other) for one in related.products for other in one.goes_with]
    for has, product in pairs:
        # Nobody lacks what they have.
        if has != product:
            found.setdefault(product, []).append(has)
    return {product: tuple(dict.fromkeys(because)) for product, because in found.items()}


def suggested(related: Related, product: str, because: Iterable[str], kept_for: Iterable[Who] = ()) -> str:
    """The rule of those who may hear of a product: they bought one of `because`, and never the product.

    `kept_for`: nobody else may buy it, so that nobody else hears of it.
    """
    return _rule(related, {"product_id": tuple(because)}, {"product_id": _one_of((product,))}, kept_for)


def told_of_new(related: Related, group: str, kept_for: Iterable[Who] = ()) -> str:
    """The rule of those who may hear what is new in a group: they bought of it, and none of what is new in it."""
    days = related.new_within - 1
    since = f"within last {days} day{'s' * (days > 1)}" if days else "is today"
    new = {"product.group": _one_of((group,)), "product.launched_on": since}
    return _rule(related, {"product.group": (group,)}, new, kept_for)


def _rule(
    related: Related, bought: Mapping[str, tuple[str, ...]], lacks: Mapping[str, str], kept_for: Iterable[Who]
) -> str:
    has = {path: _one_of(names) for path, names in bought.items()}
    audience = json.dumps(f"is {related.audience}", ensure_ascii=False)
    lines = (
        "all:",
        *([] if related.audience == EVERYONE else [f"  - segment: {audience}"]),
        f"  - bought: {{at least: 1, with: {json.dumps(has, ensure_ascii=False)}}}",
        f"  - bought: {{none, with: {json.dumps(dict(lacks), ensure_ascii=False)}}}",
        *_meant_by_one_of(tuple(kept_for)),
    )
    return "\n".join((*lines, ""))


def _meant_by_one_of(who: tuple[Who, ...]) -> Iterator[str]:
    if who:
        # JSON is YAML too.
        yield f"  - any: {json.dumps([{'all': [*_conditions(one)]} for one in who], ensure_ascii=False)}"


def _conditions(who: Who) -> Iterator[Mapping[str, str]]:
    if who.tiers:
        yield {"tier": _one_of(who.tiers)}
    if who.audience != EVERYONE:
        yield {"segment": f"is {who.audience}"}


def _one_of(names: tuple[str, ...]) -> str:
    return f"is {names[0]}" if len(names) == 1 else f"one of [{', '.join(names)}]"
