"""The answer to an invitation: yes or no, how many, and whether the other guests may know; the last one holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.model.claim import Claim
from sitegen.model.gathering import Invitation
from sitegen.model.ledger import SUBMISSIONS, Answer, Form, Response
from sitegen.send.ledger import open_ledger, respond
from sitegen.send.receiver.keeping import Letter, keep
from sitegen.send.receiver.setting import LOST, Reply, Setting, Visit, notice

ANSWERS = {"yes": Answer.ACCEPTED, "no": Answer.REFUSED}
"""What one may say, and what that makes of the campaign."""
SHARED = "share"
LONGEST = 4000
"""Characters of the words to the host."""
TURN = "turn"
"""How many answers came before this one: whoever says yes, no and yes again on one day has said three things."""


def answer(setting: Setting, visit: Visit) -> Reply:
    """The form with the answer that stands, or thanks for a new one; after the last day, a kind refusal."""
    claim = visit.fresh(setting.shop)
    invited = next((one for one in setting.invitations if claim and one.campaign == claim.campaign), None)
    if claim is None or invited is None:
        return LOST
    if visit.day(setting.shop) > invited.closes_on:
        return notice("late", 410)
    before = answers(setting.ledger, claim.customer_id, invited.event.id)
    number, standing = before[-1] if before else ("", {})
    if visit.fields is None:
        return _form(invited, standing, "", 200)
    said = _said(visit.fields, invited)
    trouble = "" if "answer" in said else "empty"
    trouble = "long" if len(said.get("words", "")) > LONGEST else trouble
    if trouble:
        return _form(invited, visit.fields, trouble, 422)
    if {name: text for name, text in standing.items() if name != TURN} == said:
        # The same answer once more is the same answer: whoever gave it keeps their place.
        return _thanks(number)
    return _kept(setting, visit, claim, invited, said | {TURN: str(len(before))})


def answers(path: Path, customer_id: str, event_id: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """What a customer answered to the invitations to an event, the oldest first: number and fields. Reads only."""
    whose = "form = ? AND customer_id = ? AND about = ? ORDER BY at, number"
    question = f"SELECT number, fields FROM {SUBMISSIONS} WHERE {whose}"  # noqa: S608  constants
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        rows = connection.execute(question, (Form.RSVP.value, customer_id, event_id)).fetchall()
    return tuple((number, json.loads(fields)) for number, fields in rows)


def _said(fields: Mapping[str, str], invited: Invitation) -> dict[str, str]:
    """What the form can say. Who does not come brings nobody, and need not be known to anybody."""
    if fields.get("answer") not in ANSWERS:
        return {}
    said = {"answer": fields["answer"]}
    if said["answer"] == "yes":
        party = fields.get("party", "")
        allowed = {str(number) for number in range(1, invited.party + 1)}
        said |= {"party": party if party in allowed else "1"} | ({SHARED: "yes"} if SHARED in fields else {})
    return said | ({"words": fields["words"]} if fields.get("words") else {})


def _kept(setting: Setting, visit: Visit, claim: Claim, invited: Invitation, said: Mapping[str, str]) -> Reply:
    letter = Letter(Form.RSVP, claim.customer_id, claim.campaign, invited.event.id, said, visit.at)
    outcome = ANSWERS[said["answer"]]
    try:
        with open_ledger(setting.ledger) as ledger:
            number = keep(ledger, letter)
            day = visit.day(setting.shop)
            respond(
                ledger, Response(claim.campaign, claim.customer_id, claim.channel, outcome, day, f"answer {number}")
            )
    except (Unusable, sqlite3.Error):
        return _form(invited, visit.fields or {}, "closed", 503)
    return _thanks(number)


def _thanks(number: str) -> Reply:
    return Reply("thanks.html", {"form": Form.RSVP.value, "number": number})


def _form(invited: Invitation, fields: Mapping[str, str], trouble: str, status: int) -> Reply:
    views = {"invited": invited, "fields": fields, "trouble": trouble, "parties": range(1, invited.party + 1)}
    return Reply("rsvp.html", views, status)
