"""Read what the desk wrote into the ledger: results of duties and steps of complaints, as rows of the customer file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.data.said import Cells, forms, local
from sitegen.errors import Unusable
from sitegen.model.column import Kind, Table
from sitegen.model.complaint_desk import Step
from sitegen.model.ledger import Form
from sitegen.programme.duties.outcomes import Result
from sitegen.programme.duties.ways import IN_VAIN

_STEPS = tuple(Step)
_KEPT = ("result", "excuse", "day", "adviser_id")
"""Fields of a result that are no columns of contacts and no question in its own words."""


def contacts(path: Path, declared: Table) -> Iterator[Cells]:
    """The contacts that advisers made for duties, the number of the form being theirs.

    Who says more of the same contact (an adviser's on one day by one channel, reached or not) has corrected it: the
    last word holds. What was asked beyond the table's columns stands in the note.
    """
    last: dict[tuple[str, ...], Cells] = {}
    kinds = {column.name: column.kind for column in declared.columns}
    for row, fields in forms(path, Form.RESULT):
        if fields.get("channel"):
            key = (row["about"], *(fields.get(name, "") for name in ("adviser_id", "day", "channel")))
            vain = str(fields.get("outcome") == IN_VAIN)
            last[*key, vain] = {
                "contact_id": row["number"],
                "customer_id": row["customer_id"],
                "adviser_id": fields.get("adviser_id"),
                "at": _day(path, fields["day"]),
                "direction": "out",
                **{name: _typed(path, text, kinds[name]) for name, text in fields.items() if name in kinds},
                "note": _note(fields, kinds),
            }
    yield from last.values()


def duty_results(path: Path, zone: ZoneInfo) -> Iterator[Cells]:
    """What became of duties: done, or excused with a reason; of two words about one day the last holds."""
    last: dict[tuple[str, date], Cells] = {}
    for row, fields in forms(path, Form.RESULT):
        result = fields.get("result")
        if result in (Result.DONE, Result.EXCUSED):
            duty, _, subject = row["about"].partition("/")
            day = _day(path, fields["day"]) if fields.get("day") else local(path, row["at"], zone)
            last[row["about"], day] = {
                "duty": duty,
                "subject": subject,
                "customer_id": row["customer_id"],
                "adviser_id": fields.get("adviser_id"),
                "day": day,
                "result": str(result),
                "reason": fields.get("excuse"),
            }
    yield from last.values()


def complaint_steps(path: Path) -> Iterator[Cells]:
    """The steps of complaints, each as it was taken first: no step is taken twice."""
    for (complaint, step), (_, fields) in _steps(path).items():
        satisfied = {"yes": True, "no": False}.get(fields.get("satisfied", ""))
        texts = {name: fields.get(name) for name in ("adviser_id", "evidence", "opinion_by", "opinion")}
        done_on = _day(path, fields["done_on"])
        yield {"complaint_id": complaint, "step": step.value, "done_on": done_on, "satisfied": satisfied, **texts}


def moved_complaints(path: Path) -> Iterator[Cells]:
    """How far the desk's steps have brought each complaint: complaint_id, step, and solved_on, satisfied and
    compensation where a step tells them.
    """
    moved: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    steps = _steps(path)
    for complaint, step in sorted(steps, key=lambda key: (key[0], _STEPS.index(key[1]))):
        _, fields = steps[complaint, step]
        found = moved[complaint]
        found |= {"complaint_id": complaint, "step": step.value}
        if fields.get("compensation"):
            found["compensation"] = fields["compensation"]
        if step is Step.RESULT:
            found |= {"solved_on": _day(path, fields["done_on"]), "satisfied": fields.get("satisfied") == "yes"}
    yield from moved.values()


def owed_to(path: Path) -> Mapping[str, str]:
    """To whom the duties are owed of which the ledger has a result: customers by "duty/subject"."""
    return {row["about"]: row["customer_id"] for row, _ in forms(path, Form.RESULT)}


def _steps(path: Path) -> dict[tuple[str, Step], tuple[Cells, Mapping[str, str]]]:
    found: dict[tuple[str, Step], tuple[Cells, Mapping[str, str]]] = {}
    for row, fields in forms(path, Form.STEP):
        if fields.get("step") in set(Step):
            found.setdefault((row["about"], Step(fields["step"])), (row, fields))
    return found


def _note(fields: Mapping[str, str], kinds: Mapping[str, Kind]) -> str | None:
    asked = [f"{name} {text}" for name, text in fields.items() if name not in kinds and name not in _KEPT]
    return "; ".join(filter(None, (fields.get("note"), *asked))) or None


def _typed(path: Path, text: str, kind: Kind) -> object:
    match kind:
        case Kind.YES_NO:
            return text == "yes"
        case Kind.TIME:
            return _moment(path, text)
        case Kind.DATE:
            return _day(path, text)
    return text


def _day(path: Path, text: str) -> date:
    return _moment(path, text).date()


def _moment(path: Path, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unusable(f"the ledger '{path.name}' cannot be read: '{text}' is no day") from error
