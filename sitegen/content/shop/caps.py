"""Read how often a customer may hear: the `caps:` of site.yaml."""

from __future__ import annotations

from typing import Literal, cast

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.shop import Cap

PERIODS = ("day", "week", "month")
CHANNELS = (Channel.MAIL, Channel.TEXT, Channel.CARD)
MOST = 1000


def read_caps(keys: Keys) -> tuple[tuple[Cap, ...], tuple[Kind, ...]]:
    """The caps by class, the shortest period first, and the kinds that go in spite of them.

    What is wrong is added to the keys' problems.
    """
    classes = keys.keys("caps")
    if classes is None:
        return (), ()
    caps: list[Cap] = []
    for name in MessageClass:
        periods = classes.keys(name.value)
        if periods is not None:
            caps += _of_class(name, periods)
            periods.finish()
    bypass = _bypass(classes)
    classes.finish()
    return tuple(caps), bypass


def _of_class(name: MessageClass, periods: Keys) -> list[Cap]:
    """The caps over all channels, then those of single ones."""
    caps = _of_periods(name, periods, None)
    for channel in CHANNELS:
        inner = periods.keys(channel.value)
        if inner is not None:
            caps += _of_periods(name, inner, channel)
            inner.finish()
    return caps


def _of_periods(name: MessageClass, periods: Keys, channel: Channel | None) -> list[Cap]:
    """A cap of none at all is no cap: a campaign that must not leave is a draft."""
    most = {period: periods.integer(period, 0, 1, MOST) for period in PERIODS}
    return [
        Cap(name, cast("Literal['day', 'week', 'month']", period), number, channel)
        for period, number in most.items()
        if number
    ]


def _bypass(classes: Keys) -> tuple[Kind, ...]:
    kinds = classes.scalars("bypass")
    for kind in kinds:
        if kind.text not in set(Kind):
            hint = did_you_mean(kind.text, Kind)
            classes.problems.append(kind.place.problem("unknown-word", f"unknown kind '{kind.text}'", hint))
    return tuple(Kind(kind.text) for kind in kinds if kind.text in set(Kind))
