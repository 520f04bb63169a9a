"""Read `desk:` of content/programme/*.yaml: since when, how long and for whom duties are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sitegen.content.keys import Keys
from sitegen.content.programme.duty_times import read_days, read_hours
from sitegen.content.programme.forms import one_word, section_keys
from sitegen.errors import Problem
from sitegen.model.duty import Desk, Dossiers, Escalation
from sitegen.model.tree import Node, Place, Scalar

MOST_AHEAD = 60
USUAL = Desk(since=date.min, place=Place("", 0, 0))
"""What holds where nothing is written; only `since` must be."""


def read_desk(node: Node, problems: list[Problem]) -> Desk | None:
    """How the advisers' desk works; None where it holds something else than keys."""
    keys = section_keys(node, problems, "desk")
    if keys is None:
        return None
    keys.node("since", required=True)
    desk = Desk(
        since=keys.day("since") or USUAL.since,
        place=node.place,
        ahead=_ahead(keys),
        hours=read_hours(keys, "hours", USUAL.hours),
        escalation=_escalation(keys.keys("escalate")),
        dossiers=one_word(keys, "dossiers", Dossiers, USUAL.dossiers),
        regions=_regions(keys.keys("regions")),
        head_office=keys.text("head office"),
        owners=keys.texts("owners"),
        never=keys.texts("never"),
    )
    keys.finish()
    return desk


def _ahead(keys: Keys) -> int:
    days = read_days(keys, "ahead", USUAL.ahead)
    if days <= MOST_AHEAD:
        return days
    hint = f"write at most {MOST_AHEAD} days: a page for longer is read by nobody"
    keys.problems.append(keys.place("ahead").problem("wrong-value", f"'ahead' can't be '{keys.text('ahead')}'", hint))
    return USUAL.ahead


def _escalation(keys: Keys | None) -> Escalation:
    usual = USUAL.escalation
    if keys is None:
        return usual
    region = read_days(keys, "region", usual.region)
    head_office = read_days(keys, "head office", max(usual.head_office, region))
    keys.finish()
    if region <= head_office:
        return Escalation(region, head_office)
    message = f"the head office would hear of late duties after {head_office} days, before the region after {region}"
    hint = "let the region hear first, or both on one day"
    keys.problems.append(keys.place("head office").problem("escalation-backwards", message, hint))
    return usual


def _regions(keys: Keys | None) -> Mapping[str, str]:
    """Who answers for each region, by the region's name in the table of stores."""
    found: dict[str, str] = {}
    if keys is None:
        return found
    for entry in keys.rest():
        if isinstance(entry.value, Scalar) and entry.value.text:
            found[entry.key.text] = entry.value.text
        else:
            message = f"the region '{entry.key.text}' must name one adviser"
            keys.problems.append(entry.value.place.problem("wrong-form", message, "write the adviser's number: A-05"))
    return found
