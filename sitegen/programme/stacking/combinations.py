"""List every combination of concessions that may meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations as pairs

from sitegen.model.concession import Concession, ConcessionKind, Days
from sitegen.model.stacking import Stacking, Together

OF_MEMBERS = frozenset(
    {
        ConcessionKind.TIER_PRICE,
        ConcessionKind.UNSOLD_PRICE,
        ConcessionKind.CONTRACT,
        ConcessionKind.LADDER,
        ConcessionKind.BENEFIT,
        ConcessionKind.BIRTHDAY,
    }
)
"""What old customers have; a price for newcomers never meets it, whatever `together` says."""


def combinations(concessions: Iterable[Concession], stacking: Stacking) -> Iterator[tuple[Concession, ...]]:
    """Every set of concessions that one order may have, smaller ones first, and the empty one before all.

    The concessions are those of one customer and one product. A part of a set that may meet may meet as well.
    """
    known = tuple(concessions)
    level: list[tuple[int, ...]] = [()]
    while level:
        grown: list[tuple[int, ...]] = []
        for chosen in level:
            yield tuple(known[number] for number in chosen)
            more = ((*chosen, number) for number in range(chosen[-1] + 1 if chosen else 0, len(known)))
            grown += (some for some in more if may_meet(tuple(known[one] for one in some), stacking))
        level = grown


def may_meet(concessions: tuple[Concession, ...], stacking: Stacking) -> bool:
    """Whether one order may have all of these."""
    on_top = [one for one in concessions if is_on_top(one, stacking)]
    rest = [one for one in concessions if not is_on_top(one, stacking)]
    if len(on_top) > 1 or not all(_can_meet(one, other) for one, other in pairs(concessions, 2)):
        return False
    if len(rest) > stacking.most and not all(_together(one, other, stacking.together) for one, other in pairs(rest, 2)):
        return False
    return bool(common_days(concessions))


def is_on_top(one: Concession, stacking: Stacking) -> bool:
    """Whether it is the stated exception, which comes on top of what else is granted."""
    return one.kind is ConcessionKind.BIRTHDAY and any(one.name == top.name for top in stacking.on_top)


def common_days(concessions: Iterable[Concession]) -> tuple[Days, ...]:
    """The days on which all of them may be had."""
    common: tuple[Days, ...] = (Days(),)
    for one in concessions:
        common = tuple(both for days in common for other in one.days if (both := days.meet(other)) is not None)
    return common


def _can_meet(one: Concession, other: Concession) -> bool:
    if one.one_of and one.one_of == other.one_of:
        return False
    kinds = {one.kind, other.kind}
    return ConcessionKind.NEWCOMER_PRICE not in kinds or not kinds & OF_MEMBERS


def _together(one: Concession, other: Concession, named: Iterable[Together]) -> bool:
    return any(
        (_is(one, pair.one) and _is(other, pair.other)) or (_is(one, pair.other) and _is(other, pair.one))
        for pair in named
    )


def _is(one: Concession, word: str) -> bool:
    return word in {one.name, one.kind.value}
