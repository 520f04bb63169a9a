"""Read content/programme/*.yaml together: tiers, the shop's own occasions, and every other section."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Files
from typing import TypeAlias

from sitegen.content.keys import Keys
from sitegen.content.own_days import read_occasions
from sitegen.content.programme.tiers import read_tiers
from sitegen.errors import Problem
from sitegen.model.occasion import Occasion
from sitegen.model.programme import Programme, Tier
from sitegen.model.tree import Mapping, Node

Section: TypeAlias = Callable[[Node, list[Problem]], object]
SECTIONS: dict[str, Section] = {}
"""How each section is read that may stand in one file only; its key is the field of `Programme`."""


def read_programme(files: Files[str, Mapping], problems: list[Problem]) -> Programme:
    """The programme that the files describe together; what is wrong is added to `problems`."""
    tiers: list[Tier] = []
    occasions: list[Occasion] = []
    sections: dict[str, object] = {}
    for path, tree in files.items():
        keys = Keys(tree, problems, path.rpartition("/")[2])
        tiers.extend(read_tiers(keys.node("tiers"), problems))
        own = keys.keys("occasions")
        if own is not None:
            occasions.extend(read_occasions(own))
        for name, read in SECTIONS.items():
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
