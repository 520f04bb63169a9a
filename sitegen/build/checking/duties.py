"""Look at the advisers' desk: who is named and isn't there, and what the desk says of duties that nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.data.engine import Engine
from sitegen.errors import Mistakes, Problem
from sitegen.model.duty import Desk
from sitegen.model.project import Project

SHOWN = 3


def refuse_unknown_advisers(engine: Engine, project: Project) -> None:
    """Raise Mistakes where the desk names advisers whom the customer file does not have."""
    problems = unknown_advisers(engine, project)
    if problems:
        raise Mistakes(problems)


def unknown_advisers(engine: Engine, project: Project) -> tuple[Problem, ...]:
    """Those whom `desk:` names and the table of advisers does not, as mistakes."""
    desk = project.programme.desk
    if desk is None:
        return ()
    there = [row["adviser_id"] for row in engine.ask(engine.tables["advisers"].select("adviser_id"))]
    return tuple(
        desk.place.problem("unknown-adviser", f"there is no adviser '{one}' {where}", did_you_mean(one, there))
        for one, where in _named(desk)
        if one not in there
    )


def duty_findings(project: Project, engine: Engine, file: str) -> Iterator[Problem]:
    """Regions without a store, and what the desk says of duties that there are not; `file` is where customers are."""
    desk = project.programme.desk
    if desk is None:
        return
    stores = table_of(engine.tables, "stores")
    regions = {row["region"] for row in engine.ask(stores.select("region").distinct()) if row["region"]}
    for region in desk.regions:
        if region not in regions:
            hint = did_you_mean(region, regions) or "stores say in the column 'region' where they are"
            yield desk.place.problem("region-without-store", f"no store is in the region '{region}'", hint)
    yield from _strange(engine, [duty.name for duty in project.programme.duties], file)
    yield from _silent(engine, file)


def _named(desk: Desk) -> Iterator[tuple[str, str]]:
    """Each adviser whom the desk names, and where."""
    yield from ((adviser, f"to answer for the region '{region}'") for region, adviser in desk.regions.items())
    if desk.head_office:
        yield desk.head_office, "to answer at the head office"
    yield from ((owner, "to read the owner's reports") for owner in desk.owners)


def _strange(engine: Engine, duties: list[str], file: str) -> Iterator[Problem]:
    results = table_of(engine.tables, "duty_results")
    rows = results.filter(~results["duty"].isin(duties)) if duties else results
    names = [row["duty"] for row in engine.ask(rows.select("duty").distinct().order_by("duty").limit(SHOWN))]
    if names:
        message = f"the desk says something of duties that there are not: {', '.join(names)}"
        hint = did_you_mean(names[0], duties) or "give the rule its name back, or take the rows out"
        yield Problem(file, 0, 0, "result-of-no-duty", message, hint)


def _silent(engine: Engine, file: str) -> Iterator[Problem]:
    """No duty is excused without a reason."""
    results = table_of(engine.tables, "duty_results")
    bare = results["reason"].isnull() | (results["reason"].strip() == "").fill_null(False)
    rows = results.filter((results["result"] == "excused").fill_null(False), bare)
    found = engine.ask(rows.select("duty", "subject").order_by("duty", "subject").limit(SHOWN))
    if found:
        listed = ", ".join(f"{row['duty']} {row['subject']}" for row in found)
        hint = "write why, into the column 'reason' of duty_results"
        yield Problem(file, 0, 0, "excuse-without-reason", f"duties are excused without a reason: {listed}", hint)
