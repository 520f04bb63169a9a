"""The shop: who writes, from where, in which zone, currency and languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sitegen.model.channel import Channel


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where the shop receives post; printed in every e-mail."""

    street: str
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class Hotline:
    """The third party that customers may turn to: a consumer complaint line."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Sender:
    """The one constant sender: a short name, its address, and where an unsubscribe mail goes."""

    name: str
    address: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Days before the occasion on which a channel's message must leave."""

    channel: Channel
    days: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the customer tables lie: a folder of CSV files, relative to the shop's folder."""

    folder: str


@dataclass(frozen=True, slots=True)
class Output:
    """How much is written, and what a member's record may hold."""

    messages: int = 10_000
    member_data: Literal["none", "basic", "full"] = "basic"


@dataclass(frozen=True, slots=True)
class Shop:
    """The whole of site.yaml. `base_path` is the path of `url`, "/" or "/shop/", always with both slashes."""

    name: str
    tagline: str
    url: str
    timezone: str
    language: str
    languages: tuple[str, ...]
    currency: str
    address: PostalAddress
    phone: str
    hotline: Hotline
    sender: Sender
    source: Source
    theme: str
    member_home: str
    leads: tuple[Lead, ...] = ()
    catch_up: int = 3
    rekey: Literal["day", "week", "month"] = "month"
    ledger: str = ".sitegen/ledger.sqlite"
    output: Output = Output()

    @property
    def origin(self) -> str:
        """Scheme and host, without a trailing slash."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}"

    @property
    def base_path(self) -> str:
        """The path below which the site lies."""
        path = self.url.partition("://")[2].partition("/")[2].strip("/")
        return f"/{path}/" if path else "/"

    def lead(self, channel: Channel) -> int:
        """Days that a channel leaves before the occasion: 14 for cards, else 0, unless site.yaml says otherwise."""
        default = 14 if channel is Channel.CARD else 0
        return next((lead.days for lead in self.leads if lead.channel is channel), default)
