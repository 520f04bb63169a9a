"""Describe the sections of the programme that are offers: contracts, ladder, payment, quiet months, kept prices."""

from __future__ import annotations

from sitegen.content.schemas.forms import Json, Names, group, integer, items, number, offered, text, word, words
from sitegen.model.relationship import LadderBy, PaymentKind, Renewal

PERCENT = "Per cent off."


def relationship_sections(names: Names) -> dict[str, Json]:
    """`contracts:`, `ladder:`, `payment:`, `off_season:`, `price_protection:`."""
    who, goods = who_keys(names), goods_keys()
    return {
        "contracts": items("Membership contracts.", _contract(names, who | goods)),
        "ladder": items("Lower prices for more pieces, or for more orders.", _ladder(who | goods)),
        "payment": items("Ways to pay.", _payment(who)),
        "off_season": items("Offers of quiet months: order now, have it later.", _off_season(who | goods)),
        "price_protection": group(
            "Prices kept, whether they rise or fall.",
            {
                "uncollected": integer("Days after the order for which a risen price does not count.", 0, 3650, 0),
                "unsold": integer("Days after the order for which a fallen price is credited.", 0, 3650, 0),
                **who,
                **goods,
            },
        ),
    }


def who_keys(names: Names) -> dict[str, Json]:
    """For whom something is."""
    return {
        "tiers": words("Members of these tiers; without it, of all."),
        "audience": offered("The segment of those for whom it is; without it, everyone.", names.segments),
    }


def goods_keys() -> dict[str, Json]:
    """Of which goods something is."""
    return {
        "groups": words("Groups of products; with neither these nor `products`, all goods."),
        "products": words("Products, by their product_id."),
    }


def _contract(names: Names, keys: dict[str, Json]) -> Json:
    own = {
        "name": text("What it is called."),
        "term": integer("How many months.", 1, 120),
        "fee": number("What the whole term costs, in the shop's currency.", 0),
        "discount": number(f"{PERCENT} For the holders.", 0, 100),
        "gives": words("What it gives, in words."),
        "renewal": word("What happens at the end of the term.", Renewal),
        "notice": integer("Days before the end until which one says so: to go, or to stay.", 0, 3650, 0),
        "holders": offered("The segment of those who have signed.", names.segments),
        "page": offered("The page about it, below content/pages/.", names.pages),
    }
    return group("A contract.", own | keys, ("name", "term"))


def _ladder(keys: dict[str, Json]) -> Json:
    step = {
        "from": integer("From which piece or order on.", 1, 1_000_000),
        "discount": number(PERCENT, 0, 100),
    }
    own = {
        "name": text("What it is called."),
        "count": word("What is counted: pieces in one order, or orders in `within` days.", LadderBy),
        "within": integer("Days in which orders are counted.", 1, 3650, 365),
        "steps": items("In ascending order.", group("A step.", step, ("from", "discount"))),
    }
    return group("A ladder.", own | keys, ("name", "count", "steps"))


def _payment(keys: dict[str, Json]) -> Json:
    own = {
        "name": text("What it is called."),
        "kind": word("When it is paid, and in how many parts.", PaymentKind),
        "days": integer("Days after the order on which an invoice, or the rest after a deposit, is due.", 0, 3650),
        "parts": integer("How many instalments: the first at the order, then one a month.", 2, 60),
        "share": number("Per cent paid at the order.", 0, 100),
        "discount": number(PERCENT, 0, 100),
        "least": number("From which sum of an order on.", 0),
    }
    return group("A way to pay.", own | keys, ("name", "kind"))


def _off_season(keys: dict[str, Json]) -> Json:
    own = {
        "name": text("What it is called."),
        "opens": text("First day of each year, month and day.", "06-01"),
        "closes": text("Last day, which may lie in the next year.", "08-31"),
        "delivers": text("The day after it on which the goods are there.", "10-01"),
        "discount": number(PERCENT, 0, 100),
        "deposit": number("Per cent paid at the order.", 0, 100),
    }
    return group("An offer.", own | keys, ("name", "opens", "closes", "delivers"))
