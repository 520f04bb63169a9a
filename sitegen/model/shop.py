"""The shop: who writes, from where, in which zone, currency and languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.check import USUAL_CHECK, CheckSetting
from sitegen.model.field import MemberData
from sitegen.model.lists import FEEDS, FeedSetting
from sitegen.model.menu import Menu
from sitegen.model.picture import USUAL_PICTURES, PictureSetting
from sitegen.model.quiet_hours import QuietChannel, QuietHours
from sitegen.model.smtp import Smtp
from sitegen.model.staff_page import StaffPart
from sitegen.model.table import STANDARD, Schema
from sitegen.model.text_setting import PLAIN, TextSetting


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
    """The one constant sender: a short name, its address, and where an unsubscribe mail goes.

    `bounces` is the mailbox to which undeliverable mail returns, with a message's token behind a `+`; "": `address`.
    """

    name: str
    address: str
    unsubscribe: str
    bounces: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Days before the occasion on which a channel's message must leave."""

    channel: Channel
    days: int


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The customer tables lie in a folder, relative to the shop's: one CSV or Parquet file for each table."""

    folder: str = "content/customers"


@dataclass(frozen=True, slots=True)
class SqliteSource:
    """The customer tables lie in one SQLite file, relative to the shop's folder."""

    file: str


@dataclass(frozen=True, slots=True)
class PostgresSource:
    """The customer tables lie in a schema of a PostgreSQL database; the environment says which (its URL is secret)."""

    schema: str = "public"


Source: TypeAlias = FolderSource | SqliteSource | PostgresSource


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` editions of a class reach a customer in one calendar day, week (from Monday) or month.

    Over all channels, or by one.
    """

    message_class: MessageClass
    period: Literal["day", "week", "month"]
    most: int
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that a customer may hear about or not: a tag of campaigns, and its title by language."""

    tag: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """How much is written, and what a member's record may hold.

    `layout`: whether locked things lie together, or each audience's in a folder that a host can guard.
    `export`: e-mails are written for other senders too, with merge tags and lists of recipients.
    `reproducible`: the same input is locked into the same bytes; else each build locks everything anew.
    `staff_pages`: which pages of the staff stand on the site, locked; they hold what the house knows of customers.
    """

    messages: int = 10_000
    member_data: MemberData = "basic"
    reproducible: bool = True
    layout: Literal["by-epoch", "by-audience"] = "by-epoch"
    export: bool = False
    staff_pages: tuple[StaffPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Shop:
    """The whole of site.yaml. `base_path` is the path of `url`, "/" or "/shop/", always with both slashes.

    `schema` says which tables and columns the customer file may have, `countries` (ISO 3166-1 alpha-2) whose
    holidays are occasions. `memory` is what the data engine may use, `print_house` the name of who prints.
    `receiver` is where `sitegen receive` answers, https without a slash at its end, "" where nothing does; `topics`
    are what a customer may choose among there. Campaigns of the kinds in `bypass` go in spite of all caps. `search`:
    pages can be searched in the browser. `words` says by language what stands on pages and in messages for texts of the
    shop and of its data.
    """

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
    schema: Schema = STANDARD
    caps: tuple[Cap, ...] = ()
    bypass: tuple[Kind, ...] = ()
    quiet_hours: tuple[QuietChannel, ...] = ()
    countries: tuple[str, ...] = ()
    memory: str = "1GB"
    print_house: str = "eu"
    receiver: str = ""
    topics: tuple[Topic, ...] = ()
    texts: TextSetting = PLAIN
    smtp: Smtp | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    search: bool = True
    images: PictureSetting = USUAL_PICTURES
    paginate: int = 12
    feeds: FeedSetting = FEEDS
    menus: tuple[Menu, ...] = ()
    check: CheckSetting = USUAL_CHECK

    @property
    def tongues(self) -> tuple[str, ...]:
        """The languages that the shop speaks, its own first."""
        return tuple(dict.fromkeys((self.language, *self.languages)))

    def said(self, text: str, language: str) -> str:
        """A text of the shop's or of its data as it reads in a language: by `words`, else as it is."""
        return self.words.get(language, {}).get(text, text)

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

    @property
    def holiday_countries(self) -> tuple[str, ...]:
        """Whose holidays are occasions: those of `countries`, or of the shop's own where site.yaml names none."""
        home = self.address.country
        return self.countries or ((home.upper(),) if len(home) == 2 else ())

    def quiet(self, channel: Channel) -> QuietHours:
        """When nothing may ring by that channel: from 20 to 9 o'clock, unless site.yaml says otherwise."""
        return next((quiet.hours for quiet in self.quiet_hours if quiet.channel is channel), QuietHours())

    def lead(self, channel: Channel) -> int:
        """Days that a channel leaves before the occasion: 14 for cards, else 0, unless site.yaml says otherwise."""
        default = 14 if channel is Channel.CARD else 0
        return next((lead.days for lead in self.leads if lead.channel is channel), default)
