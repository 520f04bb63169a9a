"""Declare the tables of care: contacts, events, complaints, surveys, suggestions, promises."""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

_TRANSACTIONS = "order, consultation, return, complaint, service request, etc."
_REGION = "unified management ... by the region"
_CALL = "ask the customer whether they like it, whether it is comfortable to wear"
_STEPS = "nine steps: listen, talk, apologise, analyse, explain, process, compensate, result, feedback"
_GATES = "does not affect the brand image, the opinions are feasible and there is no obvious conflict"

CONTACTS = Table(
    "contacts",
    "Every touch between an adviser and a customer",
    ("contact_id",),
    (
        Column("contact_id", Kind.TEXT, "the contact's number", required=True),
        Column("customer_id", Kind.TEXT, "with whom", required=True, refers_to="customers"),
        Column(
            "adviser_id",
            Kind.TEXT,
            "by whom",
            refers_to="advisers",
            source="the number of return visits and emotional contacts made by each employee",
        ),
        Column("at", Kind.DATE, "day", required=True),
        Column("channel", Kind.TEXT, "how", allowed=("call", "visit", "mail", "text", "card", "shop")),
        Column("direction", Kind.TEXT, "who began: out is the shop, in the customer", allowed=("out", "in")),
        Column(
            "subject",
            Kind.TEXT,
            "what it was about",
            source=_TRANSACTIONS,
            allowed=(
                "order",
                "consultation",
                "return",
                "complaint",
                "service",
                "greeting",
                "delivery",
                "after-purchase",
                "thanks",
                "chat",
            ),
        ),
        Column(
            "outcome",
            Kind.TEXT,
            "how it ended",
            source="If ... cannot be answered, a time must be arranged",
            allowed=("reached", "not-reached", "open-question", "appointment", "answered"),
        ),
        Column("liked", Kind.YES_NO, "first question of the call: does the customer like it", source=_CALL),
        Column("comfortable", Kind.YES_NO, "second question: is it comfortable", source=_CALL),
        Column(
            "washing_question",
            Kind.TEXT,
            "third question: what the customer asked about washing",
            source="whether they have any questions about washing",
            personal=True,
        ),
        Column(
            "appointment_at",
            Kind.TIME,
            "the time that was arranged, by the clock of the adviser's store",
            source="If ... cannot be answered, a time must be arranged",
        ),
        Column("note", Kind.TEXT, "the adviser's note", personal=True),
        Column(
            "routed_to",
            Kind.TEXT,
            "who takes the note further",
            source=_REGION,
            allowed=("region", "head-office"),
        ),
    ),
    customer="customer_id",
    day="at",
)


EVENTS = Table(
    "events",
    "Gatherings to which customers are invited",
    ("event_id",),
    (
        Column("event_id", Kind.TEXT, "the event's number", required=True),
        Column("title", Kind.TEXT, "title", required=True),
        Column(
            "theme",
            Kind.TEXT,
            "what it is about",
            source="product recommendation; close to nature ... beautiful makeup",
            allowed=("product", "nature", "clothing", "health", "fashion", "parenting", "beauty", "tea"),
        ),
        Column("starts_at", Kind.TIME, "beginning", required=True),
        Column("store_id", Kind.TEXT, "which store invites", refers_to="stores"),
        Column("place", Kind.TEXT, "where, in words"),
        Column("vip", Kind.YES_NO, "for VIP members", source="VIP gatherings at least four times a year"),
        Column(
            "sales",
            Kind.YES_NO,
            "linked to sales",
            source="closely linked to sales, or ... completely separated",
        ),
        Column("seats", Kind.INTEGER, "places", unit="people"),
        Column(
            "speaker_id",
            Kind.TEXT,
            "the customer who speaks",
            refers_to="customers",
            source="invite customers to speak at your meetings",
        ),
    ),
)


ATTENDANCES = Table(
    "attendances",
    "Who was invited to an event, and came",
    ("event_id", "customer_id"),
    (
        Column("event_id", Kind.TEXT, "the event", required=True, refers_to="events"),
        Column("customer_id", Kind.TEXT, "the guest", required=True, refers_to="customers"),
        Column(
            "status",
            Kind.TEXT,
            "how far it went",
            allowed=("invited", "accepted", "attended", "declined", "missed"),
        ),
        Column("answered_on", Kind.DATE, "day of the answer"),
        Column("party", Kind.INTEGER, "how many come, the guest included", unit="people"),
        Column(
            "share_contact",
            Kind.YES_NO,
            "may be named to the other guests",
            source="connect with customers, making them a bridge of friends",
        ),
    ),
    customer="customer_id",
    day="event.starts_at",
)


