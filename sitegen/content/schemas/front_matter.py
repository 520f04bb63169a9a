"""Describe the front matter of pages, campaigns and messages."""

from __future__ import annotations

from sitegen.content.page_file import LAYOUTS
from sitegen.content.schemas.forms import (
    Json,
    Names,
    day,
    either,
    group,
    integer,
    named,
    offered,
    text,
    word,
    words,
    yes_no,
)
from sitegen.model.channel import Channel, Kind
from sitegen.model.lists import SORTS
from sitegen.model.message import SEASONS

WHO = ("public", "everyone", "staff", "owner")
KIND = (
    "What it is. promotion, news and event may sell, and go to those who asked for letters; holiday, birthday,"
    " seasonal, contact, thanks, letter, apology, monthly and gift never sell, and go to all who did not refuse."
)


def page(names: Names) -> Json:
    """The front matter of a page. A rule on the spot is checked by the definition `rules` of the segments' schema."""
    keys = {
        **_common(names),
        "audience": audience(names, "Who may read it. Without this line: everyone who has a card."),
        "layout": word("How it is laid out.", LAYOUTS),
        "weight": integer("Its place among others: a small weight stands first.", default=100),
        "menu": either(
            "Whether it stands in its readers' menu; or the name of another menu, such as footer.",
            yes_no(""),
            words(""),
        ),
        "date": day("The day that it bears; journal pages are sorted by it."),
        "list": yes_no("Whether it lists the pages beside and below it; for the index.md of a folder.", False),
        "sort": word("How that list is sorted.", SORTS),
    }
    return group("A page of the site.", keys, ("title",))


def campaign(names: Names) -> Json:
    """The front matter of a campaign."""
    channels = words("", Channel)
    keys = {
        **_common(names),
        "audience": audience(names, "Who gets it: a segment, everyone, or a rule on the spot."),
        "kind": word(KIND, Kind),
        "channels": either(
            "The ways it goes: [page, mail], each of them; or `first of: [text, mail]`, the first that is allowed.",
            channels,
            group("", {"first of": words("The first of these by which a customer may be reached.", Channel)}),
        ),
        "on": day("The day that it is for."),
        "occasion": offered("The day that it is for: a festival, or an occasion of the shop's own.", names.occasions),
        "every": text("Each customer's own day: birthday, lunar birthday, member since; or gift.", "birthday"),
        "offset": integer("Days after the occasion (or before it, with a minus).", -366, 366, 0),
        "subject": text("The line in the inbox; without it, the title. It may hold merge fields."),
        "preheader": text("What the inbox shows after the subject. It may hold merge fields."),
        "card": words("The design of the card, or several from which each customer gets another.", known=names.designs),
        "message": offered("A message of content/messages/ whose words it takes, whole.", names.messages),
        "sales": yes_no("For events: `no` where nothing is sold there, so that everybody may be asked.", True),
    }
    return group("A campaign: what to say, to whom, when, by which channels.", keys, ("audience", "kind", "channels"))


def message(names: Names) -> Json:
    """The front matter of a message of the library."""
    keys = {
        "title": text("What it is called; a campaign that takes it has this title."),
        "kind": word("What it is for.", Kind),
        "language": offered("The language of its words, as a code.", names.languages),
        "season": word("When it may be said; without it, at any time.", SEASONS),
        "tags": words("Words of the writer's own about its manner: quiet, cheerful, short."),
    }
    return group("A wish or a note, for campaigns to take.", keys, ("title", "kind"))


def audience(names: Names, meaning: str) -> Json:
    """A segment's name, a reserved word, or a rule."""
    rules = {"$ref": "#/$defs/rules"}
    rule = group(
        "A rule on the spot.",
        {
            "all": {**rules, "description": "All of these rules hold."},
            "any": {**rules, "description": "One of these rules holds."},
            "none": {**rules, "description": "None of these rules holds."},
        },
    )
    return either(meaning, offered("", (*WHO, *names.segments)), rule)


def _common(names: Names) -> dict[str, Json]:
    """What pages and campaigns have both."""
    return {
        "title": text("What it is called."),
        "description": text("One sentence about it: below the title, in lists, in search engines if it is public."),
        "teaser": text("What anybody may read of it although it is locked; nothing is shown that is not written here."),
        "image": text("The picture by which it is shown where it is shared, below content/assets/.", "/assets/tea.png"),
        "toc": yes_no("Whether its headings stand above it, as links.", False),
        "publish_on": day("The first day on which it is there."),
        "expire_on": day("The first day on which it is there no more."),
        "first": named(
            "Who may read it before `publish_on`, each from a day of their own: {gold: 2026-11-01}.",
            day("The first day on which they may read it."),
        ),
        "updated": day("The day on which it was last changed; feeds and sitemaps tell it."),
        "draft": yes_no("A draft is for nobody, and nothing leaves by it.", False),
        "tags": words("Words under which it is found."),
        "language": offered("Its language, as a code; without it, the shop's.", names.languages),
        "translation_of": text("The original that it translates, by its path below content/.", "pages/about.md"),
        "slug": text("The last part of its address; without it, the file's name."),
        "aliases": words("Former addresses, which lead here; for public things alone."),
        "event": group(
            "When something happens: it is offered for calendars.",
            {
                "start": text("When it begins, by the shop's clock.", "2026-10-03 15:00"),
                "end": text("When it ends."),
                "place": text("Where."),
                "organizer": text("Who invites."),
                "id": text("Its number among the events of the customer file, by which guests answer.", "E-2026-3"),
            },
            ("start",),
        ),
    }
