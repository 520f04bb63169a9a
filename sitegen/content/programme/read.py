"""Read content/programme/*.yaml together: tiers, the shop's own occasions, and every other section."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Files
from functools import partial
from typing import Any, TypeAlias

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.content.audiences import Audiences
from sitegen.content.keys import Keys
from sitegen.content.own_days import read_occasions
from sitegen.content.programme.attachments import read_attachments
from sitegen.content.programme.benefits import read_benefits
from sitegen.content.programme.care import read_care, read_coverage, read_life_stages
from sitegen.content.programme.complaint_desk import read_complaint_desk
from sitegen.content.programme.coupons import read_coupons
from sitegen.content.programme.desk_key import read_desk
from sitegen.content.programme.duties import read_duties
from sitegen.content.programme.gatherings import read_gatherings, read_related
from sitegen.content.programme.points import read_points
from sitegen.content.programme.prices import read_newcomers, read_prices
from sitegen.content.programme.relationship import (
    read_contracts,
    read_ladder,
    read_off_season,
    read_payment,
    read_price_protection,
)
from sitegen.content.programme.reports import read_reports
from sitegen.content.programme.service import read_complaints, read_returns, read_standards
from sitegen.content.programme.stacking import read_stacking
from sitegen.content.programme.tiers import read_tiers
from sitegen.errors import Problem
from sitegen.model.occasion import Occasion
from sitegen.model.programme import Programme, Tier
from sitegen.model.tree import Mapping, Node

Section: TypeAlias = Callable[[Node, list[Problem]], object]
SECTIONS: dict[str, Section] = {
    "care": read_care,
    "life_stages": read_life_stages,
    "coverage": read_coverage,
    "standards": read_standards,
    "returns": read_returns,
    "complaints": read_complaints,
    "complaint_desk": read_complaint_desk,
    "points": read_points,
    "gatherings": read_gatherings,
    "related": read_related,
    "contracts": read_contracts,
    "ladder": read_ladder,
    "payment": read_payment,
    "off_season": read_off_season,
    "price_protection": read_price_protection,
    "coupons": read_coupons,
    "attachments": read_attachments,
    "prices": read_prices,
    "newcomers": read_newcomers,
    "stacking": read_stacking,
    "benefits": read_benefits,
    "desk": read_desk,
    "reports": read_reports,
}
"""How each section is read that may stand in one file only; its key is the field of `Programme`."""


def read_programme(
    files: Files[str, Mapping], problems: list[Problem], audiences: Audiences | None = None
) -> Programme:
    """The programme that the files describe together; what is wrong is added to `problems`.

    `audiences` knows for whom a duty may be; without it, rules may speak of what every shop has, and of no segment.
    """
    whom = audiences or Audiences(CATALOGUE, frozenset(), problems)
    readers: dict[str, Section] = {**SECTIONS, "duties": partial(read_duties, audiences=whom)}
    tiers: list[Tier] = []
    occasions: list[Occasion] = []
    sections: dict[str, Any] = {}
    for path, tree in files.items():
        keys = Keys(tree, problems, path.rpartition("/")[2])
        tiers.extend(read_tiers(keys.node("tiers"), problems))
        own = keys.keys("occasions")
        if own is not None:
            occasions.extend(read_occasions(own))
        for name, read in readers.items():
            node = keys.node(name)
            if node is None:
                continue
            if name in sections:
                message = f"'{name}' stands in another file of content/programme/ too"
                problems.append(keys.place(name).problem("same-section", message, "keep one of them"))
                continue
            sections[name] = read(node, problems)
        keys.finish()
    ordered = tuple(sorted(tiers, key=lambda tier: tier.threshold))
    return Programme(ordered, tuple(occasions), **sections)
