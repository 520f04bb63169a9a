"""The form in which an adviser writes down what became of a duty."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta

from sitegen.errors import Unusable
from sitegen.model.care_tables import CONTACTS
from sitegen.model.claim import Claim
from sitegen.model.column import Kind
from sitegen.model.duty_form import DutyForm
from sitegen.model.ledger import SUBMISSIONS, Form
from sitegen.programme.duties.outcomes import LEAST_REASON, Bounds, Trouble, is_open, judged
from sitegen.programme.duties.ways import CHANNELS
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver.keeping import Letter, keep
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit

OPEN_FOR = timedelta(days=60)
"""How long after the build that made it a link opens: who finds it later must ask for a new list."""
LENGTHS = {"note": 4000, "excuse": 1000}
LONGEST = 1000
"""Characters of any other field."""
FREE = "question "
"""What stands before the number of a question whose answer goes into the note."""
TROUBLES = {
    Trouble.NO_DAY: "day",
    Trouble.BAD_DAY: "day",
    Trouble.FUTURE: "future",
    Trouble.EARLY: "day",
    Trouble.NO_CHANNEL: "channel",
    Trouble.NO_OUTCOME: "outcome",
    Trouble.BAD_WORD: "channel",
    Trouble.BAD_ANSWER: "answer",
    Trouble.BAD_APPOINTMENT: "appointment",
    Trouble.PAST_APPOINTMENT: "appointment",
    Trouble.NO_REASON: "reason",
    Trouble.BOTH: "both",
}
"""By which words of the theme, `receive.result.trouble.WORD`, each trouble is told."""
_WORDS = {name: CONTACTS.column(name).allowed for name in ("channel", "outcome", "routed_to")}


def answer(setting: Setting, visit: Visit) -> Reply:
    """The form of the duty that the link names, or thanks for what was written into it."""
    claim = claim_of_house(setting, visit)
    form = next((one for one in setting.duties if claim and one.name == claim.about.partition("/")[0]), None)
    if claim is None or form is None:
        return LOST
    page = _page(setting, visit, claim, form)
    if visit.fields is None:
        return Reply("result.html", {**page, "fields": {"day": visit.day(setting.shop).isoformat()}, "trouble": ""})
    said = _said(visit.fields, form)
    trouble = _too_long(visit.fields) or ("empty" if is_open(said) else "")
    fields = judged(said, Bounds(form.act, _answers(form), visit.day(setting.shop)))
    if not trouble and isinstance(fields, tuple):
        trouble = TROUBLES[fields[0].trouble]
    if trouble or isinstance(fields, tuple):
        return Reply("result.html", {**page, "fields": visit.fields, "trouble": trouble}, 422)
    kept = {"adviser_id": claim.adviser_id, **fields, **_free(visit.fields, form)}
    try:
        with open_ledger(setting.ledger) as ledger:
            number = keep(ledger, Letter(Form.RESULT, claim.customer_id, "", claim.about, kept, visit.at))
    except (Unusable, sqlite3.Error):
        return Reply("result.html", {**page, "fields": visit.fields, "trouble": "closed"}, 503)
    return Reply("thanks.html", {"form": Form.RESULT.value, "number": number})


def claim_of_house(setting: Setting, visit: Visit) -> Claim | None:
    """The claim of a link for advisers, None where it is too old or names nobody of the house."""
    claim = visit.claim
    if claim is None or not claim.adviser_id:
        return None
    return claim if visit.day(setting.shop) - claim.day <= OPEN_FOR else None


def _page(setting: Setting, visit: Visit, claim: Claim, form: DutyForm) -> Mapping[str, object]:
    """What the form shows beside its fields. `before` is the number of what was written down last, or ""."""
    return {
        "duty": form,
        "subject": claim.about.partition("/")[2],
        "customer_id": claim.customer_id,
        "ways": CHANNELS.get(form.act, ()),
        "words": _WORDS,
        "today": visit.day(setting.shop).isoformat(),
        "least": str(LEAST_REASON),
        "before": _before(setting, claim),
    }


def _before(setting: Setting, claim: Claim) -> str:
    """The number of the last result of this duty. Reads only."""
    question = f"SELECT number FROM {SUBMISSIONS} WHERE form = ? AND about = ? ORDER BY at DESC, number LIMIT 1"  # noqa: S608  constants
    place = f"{setting.ledger.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, timeout=10)) as connection:
        row = connection.execute(question, (Form.RESULT.value, claim.about)).fetchone()
    return row[0] if row else ""


def _answers(form: DutyForm) -> Mapping[str, Kind]:
    kinds = {True: Kind.YES_NO, False: Kind.TEXT}
    return {one.column: kinds[one.yes_no] for one in form.questions if one.column}


def _said(fields: Mapping[str, str], form: DutyForm) -> Mapping[str, str]:
    """What the form can say. A way that only stands there, chosen beforehand, is no contact beside an excuse."""
    names = ("day", *_WORDS, "appointment_at", "note", "excuse", *_answers(form))
    said = {name: fields[name] for name in names if fields.get(name)}
    talked = any(said.get(name) for name in ("outcome", *_answers(form)))
    return said if talked or "excuse" not in said else {name: said[name] for name in said if name != "channel"}


def _free(fields: Mapping[str, str], form: DutyForm) -> Mapping[str, str]:
    """Answers to questions that no column keeps, by the questions' own words."""
    asked = enumerate(form.questions)
    return {one.ask: fields[f"{FREE}{n}"] for n, one in asked if not one.column and fields.get(f"{FREE}{n}")}


def _too_long(fields: Mapping[str, str]) -> str:
    return "long" if any(len(text) > LENGTHS.get(name, LONGEST) for name, text in fields.items()) else ""
