"""Describe the sections of the programme about prices, about what may meet, and about benefits."""

from __future__ import annotations

from sitegen.content.programme.benefits import FARTHEST
from sitegen.content.programme.stacking import MOST
from sitegen.content.schemas.forms import Json, Names, day, group, integer, items, number, offered, text, word, words
from sitegen.content.schemas.programme_relationship import goods_keys, who_keys
from sitegen.model.concession import ConcessionKind
from sitegen.model.prices import STEPS, RoundingMode


def price_sections(names: Names) -> dict[str, Json]:
    """`prices:`, `newcomers:`, `stacking:` and `benefits:`."""
    return {
        "prices": _prices(names),
        "newcomers": items("Prices for whoever never ordered, apart from those of members.", _newcomer()),
        "stacking": _stacking(),
        "benefits": items("What members get on days, and for goods that are named.", _benefit(names)),
    }


def _prices(names: Names) -> Json:
    rounding = {
        "mode": word("Where an amount between two steps goes: half-up unless said.", RoundingMode),
        "step": {"enum": [float(step) for step in STEPS], "description": "Prices are multiples of this."},
    }
    stock = {
        "few": integer("From how many pieces down there are few.", 0, default=10),
        "last": integer("From how many pieces down they are the last ones.", 0, default=1),
    }
    unsold = {
        "days": integer("For how many days nobody has bought the product.", 1),
        "on_shelf": integer("For how many days it was on sale at least.", 0, default=0),
        "discount": number("Per cent off, in place of the tier's price; without it they are only shown.", 0, 100),
        **who_keys(names),
    }
    exclusive = {**goods_keys(), **who_keys(names), **_days()}
    keys = {
        "rounding": group("How an amount becomes a price.", rounding),
        "without": group("Goods that cost the same in every tier.", goods_keys()),
        "exclusive": items("Goods that are kept for some.", group("What, for whom, and when.", exclusive)),
        "stock": group("Words for how much there is.", stock),
        "unsold": group("Goods that nobody bought for long.", unsold, ("days",)),
    }
    return group("What members pay, and what is kept for them.", keys)


def _newcomer() -> Json:
    keys = {
        "name": text("What it is called."),
        "discount": number("Per cent off.", 0, 100),
        **goods_keys(),
        **_days(),
    }
    return group("A price for newcomers.", keys, ("name", "discount"))


def _stacking() -> Json:
    pair = {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": offered("A kind of concession, or the name of one.", (kind.value for kind in ConcessionKind)),
    }
    keys = {
        "most": integer("How many concessions may meet in one order.", 1, MOST, 1),
        "together": items("Pairs that may meet beyond that.", pair),
        "on_top": words("Birthday benefits that come on top of whatever else is granted."),
        "floor": number("The least margin: per cent of what a customer pays that must be left after the cost.", 0, 100),
        "without": group("Goods that may be sold below the floor.", goods_keys()),
    }
    return group("How far concessions may meet, and what must be left.", keys)


def _benefit(names: Names) -> Json:
    gives = {
        "discount": number("Per cent off.", 0, 100),
        "gift": text("A thing, in words."),
        "service": text("A service, in words."),
        "page": offered("A page to read, by its file below content/pages/: care/linen.md.", names.pages),
    }
    keys = {
        "name": text("The benefit's name."),
        "title": text("What customers read of it, in a few words."),
        "every": text("A day of each customer's own.", "birthday"),
        "occasion": offered("A day that is everybody's, by its name.", names.occasions),
        "before": integer("For how many days before that day it is open.", 0, FARTHEST, 0),
        "after": integer("For how many days after that day it is open.", 0, FARTHEST, 0),
        "gives": group("One or several of these.", gives),
        "pieces": integer("How many pieces of one product an order must have.", 0, default=0),
        **who_keys(names),
        **goods_keys(),
        **_days(),
    }
    return group("A benefit.", keys, ("name", "gives"))


def _days() -> dict[str, Json]:
    return {"from": day("The first day."), "until": day("The last day.")}
