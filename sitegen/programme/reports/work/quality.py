"""Report how good the customer file is: what is known, what is missing, what can't be true, and who may ask."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import ibis

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, compared, figures, how_often, mean
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.registers import FIRST, WHO
from sitegen.programme.reports.spelling import plain, several
from sitegen.programme.reports.work.records import (
    ASKED,
    FIELDS,
    FURTHER,
    RECORD,
    contradictions,
    how_known,
    missing,
    unreached,
    without_basis,
)
from sitegen.programme.reports.worth import WORTH, WORTH_HEAD, bought, first_by_worth, worth

RECORD_SOURCE = (
    "name, gender, address, telephone, fax, e-mail, income and family status, personal characteristics and general"
    " behavior"
)
ACCURATE = "we can collect more accurate old customers"
FRIEND = "anyone who has placed an order in our store or chatted with us will be added as a friend"
CLOSEST = "set up dedicated personnel to maintain old customers"
MEANT = "customers who have not said goodbye and are not of the house"
NOT_DATED = "The file does not say since when it knows, so there is no month before."
HUNDRED = Decimal(100)


def report(ground: Ground) -> Report:
    """What the file knows of customers, whom it can't reach, what contradicts itself, and the list of what to ask."""
    customers, fields = how_known(ground)
    wrong = contradictions(ground)
    numbers = _numbers(ground, customers, fields, wrong)
    return Report(
        name="quality",
        title="How good the customer file is",
        question="How well do we know our customers, and what should we ask them?",
        answer=_answer(numbers),
        window=Window(ground.today),
        figures=_figures(ground, numbers),
        charts=_chart(ground, customers, fields),
        grids=(_field_grid(ground, customers, fields), _work_grid(ground), _wrong_grid(ground, wrong)),
        alerts=_alerts(numbers),
        sources=(RECORD_SOURCE, ACCURATE, FRIEND, CLOSEST),
    )


def _numbers(ground: Ground, customers: int, fields: Mapping[str, int], wrong: Mapping[str, int]) -> Numbers:
    cells = sum(fields[name] for name in RECORD)
    return {
        "score": mean(cells * HUNDRED, customers * len(RECORD), 1),
        "cells": cells,
        "customers": customers,
        "unreached": unreached(ground),
        "without-basis": without_basis(ground),
        "without-adviser": customers - fields["adviser"],
        "contradictions": sum(wrong.values()),
        "incomplete": how_often(ground, missing(ground).filter(lambda row: row["lacks"] > 0)),
    }


def _answer(now: Numbers) -> str:
    if not now["customers"]:
        return "There is no customer in the file yet."
    return (
        f"Of the ten fields of the general record {now['score']} % are known; {now['unreached']:,} of"
        f" {now['customers']:,} customers are reached by no channel, and"
        f" {several(_count(now['contradictions']), 'entry', 'entries')} can't be true."
    )


def _figures(ground: Ground, now: Numbers) -> tuple[Figure, ...]:
    before: Numbers = compared(ground, lambda day: {"without-basis": without_basis(day)})[1]
    said = (
        Said("score", "Score of the file", Measure.PER_CENT,
             f"{now['cells']:,} known cells of the {len(RECORD)} fields of the general record, of {now['customers']:,}"
             f" {MEANT}. {NOT_DATED}", 1, RECORD_SOURCE),
        Said("customers", "Customers in the file", Measure.CUSTOMERS, f"All {MEANT}. {NOT_DATED}", 1, RECORD_SOURCE),
        Said("unreached", "Reached by no channel", Measure.CUSTOMERS,
             f"Of the {now['customers']:,}: who can get no care letter by mail, text or card, because there is no good"
             f" address, it is suppressed, or they want none. {NOT_DATED}", -1, ACCURATE),
        Said("without-basis", "Without a ground to write to", Measure.CUSTOMERS,
             f"Of the {now['customers']:,}: who has no consent in the file that stands and names its ground (consent or"
             " contract).", -1, FRIEND),
        Said("without-adviser", "Without an adviser", Measure.CUSTOMERS,
             f"Of the {now['customers']:,}: for whom the file names no adviser, and none has ever spoken with them or"
             f" served them. {NOT_DATED}", -1, CLOSEST),
        Said("incomplete", "Customers to ask something", Measure.CUSTOMERS,
             f"Of the {now['customers']:,}: of whom something is missing that an adviser may ask or write down"
             f" ({_asked()}). {NOT_DATED}", -1, ACCURATE),
        Said("contradictions", "Entries that can't be true", Measure.COUNT,
             f"Rows of the file that contradict themselves or each other, of the kinds in the table. {NOT_DATED}", -1,
             ACCURATE),
    )  # fmt: skip
    return figures(Window(ground.today), (now, before), said)


