"""Take in what advisers wrote down of their duties: each row held against the duty, the customer and the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

import ibis

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.data.engine import Engine
from sitegen.data.imports.desk_reasons import reason
from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ExportFile, ExportRow, rows
from sitegen.data.imports.house_file import Told, lacking, refuse_other_columns, strangers, texts
from sitegen.model.column import Table
from sitegen.model.duty import Act, Duty, Every, Span
from sitegen.model.ledger import DeskWord, Form
from sitegen.model.rule import Unit
from sitegen.programme.duties.outcomes import (
    Bounds,
    Result,
    answer_columns,
    is_open,
    judged,
    wants_time,
)
from sitegen.programme.duties.ways import IN_VAIN

DESK = "desk"
"""The system's name."""
COLUMNS = (
    "duty",
    "subject",
    "customer_id",
    "adviser_id",
    "day",
    "channel",
    "outcome",
    "liked",
    "comfortable",
    "washing_question",
    "appointment_at",
    "note",
    "routed_to",
    "excuse",
)
"""Of the list that the desk hands out: the first four are filled in, the others are for the adviser."""
NEEDED = ("duty", "subject", "adviser_id", "day")
WHO = {"customer_id": "customers", "adviser_id": "advisers"}
_LONGEST = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}
"""Days that a unit has at most."""
_DOES = {Act.CALL: "a call", Act.VISIT: "a visit", Act.MESSAGE: "a message", Act.LETTER: "a letter"}
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Owed:
    """What the shop knows of its duties: the rules by name, the `instances` of today (duty, subject, customer_id and
    began), the declared contacts, and by "duty/subject" to whom those were owed of which the ledger has a result.
    """

    duties: Mapping[str, Duty]
    instances: ibis.Table
    contacts: Table
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Instance:
    """A duty that somebody owes: to whom, and the first day on which it can have been done."""

    customer_id: str
    since: date | None


def results(engine: Engine, owed: Owed, source: ExportFile, today: date) -> Told:
    """What the rows of a file say became of duties, and what can't be taken.

    Holds the file's rows in memory, never those of other customers. Raises Mistakes where the file has other columns.
    """
    asks = {name for duty in owed.duties.values() for name in duty.asks if name}
    columns = (*COLUMNS, *sorted(asks - {*COLUMNS}))
    refuse_other_columns(source, NEEDED, columns, "the desk's list")
    read = [(row, texts(row, columns)) for row in rows(source)]
    reader = _Reader(
        owed, today, _instances(engine, owed, (said for _, said in read)), lacking(engine, (s for _, s in read), WHO)
    )
    return _told(source, read, reader)


def _told(source: ExportFile, read: list[tuple[ExportRow, dict[str, str]]], reader: _Reader) -> Told:
    words: dict[tuple[str, ...], DeskWord] = {}
    rejected: list[Rejected] = []
    waiting = 0
    for row, said in read:
        if not row.broken and is_open(said):
            waiting += 1
            continue
        found = row.broken or reader.word(said)
        if isinstance(found, DeskWord):
            key = _key(found)
            if key not in words:
                words[key] = found
                continue
            found = (
                f"'{found.about.replace('/', ' ', 1)}' stands twice in this file, by the same adviser on the same day"
            )
        rejected.append(Rejected(row, found))
    kept = tuple(words.values())
    return Told(source, "results of duties", len(read), kept, tuple(rejected), waiting, tuple(_notices(kept, reader)))


