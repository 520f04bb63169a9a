"""Describe content/site.yaml."""

from __future__ import annotations

from sitegen.content.schemas.data import data
from sitegen.content.schemas.forms import (
    LINE,
    Json,
    Names,
    by_language,
    either,
    group,
    integer,
    items,
    named,
    number,
    offered,
    text,
    word,
    words,
    yes_no,
)
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.check import DEFAULTS, CheckLevel
from sitegen.model.smtp import Security
from sitegen.model.staff_page import StaffPart

CLASSES = {
    "internal-links": "links to pages and files of the shop",
    "anchors": "links to a heading inside a page",
    "external-links": "links to other sites, where somebody asks for them to be visited",
    "expiry": "things that are over, or never show",
    "images": "pictures without words, too large or too small",
    "unused-assets": "files of content/assets/ that nothing shows",
    "orphans": "pages that no link and no menu leads to",
    "coverage": "segments that no page or campaign is for",
    "occasions": "festivals without a message",
    "languages": "pages that are missing in one of the shop's languages",
    "drafts": "drafts whose day is near",
    "overrides": "theme files that hide a newer one",
    "words": "words of a theme that are missing in a language",
    "duplicates": "titles and texts that stand twice",
    "care": "goods without a care page or anything to read, and months of life without content",
    "service": "rules of returns, complaints, standards and surveys that leave something open, or are hard to read",
    "duties": "duties that nothing can prove, regions without a store, results of duties that there are not",
    "promises": "promises that are late, or said to be kept without proof",
    "complaints": "steps of complaints that don't count or that nothing proves, and mechanical apologies",
    "messages": "what the message law only warns of",
}


def site(names: Names) -> Json:
    """The schema of site.yaml."""
    keys = {**_shop(), **_presentation(names), **_post(names), "data": data()}
    return group("A shop: who writes, from where, in which zone, currency and languages.", keys, ("name", "url"))


def _shop() -> dict[str, Json]:
    return {
        "name": text("What the shop is called: on every page, card and letter."),
        "tagline": text("One line below the name."),
        "url": text(
            "Where the site lives, with https://. It is printed on every card, so take an address that you keep.",
            "https://members.example.com",
        ),
        "timezone": text("The shop's time zone: its days begin and end by this clock.", "Europe/Berlin"),
        "language": text("The language of pages and letters that name none, as a code.", "en", "zh"),
        "words": named(
            "What stands in another language for texts of the shop and of its data, by language.",
            named("The text as the shop writes it, and what it is in that language.", LINE),
        ),
        "languages": words("All languages that the site speaks; the first pages come in the shop's own."),
        "currency": text("Its three letters.", "EUR", "GBP", "CNY"),
        "address": group(
            "The shop's address: in every letter and at the foot of every page, as the law asks.",
            {
                "street": text("Street and number."),
                "postcode": text("Postal code; in quotes where it begins with 0."),
                "city": text("Town."),
                "country": text("Two letters.", "DE", "GB", "CN"),
            },
            ("street", "city", "country"),
        ),
        "phone": text("The shop's telephone, with the country's code; in quotes.", "+44 131 496 0123"),
        "hotline": group(
            "Somebody outside the house whom a customer may turn to.",
            {"name": text("Who answers."), "phone": text("Their telephone.")},
            ("name", "phone"),
        ),
        "countries": words("Countries whose public holidays are occasions, by their two letters: [DE, CN]."),
    }


def _presentation(names: Names) -> dict[str, Json]:
    return {
        "theme": offered("What the site, the letters and the cards look like: a folder of themes/.", names.themes),
        "member_home": offered("The page behind the door, below content/pages/; it is for everyone.", names.pages),
        "search": yes_no("Whether pages have a search of their own, for each reader by what they may open.", True),
        "paginate": integer("How many items a page of a list holds; 0 for all of them.", 0, 1000, 12),
        "feeds": group(
            "What feeds tell.",
            {
                "items": integer("How many entries.", 1, 1000, 20),
                "content": word("The whole text of what is public, or its summary.", ("full", "summary")),
                "tags": yes_no("Whether each tag has a feed of its own.", True),
            },
        ),
        "menus": named(
            "Menus by name, `main` the one at the top: lines besides those of pages with `menu: yes`.",
            items("The lines of this menu.", _line(items("Lines below this one.", _line(None)))),
        ),
        "images": group(
            "How pictures of pages are made smaller.",
            {
                "widths": either(
                    "Their widths in pixels: [480, 960, 1440].",
                    {"type": "integer"},
                    {"type": "array", "items": {"type": "integer", "minimum": 16, "maximum": 4096}},
                ),
                "formats": words("What browsers may choose besides JPEG and PNG, the best first.", ("avif", "webp")),
                "quality": group(
                    "How much is kept of a picture, from 1 to 100.",
                    {
                        "avif": integer("For AVIF.", 1, 100, 50),
                        "webp": integer("For WebP.", 1, 100, 75),
                        "jpeg": integer("For JPEG.", 1, 100, 82),
                    },
                ),
                "cards": yes_no("Whether a public page without a picture gets one from its title, for sharing.", True),
            },
        ),
        "output": group(
            "What a build writes.",
            {
                "messages": integer("How many letters of a campaign lie as files of their own.", 0, default=10_000),
                "member_data": word(
                    "What a member's own record holds on the site, locked: nothing, what every page may show, or all.",
                    ("none", "basic", "full"),
                ),
                "reproducible": yes_no("Whether the same input gives the same bytes.", True),
                "layout": word("How locked files lie: all of an epoch together, or by audience.", _LAYOUTS),
                "export": yes_no("Whether letters are also written as a list for a mail provider.", False),
                "staff_pages": words("Which pages of the staff stand on the site, locked for them alone.", StaffPart),
            },
        ),
        "rekey": word("How often who has left a segment loses what is new in it.", ("month", "week", "day")),
        "check": group(
            "How much each class of findings of `sitegen check` weighs in this shop.",
            {
                **{
                    one.value: word(f"{_about(one.value)} Else: {level.value}.", CheckLevel)
                    for one, level in DEFAULTS.items()
                },
                "skip": words("How outside addresses begin that are never visited."),
            },
        ),
    }


