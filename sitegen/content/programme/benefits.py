"""Read `benefits:` of content/programme/*.yaml."""

from __future__ import annotations

from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import goods_of, once, per_cent, who_of
from sitegen.content.programme.forms import mappings, named_page
from sitegen.content.programme.prices import days_of
from sitegen.errors import Problem
from sitegen.model.benefit import Always, Benefit, Gives, When
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.tree import Node

FARTHEST = 60
"""Days before or after its occasion on which a benefit may be open."""
MOST_PIECES = 1000


def read_benefits(node: Node, problems: list[Problem]) -> tuple[Benefit, ...]:
    """What `benefits:` says."""
    return once((_benefit(keys) for keys in mappings(node, problems, "benefits", "benefit")), problems)


def _benefit(keys: Keys) -> Benefit:
    name, when = keys.text("name", required=True), _when(keys)
    benefit = Benefit(
        name=name,
        title=keys.text("title", name),
        when=when,
        gives=_gives(keys),
        who=who_of(keys),
        before=keys.integer("before", 0, 0, FARTHEST),
        after=keys.integer("after", 0, 0, FARTHEST),
        goods=goods_of(keys),
        pieces=keys.integer("pieces", 0, 0, MOST_PIECES),
        days=(days_of(keys),),
        place=keys.mapping.place,
        when_place=keys.place("every" if isinstance(when, EveryYear) else "occasion"),
    )
    around = next((key for key in ("before", "after") if keys.node(key) is not None), "")
    if isinstance(when, Always) and around:
        message = f"'{around}' counts from an occasion, and '{name}' has none"
        hint = "add 'occasion' or 'every', or say 'from' and 'until'"
        keys.problems.append(keys.place(around).problem("missing-key", message, hint))
    keys.finish()
    return benefit


def _when(keys: Keys) -> When:
    every, occasion = keys.text("every"), keys.text("occasion")
    if every and occasion:
        message = "'every' and 'occasion' both say when"
        keys.problems.append(keys.place("occasion").problem("two-timings", message, "keep one of them"))
    if every:
        return EveryYear(every)
    return OnOccasion(occasion) if occasion else Always()


def _gives(keys: Keys) -> Gives:
    inner = keys.keys("gives", required=True)
    if inner is None:
        return Gives()
    gives = Gives(
        discount=per_cent(inner, "discount"),
        gift=inner.text("gift"),
        service=inner.text("service"),
        page=named_page(inner, "page"),
    )
    if gives == Gives():
        message = "this benefit gives nothing"
        inner.problems.append(
            inner.mapping.place.problem("empty-benefit", message, "add 'discount', 'gift', 'service' or 'page'")
        )
    inner.finish()
    return gives
