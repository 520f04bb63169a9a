"""Read `tiers:` of content/programme/*.yaml."""

from __future__ import annotations

from decimal import Decimal

from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.programme import Tier
from sitegen.model.tree import Mapping, Node, Sequence


def read_tiers(node: Node | None, problems: list[Problem]) -> list[Tier]:
    """The tiers of one file, as they stand there."""
    if node is None:
        return []
    if not isinstance(node, Sequence):
        problems.append(node.place.problem("wrong-form", "'tiers' must be a list", "begin each tier with '- name:'"))
        return []
    tiers: list[Tier] = []
    for item in node.items:
        if not isinstance(item, Mapping):
            problems.append(item.place.problem("wrong-form", "a tier has a name and a threshold"))
            continue
        tier = _tier(Keys(item, problems, "this tier"))
        if any(other.threshold == tier.threshold or other.name == tier.name for other in tiers):
            message = f"another tier has the name or the threshold of '{tier.name}'"
            problems.append(tier.place.problem("same-tier", message, "change one of them"))
        tiers.append(tier)
    return tiers


def _tier(keys: Keys) -> Tier:
    tier = Tier(
        name=keys.text("name", required=True),
        threshold=keys.decimal("threshold", required=True),
        discount=keys.decimal("discount"),
        benefit=keys.text("benefit"),
        place=keys.mapping.place,
    )
    if not Decimal(0) <= tier.discount <= Decimal(100):
        message = f"a discount of {tier.discount} per cent makes no sense"
        keys.problems.append(keys.place("discount").problem("wrong-value", message, "write a number from 0 to 100"))
    keys.finish()
    return tier
