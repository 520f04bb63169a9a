"""The page of preferences: what stands now, and what a customer wishes from now on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from sitegen.model.channel import Channel
from sitegen.model.ledger import PREFERENCES, Preference
from sitegen.model.shop import Shop
from sitegen.send.ledger import at_once, open_ledger, prefer
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit

CHANNELS = (Channel.MAIL, Channel.TEXT, Channel.CARD)
CHOICES = {"frequency": ("", "week", "month"), "birthday": ("", "solar", "lunar")}
OFF = "off"
LONGEST = timedelta(days=366)
"""For how long one may ask for a pause."""
SENT = "sent"
"""The hidden field of the form: without it an empty body would switch everything off."""


def answer(setting: Setting, visit: Visit) -> Reply:
    """The form with what stands now; or what was changed, and the form again."""
    claim, shop = visit.fresh(setting.shop), setting.shop
    if claim is None:
        return LOST
    standing = wishes(setting.ledger, claim.customer_id)
    today = visit.day(shop)
    if visit.fields is None or SENT not in visit.fields:
        return _form(setting, visit, standing, "", 200 if visit.fields is None else 400)
    wished = _wished(shop, visit.fields)
    if not _fits(wished, shop, today):
        return _form(setting, visit, wished, "pause", 422)
    with open_ledger(setting.ledger) as ledger, at_once(ledger):
        for name, value in wished.items():
            if value != standing.get(name, ""):
                prefer(ledger, Preference(claim.customer_id, name, value, visit.at))
    return _form(setting, visit, wished, "saved", 200)


def wishes(path: Path, customer_id: str) -> Mapping[str, str]:
    """What a customer wishes now, by name. Reads only; `path` is a ledger that is there."""
    question = f"SELECT name, value FROM {PREFERENCES} WHERE customer_id = ? ORDER BY at"  # noqa: S608  a constant
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        return dict(connection.execute(question, (customer_id,)))


def _wished(shop: Shop, fields: Mapping[str, str]) -> dict[str, str]:
    """All wishes that the form can say, by name; an empty box is a wish too."""
    boxes = [f"topic:{topic.tag}" for topic in shop.topics] + [f"channel:{channel}" for channel in CHANNELS]
    choices = {name: fields.get(name, "") for name in ("pause", "language", *CHOICES)}
    return choices | {name: "" if name in fields else OFF for name in boxes}


def _fits(wished: Mapping[str, str], shop: Shop, today: date) -> bool:
    allowed = {**CHOICES, "language": ("", *shop.languages)}
    return all(wished[name] in words for name, words in allowed.items()) and _is_pause(wished["pause"], today)


def _is_pause(text: str, today: date) -> bool:
    try:
        return not text or today <= date.fromisoformat(text) <= today + LONGEST
    except ValueError:
        return False


def _form(setting: Setting, visit: Visit, wished: Mapping[str, str], said: str, status: int) -> Reply:
    today = visit.day(setting.shop)
    shown = dict(wished)
    if said != "pause" and wished.get("pause", "") < today.isoformat():
        shown["pause"] = ""
    views = {
        "said": said,
        "wished": shown,
        "topics": setting.shop.topics,
        "channels": [channel.value for channel in CHANNELS],
        "choices": CHOICES,
        "today": today.isoformat(),
        "longest": (today + LONGEST).isoformat(),
    }
    return Reply("preferences.html", views, status)