def _key(word: DeskWord) -> tuple[str, ...]:
    """What makes two rows one contact: the later word would replace the earlier one."""
    parts = (word.fields.get(name, "") for name in ("adviser_id", "day", "channel"))
    return (word.about, *parts, str(word.fields.get("outcome") == IN_VAIN))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Judges rows. `instances` are those that the file names, `absent` the texts that name nobody, by column."""

    owed: Owed
    today: date
    instances: Mapping[tuple[str, str], _Instance]
    absent: Mapping[str, frozenset[str]]

    def word(self, said: Mapping[str, str]) -> DeskWord | str:
        """What a row says, or why it can't be taken."""
        duty, subject = self.owed.duties.get(said.get("duty", "")), said.get("subject", "")
        instance = self._instance(duty, subject, said) if duty else None
        reasons = [*self._unknown(said, duty, instance), *strangers(said, self.absent, WHO)]
        if duty is None:
            return "; ".join(reasons)
        since = instance.since if instance else None
        bounds = Bounds(duty.act, answer_columns(self.owed.contacts, duty.asks), self.today, since)
        fields = judged(said, bounds)
        if isinstance(fields, tuple):
            reasons += [reason(refused, bounds) for refused in fields]
        if reasons or isinstance(fields, tuple) or instance is None:
            return "; ".join(reasons)
        about = f"{duty.name}/{subject}"
        return DeskWord(Form.RESULT, instance.customer_id, about, {"adviser_id": said["adviser_id"], **fields})

    def _instance(self, duty: Duty, subject: str, said: Mapping[str, str]) -> _Instance | None:
        about = f"{duty.name}/{subject}"
        if found := self.instances.get((duty.name, subject)):
            return found
        if about in self.owed.told:
            return _Instance(self.owed.told[about], None)
        customer, _, anchor = subject.rpartition("@")
        # A visit of yesterday begins the next half-year, and the list that the adviser has names the last one.
        known = customer == said.get("customer_id") and customer not in self.absent["customer_id"]
        if isinstance(duty.trigger, Every) and known and _is_day(anchor):
            return _Instance(customer, date.fromisoformat(anchor))
        return None

    def _unknown(self, said: Mapping[str, str], duty: Duty | None, instance: _Instance | None) -> Iterator[str]:
        """What the row lacks, or what it names that does not fit together."""
        yield from (f"'{column}' is empty" for column in ("duty", "subject", "adviser_id") if column not in said)
        if duty is None:
            if "duty" in said:
                yield _joined(f"there is no duty '{said['duty']}'", did_you_mean(said["duty"], self.owed.duties))
        elif instance is None:
            if "subject" in said:
                yield f"'{duty.name}' is owed to nobody because of '{said['subject']}'"
        elif said.get("customer_id", instance.customer_id) != instance.customer_id:
            whose = f"is owed to '{instance.customer_id}', not '{said['customer_id']}'"
            yield f"'{duty.name}' for '{said['subject']}' {whose}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _joined(message: str, hint: str) -> str:
    return f"{message}: {hint}" if hint else message


def _instances(engine: Engine, owed: Owed, said: Iterable[Mapping[str, str]]) -> Mapping[tuple[str, str], _Instance]:
    """The duties that the file names, as far as they are there."""
    named = sorted({(row.get("duty", ""), row.get("subject", "")) for row in said})
    if not named:
        return {}
    asked = engine.take("named duties", {"named duty": "string", "named subject": "string"}, named)
    found = owed.instances.semi_join(asked, [("duty", "named duty"), ("subject", "named subject")])
    wanted = found.select("duty", "subject", "customer_id", "began").order_by("duty", "subject")
    instances = {
        (row["duty"], row["subject"]): _Instance(row["customer_id"], _since(owed.duties[row["duty"]], row["began"]))
        for batch in engine.rows(wanted)
        for row in batch
        if row["duty"] in owed.duties
    }
    engine.drop(asked)
    return instances


def _since(duty: Duty, began: date) -> date:
    """The trigger's day, or a little before it: months differ."""
    after: Span = duty.after
    return began - timedelta(days=after.count * _LONGEST[after.unit])


def _notices(words: tuple[DeskWord, ...], reader: _Reader) -> Iterator[str]:
    """What somebody must do about what was taken."""
    timeless = [word for word in words if wants_time(word.fields)]
    if timeless:
        yield f"a question stayed open and a time must be arranged: {_named(timeless)}"
    other = [word for word in words if _another_way(word)]
    for act, count in Counter(reader.owed.duties[_duty(word)].act for word in other).items():
        these = [word for word in other if reader.owed.duties[_duty(word)].act is act]
        stay = "the duty stays open" if count == 1 else "the duties stay open"
        yield f"kept as contacts, but {_DOES[act]} is owed, so {stay}: {_named(these)}"


def _another_way(word: DeskWord) -> bool:
    return word.fields["result"] == Result.TRIED and word.fields.get("outcome") != IN_VAIN


def _duty(word: DeskWord) -> str:
    return word.about.partition("/")[0]


def _named(words: list[DeskWord]) -> str:
    shown = [f"{word.customer_id} ({word.about.replace('/', ' ', 1)})" for word in islice(words, _SHOWN)]
    return ", ".join(shown) + (f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else "")
