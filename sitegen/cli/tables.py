"""Show segments and the plan as tables for people and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from sitegen.audience.words import in_words
from sitegen.build.people import People, Plan, Shown
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS
from sitegen.model.project import Project
from sitegen.model.segment import Segment


def _console() -> Console:
    # A pipe has no width of its own, and 80 columns break most lines of a plan.
    console = Console()
    return console if console.is_terminal else Console(width=120)


def segment_list(project: Project, counts: Mapping[str, tuple[int, int]], customers: int, as_json: bool) -> None:
    """All named segments by priority. `counts` maps ids to (members, members whose primary segment it is)."""
    named = sorted((segment for segment in project.segments if segment.named), key=lambda s: (s.priority, s.id))
    if as_json:
        rows = [
            {"id": s.id, "title": s.title, "priority": s.priority, "count": counts[s.id][0], "primary": counts[s.id][1]}
            for s in named
        ]
        print(json.dumps({"customers": customers, "segments": rows}, indent=1, ensure_ascii=False))
        return
    table = Table("segment", "title", title=f"{customers:,} customers", title_justify="left", box=None)
    for column in ("priority", "count", "share", "primary"):
        table.add_column(column, justify="right")
    for segment in named:
        count, primary = counts[segment.id]
        share = f"{100 * count / customers:.1f} %" if customers else ""
        table.add_row(segment.id, segment.title, str(segment.priority), f"{count:,}", share, f"{primary:,}")
    _console().print(table)


def segment_shown(segment: Segment, shown: Shown, as_json: bool) -> None:
    """One segment whole."""
    if as_json:
        value = {
            "id": segment.id,
            "title": segment.title,
            "why": segment.why,
            "priority": segment.priority,
            "rule": in_words(segment.rule),
            "place": f"{segment.place.file}:{segment.place.line}",
            "count": shown.count,
            "sample": list(shown.sample),
            "sql": shown.sql,
        }
        print(json.dumps(value, indent=1, ensure_ascii=False))
        return
    print(f"{segment.id}: {segment.title}")
    print(f"  {segment.place.file}:{segment.place.line}, priority {segment.priority}")
    if segment.why:
        print(f"  because {segment.why}")
    print(f"\n  {in_words(segment.rule)}\n")
    print(f"  {shown.count:,} customers, such as {', '.join(shown.sample) or 'nobody'}")
    print(f"\n{shown.sql}")


def plan_tables(people: People, plan: Plan) -> None:
    """Counts by campaign and channel, and exclusions by reason."""
    console = _console()
    table = Table("leaves", "campaign", "channel", title="Planned", title_justify="left", box=None)
    table.add_column("messages", justify="right")
    planned = plan.planned.group_by(["day", "campaign", "channel"]).aggregate(number=plan.planned.count())
    for batch in people.engine.rows(planned.order_by(["day", "campaign", "channel"])):
        for row in batch:
            table.add_row(str(row["day"]), row["campaign"], row["channel"], f"{row['number']:,}")
    console.print(table)
    left_out = Table("campaign", "channel", "reason", title="\nLeft out", title_justify="left", box=None)
    left_out.add_column("customers", justify="right")
    keys = ["campaign", "channel", "reason"]
    excluded = plan.excluded.group_by(keys).aggregate(number=plan.excluded.count())
    for batch in people.engine.rows(excluded.order_by(keys)):
        for row in batch:
            left_out.add_row(row["campaign"], row["channel"], row["reason"], f"{row['number']:,}")
    console.print(left_out)
    totals = people.engine.count(plan.planned), people.engine.count(plan.excluded)
    console.print(f"\n{totals[0]:,} planned + {totals[1]:,} left out = {sum(totals):,} candidates")


def plan_json(people: People, plan: Plan) -> str:
    """Every line and every exclusion."""
    sides = (("planned", plan.planned, PLAN_COLUMNS), ("excluded", plan.excluded, EXCLUSION_COLUMNS))
    value = {
        name: [
            {column: row[column] for column in columns}
            for batch in people.engine.rows(table.order_by(["campaign", "edition", "channel", "customer_id"]))
            for row in batch
        ]
        for name, table, columns in sides
    }
    return json.dumps(value, indent=1, ensure_ascii=False, default=str)