def _about(name: str) -> str:
    meaning = CLASSES.get(name, name.replace("-", " "))
    return f"{meaning[0].upper()}{meaning[1:]}."


def _line(children: Json | None) -> Json:
    keys = {
        "title": text("What the line says; without it, the page's title."),
        "page": text("A page, by its file below content/pages/.", "about.md"),
        "url": text("An address somewhere else: https://..., mailto:..., tel:..., or a path that begins with /."),
        "weight": integer("Its place: lines with a small weight stand first.", default=100),
    }
    return group("A line of a menu: a page, an address, or lines below it.", keys | _below(children))


def _below(children: Json | None) -> dict[str, Json]:
    return {"children": children} if children else {}


_LAYOUTS = ("by-epoch", "by-audience")


def _post(names: Names) -> dict[str, Json]:
    return {
        "sender": group(
            "Who the letters are from.",
            {
                "name": text("The name that an inbox shows."),
                "address": text("The e-mail address.", "hello@example.com"),
                "unsubscribe": text("Where 'no more letters, please' arrives; without it, at the address."),
                "bounces": text("Where letters come back that reach nobody; without it, at the address."),
            },
            ("name", "address"),
        ),
        "smtp": group(
            "The server that takes the letters. Its password is in the environment: SITEGEN_SMTP_PASSWORD.",
            {
                "host": text("Its name.", "mail.example.com"),
                "port": integer("Its port; else that of `security`.", 1, 65535),
                "security": word("How the way to it is guarded; `none` is for a server on this machine.", Security),
                "hello": text("The name that it is greeted with; without it, the sender's domain."),
                "user": text("Who logs in; without it, nobody does."),
                "ca": text("A file of certificates that it is trusted by, in the shop's folder."),
                "rate": integer("How many messages leave in a second at most.", 1, 1000, 20),
                "errors": number("The share of failures at which sending stops.", 0, 1),
                "dkim": group(
                    "Where sitegen signs the letters itself; the key is in the environment: SITEGEN_DKIM_KEY.",
                    {
                        "selector": text("The name under which the DNS has the key."),
                        "domain": text("Whose; without it, the sender's."),
                    },
                    ("selector",),
                ),
                "password": {"not": {}, "description": "Never here: whoever has the file would have it."},
            },
            ("host",),
        ),
        "channels": group(
            "What single channels need.",
            {
                one.value: group(
                    f"The channel {one.value}.",
                    {"lead": integer("Days from the making to the day that it is for; cards need 14.", 0, 366)},
                )
                for one in Channel
            },
        ),
        "catch_up": integer("How many days late a message may still leave, where no build ran on its day.", 0, 366, 3),
        "caps": group(
            "How often a customer hears from the shop at most.",
            {
                **{one.value: _cap(one) for one in MessageClass},
                "bypass": words("Kinds that go in spite of caps, and count all the same.", Kind),
            },
        ),
        "quiet_hours": either(
            "When nothing may ring at a customer's, by their own clock: 20:00-09:00, or none.",
            text("For mails and texts."),
            group("For each.", {"mail": text("Of e-mails."), "text": text("Of texts.")}),
        ),
        "texts": group(
            "How texts to telephones leave.",
            {
                "sender": text("A name of at most 11 letters and digits, or a number."),
                "price": number("What one segment costs, in the shop's currency.", 0),
                "most_segments": integer("How many segments a text may take.", 1, 10, 3),
            },
        ),
        "receiver": text("Where `sitegen receive` answers, with https://: unsubscribing, preferences, surveys."),
        "topics": named(
            "What a customer may choose to hear about, or not: tags of campaigns, and what they are called.",
            by_language("What the topic is called."),
        ),
        "print_house": offered("Whose rules print files keep: `eu`, or a file of content/print/.", names.print_houses),
        "ledger": text("What was sent, printed and answered: a file, or a PostgreSQL database.", _LEDGER),
    }


_LEDGER = ".sitegen/ledger.sqlite"


def _cap(one: MessageClass) -> Json:
    periods = {
        "day": integer("In a day.", 1, 1000),
        "week": integer("In a calendar week.", 1, 1000),
        "month": integer("In a calendar month.", 1, 1000),
    }
    channels = {
        name: group(f"By {name} alone.", periods)
        for name in (Channel.MAIL.value, Channel.TEXT.value, Channel.CARD.value)
    }
    return group(f"Messages of the class {one.value}.", {**periods, **channels})
