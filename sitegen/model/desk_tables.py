"""Declare the tables of the advisers' desk: what became of duties, and the nine steps of complaints with evidence."""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

STEPS = ("listen", "talk", "apologise", "analyse", "explain", "process", "compensate", "result", "feedback")
"""The nine steps of a complaint, in their order."""
_STEPS = "nine steps: listen, talk, apologise, analyse, explain, process, compensate, result, feedback"

DUTY_RESULTS = Table(
    "duty_results",
    "What the desk says of a duty: done, or excused with a reason",
    ("duty", "subject", "day"),
    (
        Column("duty", Kind.TEXT, "name of the duty in content/programme/", required=True),
        Column("subject", Kind.TEXT, "what made it: the number of the order, the referral ...", required=True),
        Column("customer_id", Kind.TEXT, "to whom it is owed", required=True, refers_to="customers"),
        Column("adviser_id", Kind.TEXT, "who says so", refers_to="advisers"),
        Column("day", Kind.DATE, "day on which it was done or excused", required=True),
        Column("result", Kind.TEXT, "what became of it", required=True, allowed=("done", "excused")),
        Column("reason", Kind.TEXT, "why it is excused; no duty is excused without", personal=True),
    ),
    customer="customer_id",
    day="day",
)

COMPLAINT_STEPS = Table(
    "complaint_steps",
    "The steps of each complaint that were taken, with what proves each",
    ("complaint_id", "step"),
    (
        Column("complaint_id", Kind.TEXT, "which complaint", required=True, refers_to="complaints"),
        Column("step", Kind.TEXT, "which of the nine steps", required=True, source=_STEPS, allowed=STEPS),
        Column("done_on", Kind.DATE, "day", required=True),
        Column("adviser_id", Kind.TEXT, "who took it", refers_to="advisers"),
        Column(
            "evidence",
            Kind.TEXT,
            "what proves it: the customer's words told again, the words of the apology, what was offered",
            source="heartfelt apology ... much better than a standard mechanical apology",
            personal=True,
        ),
        Column("satisfied", Kind.YES_NO, "of the result: the customer is content with it"),
        Column(
            "opinion_by",
            Kind.TEXT,
            "of a result that does not content the customer: who gave the house's final opinion",
            source="final opinion on the spot, goodbye, thank for opinion",
        ),
        Column("opinion", Kind.TEXT, "the house's final opinion, and the thanks for the customer's", personal=True),
    ),
    customer="complaint.customer_id",
    day="done_on",
)
