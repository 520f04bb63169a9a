"""Write the plan as JSON for scripts, line by line: ids, never names or addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sitegen.build.people import People
from sitegen.build.plan import Plan, Since
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS

ORDER = ("campaign", "edition", "channel", "customer_id")


def plan_json(people: People, plan: Plan, since: Since | None) -> Iterator[str]:
    """One JSON document in pieces: every line, every exclusion, and what has changed; a line of text for each.

    `since` is null where no plan was stored before, and its `days` are null where the two have none in common.
    """
    yield "{\n"
    for name, table, columns in (
        ("planned", plan.planned, PLAN_COLUMNS),
        ("excluded", plan.excluded, EXCLUSION_COLUMNS),
    ):
        comma = ""
        yield f' "{name}": ['
        for batch in people.engine.rows(table.order_by(ORDER)):
            for row in batch:
                yield f"{comma}\n  {_line({column: row[column] for column in columns})}"
                comma = ","
        yield "\n ],\n" if comma else "],\n"
    yield f' "since": {_line(None if since is None else _since(since))}\n}}\n'


def _since(since: Since) -> Mapping[str, Any]:
    return {
        "plan": [since.first, since.last],
        "days": since.days,
        "changes": [asdict(change) for change in since.changes],
    }


def _line(value: Mapping[str, Any] | None) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
