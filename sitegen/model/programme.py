"""The members' programme as data: tiers, and the shop's own days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.occasion import Occasion
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier: reached at `threshold` of cumulative spending, worth `discount` per cent, described in `benefit`."""

    name: str
    threshold: Decimal
    discount: Decimal
    benefit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Programme:
    """What content/programme/*.yaml says. Tiers stand in ascending order of their thresholds."""

    tiers: tuple[Tier, ...] = ()
    occasions: tuple[Occasion, ...] = ()
