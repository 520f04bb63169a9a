"""Lay what the ledger remembers beside the customer file, so that whoever asks the tables hears both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import ibis

from sitegen.audience.plan.wishes import WISHES
from sitegen.data import desk_words, said
from sitegen.data.engine import Engine, replace_tables
from sitegen.model.complaint_desk import Step
from sitegen.model.ledger import Scope
from sitegen.model.shop import Shop

_Join: TypeAlias = Callable[[ibis.Table, ibis.Table], ibis.Table]
SCOPE = "scope"
"""The column that the ledger's suppressions have besides those of the customer file, which bar everything."""


def with_ledger(engine: Engine, shop: Shop, path: Path) -> Engine:
    """The engine with tables in which the customer file and the ledger stand together, as far as both say something
    and they are open.

    Consents: the later word holds. Suppressions get the column SCOPE. Responses, complaints, suggestions and answers:
    those of the file stand as they are, and what the ledger has besides is added. Attendances: an answer holds until
    the file knows a later one, or who came. Contacts, results of duties and steps of complaints: as responses; steps
    also bring their complaint forward where the file's row says less. Customers get WISHES where anybody
    wishes anything, and the language they chose. Raises Unusable where the ledger can't be read. Where it remembers
    nothing, nothing changes.
    """
    zone = ZoneInfo(shop.timezone)
    told: Mapping[str, tuple[Iterable[said.Cells], _Join]] = {
        "suppressions": (said.suppressions(path), _barred),
        "consents": (said.consents(path, zone), _latest),
        "responses": (said.responses(path), partial(_added, ("campaign", "customer_id", "channel", "answer", "day"))),
        "complaints": (said.complaints(path, zone), partial(_added, ("complaint_id",))),
        "suggestions": (said.suggestions(path, zone), partial(_added, ("suggestion_id",))),
        "survey_answers": (
            said.survey_answers(path, zone),
            partial(_added, ("survey", "customer_id", "question", "answered_on")),
        ),
        "attendances": (said.attendances(path, zone), _answered),
        "customers": (said.wishes(path), _wishing),
        "contacts": (desk_words.contacts(path, shop.schema.table("contacts")), partial(_added, ("contact_id",))),
        "duty_results": (desk_words.duty_results(path, zone), partial(_added, ("duty", "subject", "day"))),
        "complaint_steps": (desk_words.complaint_steps(path), partial(_added, ("complaint_id", "step"))),
    }
    joined: dict[str, ibis.Table] = {}
    for name, (rows, join) in told.items():
        remembered = _taken(engine, name, rows) if name in engine.tables else None
        if remembered is not None:
            joined[name] = join(engine.tables[name], remembered)
    return _with_steps(replace_tables(engine, joined), path)


def _with_steps(engine: Engine, path: Path) -> Engine:
    """The engine whose complaints, those of the receiver too, are as far as the desk's steps have brought them."""
    if "complaints" not in engine.tables:
        return engine
    moved = _taken(engine, "complaints", desk_words.moved_complaints(path), "moved")
    return replace_tables(engine, {} if moved is None else {"complaints": _moved(engine.tables["complaints"], moved)})


def _taken(engine: Engine, name: str, rows: Iterable[said.Cells], mark: str = "remembered") -> ibis.Table | None:
    """The rows in the engine, None where there are none."""
    walk = iter(rows)
    first = next(walk, None)
    if first is None:
        return None
    schema = _schema(engine, name)
    full = (tuple(row.get(column) for column in schema) for row in chain((first,), walk))
    return engine.take(f"{mark} {name}", schema, full)


def _schema(engine: Engine, name: str) -> dict[str, str]:
    if name == "customers":
        return dict.fromkeys(said.WISHED, "string")
    types = {column: str(type_) for column, type_ in engine.tables[name].schema().items()}
    return types | ({SCOPE: "string"} if name == "suppressions" else {})


def _barred(file: ibis.Table, remembered: ibis.Table) -> ibis.Table:
    whole = file.mutate(**{SCOPE: ibis.literal(Scope.ALL.value)})
    return whole.union(remembered.select(whole.columns))


def _added(key: tuple[str, ...], file: ibis.Table, remembered: ibis.Table) -> ibis.Table:
    """The file's rows and what else is remembered; the desk may have taken a form over into the file."""
    return file.union(remembered.anti_join(file, list(key)))


def _latest(file: ibis.Table, remembered: ibis.Table) -> ibis.Table:
    """Of two words on one day the refusal holds."""
    keys = ("customer_id", "channel", "purpose")
    before = file.select(
        **{f"file {name}": file[name] for name in keys},
        **{"file day": _said_on(file), "file given": file["given_on"]},
    )
    both = remembered.left_join(before, [(name, f"file {name}") for name in keys])
    refused = both["status"] == "withdrawn"
    newer = (both["file day"] < _said_on(both)) | ((both["file day"] == _said_on(both)) & refused)
    holds = both.filter(newer.fill_null(True))
    holds = holds.mutate(given_on=holds["given_on"].coalesce(holds["file given"])).select(file.columns)
    return file.anti_join(holds, list(keys)).union(holds)


def _answered(file: ibis.Table, remembered: ibis.Table) -> ibis.Table:
    """Of two answers on one day the receiver's holds: who takes one by telephone writes down its day."""
    keys = ("event_id", "customer_id")
    before = file.select(
        **{f"file {name}": file[name] for name in keys}, **{"file day": file["answered_on"], "so far": file["status"]}
    )
    both = remembered.left_join(before, [(name, f"file {name}") for name in keys])
    open_still = ~both["so far"].isin(("attended", "missed")).fill_null(False)
    answered = both["so far"].isin(("accepted", "declined")).fill_null(False)
    later = ((both["file day"] <= both["answered_on"]) | ~answered).fill_null(True)
    holds = both.filter(open_still & later).select(file.columns)
    return file.anti_join(holds, list(keys)).union(holds)


def _said_on(consents: ibis.Table) -> ibis.Value:
    withdrawn = consents["status"] == "withdrawn"
    return ibis.ifelse(withdrawn, consents["withdrawn_on"].coalesce(consents["given_on"]), consents["given_on"])


def _wishing(customers: ibis.Table, wished: ibis.Table) -> ibis.Table:
    joined = customers.left_join(wished.rename({"wisher": "customer_id"}), [("customer_id", "wisher")])
    columns = {name: joined[name] for name in (*customers.columns, *WISHES)}
    return joined.select({**columns, "language": joined[said.LANGUAGE].coalesce(joined["language"])})


def _moved(complaints: ibis.Table, moved: ibis.Table) -> ibis.Table:
    """What the file says stands; of two steps the later one of the nine is the last one done."""
    columns = ("step", "solved_on", "satisfied", "compensation")
    steps = moved.select("complaint_id", **{f"moved {name}": moved[name] for name in columns})
    both = complaints.left_join(steps, "complaint_id")
    found = {name: both[name].coalesce(both[f"moved {name}"]) for name in columns[1:]}
    further = (_place(both["moved step"]) > _place(both["step"])).fill_null(False)
    found["step"] = ibis.ifelse(further, both["moved step"], both["step"].coalesce(both["moved step"]))
    return both.select({name: found.get(name, both[name]) for name in complaints.columns})


def _place(step: ibis.Value) -> ibis.Value:
    return ibis.cases(*((step == one.value, number) for number, one in enumerate(Step)), else_=None)
