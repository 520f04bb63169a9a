"""Make a complaint and its steps of the rows that `complaints.rows` asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.model.complaint_desk import Route, Step, Taken
from sitegen.programme.complaints.machine import Complaint


def complaint_of(row: Mapping[str, Any]) -> Complaint:
    """The complaint of a row of `complaint_rows`."""
    return Complaint(
        id=row["complaint_id"],
        opened_on=row["opened_on"],
        factor=row["factor"] or "",
        claimed=Step(row["step"]) if row["step"] else None,
        solved_on=row["solved_on"],
        routed=Route(row["routed_to"]) if row["routed_to"] else None,
        spoken_on=row["spoken_on"],
    )


def taken_of(row: Mapping[str, Any]) -> Taken:
    """The step of a row of `step_rows`."""
    return Taken(
        step=Step(row["step"]),
        on=row["done_on"],
        adviser_id=row["adviser_id"] or "",
        evidence=row["evidence"] or "",
        satisfied=row["satisfied"],
        opinion_by=row["opinion_by"] or "",
        opinion=row["opinion"] or "",
    )
