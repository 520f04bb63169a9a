"""Pages of the house itself that a shop chose to have on its site, each behind the door of few of the staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

STAFF_PAGES = "staff/"
"""What the logical path of each page of the house on the site begins with."""
STAFF_ID = "staff:"
"""What the id of somebody of the staff begins with, as `members link` and the keyrings name them: staff:A-01."""


class StaffPart(StrEnum):
    """What may be chosen by `output: {staff_pages: [...]}` of site.yaml."""

    DESK = "desk"
    CUSTOMERS = "customers"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A page of the staff. `id` is its logical path ("staff/A-01/day"), `readers` the audiences that open it; `html` is
    the page's own part, as the desk made it. `menu` are the readers in whose menu a line leads to it; other pages are
    found from these.
    """

    id: str
    title: str
    readers: tuple[str, ...]
    html: str
    weight: int = 900
    menu: tuple[str, ...] = ()
    language: str = ""


def staff_id(adviser_id: str) -> str:
    """The audience of one adviser alone, and the id under which they have a slot."""
    return STAFF_ID + adviser_id
