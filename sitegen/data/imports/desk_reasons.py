"""Tell advisers why a row of their results can't be taken."""

from __future__ import annotations

from sitegen.model.care_tables import CONTACTS
from sitegen.programme.duties.outcomes import LEAST_REASON, Bounds, Refused, Trouble
from sitegen.programme.duties.ways import CHANNELS

_REASONS = {
    Trouble.NO_DAY: "'day' is empty: when was it?",
    Trouble.BAD_DAY: "'{column}' is '{text}', not a date like 2026-09-25",
    Trouble.FUTURE: "{text} is still to come",
    Trouble.EARLY: "on {text} it was nobody's duty yet: it began on {since}",
    Trouble.NO_CHANNEL: "'channel' is empty: {allowed}?",
    Trouble.NO_OUTCOME: "'outcome' is empty: was the customer reached?",
    Trouble.BAD_WORD: "'{column}' cannot be '{text}': allowed are {allowed}",
    Trouble.BAD_ANSWER: "'{column}' is '{text}', not yes or no",
    Trouble.BAD_APPOINTMENT: "'{column}' is '{text}', not a date and time like 2026-09-25 14:30",
    Trouble.PAST_APPOINTMENT: "the appointment, {text}, is before the day of the contact",
    Trouble.NO_REASON: "'{text}' is no reason to excuse a duty: say why, in {least} words at least",
    Trouble.BOTH: "the row says that it was done and why it was not: leave the excuse out, or the contact",
}
_WORDS = {column.name: column.allowed for column in CONTACTS.columns}


def reason(refused: Refused, bounds: Bounds) -> str:
    """The reason in words, with what would be allowed."""
    words = _WORDS.get(refused.column, ())
    if refused.trouble is Trouble.NO_CHANNEL:
        words = CHANNELS.get(bounds.act) or words
    return _REASONS[refused.trouble].format(
        column=refused.column, text=refused.text, allowed=", ".join(words), since=bounds.since, least=LEAST_REASON
    )
