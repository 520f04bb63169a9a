"""Make the page of the house: every adviser with the numbers of the day, what is very late, who has nobody."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import ibis

from sitegen.build.desk.advisers.day import adviser_view
from sitegen.build.desk.advisers.others import in_order, late_view
from sitegen.build.desk.ground import Ground
from sitegen.data.engine import Row
from sitegen.model.artifact import PrivateArtifact
from sitegen.programme.desk.lines import escalated_rows
from sitegen.programme.desk.lines import unowned as without_adviser
from sitegen.render.desk.kit import Office
from sitegen.render.desk.paths import INDEX
from sitegen.render.desk.views import FileView, IndexView, NumbersView

MOST = 30
"""Very late lines that stand on the page, of a kind; the pages of those who see them have more."""
LATELY = 7
"""Days in which something was done lately."""


def front_page(ground: Ground, office: Office, links: tuple[FileView, ...]) -> tuple[PrivateArtifact, frozenset[str]]:
    """The page, and the customers who stand on it."""
    late = escalated_rows(ground.lines, ground.today, ground.desk)
    region, house = late.filter(~late["house"]), late.filter(late["house"])
    shown = [tuple(ground.engine.ask(in_order(rows).limit(MOST))) for rows in (region, house)]
    totals = [ground.engine.count(rows) for rows in (region, house)]
    waiting = _numbers(ground)
    nobody = waiting.get("", Counter())
    escalation = ground.desk.escalation
    view = IndexView(
        advisers=tuple(_row(ground, id_, waiting.get(id_, Counter())) for id_ in ground.advisers),
        ahead=ground.desk.ahead,
        region=tuple(late_view(ground, row) for row in shown[0]),
        region_more=totals[0] - len(shown[0]),
        region_days=escalation.region,
        house=tuple(late_view(ground, row) for row in shown[1]),
        house_more=totals[1] - len(shown[1]),
        house_days=escalation.head_office,
        unowned=ground.engine.count(without_adviser(ground.tables)),
        unowned_duties=nobody["waiting"],
        unowned_late=nobody["late"],
        links=links,
        never=ground.desk.never,
    )
    page = office.page("work/index.html", INDEX, house=view)
    customers = frozenset(row["customer_id"] for rows in shown for row in rows)
    return PrivateArtifact(f"work/{INDEX}", page.encode()), customers


def _row(ground: Ground, id_: str, counts: Counter[str]) -> NumbersView:
    return NumbersView(
        adviser_view(ground.advisers[id_]),
        late=counts["late"],
        today=counts["today"],
        next=counts["next"],
        appointments=counts["appointments"],
        promises=counts["promises"],
        steps=counts["steps"],
        done=counts["done"],
    )


def _numbers(ground: Ground) -> dict[str, Counter[str]]:
    """How much of each kind waits for each adviser; "": for nobody."""
    found: dict[str, Counter[str]] = {}
    for kind, rows in _kinds(ground).items():
        whose = rows.select(whose=rows["adviser_id"].fill_null(""))
        counted = whose.group_by("whose").aggregate(number=whose.count()).order_by("whose")
        for batch in ground.engine.rows(counted):
            for row in batch:
                _add(found, kind, row)
    for step in ground.steps:
        if step.due <= ground.horizon:
            found.setdefault(step.adviser_id, Counter())["steps"] += 1
    return found


def _add(found: dict[str, Counter[str]], kind: str, row: Row) -> None:
    found.setdefault(row["whose"], Counter())[kind] = row["number"]


def _kinds(ground: Ground) -> dict[str, ibis.Table]:
    lines, today = ground.lines, ibis.date(ground.today)
    done, since = ground.duties, ibis.date(ground.today - timedelta(days=LATELY - 1))
    return {
        "waiting": lines,
        "late": lines.filter(lines["due"] < today),
        "today": lines.filter(lines["due"] == today),
        "next": lines.filter(lines["due"] > today, lines["due"] <= ibis.date(ground.horizon)),
        "done": done.filter(done["done_on"].between(since, today)),
        "promises": ground.promises,
        "appointments": ground.appointments,
    }
