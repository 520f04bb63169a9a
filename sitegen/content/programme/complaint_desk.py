"""Read `complaint_desk:` of content/programme/*.yaml: the times of the nine steps, and where complaints go."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.content.keys import Keys
from sitegen.content.programme.forms import section_keys, words
from sitegen.errors import Problem
from sitegen.model.care_tables import COMPLAINTS
from sitegen.model.complaint_desk import USUAL_TIMES, ComplaintDesk, Step
from sitegen.model.tree import Node

FACTORS = COMPLAINTS.column("factor").allowed
MOST_DAYS = 90
USUAL = ComplaintDesk()
_SPAN = re.compile(r"([1-9][0-9]{0,2}) (day|week)s?")
_DAYS = {"day": 1, "week": 7}


def read_complaint_desk(node: Node, problems: list[Problem]) -> ComplaintDesk | None:
    """How the complaint desk works; what is not written is as usual."""
    keys = section_keys(node, problems, "complaint_desk")
    if keys is None:
        return None
    desk = ComplaintDesk(
        days=_times(keys),
        head_office=words(keys, "head office", FACTORS),
        second_chance=_days(keys, "second chance", USUAL.second_chance),
        likeness=keys.integer("likeness", USUAL.likeness, 1, 100),
        place=node.place,
    )
    keys.finish()
    return desk


def _times(keys: Keys) -> Mapping[Step, int]:
    own = keys.keys("days")
    if own is None:
        return USUAL_TIMES
    times = {step: own.integer(step, USUAL_TIMES[step], 0, MOST_DAYS) for step in Step}
    own.finish()
    return times


def _days(keys: Keys, key: str, usual: int) -> int:
    """A span of days or weeks, in days."""
    text = keys.text(key)
    found = _SPAN.fullmatch(" ".join(text.split()))
    if text and found is None:
        hint = "write a number of days or weeks, like 30 days"
        keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
    return int(found[1]) * _DAYS[found[2]] if found else usual
