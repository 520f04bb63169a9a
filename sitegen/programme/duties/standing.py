"""Say how a duty stands on a day, and to whom a late one is shown too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sitegen.model.duty import By, Desk, Standing


def standing(row: Mapping[str, Any], today: date) -> Standing:
    """How a row of INSTANCE_COLUMNS stands: done goes first, unless it was excused before; then void, then excused."""
    done, excused = row["done_on"], row["excused_on"]
    if done is not None and (excused is None or done <= excused):
        return Standing.DONE
    if row["void"] is not None:
        return Standing.VOID
    if excused is not None:
        return Standing.EXCUSED
    if row["due"] == today:
        return Standing.TODAY
    return Standing.LATE if row["due"] < today else Standing.OPEN


def escalated(row: Mapping[str, Any], today: date, desk: Desk) -> tuple[By, ...]:
    """To whom a late duty is shown, beside the adviser: nobody, the region, the head office too."""
    if standing(row, today) is not Standing.LATE:
        return ()
    late = (today - row["due"]).days
    bounds = {By.REGION: desk.escalation.region, By.HEAD_OFFICE: desk.escalation.head_office}
    return tuple(whom for whom, days in bounds.items() if late > days)
