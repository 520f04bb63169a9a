"""Describe the sections of the programme about coupons and about what goes along with goods."""

from __future__ import annotations

from sitegen.content.schemas.forms import Json, Names, group, integer, items, number, offered, text
from sitegen.content.schemas.programme_relationship import goods_keys, who_keys
from sitegen.model.coupons import FIRST_ORDER


def coupon_sections(names: Names) -> dict[str, Json]:
    """`coupons:` and `attachments:`."""
    return {
        "coupons": items("When customers get a coupon.", _rule(names)),
        "attachments": items("What goes along with goods, to delight.", _attachment(names)),
    }


def _rule(names: Names) -> Json:
    gives = {
        "percent": number("Per cent off.", 0, 100),
        "amount": number("So much off the order, in the shop's currency.", 0),
        "thing": text("A thing or a service, in words.", "a pot of tea for two"),
        "most": number("The most that the per cent take off.", 0),
        "cost": number("What the thing costs the shop.", 0),
    }
    keys = {
        "name": text("The rule's name; codes are made from it, so it stays."),
        "occasion": offered("first-order, or a day by name.", (FIRST_ORDER, *names.occasions)),
        "gives": group("One of percent, amount and thing.", gives),
        "says": text("What it gives, in the words of the till and of the customer's page."),
        "valid": integer("For how many days, the first included.", 1, 3650),
        "within": integer("How many days after the occasion it may still be given.", 0, 366, 14),
        "least": number("From which sum of an order on it counts.", 0),
        "gift": text("A product (product_id) that is given instead while the store has one."),
        "per_customer": integer("How many a customer may ever have.", 1, 1000, 1),
        "in_all": integer("How many may be out or used, all together.", 1),
        "budget": number("What those may cost the shop, all together.", 0),
        **who_keys(names),
        **goods_keys(),
    }
    return group("A rule.", keys, ("name", "occasion", "gives", "says", "valid"))


def _attachment(names: Names) -> Json:
    keys = {
        "name": text("What it is called."),
        "file": text("A file below content/assets/.", "tea-table.pdf"),
        "page": offered("A page below content/pages/.", names.pages),
        "thing": text("A souvenir that is put into the parcel, in words."),
        "says": text("Why it comes along, in a sentence."),
        **goods_keys(),
    }
    return group("What goes along, and with what.", keys, ("name",))
