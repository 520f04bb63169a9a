"""Describe the section of the programme on the complaint desk."""

from __future__ import annotations

from sitegen.content.programme.complaint_desk import FACTORS, MOST_DAYS, USUAL
from sitegen.content.schemas.forms import Json, group, integer, text, words
from sitegen.model.complaint_desk import USUAL_TIMES, Step


def complaint_desk_sections() -> dict[str, Json]:
    """The section by its name."""
    times = {step.value: _days(step) for step in Step}
    keys = {
        "days": group("How many days each step may take after the one before it.", times),
        "head office": words("What complaints are about that go to the head office; the others stay.", FACTORS),
        "second chance": text("When after the result the customer is asked again.", f"{USUAL.second_chance} days"),
        "likeness": integer("From how many per cent of the same words an apology is mechanical.", 1, 100, 70),
    }
    return {"complaint_desk": group("How complaints are led through the nine steps.", keys)}


def _days(step: Step) -> Json:
    after = "the complaint came" if step is Step.LISTEN else "the step before"
    return integer(f"Days after {after}.", 0, MOST_DAYS, USUAL_TIMES[step])
