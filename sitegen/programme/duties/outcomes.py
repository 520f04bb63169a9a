"""Judge what an adviser says became of a duty: what may be kept, or what is the matter with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.model.care_tables import CONTACTS
from sitegen.model.column import Kind, Table
from sitegen.model.duty import Act
from sitegen.programme.complaints.evidence import says_enough
from sitegen.programme.duties.typed import day, moment, word, yes_or_no
from sitegen.programme.duties.ways import CHANNELS, IN_VAIN

LEAST_REASON = 3
"""Words of a reason for which a duty is excused, or twice as many Chinese characters."""
OPEN_QUESTION, REACHED = "open-question", "reached"
USUAL = ("liked", "comfortable", "washing_question")
"""The columns of contacts for the three questions of the call."""
_TALKS = ("call", "visit")
_WORDS = {name: CONTACTS.column(name).allowed for name in ("channel", "outcome", "routed_to")}
_FREE = ("note", "excuse")


class Result(StrEnum):
    """What a row says of its duty."""

    DONE = "done"
    EXCUSED = "excused"
    TRIED = "tried"  # a contact that does not prove the act: nobody was reached, or another way was taken


class Trouble(StrEnum):
    """What is the matter with a result."""

    NO_DAY = "no-day"
    BAD_DAY = "bad-day"
    FUTURE = "future"
    EARLY = "early"
    NO_CHANNEL = "no-channel"
    NO_OUTCOME = "no-outcome"
    BAD_WORD = "bad-word"
    BAD_ANSWER = "bad-answer"
    BAD_APPOINTMENT = "bad-appointment"
    PAST_APPOINTMENT = "past-appointment"
    NO_REASON = "no-reason"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell or field that can't be taken, and what stands in it."""

    trouble: Trouble
    column: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a result is held to: the act of its duty, the columns of contacts that may be answered with their kinds,
    today, and the first day on which the duty can have been done (None: nobody knows it here).
    """

    act: Act
    answers: Mapping[str, Kind]
    today: date
    since: date | None = None


def answer_columns(contacts: Table, asks: Iterable[str]) -> Mapping[str, Kind]:
    """The columns of contacts that answers may fill: the three of the call, and what else a duty's questions name.

    Only what is answered by yes, no or words is a question of a form.
    """
    declared = {column.name: column.kind for column in contacts.columns}
    names = dict.fromkeys((*USUAL, *filter(None, asks)))
    return {name: declared[name] for name in names if declared.get(name) in (Kind.YES_NO, Kind.TEXT)}


def judged(said: Mapping[str, str], bounds: Bounds) -> Mapping[str, str] | tuple[Refused, ...]:
    """The fields of the result in one spelling, empty ones left out, with its Result under "result"; or what is wrong.

    `said` has texts by the columns of a file of results. A contact needs its day and channel, a call and a visit also
    how they ended, unless an answer tells it; an excuse needs a reason, and may come after a vain contact.
    """
    found = tuple(_wrong(said, bounds))
    if found:
        return found
    fields = dict(_fields(said, bounds))
    return {**fields, "result": result_of(fields, bounds.act)}


def is_open(said: Mapping[str, str]) -> bool:
    """Whether nothing was done yet: neither a day nor an excuse stands there, nor how anything ended."""
    return not any(said.get(column) for column in ("day", "excuse", "outcome", "appointment_at", *USUAL))


def result_of(fields: Mapping[str, str], act: Act) -> Result:
    """What fields make of a duty with that act."""
    if fields.get("excuse"):
        return Result.EXCUSED
    return Result.DONE if _proves(fields, act) else Result.TRIED


def wants_time(fields: Mapping[str, str]) -> bool:
    """Whether a question stayed open for which no time was arranged.

    Source: "If ... cannot be answered, a time must be arranged".
    """
    return fields.get("outcome") == OPEN_QUESTION and not fields.get("appointment_at")


def _proves(fields: Mapping[str, str], act: Act) -> bool:
    if act is Act.TASK:
        return bool(fields.get("day")) and fields.get("outcome") != IN_VAIN
    ways = CHANNELS[act] or _WORDS["channel"]
    return fields.get("channel") in ways and fields.get("outcome") != IN_VAIN


def _wrong(said: Mapping[str, str], bounds: Bounds) -> Iterator[Refused]:
    yield from _wrong_day(said, bounds)
    yield from _wrong_words(said, bounds)
    yield from _wrong_appointment(said)
    if said.get("excuse"):
        if not says_enough(said["excuse"], LEAST_REASON):
            yield Refused(Trouble.NO_REASON, "excuse", said["excuse"])
        if said.get("day") and said.get("channel") and _proves(dict(_fields(said, bounds)), bounds.act):
            yield Refused(Trouble.BOTH, "excuse", said["excuse"])
        return
    # A task in the house is nobody's contact.
    if bounds.act is not Act.TASK and not said.get("channel"):
        yield Refused(Trouble.NO_CHANNEL, "channel")


def _wrong_day(said: Mapping[str, str], bounds: Bounds) -> Iterator[Refused]:
    text = said.get("day", "")
    on = day(text)
    if not text:
        if said.get("channel") or not said.get("excuse"):
            yield Refused(Trouble.NO_DAY, "day")
    elif on is None:
        yield Refused(Trouble.BAD_DAY, "day", text)
    elif on > bounds.today:
        yield Refused(Trouble.FUTURE, "day", on.isoformat())
    elif bounds.since and on < bounds.since:
        yield Refused(Trouble.EARLY, "day", on.isoformat())


def _wrong_words(said: Mapping[str, str], bounds: Bounds) -> Iterator[Refused]:
    for column, allowed in _WORDS.items():
        if said.get(column) and not word(said[column], allowed):
            yield Refused(Trouble.BAD_WORD, column, said[column])
    for column, kind in bounds.answers.items():
        if kind is Kind.YES_NO and said.get(column) and not yes_or_no(said[column]):
            yield Refused(Trouble.BAD_ANSWER, column, said[column])
    if word(said.get("channel", ""), _TALKS) and not said.get("outcome") and not _answered(said, bounds):
        yield Refused(Trouble.NO_OUTCOME, "outcome")


def _answered(said: Mapping[str, str], bounds: Bounds) -> bool:
    """Whether the customer answered a question: then somebody was reached."""
    return any(said.get(column) for column in bounds.answers)


def _wrong_appointment(said: Mapping[str, str]) -> Iterator[Refused]:
    text = said.get("appointment_at", "")
    at, on = moment(text), day(said.get("day", ""))
    if text and at is None:
        yield Refused(Trouble.BAD_APPOINTMENT, "appointment_at", text)
    elif at and on and at.date() < on:
        yield Refused(Trouble.PAST_APPOINTMENT, "appointment_at", text)


def _fields(said: Mapping[str, str], bounds: Bounds) -> Iterator[tuple[str, str]]:
    """What is said in one spelling, as the customer file spells it."""
    on, at = day(said.get("day", "")), moment(said.get("appointment_at", ""))
    words = {column: word(said.get(column, ""), allowed) for column, allowed in _WORDS.items()}
    if words["channel"] in _TALKS and not words["outcome"] and _answered(said, bounds):
        words["outcome"] = REACHED
    spelled = {
        "day": on.isoformat() if on else "",
        **words,
        **{column: _answer(said.get(column, ""), kind) for column, kind in bounds.answers.items()},
        "appointment_at": f"{at:%Y-%m-%d %H:%M}" if at else "",
        **{column: said.get(column, "").strip() for column in _FREE},
    }
    yield from ((column, text) for column, text in spelled.items() if text)


def _answer(text: str, kind: Kind) -> str:
    """A bare "no" is no question: the columns of words keep what the customer asked."""
    said = yes_or_no(text)
    return said if kind is Kind.YES_NO else "" if said == "no" else text.strip()
