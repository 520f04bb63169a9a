"""What templates may see: named, frozen views, never a customer's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel import Locale
from markupsafe import Markup

from sitegen.model.shop import PostalAddress, Shop
from sitegen.render.fields import locale_of


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link in a menu or list. `current`: the page that is being rendered."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    """An entry of a list."""

    title: str
    url: str
    description: str
    date_text: str


@dataclass(frozen=True, slots=True)
class TeaserView:
    """What anybody may read of a gated thing: the words of its `teaser`, and where its door is."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShopView:
    """The shop as pages show it."""

    name: str
    tagline: str
    phone: str
    hotline_name: str
    hotline_phone: str
    address_lines: tuple[str, ...]
    email: str


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of one build shares."""

    base: str
    home_url: str
    runtime_url: str
    csp: str
    dev: bool
    language: str
    year: int
    feed_url: str
    generator: str


@dataclass(frozen=True, slots=True)
class PageView:
    """The page that is being rendered. Absent text is "", absent links are None.

    `section`: the public list or page that a public page lies below.
    """

    title: str
    description: str
    url: str
    canonical: str
    html: Markup
    tags: tuple[LinkView, ...]
    date: date | None
    date_text: str
    language: str
    layout: str
    kind: str
    next: LinkView | None = None
    previous: LinkView | None = None
    section: LinkView | None = None


def shop_view(shop: Shop, language: str = "") -> ShopView:
    """The shop's view, with its country's name in a language (by itself, the shop's)."""
    return ShopView(
        name=shop.name,
        tagline=shop.tagline,
        phone=shop.phone,
        hotline_name=shop.hotline.name,
        hotline_phone=shop.hotline.phone,
        address_lines=address_lines(shop.address, language or shop.language),
        email=shop.sender.address,
    )


def address_lines(address: PostalAddress, language: str) -> tuple[str, ...]:
    """A postal address as lines, empty ones left out, the country by its name in a language."""
    names = Locale.parse(locale_of(language)).territories
    country = names.get(address.country.upper(), address.country)
    return tuple(line for line in (address.street, f"{address.postcode} {address.city}".strip(), country) if line)