def _asked() -> str:
    return ", ".join(FIELDS[name][0].partition(",")[0].lower() for name in ASKED)


def _chart(ground: Ground, customers: int, fields: Mapping[str, int]) -> tuple[Chart, ...]:
    if not customers:
        return ()
    shares = [(per_cent(fields[name], customers), title) for name, (title, _) in RECORD.items()]
    least = min(shares, key=lambda one: one[0] or Decimal(0))
    chart = Chart(
        name="record",
        title="How much of the general record is known",
        kind=ChartKind.LYING,
        across="Known, in %",
        up="Field",
        measure=Measure.PER_CENT,
        labels=tuple(title.partition(",")[0] for _, title in shares),
        series=(Series("Known", tuple(share for share, _ in shares)),),
        says=f"The least known field is {least[1].partition(',')[0].lower()}, with {plain(least[0] or 0)} %.",
        source="customers",
        window=Window(ground.today),
    )
    return (chart,)


def _field_grid(ground: Ground, customers: int, fields: Mapping[str, int]) -> Grid:
    heads = (
        Head("field", "Field"),
        Head("known", "Known", Measure.CUSTOMERS),
        Head("missing", "Missing", Measure.CUSTOMERS),
        Head("share", "Known", Measure.PER_CENT),
        Head("counts", "Counts in the score", Measure.YES_NO),
    )
    rows = tuple(
        (title, fields[name], customers - fields[name], per_cent(fields[name], customers), name not in FURTHER)
        for name, (title, _) in FIELDS.items()
    )
    definition = (
        f"Of {several(customers, 'customer')} who have not said goodbye and are not of the house. Gender and income are"
        " given freely: a shop need not ask for them."
    )
    return Grid("fields", "Field by field", definition, Window(ground.today), heads, rows, len(rows))


def _work_grid(ground: Ground) -> Grid:
    """What to ask of the most valuable customers, adviser by adviser."""
    gaps = missing(ground)
    gaps = gaps.filter(gaps["lacks"] > 0).drop("adviser_id")
    rich = worth(ground).select("worth", buyer="customer_id")
    rows = gaps.inner_join(rich, gaps["customer_id"] == rich["buyer"]).drop("buyer")
    found = first_by_worth(ground, rows).order_by(
        ibis.asc("adviser", nulls_first=True), ibis.desc("worth"), "customer_id"
    )
    customer, name, adviser = WHO
    heads = (adviser, customer, name, WORTH_HEAD, Head("missing", "To ask or write down"))
    listed = tuple(
        (row["adviser"], row["customer"], row["name"], row["worth"], _gaps(row)) for row in ground.ask(found)
    )
    definition = (
        f"The {FIRST} customers who are worth most among those of whom something is missing, adviser by adviser; the"
        f" worth is {WORTH}. Looked for: {_asked()}."
    )
    return Grid(
        "ask",
        "What to ask whom",
        definition,
        Window(ground.today),
        heads,
        listed,
        how_often(ground, gaps.semi_join(bought(ground), "customer_id")),
    )


def _gaps(row: Mapping[str, object]) -> str:
    return ", ".join(FIELDS[name][0].partition(",")[0].lower() for name in ASKED if row[f"no {name}"])


def _wrong_grid(ground: Ground, wrong: Mapping[str, int]) -> Grid:
    heads = (Head("what", "What"), Head("rows", "How many", Measure.COUNT))
    rows: tuple[tuple[Amount, ...], ...] = tuple(
        (words[:1].upper() + words[1:], count) for words, count in wrong.items()
    )
    definition = "Entries that contradict themselves or each other; nothing is corrected without you."
    return Grid("contradictions", "What can't be true", definition, Window(ground.today), heads, rows, len(rows))


def _alerts(now: Numbers) -> tuple[Alert, ...]:
    told: list[Alert] = []
    alone, silent = now["without-adviser"], now["unreached"]
    if isinstance(alone, int) and alone:
        text = f"{several(alone, 'customer has', 'customers have')} no adviser"
        told.append(Alert("without-adviser", f"{text}.", "name one for each of them"))
    if isinstance(silent, int) and silent:
        text = f"{several(silent, 'customer is', 'customers are')} reached by no channel"
        told.append(Alert("unreached", f"{text}.", "ask for an address at their next visit, or call"))
    return tuple(told)


def _count(value: Amount) -> int:
    return value if isinstance(value, int) else 0
