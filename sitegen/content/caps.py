"""Read how often a customer may hear: the `caps:` of site.yaml."""

from __future__ import annotations

from typing import Literal, cast

from sitegen.content.keys import Keys
from sitegen.model.channel import MessageClass
from sitegen.model.shop import Cap

PERIODS = ("day", "week", "month")
MOST = 1000


def read_caps(keys: Keys) -> tuple[Cap, ...]:
    """The caps by class, the shortest period first; what is wrong is added to the keys' problems."""
    classes = keys.keys("caps")
    if classes is None:
        return ()
    caps: list[Cap] = []
    for name in MessageClass:
        periods = classes.keys(name.value)
        if periods is not None:
            caps += _of_class(name, periods)
            periods.finish()
    classes.finish()
    return tuple(caps)


def _of_class(name: MessageClass, periods: Keys) -> list[Cap]:
    """A cap of none at all is no cap: a campaign that must not leave is a draft."""
    most = {period: periods.integer(period, 0, 1, MOST) for period in PERIODS}
    return [
        Cap(name, cast("Literal['day', 'week', 'month']", period), number) for period, number in most.items() if number
    ]
