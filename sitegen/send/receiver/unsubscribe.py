"""The page that unsubscribes: asking for it changes nothing, for link scanners ask for every link of a mail."""

from __future__ import annotations

from dataclasses import replace

from sitegen.model.claim import Claim, Purpose
from sitegen.protect.tokens import seal
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver.origin import is_one_click
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit
from sitegen.send.receiver.withdrawal import Heard, unsubscribe

CONFIRMED = "confirm"
"""The field that our own page sends."""


def answer(setting: Setting, visit: Visit) -> Reply:
    """The question, or what was done. A form that is neither RFC 8058's nor ours changes nothing."""
    claim = visit.claim
    if claim is None:
        return LOST
    views = {"channel": claim.channel.value, "message_class": claim.message_class.value}
    if visit.fields is None:
        return Reply("unsubscribe.html", views)
    one_click = is_one_click(visit.fields)
    if not one_click and CONFIRMED not in visit.fields:
        return Reply("unsubscribe.html", views, 400)
    _carry_out(setting, visit, claim, "one-click" if one_click else "page")
    return Reply("unsubscribed.html", views | {"preferences_token": _offered(setting, visit)})


def _carry_out(setting: Setting, visit: Visit, claim: Claim, how: str) -> None:
    evidence = f"{how} in {claim.edition}, {visit.at}"
    with open_ledger(setting.ledger) as ledger:
        unsubscribe(ledger, claim, Heard(visit.at, visit.day(setting.shop), "web", evidence))


def _offered(setting: Setting, visit: Visit) -> str:
    """A token for the preferences, which is as old as this one, so that an old letter opens no new forms."""
    claim = visit.fresh(setting.shop)
    return seal(setting.sealer, replace(claim, purpose=Purpose.PREFERENCES)) if claim else ""
