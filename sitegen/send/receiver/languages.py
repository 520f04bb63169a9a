"""Choose the language of a page: the one that was asked for, the customer's wish, the browser's, the shop's."""

from __future__ import annotations

import re
import sqlite3

from sitegen.model.shop import Shop
from sitegen.send.receiver.setting import Setting, Visit
from sitegen.send.receiver.wishes import wishes

_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*")
"""One language range of RFC 4647 with its weight."""
LONGEST = 500
"""Characters of Accept-Language that are looked at."""


def language_of(setting: Setting, visit: Visit) -> str:
    """One of the shop's languages."""
    shop = setting.shop
    if visit.language in shop.languages:
        return visit.language
    wished = _wished(setting, visit)
    return wished if wished in shop.languages else _accepted(shop, visit.accepts)


def _wished(setting: Setting, visit: Visit) -> str:
    # A link for an adviser names the customer whom it is about, whose wish is not theirs.
    if visit.claim is None or visit.claim.adviser_id:
        return ""
    try:
        return wishes(setting.ledger, visit.claim.customer_id).get("language", "")
    except sqlite3.Error:
        # Whatever it is, the page must be shown in some language.
        return ""


def _accepted(shop: Shop, accepts: str) -> str:
    """The shop's language that the browser likes best; the first where it likes several as much."""
    weights: dict[str, float] = {}
    for part in accepts[:LONGEST].split(","):
        found = _RANGE.fullmatch(part)
        if found:
            weights.setdefault(found[1].lower(), float(found[2] or 1))
    liked = [(weights.get(language.partition("-")[0], 0.0), language) for language in shop.languages]
    best = max((weight for weight, _ in liked), default=0.0)
    return next((language for weight, language in liked if weight == best and weight), shop.language)
