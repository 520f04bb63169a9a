"""Describe the sections of the programme on the advisers' desk and its duties."""

from __future__ import annotations

from sitegen.content.schemas.forms import (
    Json,
    Names,
    day,
    either,
    group,
    integer,
    items,
    named,
    number,
    offered,
    text,
    word,
    words,
)
from sitegen.content.schemas.front_matter import audience
from sitegen.model.duty import Act, By, Dossiers, Each
from sitegen.model.table import TABLES, table

SPAN = ("the same day", "7 days", "2 weeks", "6 months")


def duty_sections(names: Names) -> dict[str, Json]:
    """`desk:` and `duties:`."""
    return {
        "desk": group("How the advisers' desk works.", _desk(), ("since",)),
        "duties": items("What is owed to whom, by when and by whom.", _duty(names)),
    }


def _desk() -> dict[str, Json]:
    late = {
        "region": text(
            "Days after which a late duty is shown to the region too; 2 days where nothing stands.", "2 days"
        ),
        "head office": text("Days after which the head office sees it too; 7 days where nothing stands.", "7 days"),
    }
    return {
        "since": day("First day of the desk: what happened before is nobody's duty."),
        "ahead": text("How far the advisers' pages look ahead; 7 days where nothing stands.", "7 days"),
        "hours": text("When advisers work, by the clock of their store.", "10:00-18:00"),
        "escalate": group("To whom late duties are shown.", late),
        "dossiers": word(
            "Whose dossiers a build makes: of those on a page of the day, of all customers, or none.", Dossiers
        ),
        "regions": named(
            "The adviser who answers for each region, by the region's name: {North: A-05}.", text("A number.")
        ),
        "head office": text("The adviser who answers at the head office.", "A-05"),
        "owners": words("The advisers who read the owner's reports, by number."),
        "never": words("What nobody ever says to a customer; it stands on every page."),
    }


def _duty(names: Names) -> Json:
    keys = {
        "name": text("A short name of its own in small letters, digits and hyphens; results name it, so it stays."),
        "title": text("What the page calls it; without it, the name in words."),
        "why": text("Why it is owed, in the shop's words; without it, the rule in words."),
        "what": word("What somebody does. A contact of that sort proves it.", Act),
        **_triggers(),
        "after": text("How long after the day it begins; on the same day where nothing stands.", *SPAN),
        "within": text("By when it is due, from the day on which it begins.", *SPAN),
        "by": word("Whose duty it is: the customer's own adviser's where nothing stands.", By),
        "who": audience(names, "For whom it is meant, asked of the customer today: a segment, or a rule on the spot."),
        "proof": {"$ref": "#/$defs/rows of contacts", "description": "What must be true of a contact that proves it."},
        "campaign": text("A campaign whose letter to the customer proves it.", "2026/thank-you"),
        "questions": items("What is asked.", _question()),
        "say": words("What may be said, in the shop's words."),
        "never": words("What is never said in it."),
    }
    return group("A duty. It has one of 'for each', 'crossed', 'top' and 'every'.", keys, ("name", "what", "within"))


def _triggers() -> dict[str, Json]:
    where = named("Only rows of which all of this is true, by column.", text("A phrase."))
    total = text("What is added up: TABLE.COLUMN.", "orders.amount")
    crossed = {
        "sum of": total,
        "where": where,
        "at": either("The thresholds, each higher than the one before.", number(""), items("", number("", 0))),
        "each": word("Whether the sum begins anew each year, which is usual, or never.", Each),
    }
    top = {
        "sum of": total,
        "where": where,
        "count": integer("How many come first.", 1, 1000, 1),
        "on": text("The day of the next year on which it begins.", "01-10"),
        "per": word("Whether each store or each region has first ones of its own.", ("store", "region")),
    }
    weather = table("weather").column("condition").allowed
    return {
        "for each": offered("One duty for each row of this table.", (one.name for one in TABLES if one.customer)),
        "whom": text("To whom it is owed, where the row names several customers.", "referred"),
        "day": text(
            "The column with the day on which it begins; the table's own where nothing stands.", "delivered_on"
        ),
        "with": {**where, "description": "Only rows of which all of this is true: {amount: more than 2000}."},
        "weather": word("Only where the weather was such at the row's store on that day.", weather),
        "done on": text("The column of the row with the day on which it was done.", "thanked_on"),
        "crossed": group("One duty for each threshold that a customer's sum reaches.", crossed, ("sum of", "at")),
        "top": group("One duty a year for those who come first by a sum of the year before.", top, ("sum of", "on")),
        "every": text("One duty whenever so much time has passed since the last time.", "6 months"),
    }


def _question() -> Json:
    keys = {
        "ask": text("The question."),
        "answer": text("The column of the contacts that keeps the answer.", "liked"),
    }
    return either("A question.", text("The question."), group("With a place for its answer.", keys, ("ask",)))
