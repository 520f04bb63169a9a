"""Describe the smaller files: programme, law, audit, surveys, print houses."""

from __future__ import annotations

from sitegen.audience.calendar.occasions import SOLAR_TERMS
from sitegen.content.own_days import WEEKDAYS
from sitegen.content.schemas.forms import (
    Json,
    Names,
    by_language,
    day,
    group,
    integer,
    items,
    named,
    number,
    offered,
    text,
    word,
    words,
    yes_no,
)
from sitegen.content.schemas.programme_care import care_sections
from sitegen.content.schemas.programme_complaint_desk import complaint_desk_sections
from sitegen.content.schemas.programme_coupons import coupon_sections
from sitegen.content.schemas.programme_duties import duty_sections
from sitegen.content.schemas.programme_gatherings import gathering_sections
from sitegen.content.schemas.programme_points import points_sections
from sitegen.content.schemas.programme_prices import price_sections
from sitegen.content.schemas.programme_relationship import relationship_sections
from sitegen.content.schemas.programme_reports import report_sections
from sitegen.content.schemas.programme_service import service_sections
from sitegen.model.print_house import Duplex, Order
from sitegen.model.survey import Ask, Factor
from sitegen.model.table import table


def programme(names: Names) -> Json:
    """Any file of content/programme/."""
    tier = {
        "name": text("What it is called."),
        "threshold": number("From which sum of everything ever bought, in the shop's currency."),
        "discount": number("Per cent off.", 0, 100),
        "benefit": text("What it gives, in a sentence."),
    }
    occasion = {
        "month": integer("The month, from 1.", 1, 12),
        "day": integer("The day of the month.", 1, 31),
        "nth": integer("Which such weekday of the month: 1 to 5, or -1 for the last.", -1, 5),
        "weekday": word("The weekday, for `nth`.", WEEKDAYS),
        "lunar": text("Month and day of the Chinese calendar.", "8-15"),
        "solar_term": word("One of the 24 solar terms.", SOLAR_TERMS),
        "easter": integer("Days after Easter Sunday, or before it.", -250, 250),
        "holiday": text("A public holiday of a country.", "de-german-unity-day"),
        "weather": word("Each day with such weather at one of the stores.", _weather()),
    }
    keys = {
        "tiers": items(
            "The circles of the programme, by everything ever bought.", group("A tier.", tier, ("name", "threshold"))
        ),
        "occasions": named(
            "Days of the shop's own, by name. Campaigns name them with `occasion:`.",
            group("{month: 10, day: 18}, {nth: 2, weekday: sunday, month: 5}, {lunar: 8-15} ...", occasion),
        ),
        **care_sections(names),
        **points_sections(names),
        **service_sections(names),
        **complaint_desk_sections(),
        **price_sections(names),
        **relationship_sections(names),
        **coupon_sections(names),
        **gathering_sections(names),
        **duty_sections(names),
        **report_sections(),
    }
    return group("Tiers and occasions.", keys)


def _weather() -> tuple[str, ...]:
    return table("weather").column("condition").allowed


def law(names: Names) -> Json:
    """content/law.yaml."""
    rule = offered("A rule of the message law; `sitegen check` names it.", names.rules)
    addition = {
        "rule": rule,
        "phrases": words("Phrases that count too, # for a number and ~ for a few other words."),
        "innocent": words("Phrases that look like them and mean nothing."),
        "patterns": words("Links, pictures or fields that count too: https://shop.example.com/*."),
    }
    exception = {
        "rule": rule,
        "reason": text("Why it may be said all the same."),
        "phrase": text("What may be said."),
        "file": text("Where, by its path below content/.", "campaigns/2026/letter.md"),
    }
    keys = {
        "add": items("What the shop adds to rules.", group("An addition.", addition, ("rule",))),
        "allow": items("What may be said all the same.", group("An exception.", exception, ("rule", "reason"))),
    }
    return group("The shop's own part of the message law.", keys)


def audit(_: Names) -> Json:
    """content/audit.yaml."""
    exception = {
        "reason": text("Why."),
        "phrase": text("Words that stand in a locked page, and may stand elsewhere too."),
        "page": text("A locked page all of whose words may, by its file below content/."),
        "asset": text("A file that may be shown elsewhere, by its path below content/assets/."),
    }
    known = group("One of phrase, page and asset.", exception, ("reason",))
    keys = {"allow": items("What others may read although it is for few.", known)}
    return group("Exceptions of the leak check.", keys)


def survey(_: Names) -> Json:
    """A file of content/surveys/."""
    meanings = {
        Factor.QUALITY: "The things themselves.",
        Factor.SERVICE: "The people.",
        Factor.PRICE: "What was paid.",
        Factor.INNOVATION: "What is new.",
        Factor.IMAGE: "What the shop stands for.",
    }
    questions = {factor.value: by_language(f"{meaning} Answered from 1 to 5.") for factor, meaning in meanings.items()}
    keys = {
        "title": by_language("What the survey is called."),
        "intro": by_language("What stands above the questions."),
        "questions": group("The questions, by what they measure. Without them, the theme asks all five.", questions),
        "ideas": named(
            "In place of questions: ideas for gatherings by their numbers. A tick is a vote.",
            by_language("The idea, in words for guests."),
        ),
        "purpose": text("What the shop wants to know by it; customers don't read that."),
        "checklist": group(
            "Which questions are of which sort; a survey wants some of each.",
            {ask.value: words(f"{sort}, by what they measure.", Factor) for ask, sort in _SORTS.items()},
        ),
        "tried": group(
            "Who of the shop filled it out as a customer would, and when; before that no campaign may invite to it.",
            {"by": text("Who.", "A-05"), "on": day("When.")},
            ("by", "on"),
        ),
    }
    return group("What the campaign of the same name asks.", keys, ("title",))


_SORTS = {
    Ask.TRIVIAL: "Questions that seem trivial",
    Ask.AVOIDED: "Questions that people like to avoid",
    Ask.PURPOSE: "Questions that serve the purpose",
}


def print_house(_: Names) -> Json:
    """A file of content/print/."""
    intent = {
        "identifier": text("Its name in the registry.", "FOGRA39"),
        "condition": text("It in words."),
        "registry": text("Where it is registered.", "http://www.color.org"),
        "profile": text("fogra39, tr006, or an ICC profile below content/assets/.", "fogra39"),
    }
    sheet = {
        "paper": text("A name, or a size in millimetres.", "A3", "SRA3", "450x320"),
        "margin": number("Millimetres on every edge that the press can't print.", 0, 50),
        "gutter": number("Millimetres between the trims of two cards.", 0, 100),
        "duplex": word("Over which edge a sheet is turned.", Duplex),
        "order": word("Whether cut stacks pile up in order, or one sheet follows the other.", Order),
        "lift": integer("How many sheets are cut at once; 0 for all.", 0, 100_000, 500),
        "registration": yes_no("Targets that show whether front and back lie on each other.", False),
    }
    keys = {
        "title": text("What people call it."),
        "bleed": number("Millimetres.", 0, 25),
        "marks": yes_no("Crop marks on every page.", False),
        "records": integer("Cards in one file.", 1, 10_000, 500),
        "variable": yes_no("PDF/VT document parts, one a record.", False),
        "ink": number("The most ink that its paper takes, in per cent of the four together.", 100, 400),
        "intent": group("The printing condition.", intent, ("identifier", "profile")),
        "sheet": group("The paper, where cards are imposed here.", sheet, ("paper",)),
    }
    return group("What a print house wants of its files.", keys, ("intent",))
