"""Read `stacking:` of content/programme/*.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import per_cent
from sitegen.content.programme.forms import section_keys
from sitegen.content.programme.prices import without_of
from sitegen.errors import Problem
from sitegen.model.stacking import USUAL_STACKING, OnTop, Stacking, Together
from sitegen.model.tree import Node, Scalar, Sequence

MOST = 3
"""Concessions that may meet in one order; more than that, and nobody can tell any longer what a thing costs."""


def read_stacking(node: Node, problems: list[Problem]) -> Stacking:
    """What `stacking:` says."""
    keys = section_keys(node, problems, "stacking")
    if keys is None:
        return USUAL_STACKING
    stacking = Stacking(
        most=keys.integer("most", 1, 1, MOST),
        together=tuple(_pairs(keys)),
        on_top=tuple(OnTop(scalar.text, scalar.place) for scalar in keys.scalars("on_top")),
        floor=per_cent(keys, "floor") if keys.node("floor") is not None else None,
        without=without_of(keys),
        place=keys.place("floor"),
    )
    keys.finish()
    return stacking


def _pairs(keys: Keys) -> Iterator[Together]:
    node = keys.node("together")
    if node is None:
        return
    for item in node.items if isinstance(node, Sequence) else (node,):
        words = [one for one in item.items if isinstance(one, Scalar)] if isinstance(item, Sequence) else []
        if isinstance(item, Sequence) and len(words) == len(item.items) == 2:
            yield Together(words[0].text, words[1].text, item.place)
        else:
            message = "'together' must be a list of pairs"
            keys.problems.append(item.place.problem("wrong-form", message, "write '- [tier-price, coupon]'"))
