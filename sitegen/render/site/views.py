"""What templates may see: named, frozen views, never a customer's row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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
class MenuItemView:
    """A line of a menu. `ancestor`: the page lies below it, or stands among its `children`.

    `url` is "" where a line only holds its children.
    """

    title: str
    url: str
    current: bool = False
    ancestor: bool = False
    children: tuple[MenuItemView, ...] = ()


@dataclass(frozen=True, slots=True)
class EventView:
    """When and where something happens. Times are written out (`start_text`) and for machines (`start`, ISO 8601).

    Its calendar file lies at `url`; where only members may have it, `url` is "" and `locked` is what `data-sg-file`
    takes.
    """

    start: str
    start_text: str
    end: str
    end_text: str
    place: str
    organizer: str
    url: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class ThumbnailView:
    """The picture of an entry of a list: `width` and `height` in CSS pixels; 0 where a drawing does not say."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ItemView:
    """An entry of a list. `count`: the pages of a tag, in the index of tags."""

    title: str
    url: str
    description: str
    date_text: str
    count: int = 0
    image: ThumbnailView | None = None


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading of the page that is being rendered, for its table of contents: level 2 to 6, `url` is "#id"."""

    level: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ImageView:
    """The picture that stands for a page where it is shared: absolute address, width and height in pixels."""

    url: str
    width: int
    height: int
    description: str


@dataclass(frozen=True, slots=True)
class TranslationView:
    """The same page in a language: `name` is the language's own name for itself, `canonical` the whole address.

    `locale` is language and territory as OpenGraph writes them, "zh_CN"; `default`: in the shop's own language.
    """

    language: str
    name: str
    url: str
    current: bool = False
    canonical: str = ""
    locale: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class PagerView:
    """Where a page stands among the pages of its list: `number` of `total`, from 1."""

    number: int
    total: int
    previous: LinkView | None
    next: LinkView | None


@dataclass(frozen=True, slots=True)
class TeaserView:
    """What anybody may read of a gated thing: the words of its `teaser`, and where its door is."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShopView:
    """The shop as pages show it."""

    NOTED: ClassVar[str] = "shop"

    name: str
    tagline: str
    phone: str
    hotline_name: str
    hotline_phone: str
    address_lines: tuple[str, ...]
    email: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page of one build shares. `full`: members' records hold all fields, also those of a full record;
    `staff`: pages of the house stand on the site.
    """

    NOTED: ClassVar[str] = "site"

    base: str
    home_url: str
    runtime_url: str
    csp: str
    dev: bool
    language: str
    year: int
    feed_url: str
    generator: str
    search: bool = True
    locale: str = ""
    calendar_url: str = ""
    direction: str = "ltr"
    full: bool = False
    staff: bool = False


@dataclass(frozen=True, slots=True)
class PageView:
    """The page that is being rendered. Absent text is "", absent links are None.

    `section`: the public list or page that a public page lies below. `toc` is empty unless the page asks for one;
    `translations` holds the page itself too, and is empty where it stands in one language only. `feed` is that of the
    list that the page is or lies in.
    """

    NOTED: ClassVar[str] = "page"

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
    draft: bool = False
    toc: tuple[HeadingView, ...] = ()
    image: ImageView | None = None
    translations: tuple[TranslationView, ...] = ()
    pager: PagerView | None = None
    feed: LinkView | None = None
    event: EventView | None = None


def shop_view(shop: Shop, language: str = "") -> ShopView:
    """The shop's view, with its country's name in a language (by itself, the shop's)."""
    spoken = language or shop.language
    return ShopView(
        name=shop.said(shop.name, spoken),
        tagline=shop.said(shop.tagline, spoken),
        phone=shop.phone,
        hotline_name=shop.said(shop.hotline.name, spoken),
        hotline_phone=shop.hotline.phone,
        address_lines=address_lines(shop.address, spoken),
        email=shop.sender.address,
        language=spoken,
    )


def address_lines(address: PostalAddress, language: str) -> tuple[str, ...]:
    """A postal address as lines, empty ones left out, the country by its name in a language."""
    names = Locale.parse(locale_of(language)).territories
    country = names.get(address.country.upper(), address.country)
    return tuple(line for line in (address.street, f"{address.postcode} {address.city}".strip(), country) if line)
