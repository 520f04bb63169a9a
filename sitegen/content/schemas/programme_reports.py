"""Describe the section of the programme on the owner's reports."""

from __future__ import annotations

from sitegen.content.programme.reports import MOST_CUSTOMERS, MOST_YEARS, USUAL
from sitegen.content.programme.retention_plan import JUDGED
from sitegen.content.schemas.forms import Json, day, group, integer, items, number, text, word, words
from sitegen.model.report_setting import BENCHMARKS


def report_sections() -> dict[str, Json]:
    """The section by its name."""
    keys = {
        "lost after": text("Who has not ordered for so long is lost.", f"{USUAL.lost_after} days"),
        "warned after": text("From when on silence is an early warning.", f"{USUAL.warned_after} days"),
        "years": integer("How many years a customer stays, for lifetime values.", 1, MOST_YEARS, USUAL.years),
        "margin": number("Per cent of profit where orders name none.", 0, 100),
        "unsold after": text("A product without a sale for so long sells nothing.", f"{USUAL.unsold_days} days"),
        "least": integer("Of how many customers a group must be to be shown.", 1, MOST_CUSTOMERS, USUAL.least),
        "benchmarks": _benchmarks(),
        "couriers": _couriers(),
        "plan": _plan(),
        "maintenance": _maintenance(),
    }
    return {"reports": group("What the owner's reports go by.", keys)}


def _benchmarks() -> Json:
    keys = {
        "value": number("The figure."),
        "source": text("Who says so."),
        "low": number("The least that other sources say."),
        "high": number("The most that other sources say."),
    }
    known = {name: group(f"Usually {mark.value}: {mark.source}.", keys, ("value", "source")) for name, mark in _MARKS}
    return group("Figures of the literature, where the shop has better ones; each with its source.", known)


_MARKS = tuple(BENCHMARKS.items())


def _couriers() -> Json:
    usual = USUAL.couriers
    keys = {
        "most": number("From more than so many per cent of parcels with trouble on, a courier is alarming.", 0, 100),
        "least": integer("Parcels from which on one may judge.", 1, MOST_CUSTOMERS, usual.least),
        "over": text("How far back parcels are looked at.", f"{usual.days} days"),
        "late after": text("A parcel that takes longer is late.", f"{usual.late} days"),
    }
    return group("When a courier is alarming.", keys)


def _plan() -> Json:
    goal = {
        "title": text("The goal in words."),
        "report": word("The report whose figure it is.", JUDGED),
        "figure": text("The figure by its name; `sitegen report NAME --json` tells them.", "rebuying"),
        "at least": number("How much is wanted, where more is better."),
        "at most": number("How much is bearable, where less is better."),
    }
    action = {
        "title": text("What is done."),
        "months": words("In which months of each year: [3, 9]."),
        "on": day("On which day, where it is done once."),
        "who": text("Who does it."),
    }
    keys = {
        "title": text("What the plan is called."),
        "goals": items("What the shop wants to reach.", group("A goal.", goal, ("title", "report", "figure"))),
        "actions": items("What is done for old customers.", group("An action.", action, ("title",))),
    }
    return group("The retention plan of the year.", keys)


def _maintenance() -> Json:
    month = {
        "title": text("What it is called."),
        "from": day("The first day."),
        "until": day("The last day."),
    }
    return items(
        "Old Customer Maintenance Months, each with a league.", group("One.", month, ("title", "from", "until"))
    )