COMPLAINTS = Table(
    "complaints",
    "What went wrong, and how it was made good",
    ("complaint_id",),
    (
        Column("complaint_id", Kind.TEXT, "the complaint's number", required=True),
        Column("customer_id", Kind.TEXT, "whose", required=True, refers_to="customers"),
        Column("order_id", Kind.TEXT, "about which order", refers_to="orders"),
        Column("adviser_id", Kind.TEXT, "who looks after it", refers_to="advisers"),
        Column(
            "opened_on",
            Kind.DATE,
            "day on which it came",
            required=True,
            source="make it easier for customers to complain",
        ),
        Column("channel", Kind.TEXT, "how it came", allowed=("call", "visit", "mail", "text", "card", "shop")),
        Column(
            "factor",
            Kind.TEXT,
            "what it is about",
            source="We need to make statistics on these factors",
            allowed=(
                "attitude",
                "slow-response",
                "quality",
                "delivery-speed",
                "courier-attitude",
                "added-value",
            ),
        ),
        Column("text", Kind.TEXT, "the customer's words, told again", personal=True),
        Column(
            "step",
            Kind.TEXT,
            "the last step done",
            source=_STEPS,
            allowed=(
                "listen",
                "talk",
                "apologise",
                "analyse",
                "explain",
                "process",
                "compensate",
                "result",
                "feedback",
            ),
        ),
        Column("compensation", Kind.TEXT, "what the shop gave", source="compensate (small gift)"),
        Column("solved_on", Kind.DATE, "day of the result"),
        Column(
            "satisfied",
            Kind.YES_NO,
            "the customer is content with the result",
            source="customers whose problems are solved are more loyal",
        ),
        Column(
            "lesson",
            Kind.TEXT,
            "what the house learnt, without a name: it makes the complaint a case to study",
            source="giving examples to study and discuss",
            personal=True,
        ),
        Column(
            "routed_to",
            Kind.TEXT,
            "who takes it further, where it is not as the factor says",
            source=_REGION,
            allowed=("region", "head-office"),
        ),
    ),
    customer="customer_id",
    day="opened_on",
)


SURVEY_ANSWERS = Table(
    "survey_answers",
    "Answers to questions",
    ("survey", "customer_id", "question"),
    (
        Column("survey", Kind.TEXT, "which survey", required=True),
        Column("customer_id", Kind.TEXT, "who answered", required=True, refers_to="customers"),
        Column("question", Kind.TEXT, "short name of the question", required=True),
        Column(
            "factor",
            Kind.TEXT,
            "what it measures",
            source="product quality, service, price, innovation and competitive image",
            allowed=("quality", "service", "price", "innovation", "image"),
        ),
        Column(
            "score",
            Kind.INTEGER,
            "1 to 5, where 4 is as hoped and 5 beyond expectation",
            unit="points of 5",
            source="desired vs excited",
        ),
        Column("answer", Kind.TEXT, "in the customer's words", personal=True),
        Column("answered_on", Kind.DATE, "day", required=True),
    ),
    customer="customer_id",
    day="answered_on",
)


SUGGESTIONS = Table(
    "suggestions",
    "What customers propose",
    ("suggestion_id",),
    (
        Column("suggestion_id", Kind.TEXT, "the suggestion's number", required=True),
        Column("customer_id", Kind.TEXT, "whose", required=True, refers_to="customers"),
        Column(
            "given_on",
            Kind.DATE,
            "day",
            required=True,
            source="proactively propose rationalization proposals",
        ),
        Column("about", Kind.TEXT, "subject", allowed=("goods", "service", "store", "event", "site")),
        Column("text", Kind.TEXT, "the suggestion", personal=True),
        Column("fits_brand", Kind.YES_NO, "first gate", source=_GATES),
        Column("feasible", Kind.YES_NO, "second gate", source=_GATES),
        Column("no_conflict", Kind.YES_NO, "third gate: no conflict of interest", source=_GATES),
        Column("decided_on", Kind.DATE, "day of the decision"),
        Column("decision", Kind.TEXT, "what came of it", allowed=("taken", "later", "declined")),
    ),
    customer="customer_id",
    day="given_on",
)


PROMISES = Table(
    "promises",
    "What the shop promised, until when, with proof",
    ("promise_id",),
    (
        Column("promise_id", Kind.TEXT, "the promise's number", required=True),
        Column("customer_id", Kind.TEXT, "to whom; empty: to everybody", refers_to="customers"),
        Column("adviser_id", Kind.TEXT, "who promised", refers_to="advisers"),
        Column("order_id", Kind.TEXT, "about which order", refers_to="orders"),
        Column(
            "promise",
            Kind.TEXT,
            "what",
            required=True,
            source="conscientiously fulfill the 'promise service'",
            personal=True,
        ),
        Column("made_on", Kind.DATE, "day", required=True),
        Column("due_on", Kind.DATE, "until when", required=True),
        Column("kept_on", Kind.DATE, "day on which it was kept"),
        Column("proof", Kind.TEXT, "how one knows", personal=True),
    ),
    customer="customer_id",
    day="made_on",
)


WEATHER = Table(
    "weather",
    "What the weather was, or will be, at each store",
    ("day", "store_id"),
    (
        Column("day", Kind.DATE, "day", required=True, source="ask if they have brought an umbrella"),
        Column("store_id", Kind.TEXT, "at which store", required=True, refers_to="stores"),
        Column(
            "condition",
            Kind.TEXT,
            "the weather that people remember of the day",
            required=True,
            source="thanking them for coming ... on a rainy day",
            allowed=("clear", "cloudy", "rain", "storm", "snow", "frost", "fog", "heat"),
        ),
    ),
)
