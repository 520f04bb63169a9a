"""Look for the signs that a customer may leave, before they do."""

from __future__ import annotations

from datetime import timedelta

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Window
from sitegen.programme.reports.compared import days_between, known, within
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import outside
from sitegen.programme.reports.spells import lost_now
from sitegen.programme.reports.survey_scores import latest_answers
from sitegen.programme.reports.worth import worth

SIGNS = ("rhythm", "satisfaction", "complaint", "unsubscribed", "promise", "silence")
"""The columns of the signs. Silence alone warns of nobody: it is the shop's own, and told beside another sign."""
ALARMING = SIGNS[:-1]
GAPS = 2
"""The time since the last order, in usual gaps, from which on a rhythm is broken."""
LOW, FALL_TENTHS = 3, 5
"""An average score below LOW, or that many tenths of a point less than the time before, is a sign."""


def signs(ground: Ground) -> ibis.Table:
    """One row for each customer who is not lost yet and shows at least one of ALARMING.

    customer_id, `worth`, `first_order`, `last_order`, `order_days`, a yes or no for each of SIGNS, and what their words
    need: `total` and `answers` of the latest scores, `complained_on`, `left_on`, `promised_for`, `spoken_on`.
    """
    rows = not_lost(ground, worth(ground))
    for part in (_scores(ground), _complaints(ground), _goodbyes(ground), _promises(ground), _contacts(ground)):
        rows = rows.left_join(part, rows["customer_id"] == part["whose"]).drop("whose")
    quiet = days_between(rows["last_order"], ibis.date(ground.today))
    # Twice the usual gap, without dividing: gaps times days since against the span of all of them.
    gaps, span = rows["order_days"] - 1, days_between(rows["first_order"], rows["last_order"])
    broken = (gaps > 0) & (quiet * gaps > GAPS * span) & (quiet >= ground.setting.warned_after)
    rows = rows.mutate(
        rhythm=broken.fill_null(False),
        satisfaction=rows["fallen"].fill_null(False),
        complaint=rows["complained_on"].notnull(),
        unsubscribed=rows["left_on"].notnull(),
        promise=rows["promised_for"].notnull(),
        silence=_silent(rows, ground),
    ).drop("fallen")
    return rows.filter(ibis.or_(*(rows[name] for name in ALARMING)))


def not_lost(ground: Ground, rows: ibis.Table) -> ibis.Table:
    """The rows of customers who are not lost, as `spells.lost_now` tells it."""
    return rows.anti_join(lost_now(ground), "customer_id")


def _recent(ground: Ground) -> Window:
    """The days in which a sign counts: as long as a customer may be silent without being lost."""
    return ground.last(ground.setting.lost_after)


def _scores(ground: Ground) -> ibis.Table:
    """`fallen`: the latest average is below LOW, or FALL_TENTHS less than on the day of answers before."""
    latest = latest_answers(ground)
    rows = outside(ground, table_of(ground.tables, "survey_answers", ground.schema))
    rows = rows.filter(known(rows["answered_on"], ground.today), rows["score"].notnull())
    newest = latest.select("answered_on", newest="customer_id")
    older = rows.inner_join(newest, rows["customer_id"] == newest["newest"])
    older = older.filter(older["answered_on"] < older["answered_on_right"])
    older = older.mutate(last=older["answered_on"].max().over(group_by="customer_id"))
    older = older.filter(older["answered_on"] == older["last"])
    before = older.group_by(who="customer_id").aggregate(
        total_before=older["score"].sum().cast("int64"), answers_before=older["score"].count()
    )
    both = latest.left_join(before, latest["customer_id"] == before["who"])
    # Averages a/n and b/m: b/m - a/n >= 5/10, in whole numbers.
    drop = 10 * (both["total_before"] * both["answers"] - both["total"] * both["answers_before"])
    fell = (drop >= FALL_TENTHS * both["answers"] * both["answers_before"]).fill_null(False)
    fallen = within(both["answered_on"], _recent(ground)) & (fell | (both["total"] < LOW * both["answers"]))
    return both.select("total", "answers", whose="customer_id", fallen=fallen)


def _complaints(ground: Ground) -> ibis.Table:
    """`complained_on`: since when a complaint waits for its result."""
    rows = table_of(ground.tables, "complaints", ground.schema)
    rows = rows.filter(known(rows["opened_on"], ground.today), ~known(rows["solved_on"], ground.today))
    return rows.group_by(whose="customer_id").aggregate(complained_on=rows["opened_on"].min())


def _goodbyes(ground: Ground) -> ibis.Table:
    """`left_on`: when the customer wanted no more letters, by an answer to a campaign or a consent taken back."""
    responses = table_of(ground.tables, "responses", ground.schema)
    consents = table_of(ground.tables, "consents", ground.schema)
    said = responses.filter(responses["answer"] == "unsubscribed").select("customer_id", day="day")
    back = consents.filter(consents["status"] == "withdrawn").select("customer_id", day="withdrawn_on")
    rows = said.union(back)
    rows = rows.filter(within(rows["day"], _recent(ground)))
    return rows.group_by(whose="customer_id").aggregate(left_on=rows["day"].max())


def _promises(ground: Ground) -> ibis.Table:
    """`promised_for`: the latest day for which something was promised that was not kept by then."""
    rows = table_of(ground.tables, "promises", ground.schema)
    yesterday = ground.today - timedelta(days=1)
    rows = rows.filter(known(rows["made_on"], ground.today), rows["customer_id"].notnull())
    rows = rows.filter(within(rows["due_on"], _recent(ground.on(yesterday))))
    kept = known(rows["kept_on"], ground.today) & (rows["kept_on"] <= rows["due_on"]).fill_null(False)
    broken = rows.filter(~kept)
    return broken.group_by(whose="customer_id").aggregate(promised_for=broken["due_on"].max())


def _contacts(ground: Ground) -> ibis.Table:
    """`spoken_on`: the last contact by either side."""
    rows = table_of(ground.tables, "contacts", ground.schema)
    rows = rows.filter(known(rows["at"], ground.today))
    return rows.group_by(whose="customer_id").aggregate(spoken_on=rows["at"].cast("date").max())


def _silent(rows: ibis.Table, ground: Ground) -> ibis.Value:
    """No contact for `warned_after` days, or never."""
    since = days_between(rows["spoken_on"], ibis.date(ground.today))
    return (since >= ground.setting.warned_after).fill_null(True)
