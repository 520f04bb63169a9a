"""What some may read before its day: from when, who, and which of its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.model.body import Body


@dataclass(frozen=True, slots=True)
class EarlyAccess:
    """From `day` on (until `publish_on`, or the next of these) a thing is for `audience` and says `body` to them.

    Source: "you have the opportunity to be first informed".
    """

    day: date
    audience: str
    body: Body
