"""Read content/programme/*.yaml: tiers and the shop's own occasions."""

from __future__ import annotations

from collections.abc import Mapping as Files
from decimal import Decimal

from sitegen.content.keys import Keys
from sitegen.content.own_days import read_occasions
from sitegen.errors import Problem
from sitegen.model.occasion import Occasion
from sitegen.model.programme import Programme, Tier
from sitegen.model.tree import Mapping, Node, Sequence


def read_programme(files: Files[str, Mapping], problems: list[Problem]) -> Programme:
    """The programme that the files describe together; what is wrong is added to `problems`."""
    tiers: list[Tier] = []
    occasions: list[Occasion] = []
    for path, tree in files.items():
        keys = Keys(tree, problems, path.rpartition("/")[2])
        tiers.extend(_tiers(keys.node("tiers"), problems))
        own = keys.keys("occasions")
        if own is not None:
            occasions.extend(read_occasions(own))
        keys.finish()
    return Programme(tuple(sorted(tiers, key=lambda tier: tier.threshold)), tuple(occasions))


def _tiers(node: Node | None, problems: list[Problem]) -> list[Tier]:
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
