"""Describe the sections of the programme on gatherings and related goods."""

from __future__ import annotations

from sitegen.content.schemas.forms import Json, Names, group, integer, named, offered, text, words
from sitegen.model.segment import EVERYONE
from sitegen.model.table import table


def gathering_sections(names: Names) -> dict[str, Json]:
    """The sections by name."""
    return {"gatherings": _gatherings(names), "related": _related(names)}


def _gatherings(names: Names) -> Json:
    ideas = {
        "within": integer("Within how many days somebody looks at an idea.", 1, 366, 60),
        "poll": text("The survey by whose answers customers vote; each question is an idea's number."),
    }
    themes = table("events").column("theme").allowed
    keys = {
        "least": integer("How many VIP gatherings there must be in a year.", 0, 366, 4),
        "audience": offered("Who is invited to them.", (EVERYONE, *names.segments)),
        "answer_until": integer("An answer counts until so many days before.", 0, 90, 0),
        "party": integer("How many people one answer may bring, the guest included.", 1, 20, 2),
        "reminders": words("How many days before, guests are reminded: [14, 3]."),
        "ideas": group("What becomes of customers' ideas.", ideas),
        "themes": group("What the themes of events are called.", {theme: text("In words.") for theme in themes}),
    }
    return group("What holds for all gatherings. Each of them is a row of the customer file's events.", keys)


def _related(names: Names) -> Json:
    goods = {
        "with": words("What goes with it, by product ids."),
        "upgrade": words("What is a finer one of its kind, by product ids."),
    }
    keys = {
        "audience": offered("Who may hear of it: customers who are satisfied.", (EVERYONE, *names.segments)),
        "new_within": integer("Goods count as new for so many days, to who bought of their group; 0: never.", 0, 366),
        "products": named("What goes with a product, by its id.", group("For who has this one.", goods)),
    }
    return group("Goods that go together.", keys, ("audience", "products"))
