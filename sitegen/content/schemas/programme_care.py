"""Describe the sections of the programme on care: answers, care pages, stages of life, coverage."""

from __future__ import annotations

from sitegen.content.own_days import WEEKDAYS
from sitegen.content.programme.forms import CHANNELS
from sitegen.content.schemas.forms import Json, Names, either, group, integer, items, named, offered, text, words


def care_sections(names: Names) -> dict[str, Json]:
    """The sections by name."""
    return {"care": _care(names), "life_stages": _life_stages(names), "coverage": _coverage(names)}


def page(meaning: str, names: Names) -> Json:
    """A page, by its file below content/pages/."""
    return offered(f"{meaning}, by its file below content/pages/: care/linen.md.", names.pages)


def _care(names: Names) -> Json:
    answer = {
        "hours": integer("Within how many working hours a person answers.", 1, 200),
        "days": words("The days on which somebody answers; without them Monday to Friday.", WEEKDAYS),
        "open": text("From when to when somebody answers, on the shop's clock.", "09:00-17:00"),
        "channels": words("The ways for which that holds.", CHANNELS),
    }
    keys = {
        "answer": group("How soon a question is answered.", answer, ("hours",)),
        "pages": named(
            "The care pages of groups of goods, for products that name none of their own.",
            page("The page", names),
        ),
    }
    return group("What a customer hears of what they bought.", keys)


def _life_stages(names: Names) -> Json:
    months = "counted from the birth: 0 is the first month of life, -1 the last before the child is due"
    stage = {
        "months": text(f"One month, or the first and the last, {months}.", "-3..-1", "0", "1..4"),
        "title": text("What the stage is called."),
        "say": text("Words for those months."),
        "page": page("A page on those months", names),
        "groups": words("Groups of goods for those months."),
        "products": words("Goods for those months, by their numbers in the customer file."),
    }
    keys = {
        "title": text("What the programme is called."),
        "months": text(f"Its first and its last month, {months}; without it all of -9..24.", "-6..18"),
        "stages": items(
            "What belongs to which months; each month is in one stage at most.",
            group("A stage.", stage, ("months", "title")),
        ),
    }
    return group("What families hear from month to month.", keys, ("title", "stages"))


def _coverage(names: Names) -> Json:
    def pages(meaning: str) -> Json:
        one = page("A page", names)
        return either(f"{meaning}: a page, or a list of them.", one, {"type": "array", "items": one})

    stages = {
        "before": pages("What one reads before the purchase"),
        "during": pages("What one reads while buying"),
        "after": pages("What one reads afterwards; the care page of a product counts without being named"),
    }
    keys = {
        "every": group("Pages that speak of all goods.", stages),
        "groups": named("Pages that speak of a group of goods.", group("The group's pages.", stages)),
        "products": named("Pages that speak of a product, by its number.", group("The product's pages.", stages)),
    }
    return group("Which page speaks of which goods at which stage of a purchase.", keys)
