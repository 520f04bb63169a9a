"""Read what customers said by the receiver and by their mails, as typed rows of the ledger's tables."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.audience.plan.wishes import CALENDAR, CHANNELS, FREQUENCY, PAUSE, TOPICS
from sitegen.data.ledger import rows_of
from sitegen.errors import Unusable
from sitegen.model.ledger import CONSENTS, PERSONAL, PREFERENCES, RESPONSES, SUBMISSIONS, SUPPRESSIONS, Form
from sitegen.model.survey import LEAST, MOST, Factor
from sitegen.model.table import table as declared

LANGUAGE = "wish language"
WISHED = ("customer_id", PAUSE, TOPICS, CHANNELS, FREQUENCY, CALENDAR, LANGUAGE)
_WISH = {"pause": PAUSE, "frequency": FREQUENCY, "birthday": CALENDAR, "language": LANGUAGE}
_OFF = {"topic": TOPICS, "channel": CHANNELS}
_SUPPRESSION = ("channel", "address_hash", "reason", "since", "scope")
Cells = Mapping[str, Any]
"""The cells of a row by column; one that is not there is null."""


def suppressions(path: Path) -> Iterator[Cells]:
    """Addresses that are barred, each with its scope."""
    for row in rows_of(path, SUPPRESSIONS, _SUPPRESSION):
        cells = dict(zip(_SUPPRESSION, row, strict=True))
        yield {**cells, "since": _day(path, cells["since"])}


def consents(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """The last word of each person on each channel and purpose, as rows of the customer file's consents."""
    last: dict[tuple[str, str, str], Cells] = {}
    for row in _rows(path, CONSENTS):
        # The rows come in the order of the key, whose end is the time.
        last[row["customer_id"], row["channel"], row["purpose"]] = row
    for row in last.values():
        day = local(path, row["at"], zone)
        given = {"status": "given", "given_on": day} if row["given"] else {"status": "withdrawn", "withdrawn_on": day}
        kept = ("customer_id", "channel", "purpose", "source", "wording")
        yield {**{name: row[name] for name in kept}, **given}


def wishes(path: Path) -> Iterator[Cells]:
    """What each customer wishes now, one row with WISHED for each who wishes anything."""
    standing: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(path, PREFERENCES):
        standing[row["customer_id"]][row["name"]] = row["value"]
    for customer, values in standing.items():
        wished = {column: values[name] for name, column in _WISH.items() if values.get(name)}
        for kind, column in _OFF.items():
            off = [name.partition(":")[2] for name, value in values.items() if value and name.startswith(f"{kind}:")]
            wished |= {column: f";{';'.join(off)};"} if off else {}
        if wished:
            yield {"customer_id": customer, **wished}


def responses(path: Path) -> Iterator[Cells]:
    """What became of campaigns."""
    for row in _rows(path, RESPONSES):
        yield {**row, "day": _day(path, row["day"])}


def complaints(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """Complaints of customers, as rows of the customer file's table; its later columns are the desk's."""
    for row, fields in forms(path, Form.COMPLAINT):
        factor = row["about"] if row["about"] in declared("complaints").column("factor").allowed else None
        opened = local(path, row["at"], zone)
        yield {**_who(row), "complaint_id": row["number"], "opened_on": opened, "factor": factor, **_words(fields)}


def suggestions(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """Suggestions of customers, as rows of the customer file's table; nobody has decided on them yet."""
    for row, fields in forms(path, Form.SUGGESTION):
        about = row["about"] if row["about"] in declared("suggestions").column("about").allowed else None
        given = local(path, row["at"], zone)
        yield {**_who(row), "suggestion_id": row["number"], "given_on": given, "about": about, **_words(fields)}


def survey_answers(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """Answers of customers, one row for each question; of who answered twice on one day the last holds."""
    found: dict[tuple[str, str, str, date], Cells] = {}
    for row, fields in forms(path, Form.SURVEY):
        day = local(path, row["at"], zone)
        for question, said in fields.items():
            answer = {"survey": row["about"], **_who(row), "question": question, "answered_on": day, **_score(said)}
            factor = question if question in set(Factor) else None
            found[row["about"], row["customer_id"], question, day] = {**answer, "factor": factor}
    yield from found.values()


def attendances(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """Answers to invitations, one row for each customer and event: the last one holds.

    It counts from the day of the first answer that said as much: who says yes again, or comes with fewer people, keeps
    their place; who comes with more begins anew.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row, fields in forms(path, Form.RSVP):
        key = (row["about"], row["customer_id"])
        status = "accepted" if fields.get("answer") == "yes" else "declined"
        party = int(fields["party"]) if fields.get("party", "").isdecimal() else 1
        before = found.get(key)
        same = before is not None and before["status"] == status and party <= before["party"]
        day = before["answered_on"] if before and same else local(path, row["at"], zone)
        answer = {"status": status, "answered_on": day, "party": party, "share_contact": "share" in fields}
        found[key] = {"event_id": row["about"], **_who(row), **answer}
    yield from found.values()


def _score(said: str) -> Cells:
    on_scale = said.isascii() and said.isdigit() and LEAST <= int(said) <= MOST
    return {"score": int(said)} if on_scale else {"answer": said}


def _who(row: Cells) -> Cells:
    return {"customer_id": row["customer_id"]}


def _words(fields: Mapping[str, str]) -> Cells:
    """The customer's words; the order that somebody names may be misspelt, so that it stays among the words."""
    order = fields.get("order")
    return {"text": fields.get("words", "") + (f" ({order})" if order else "")}


def forms(path: Path, form: Form) -> Iterator[tuple[Cells, Mapping[str, str]]]:
    """The filled forms of that kind from customers, the oldest first, each with what stood in its fields."""
    ours = [row for row in _rows(path, SUBMISSIONS) if row["form"] == form and row["customer_id"]]
    for row in sorted(ours, key=lambda row: (row["at"], row["number"])):
        try:
            fields = json.loads(row["fields"])
        except ValueError as error:
            raise Unusable(f"the ledger '{path.name}' cannot be read: form '{row['number']}' is damaged") from error
        yield row, fields


def _rows(path: Path, table: str) -> Iterator[Cells]:
    columns = PERSONAL[table]
    return (dict(zip(columns, row, strict=True)) for row in rows_of(path, table, columns))


def _day(path: Path, text: str) -> date:
    return _moment(path, text).date()


def local(path: Path, text: str, zone: ZoneInfo) -> date:
    """The day of an instant by the shop's clock."""
    return _moment(path, text).astimezone(zone).date()


def _moment(path: Path, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unusable(f"the ledger '{path.name}' cannot be read: '{text}' is no day") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
