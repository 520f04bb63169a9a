"""Quiet hours: when nothing may ring or buzz at a customer's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sitegen.model.channel import Channel


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` (inclusive) to `end` (exclusive) on the clock of whoever receives, over midnight or not.

    Where both are the same it is never quiet.
    """

    start: time = time(20)
    end: time = time(9)

    def covers(self, clock: time) -> bool:
        """Whether it is quiet at that time of the day."""
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class QuietChannel:
    """The quiet hours of one channel."""

    channel: Channel
    hours: QuietHours


BY_WIRE = (Channel.MAIL, Channel.TEXT)
"""The channels that ring: a card waits in the letter box."""
