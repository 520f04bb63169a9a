"""The form in which an adviser writes down the next step of a complaint, with what proves it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date

from sitegen.errors import Unusable
from sitegen.model.claim import Claim
from sitegen.model.complaint_desk import Step
from sitegen.model.ledger import SUBMISSIONS, Form
from sitegen.programme.complaints.evidence import says_enough
from sitegen.programme.duties.typed import day, yes_or_no
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver.keeping import Letter, keep
from sitegen.send.receiver.result import LONGEST, claim_of_house
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit

LENGTHS = {"evidence": 4000, "opinion": 4000}
GIVING = (Step.COMPENSATE, Step.RESULT)
"""Steps at which something may be given."""


def answer(setting: Setting, visit: Visit) -> Reply:
    """The form of the step that the link names, or thanks for what was written into it."""
    claim = claim_of_house(setting, visit)
    complaint, _, name = claim.about.rpartition("/") if claim else ("", "", "")
    if claim is None or not complaint or name not in set(Step):
        return LOST
    step, today = Step(name), visit.day(setting.shop)
    page = {
        "step": step.value,
        "complaint": complaint,
        "customer_id": claim.customer_id,
        "today": today.isoformat(),
        "gives": step in GIVING,
        "managers": sorted(setting.managers),
    }
    if visit.fields is None:
        return Reply("step.html", {**page, "fields": {"done_on": today.isoformat()}, "trouble": ""})
    fields = _fields(visit.fields, step, claim)
    trouble = _too_long(visit.fields) or _trouble(setting, fields, step, today)
    if not trouble and _taken(setting, complaint, fields):
        trouble = "taken"
    if trouble:
        return Reply("step.html", {**page, "fields": visit.fields, "trouble": trouble}, 422)
    try:
        with open_ledger(setting.ledger) as ledger:
            number = keep(ledger, Letter(Form.STEP, claim.customer_id, "", complaint, fields, visit.at))
    except (Unusable, sqlite3.Error):
        return Reply("step.html", {**page, "fields": visit.fields, "trouble": "closed"}, 503)
    return Reply("thanks.html", {"form": Form.STEP.value, "number": number})


def _fields(said: Mapping[str, str], step: Step, claim: Claim) -> Mapping[str, str]:
    """What is kept: only a result knows whether the customer is content, and the house's opinion."""
    on = day(said.get("done_on", ""))
    fields = {
        "step": step.value,
        "done_on": on.isoformat() if on else "",
        "adviser_id": claim.adviser_id,
        "evidence": said.get("evidence", ""),
        "compensation": said.get("compensation", "") if step in GIVING else "",
    }
    if step is Step.RESULT:
        content = yes_or_no(said.get("satisfied", ""))
        fields["satisfied"] = content
        if content == "no":
            fields |= {name: said.get(name, "") for name in ("opinion_by", "opinion")}
    return {name: text for name, text in fields.items() if text}


def _trouble(setting: Setting, fields: Mapping[str, str], step: Step, today: date) -> str:
    """What is the matter, in the words `receive.step.trouble.WORD`; whether steps before it lack, the build sees."""
    if "done_on" not in fields:
        return "day"
    if date.fromisoformat(fields["done_on"]) > today:
        return "future"
    if not says_enough(fields.get("evidence", "")):
        return "evidence"
    return _unsettled(setting, fields) if step is Step.RESULT else ""


def _unsettled(setting: Setting, fields: Mapping[str, str]) -> str:
    """Source: "(satisfied? else final opinion on the spot, goodbye, thank for opinion)"."""
    if fields.get("satisfied") != "no":
        return "" if "satisfied" in fields else "satisfied"
    known = fields.get("opinion_by") and (not setting.managers or fields["opinion_by"] in setting.managers)
    return "" if known and says_enough(fields.get("opinion", "")) else "opinion"


def _taken(setting: Setting, complaint: str, fields: Mapping[str, str]) -> bool:
    """Whether the ledger has this step of the complaint in other words. Reads only."""
    question = f"SELECT fields FROM {SUBMISSIONS} WHERE form = ? AND about = ?"  # noqa: S608  constants
    place = f"{setting.ledger.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, timeout=10)) as connection:
        rows = connection.execute(question, (Form.STEP.value, complaint)).fetchall()
    before = [json.loads(text) for (text,) in rows]
    return any(one.get("step") == fields["step"] and one != fields for one in before)


def _too_long(fields: Mapping[str, str]) -> str:
    return "long" if any(len(text) > LENGTHS.get(name, LONGEST) for name, text in fields.items()) else ""
