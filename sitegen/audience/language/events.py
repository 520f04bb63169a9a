"""List the events that rules may ask about: words for rows of the tables, and the numbers that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sitegen.model.rule import Condition, FactSpec, OneOf, TextIs, leaves
from sitegen.model.segment import Segment
from sitegen.model.table import STANDARD, Schema

Fixed: TypeAlias = tuple[tuple[str, TextIs | OneOf], ...]
PREFIX = "event_"
"""The columns of the facts' table that hold how often something happened."""


@dataclass(frozen=True, slots=True)
class Event:
    """A word for something that happened: the rows of a table, of which `fixed` is true by the word's own meaning."""

    word: str
    table: str
    meaning: str
    fixed: Fixed = ()


def events_of(schema: Schema) -> Mapping[str, Event]:
    """The events of a shop by word: those that sitegen knows, and the shop's own tables, named in words."""
    known = {table.name for table in STANDARD.tables}
    own = (table for table in schema.events() if table.name not in known)
    named = (Event(table.name.replace("_", " "), table.name, table.meaning) for table in own)
    return {event.word: event for event in (*named, *EVENTS)}


def event_facts(segments: Iterable[Segment]) -> tuple[FactSpec, ...]:
    """The numbers of events for which the segments' rules ask, each once; whoever reckons facts reckons them too."""
    asked = (leaf.fact for segment in segments for leaf in leaves(segment.rule) if isinstance(leaf, Condition))
    return tuple({fact.column: fact for fact in asked if is_event(fact)}.values())


def is_event(fact: FactSpec) -> bool:
    """Whether the fact is the number of an event, and no fact that somebody named."""
    return fact.definition is not None and fact.column.startswith(PREFIX)


def _contact(word: str, meaning: str, *fixed: tuple[str, TextIs | OneOf]) -> Event:
    return Event(word, "contacts", meaning, fixed)


def _answer(word: str, meaning: str, *answers: str) -> Event:
    phrase = TextIs(answers[0]) if len(answers) == 1 else OneOf(answers)
    return Event(word, "responses", meaning, (("answer", phrase),))


CALL, OUT, IN = ("channel", TextIs("call")), ("direction", TextIs("out")), ("direction", TextIs("in"))
EVENTS = (
    Event("ordered", "orders", "ordered something that was neither returned nor cancelled"),
    Event("returned", "orders", "sent an order back", (("status", TextIs("returned")),)),
    Event("cancelled", "orders", "cancelled an order", (("status", TextIs("cancelled")),)),
    Event("bought", "order_lines", "bought goods, counted by the lines of the orders"),
    _contact("contacted", "the shop got in touch, on any way", OUT),
    _contact("called", "the shop rang, whoever answered", CALL, OUT),
    _contact(
        "called back", "the shop rang, and reached the customer", CALL, OUT, ("outcome", TextIs("not-reached", True))
    ),
    _contact("called us", "the customer rang", CALL, IN),
    _contact("wrote to us", "the customer wrote", ("channel", OneOf(("mail", "text", "card"))), IN),
    _contact("visited", "a visit, by the adviser or by the customer", ("channel", TextIs("visit"))),
    _contact("came by", "a talk in the shop", ("channel", TextIs("shop"))),
    Event("complained", "complaints", "told the shop what went wrong"),
    Event("invited", "attendances", "was invited to a gathering, counted by its day; 'within next' looks ahead"),
    Event("accepted an invitation", "attendances", "said yes to a gathering", (("status", TextIs("accepted")),)),
    Event("declined an invitation", "attendances", "said no to a gathering", (("status", TextIs("declined")),)),
    Event("attended", "attendances", "came to a gathering", (("status", TextIs("attended")),)),
    Event("missed", "attendances", "said yes to a gathering, and did not come", (("status", TextIs("missed")),)),
    Event("answered", "survey_answers", "answered a question of a survey"),
    Event("suggested", "suggestions", "proposed something"),
    Event("referred", "referrals", "brought a new customer"),
    Event("promised", "promises", "was promised something by the shop"),
    Event("borrowed", "loans", "borrowed something against a deposit"),
    Event("redeemed", "coupons", "redeemed a coupon at the till"),
    Event(
        "earned points",
        "points",
        "earned points, also those that wait, counted by entries",
        (("kind", OneOf(("earned", "pending"))),),
    ),
    Event("spent points", "points", "spent points, counted by entries", (("kind", TextIs("spent")),)),
    Event("consented", "consents", "allowed messages, and has not withdrawn it", (("status", TextIs("given")),)),
    _answer(
        "responded",
        "did something about a message: accepted, refused or unsubscribed",
        "accepted",
        "refused",
        "unsubscribed",
    ),
    _answer("accepted", "took up what a message offered", "accepted"),
    _answer("ignored", "did nothing about a message", "ignored"),
    _answer("refused", "refused what a message offered", "refused"),
    _answer("bounced", "a message could not be delivered", "bounced"),
    _answer("unsubscribed", "unsubscribed by a message", "unsubscribed"),
)
"""The words of every shop. What they count has happened by today, unless a period looks ahead."""
