"""Order a build and carry it out: what every command that builds does alike."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.build.order import Order, Part, Summary
    from sitegen.cli.days import When
    from sitegen.cli.secrets import Held


def plain_order(at: When, keys: Held, parts: frozenset[Part], processes: int) -> Order:
    """An order without any wishes of its own. Raises Unusable where a key is missing that the parts need."""
    from sitegen.build.keys import refuse_missing
    from sitegen.build.order import Order
    from sitegen.cli.secrets import database_url

    refuse_missing(keys.roots, parts)
    return Order(
        first=at.first,
        last=at.last,
        instant=at.instant,
        parts=parts,
        roots=keys.roots,
        receiver=keys.receiver,
        entropy=secrets.token_bytes,
        dev=keys.dev,
        processes=processes,
        database=database_url(),
    )


def carry_out(root: Path, order: Order, keys: Held, quiet: bool) -> Summary:
    """Build, and keep the lock that comes of it; do nothing where nothing changed. The caller holds the shop."""
    from sitegen.build.pages.standstill import stands_still

    still = None if order.clean or order.why else stands_still(root, order)
    if still is not None:
        return _still(still)
    from sitegen.build.keys import keep_lock
    from sitegen.build.walk import build
    from sitegen.cli.progress import progress
    from sitegen.cli.secrets import lock_of

    kept = lock_of(root, keys)
    summary, lock = build(root, order, kept.lock, progress(quiet))
    keep_lock(kept, lock)
    return summary


def _still(said: dict[str, Any]) -> Summary:
    from sitegen.build.order import Summary
    from sitegen.model.plan import Count

    made = tuple(Count(name, number) for name, number in said["made"])
    return Summary(made, (), tuple(said["notices"]), 0, int(said["pages"]))
