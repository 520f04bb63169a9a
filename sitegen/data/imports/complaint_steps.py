"""Take in the steps of complaints: each held against those that were taken before it, and against its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sitegen.data.engine import Engine
from sitegen.data.imports.drafts import Rejected
from sitegen.data.imports.export_file import ExportFile, ExportRow, rows
from sitegen.data.imports.house_file import Told, lacking, refuse_other_columns, strangers, texts
from sitegen.data.imports.working import stored
from sitegen.model.complaint_desk import Step, Taken
from sitegen.model.ledger import DeskWord, Form
from sitegen.model.table import Schema
from sitegen.programme.complaints.machine import Bounds, refusal, walked
from sitegen.programme.duties.typed import day, word, yes_or_no

COMPLAINTS = "complaints"
"""The system's name."""
COLUMNS = (
    "complaint_id",
    "step",
    "done_on",
    "adviser_id",
    "evidence",
    "satisfied",
    "opinion_by",
    "opinion",
    "compensation",
)
NEEDED = ("complaint_id", "step", "done_on", "adviser_id", "evidence")
WHO = {"adviser_id": "advisers", "opinion_by": "advisers"}
_ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What steps are held to: the open tables with what the ledger knows, their declarations, today, and who may give
    the house's final opinion.
    """

    engine: Engine
    schema: Schema
    today: date
    managers: frozenset[str]


def steps(about: Circumstances, source: ExportFile) -> Told:
    """What the rows of a file say, in the order of the nine steps, whatever their order in the file.

    Holds the file's rows in memory. A row that says what was taken already changes nothing. Raises Mistakes where the
    file has other columns.
    """
    refuse_other_columns(source, NEEDED, COLUMNS, "the list of steps")
    read = [(row, texts(row, COLUMNS)) for row in rows(source)]
    said = [one for _, one in read]
    absent, cases = lacking(about.engine, said, WHO), _cases(about, said)
    ready: list[_Ready] = []
    rejected: list[Rejected] = []
    begun = [(row, one) for row, one in read if row.broken or one.keys() & {"done_on", "evidence"}]
    for row, one in begun:
        found = row.broken or _taken(one, cases, [*strangers(one, absent, WHO)])
        if isinstance(found, Taken):
            ready.append(_Ready(row, found, one))
        else:
            rejected.append(Rejected(row, found))
    words, refused = _walked(ready, cases)
    known = len(ready) - len(words) - len(refused)
    waiting = len(read) - len(begun)
    return Told(source, "steps of complaints", len(read), words, (*rejected, *refused), waiting, known=known)


@dataclass(frozen=True, slots=True)
class _Case:
    """A complaint, and how far it is while the file is read."""

    customer_id: str
    bounds: Bounds
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that could be read."""

    row: ExportRow
    step: Taken
    said: Mapping[str, str]


def _walked(ready: Iterable[_Ready], cases: dict[str, _Case]) -> tuple[tuple[DeskWord, ...], tuple[Rejected, ...]]:
    """The steps that go on from where their complaints are, and those that can't; what was taken already is neither."""
    words: list[DeskWord] = []
    refused: list[Rejected] = []
    for one in sorted(ready, key=lambda each: _ORDER.index(each.step.step)):
        id_ = one.said["complaint_id"]
        case = cases[id_]
        if one.step in case.taken:
            continue
        why = refusal(case.taken, one.step, case.bounds)
        if why:
            refused.append(Rejected(one.row, why))
            continue
        words.append(_word(case, one.said, one.step))
        cases[id_] = replace(case, taken=(*case.taken, one.step))
    return tuple(words), tuple(refused)


def _word(case: _Case, said: Mapping[str, str], taken: Taken) -> DeskWord:
    fields = {
        "step": taken.step.value,
        "done_on": taken.on.isoformat(),
        "adviser_id": taken.adviser_id,
        "evidence": taken.evidence,
        "satisfied": "" if taken.satisfied is None else "yes" if taken.satisfied else "no",
        "opinion_by": taken.opinion_by,
        "opinion": taken.opinion,
        "compensation": said.get("compensation", ""),
    }
    kept = {name: text for name, text in fields.items() if text}
    return DeskWord(Form.STEP, case.customer_id, said["complaint_id"], kept)


def _taken(said: Mapping[str, str], cases: Mapping[str, _Case], reasons: list[str]) -> Taken | str:
    """The step that a row says was taken, or why it can't be read."""
    reasons = [
        f"'{column}' is empty" for column in ("complaint_id", "step", "adviser_id") if column not in said
    ] + reasons
    complaint, on = said.get("complaint_id", ""), day(said.get("done_on", ""))
    step = word(said.get("step", ""), tuple(Step))
    satisfied = yes_or_no(said.get("satisfied", ""))
    if complaint and complaint not in cases:
        reasons.append(f"'complaint_id' is '{complaint}', which is not in complaints")
    if said.get("step") and not step:
        reasons.append(f"'step' cannot be '{said['step']}': allowed are {', '.join(Step)}")
    if on is None:
        text = said.get("done_on", "")
        reasons.append(
            f"'done_on' is '{text}', not a date like 2026-09-25" if text else "'done_on' is empty: when was it?"
        )
    if said.get("satisfied") and not satisfied:
        reasons.append(f"'satisfied' is '{said['satisfied']}', not yes or no")
    if reasons or on is None:
        return "; ".join(reasons)
    content = None if not satisfied else satisfied == "yes"
    opinion = (said.get("opinion_by", ""), said.get("opinion", ""))
    return Taken(Step(step), on, said["adviser_id"], said.get("evidence", ""), content, *opinion)


def _cases(about: Circumstances, said: Iterable[Mapping[str, str]]) -> dict[str, _Case]:
    """The complaints that the file names, with the steps that count so far."""
    named = {one["complaint_id"] for one in said if "complaint_id" in one}
    steps: defaultdict[str, list[Taken]] = defaultdict(list)
    for row in stored(about.engine, about.schema.table("complaint_steps"), "complaint_id", named):
        steps[row["complaint_id"]].append(_stored(row))
    found: dict[str, _Case] = {}
    for row in stored(about.engine, about.schema.table("complaints"), "complaint_id", named):
        bounds = Bounds(date.fromisoformat(row["opened_on"]), about.today, about.managers)
        taken, _ = walked(steps[row["complaint_id"]], bounds)
        found[row["complaint_id"]] = _Case(row["customer_id"], bounds, taken)
    return found


def _stored(row: Mapping[str, str]) -> Taken:
    satisfied = {"yes": True, "no": False}.get(row["satisfied"])
    opinion = (row["opinion_by"], row["opinion"])
    on = date.fromisoformat(row["done_on"])
    return Taken(Step(row["step"]), on, row["adviser_id"], row["evidence"], satisfied, *opinion)
