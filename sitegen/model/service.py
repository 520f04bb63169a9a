"""What content/programme/ says of service: standards, the way back of goods, and where to complain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model.care import NamedPage
from sitegen.model.tree import Place


class Unit(StrEnum):
    """What a promised time is counted in."""

    HOURS = "hours"
    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Within:
    """A promised time: "5 working days"."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        unit = self.unit.value
        return f"{self.number} {unit.removesuffix('s') if self.number == 1 else unit}"


@dataclass(frozen=True, slots=True)
class Standard:
    """A service standard: what customers may expect, and the least that they get; `within` where a time is promised.

    Source: "expectations and minimum customer service standards clear and specific".
    """

    title: str
    expect: str
    minimum: str
    measure: str
    place: Place
    within: Within | None = None


class Payer(StrEnum):
    """Who pays the way back."""

    SHOP = "shop"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Returns:
    """How goods come back: until when, in which state, who pays, step by step, and when the money is there.

    What nobody wrote down is None or empty. Source: "understand the store's return process ... If ... obscure or
    tough ... move elsewhere".
    """

    place: Place
    within: Within | None = None
    condition: str = ""
    pays: Payer | None = None
    steps: tuple[str, ...] = ()
    refund: Within | None = None
    exceptions: tuple[str, ...] = ()
    page: NamedPage | None = None


@dataclass(frozen=True, slots=True)
class Complaints:
    """Where to complain; telephone and third-party hotline stand in site.yaml.

    Source: "make it easier for customers to complain ... phone number of the local consumer complaint hotline".
    """

    place: Place
    channels: tuple[str, ...] = ()
    answer: Within | None = None
    invite: str = ""
    steps: tuple[str, ...] = ()
    page: NamedPage | None = None
