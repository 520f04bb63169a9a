"""Describe the section of the programme on points."""

from __future__ import annotations

from sitegen.content.schemas.forms import (
    Json,
    Names,
    by_language,
    day,
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
from sitegen.model.points import ExpiryAt


def points_sections(names: Names) -> dict[str, Json]:
    """The section by name."""
    keys = {
        "since": day("First day of the points: what was bought before earns nothing."),
        "earn": group("What earns points. Without it, one point a whole unit of the currency.", _earning()),
        "pending": integer("Days until earned points may be spent: as long as goods may be returned.", 0, 366, 0),
        "expire": group(
            "When points go. Without it they stay.",
            {
                "months": integer("Months from the day on which they were earned.", 1, 240),
                "at": word("Whether they go on that day, or after the last of that month.", ExpiryAt),
                "notice": integer("Days before it on which somebody begins to say so.", 0, 366, 60),
            },
            ("months",),
        ),
        "gifts": items("What points buy.", group("A gift.", _gift(names), ("name", "points", "title"))),
        "as_price": yes_no("Whether points may take something off a price. Better not: they buy gifts.", False),
        "price": group(
            "What they take off, only with `as_price: yes`.",
            {
                "worth": number("What one point takes off, in the shop's currency.", 0, 1000),
                "most": number("How many per cent of an order points may pay.", 0, 100),
            },
            ("worth", "most"),
        ),
    }
    return {"points": group("Points, which are no money.", keys, ("since",))}


def _earning() -> dict[str, Json]:
    factor = number("How many times it counts.", 0, 100)
    happenings = {
        "review": integer("For an order's evaluation.", 1, 1_000_000),
        "referral": integer("For somebody whom the customer brought.", 1, 1_000_000),
        "birthday": integer("On the birthday.", 1, 1_000_000),
    }
    return {
        "points": integer("How many points.", 1, 1000, 1),
        "for_each": number("For each whole one of this amount, in the shop's currency; 1 where nothing stands.", 0),
        "tiers": named("Tiers whose orders count more often, like {Gold: 2}.", factor),
        "groups": named("Groups of goods that count more often, or never, like {tea: 2}.", factor),
        "most": integer("The most points that one order earns.", 1, 1_000_000),
        "happenings": group("What earns points beside orders.", happenings),
    }


def _gift(names: Names) -> dict[str, Json]:
    return {
        "name": text("A short name of its own; the ledger's row of kind spent repeats it as its reason."),
        "points": integer("How many points it takes.", 1, 1_000_000),
        "title": by_language("What it is called."),
        "about": by_language("What is good to know."),
        "product": text("The product's number in the customer file, where it is one."),
        "service": text("What is done for the customer, where it is no thing."),
        "tiers": words("For members of these tiers alone."),
        "audience": offered("For members of this segment alone.", names.segments),
        "from": day("The first day on which it may be had."),
        "until": day("The last day on which it may be had."),
        "stock": integer("How many there are; without it, enough.", 0),
    }
