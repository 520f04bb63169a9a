"""Say by which rules the desk leads complaints on a day, and whose each complaint is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sitegen.model.complaint_desk import ComplaintDesk, Route
from sitegen.model.programme import Programme
from sitegen.programme.complaints.machine import Rules


def rules_on(programme: Programme, today: date) -> Rules:
    """The rules of a shop; of one that sets nothing, the usual ones."""
    desk = programme.desk
    setting = programme.complaint_desk or ComplaintDesk()
    return Rules(setting, today, desk.managers, desk.since) if desk else Rules(setting, today)


def responsible(programme: Programme, route: Route, whose: str, region: str, advisers: Collection[str]) -> str:
    """The adviser who takes the next step, "" for nobody: at the head office, or whose the complaint is.

    What nobody looks after goes to who answers for the region, then to the head office. An id that no adviser has
    counts as nobody.
    """
    desk = programme.desk
    head_office = desk.head_office if desk else ""
    in_turn = (head_office if route is Route.HEAD_OFFICE else "", whose, _of_region(programme, region), head_office)
    return next((one for one in in_turn if one in advisers), "")


def manager(programme: Programme, route: Route, region: str, advisers: Collection[str]) -> str:
    """The adviser who gives the final opinion on a complaint, "" for nobody in particular."""
    head_office = programme.desk.head_office if programme.desk else ""
    first = head_office if route is Route.HEAD_OFFICE else _of_region(programme, region)
    return next((one for one in (first, head_office) if one in advisers), "")


def _of_region(programme: Programme, region: str) -> str:
    return programme.desk.regions.get(region, "") if programme.desk else ""
