"""Keep a filled form under a number that can be said on the telephone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from sitegen.model.ledger import SUBMISSIONS, Form, Submission
from sitegen.protect import base32
from sitegen.send.ledger import Ledger, at_once, submit

LETTERS = {
    Form.COMPLAINT: "C",
    Form.SUGGESTION: "S",
    Form.SURVEY: "A",
    Form.RSVP: "R",
    Form.RESULT: "D",
    Form.STEP: "P",
}
DATED = frozenset({Form.RESULT, Form.STEP})
"""Forms that say their own day among their fields: whenever the same is said again, it is the same."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A form as it came, before it has a number."""

    form: Form
    customer_id: str
    campaign: str
    about: str
    fields: Mapping[str, str]
    at: str


def keep(ledger: Ledger, letter: Letter) -> str:
    """The number under which it stands, like C-7K3M-9QXA.

    The number comes from what was written, on its day: a form that is sent twice is kept once.
    """
    with at_once(ledger):
        return _kept(ledger, letter)[0]


def keep_all(ledger: Ledger, letters: Iterable[Letter]) -> int:
    """Keep all of them, or none; how many did not stand there before."""
    with at_once(ledger):
        return sum(_kept(ledger, letter)[1] for letter in letters)


def _kept(ledger: Ledger, letter: Letter) -> tuple[str, bool]:
    for attempt in count():
        number = number_of(letter, attempt)
        submission = Submission(
            number, letter.form, letter.customer_id, letter.campaign, letter.about, letter.fields, letter.at
        )
        new = submit(ledger, submission)
        if new or _stands(ledger, submission):
            return number, new
    raise AssertionError


def number_of(letter: Letter, attempt: int = 0) -> str:
    """The number that a form gets where no other one has it; each `attempt` makes another."""
    day = "" if letter.form in DATED else letter.at[:10]
    said = [letter.form, letter.customer_id, letter.campaign, letter.about, dict(letter.fields), day]
    digest = hashlib.sha256(json.dumps([*said, attempt], sort_keys=True).encode()).digest()
    spelled = base32.spell(digest)[:8]
    return f"{LETTERS[letter.form]}-{spelled[:4]}-{spelled[4:]}"


def _stands(ledger: Ledger, submission: Submission) -> bool:
    """Whether the form that has this number says the same; else two different ones met in 40 bits."""
    row = ledger.connection.execute(
        f"SELECT form, customer_id, about, fields FROM {SUBMISSIONS} WHERE number = ?",  # noqa: S608  a constant
        (submission.number,),
    ).fetchone()
    written = (submission.form.value, submission.customer_id, submission.about, dict(submission.fields))
    return (*row[:3], json.loads(row[3])) == written
