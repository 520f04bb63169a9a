"""Say which step of a complaint waits for whom, for the adviser's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sitegen.model.complaint_desk import Step


@dataclass(frozen=True, slots=True)
class StepDue:
    """The next step of a complaint. `late` is the number of days since it was due, 0 or less while there is time;
    `path` where the complaint stands below output/work/, `about` what it is about, in the house's words. `again`: all
    steps were taken, and the customer is asked again, for a second chance."""

    complaint_id: str
    customer_id: str
    adviser_id: str
    step: Step
    due: date
    late: int
    path: str
    about: str = ""
    again: bool = False
