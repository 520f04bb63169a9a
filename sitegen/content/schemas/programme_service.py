"""Describe the sections of the programme on service: standards, returns, complaints."""

from __future__ import annotations

from sitegen.content.programme.forms import CHANNELS
from sitegen.content.schemas.forms import Json, Names, group, items, text, word, words
from sitegen.content.schemas.programme_care import page
from sitegen.model.service import Payer


def service_sections(names: Names) -> dict[str, Json]:
    """The sections by name."""
    return {"standards": _standards(), "returns": _returns(names), "complaints": _complaints(names)}


def within(meaning: str) -> Json:
    """A promised time."""
    return text(f"{meaning}, in hours, days, working days or weeks.", "30 days", "5 working days")


def _standards() -> Json:
    standard = {
        "title": text("What it is about."),
        "expect": text("What customers may expect."),
        "minimum": text("The least that they get, even on the worst day."),
        "within": within("By when, where a time is promised"),
        "measure": text("How the house finds out whether it holds."),
    }
    return items("The service standards.", group("A standard.", standard, ("title", "expect", "minimum")))


def _returns(names: Names) -> Json:
    keys = {
        "within": within("Until when after it arrived something may come back"),
        "condition": text("In which state."),
        "pays": word("Who pays the way back.", Payer),
        "steps": words("What the customer does, step by step."),
        "refund": within("When the money is back after the parcel"),
        "exceptions": words("What can't come back."),
        "page": page("The page that tells all of it", names),
    }
    return group("How goods come back.", keys)


def _complaints(names: Names) -> Json:
    keys = {
        "channels": words("By which ways one may complain.", CHANNELS),
        "answer": within("By when a person answers"),
        "invite": text("A sentence that makes it easy."),
        "steps": words("What happens with a complaint, step by step."),
        "page": page("The page that tells all of it", names),
    }
    return group("Where to complain. Telephone and hotline stand in site.yaml.", keys)
