"""The forms of complaints, suggestions and surveys: words that came are never lost, and have a number."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.errors import Unusable
from sitegen.model.claim import Claim
from sitegen.model.ledger import Answer, Form, Response
from sitegen.model.survey import LEAST, MOST, VOTE, Survey
from sitegen.send.ledger import open_ledger, respond
from sitegen.send.receiver.keeping import Letter, keep
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit

SUBJECTS = {
    Form.COMPLAINT: ("quality", "attitude", "slow-response", "delivery-speed", "courier-attitude", "added-value"),
    Form.SUGGESTION: ("goods", "service", "store", "event", "site"),
}
"""What it may be about: the words of the customer file's `complaints.factor` and `suggestions.about`."""
LENGTHS = {"words": 4000, "order": 60, "name": 100, "contact": 200}
"""Characters that each field may have."""
TICK = "idea:"
"""What stands before an idea's number in the name of its box."""
TRAP = "website"
"""A field that people don't see: who fills it in is a machine, or is told what to do."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A form as it stands: its template, and what it shows beside the fields."""

    template: str
    views: Mapping[str, object]

    def again(self, fields: Mapping[str, str], trouble: str, status: int) -> Reply:
        """The form with all that was written, and what is the matter with it."""
        return Reply(self.template, {**self.views, "fields": fields, "trouble": trouble}, status)


def complaint(setting: Setting, visit: Visit) -> Reply:
    """What went wrong."""
    return _open_form(setting, visit, Form.COMPLAINT)


def suggestion(setting: Setting, visit: Visit) -> Reply:
    """What could be better."""
    return _open_form(setting, visit, Form.SUGGESTION)


def survey(setting: Setting, visit: Visit) -> Reply:
    """Answers to a survey: the one that the link names, else that of the campaign that invited, which has its name."""
    claim = visit.fresh(setting.shop)
    name = (claim.about or claim.campaign.rpartition("/")[2]) if claim else ""
    asked = next((one for one in setting.surveys if one.name == name), None)
    if claim is None or asked is None or visit.name not in {"", name}:
        return LOST
    page = _Page("survey.html", {"survey": asked, "scale": range(LEAST, MOST + 1)})
    if visit.fields is None:
        return page.again({}, "", 200)
    fields = _answers(asked, visit.fields)
    trouble = _too_long(fields) or ("" if fields else "empty")
    if trouble:
        return page.again(visit.fields, trouble, 422)
    return _kept(setting, visit, page, _letter(visit, claim, Form.SURVEY, (name, fields)))


def _open_form(setting: Setting, visit: Visit, form: Form) -> Reply:
    """A form that is open to everybody: a token says who writes, without one we ask where to answer."""
    claim = visit.fresh(setting.shop)
    page = _Page(f"{form.value}.html", {"subjects": SUBJECTS[form], "known": claim is not None})
    if visit.fields is None:
        return page.again({}, "", 200)
    fields = {name: visit.fields[name] for name in LENGTHS if visit.fields.get(name)}
    about = visit.fields.get("about", "")
    about = about if about in SUBJECTS[form] else ""
    trouble = _too_long(fields) or ("" if "words" in fields else "empty")
    if visit.fields.get(TRAP) and claim is None:
        trouble = "trap"
    if trouble:
        return page.again(visit.fields, trouble, 422)
    return _kept(setting, visit, page, _letter(visit, claim, form, (about, fields)))


def _answers(asked: Survey, fields: Mapping[str, str]) -> dict[str, str]:
    """The scores by factor, the ideas that were liked and those that weren't, and the free words.

    What is not on the scale was not said.
    """
    scale = {str(score) for score in range(LEAST, MOST + 1)}
    said = {factor.value: fields[factor] for factor in asked.questions if fields.get(factor) in scale}
    ticked = {number for number in asked.ideas if f"{TICK}{number}" in fields}
    words = {"words": fields["words"]} if fields.get("words") else {}
    if ticked or words:
        # Who likes one idea and not another has said so of both: the last answer holds.
        said |= {number: VOTE if number in ticked else "no" for number in asked.ideas}
    return said | words


def _too_long(fields: Mapping[str, str]) -> str:
    return "long" if any(len(fields.get(name, "")) > most for name, most in LENGTHS.items()) else ""


def _letter(visit: Visit, claim: Claim | None, form: Form, said: tuple[str, Mapping[str, str]]) -> Letter:
    about, fields = said
    return Letter(form, claim.customer_id if claim else "", claim.campaign if claim else "", about, fields, visit.at)


def _kept(setting: Setting, visit: Visit, page: _Page, letter: Letter) -> Reply:
    try:
        with open_ledger(setting.ledger) as ledger:
            number = keep(ledger, letter)
            claim = visit.claim
            # A survey that a letter only names is no answer to the letter.
            if claim and letter.form is Form.SURVEY and not claim.about:
                day = visit.day(setting.shop)
                respond(
                    ledger,
                    Response(
                        claim.campaign, claim.customer_id, claim.channel, Answer.ACCEPTED, day, f"survey {number}"
                    ),
                )
    except (Unusable, sqlite3.Error):
        # The words stand in the form again, so that nobody has to find them twice.
        return page.again(visit.fields or {}, "closed", 503)
    return Reply("thanks.html", {"form": letter.form.value, "number": number})
