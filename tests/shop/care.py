"""How the sample shop looked after its customers: contacts, events, complaints, surveys, promises, loans."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.shop.people import TODAY
from tests.shop.places import Row
from tests.shop.trade import cents

_EVENTS = """
E-2025-1|Spring tea in the courtyard|tea|2025-03-22 15:00|suzhou|the courtyard of the Suzhou store|yes|no|24
E-2025-2|A walk up Tianping hill|nature|2025-05-17 09:00|suzhou|foot of Tianping hill|yes|no|30
E-2025-3|An evening of linen|product|2025-09-19 18:30|hamburg|the Hamburg store|yes|yes|28
E-2025-4|Little ones and lullabies|parenting|2025-11-29 14:00|rotterdam|the Rotterdam store|yes|no|20
E-2026-1|New year calligraphy and tea|tea|2026-02-07 14:30|shanghai|upstairs in the Shanghai store|yes|no|26
E-2026-2|Dunes walk with picnic|nature|2026-05-30 10:30|rotterdam|Kijkduin, by the lighthouse|yes|no|30
E-2026-3|VIP tea gathering: stories of the loom|tea|2026-09-26 15:00|hamburg|the Hamburg store|yes|no|32
E-2026-4|Choosing and caring for beads|product|2026-11-14 15:00|shanghai|the Shanghai store|yes|yes|24
"""
_COMPLAINTS = {
    "attitude": "Nobody greeted me, and I waited a long time at the counter.",
    "slow-response": "My question about washing was answered after six days.",
    "quality": "A seam opened after the second wash.",
    "delivery-speed": "The parcel came four days after the birthday it was for.",
    "courier-attitude": "The courier left the parcel in the rain and drove off.",
    "added-value": "I had hoped for a card with the gift box.",
}
_STEPS = ("listen", "talk", "apologise", "analyse", "explain", "process", "compensate", "result", "feedback")
_QUESTIONS = (("goods", "quality"), ("advice", "service"), ("prices", "price"), ("new-ideas", "innovation"),
              ("the-shop", "image"))  # fmt: skip
_WORDS = ("", "", "", "The linen gets softer each year.", "Please keep the old colours.", "I felt at home.")
_SUGGESTIONS = (
    ("goods", "Could there be a longer table cloth, for twelve?"), ("goods", "A child's size of the fireside plaid."),
    ("service", "A bench by the window for those who only come along."), ("event", "An evening on mending quilts."),
    ("store", "Open an hour earlier on Saturdays."), ("site", "Show which colours are still in stock."),
    ("event", "A tea gathering for grandmothers with grandchildren."), ("service", "Stringing old beads anew."),
)  # fmt: skip
_IDEAS = (
    "A balloon over the Alster, with tea.",
    "A lottery with a quilt as the first prize.",
    "Calligraphy for the new year, and a brush for everybody.",
    "A night on a lightship.",
    "A week in Suzhou, all of us together.",
    "Baking bread, and eating it while it is warm.",
    "How to say no, kindly.",
    "An evening in the sewing room while the machines run.",
    "A tea gathering for grandmothers with grandchildren.",
    "A dinner in January to which all of us wear linen.",
    "A boat for all of us, down the Elbe to the sea.",
    "A tea gathering for grandmothers with grandchildren.",
    "An evening on mending quilts.",
    "Letters: who writes one, and how one begins.",
)
"""What customers wished for as a gathering, in the order of their days."""
_POLL = "gathering-ideas"
_PROMISES = (("answer the question about washing", 2), ("send a swatch of the new colour", 7),
             ("mend the open seam", 14), ("call when the quilt is back in stock", 30))  # fmt: skip
_SUBJECTS = ("consultation", "greeting", "after-purchase", "delivery", "service", "thanks", "chat", "return")


def care(seed: str, people: list[Row], orders: list[Row]) -> dict[str, list[Row]]:
    """The tables contacts, events, attendances, complaints, survey_answers, suggestions, promises and loans."""
    random = Random(f"{seed}:care")
    buyers = [row for row in people if row["class"] == "customer"]
    by_id = {row["customer_id"]: row for row in people}
    return {
        "contacts": _contacts(buyers, by_id, orders, random),
        "events": _events(),
        "attendances": _attendances(buyers, random),
        "complaints": _complaints(by_id, orders, random),
        "survey_answers": [*_survey_answers(buyers, random), *_votes(buyers, Random(f"{seed}:votes"))],
        "suggestions": _with_ideas(_suggestions(buyers, random)),
        "promises": _promises(buyers, random),
        "loans": _loans(buyers, random),
    }


def _contacts(buyers: list[Row], by_id: dict[str, Row], orders: list[Row], random: Random) -> list[Row]:
    """2,300 touches of all kinds, and a call a week after nine in ten of the orders above 2,000."""
    drafts = [_contact(random.choice(buyers), _past(random, 1095), random) for _ in range(2300)]
    for order in orders:
        due = date.fromisoformat(order["ordered_at"]) + timedelta(days=random.randint(5, 7))
        if cents(order["amount"]) > 200_000 and due <= TODAY and random.random() < 0.9:
            drafts.append(_call_after_purchase(by_id[order["customer_id"]], due, random))
    drafts.sort(key=lambda row: (row["at"], row["customer_id"]))
    return [{"contact_id": f"T-{number:05}", **row} for number, row in enumerate(drafts, start=1)]


def _contact(person: Row, day: date, random: Random) -> Row:
    inward = random.random() < 0.3
    subject = random.choice(_SUBJECTS)
    return {
        "customer_id": person["customer_id"],
        "adviser_id": person["adviser_id"],
        "at": str(day),
        "channel": random.choice(("call", "call", "mail", "text", "visit", "shop", "card")),
        "direction": "in" if inward else "out",
        "subject": subject,
        "outcome": "answered" if inward else random.choice(("reached", "reached", "not-reached", "appointment")),
        "routed_to": random.choice(("region", "head-office")) if subject == "service" else "",
    }


def _call_after_purchase(person: Row, day: date, random: Random) -> Row:
    asked = random.choice(("", "", "how warm the water may be", "whether the beads may get wet"))
    return {
        "customer_id": person["customer_id"],
        "adviser_id": person["adviser_id"],
        "at": str(day),
        "channel": "call",
        "direction": "out",
        "subject": "after-purchase",
        "outcome": "open-question" if asked and random.random() < 0.2 else "reached",
        "liked": "yes" if random.random() < 0.94 else "no",
        "comfortable": "yes" if random.random() < 0.95 else "no",
        "washing_question": asked,
    }


def _events() -> list[Row]:
    names = ("event_id", "title", "theme", "starts_at", "store_id", "place", "vip", "sales", "seats")
    rows = [dict(zip(names, line.split("|"), strict=True)) for line in _EVENTS.strip().splitlines()]
    rows[4]["speaker_id"] = "C-00001"
    return rows


def _attendances(buyers: list[Row], random: Random) -> list[Row]:
    rows = []
    for event in _events():
        day = date.fromisoformat(event["starts_at"][:10])
        near = [row for row in buyers[2:] if row["store_id"] == event["store_id"]]
        guests = random.sample(near, min(len(near), int(event["seats"]) + 8))
        if event["event_id"] in {"E-2026-1", "E-2026-4"}:
            guests.append(buyers[0])
        for guest in sorted(guests, key=lambda row: row["customer_id"]):
            past = random.choices(("attended", "declined", "missed"), (70, 22, 8))[0]
            coming = random.choices(("invited", "accepted", "declined"), (50, 40, 10))[0]
            status = past if day < TODAY else coming
            answered = min(day, TODAY) - timedelta(days=random.randint(3, 21))
            rows.append(
                {
                    "event_id": event["event_id"],
                    "customer_id": guest["customer_id"],
                    "status": status,
                    "answered_on": "" if status == "invited" else str(answered),
                    "share_contact": "yes" if random.random() < 0.35 else "no",
                }
            )
    return rows


def _complaints(by_id: dict[str, Row], orders: list[Row], random: Random) -> list[Row]:
    """Sixty; the recent ones still on their way through the nine steps."""
    delivered = [order for order in orders if order["delivered_on"]]
    late = [order for order in delivered if order["delivered_on"] > str(TODAY - timedelta(days=40))]
    told = [*random.sample(delivered, 54), *random.sample(late, 6)]
    drafts = [_complaint(order, by_id[order["customer_id"]], random) for order in told]
    drafts.sort(key=lambda row: (row["opened_on"], row["customer_id"]))
    return [{"complaint_id": f"B-{number:03}", **row} for number, row in enumerate(drafts, start=1)]


def _complaint(order: Row, person: Row, random: Random) -> Row:
    opened = min(TODAY, date.fromisoformat(order["delivered_on"]) + timedelta(days=random.randint(0, 20)))
    solved = opened + timedelta(days=random.randint(1, 12))
    factors = [factor for factor in _COMPLAINTS if order["courier"] or "courier" not in factor]
    factor = random.choice(factors)
    done = solved <= TODAY
    return {
        "customer_id": order["customer_id"],
        "order_id": order["order_id"],
        "adviser_id": person["adviser_id"],
        "opened_on": str(opened),
        "channel": random.choice(("call", "mail", "shop", "text")),
        "factor": factor,
        "text": _COMPLAINTS[factor],
        "step": random.choice(_STEPS[7:]) if done else random.choice(_STEPS[:7]),
        "compensation": random.choice(("lavender sachets", "free mending", "a new cushion")) if done else "",
        "solved_on": str(solved) if done else "",
        "satisfied": ("yes" if random.random() < 0.78 else "no") if done else "",
    }


def _survey_answers(buyers: list[Row], random: Random) -> list[Row]:
    """Forty customers, five questions each."""
    rows = []
    for person in sorted(random.sample(buyers[2:], 40), key=lambda row: row["customer_id"]):
        day = str(_past(random, 120))
        rows += [
            {
                "survey": "summer-2026",
                "customer_id": person["customer_id"],
                "question": question,
                "factor": factor,
                "score": str(random.choices((5, 4, 3, 2, 1), (28, 44, 16, 8, 4))[0]),
                "answer": random.choice(_WORDS),
                "answered_on": day,
            }
            for question, factor in sorted(_QUESTIONS)
        ]
    return rows


def _suggestions(buyers: list[Row], random: Random) -> list[Row]:
    rows = []
    for number, day in enumerate(sorted(_past(random, 700) for _ in range(32)), start=1):
        about, text = random.choice(_SUGGESTIONS)
        gates = [random.random() < chance for chance in (0.9, 0.7, 0.95)]
        decided = day < TODAY - timedelta(days=30)
        named = zip(("fits_brand", "feasible", "no_conflict"), gates, strict=True)
        rows.append(
            {
                "suggestion_id": f"G-{number:03}",
                "customer_id": random.choice(buyers)["customer_id"],
                "given_on": str(day),
                "about": about,
                "text": text,
                **({gate: "yes" if passed else "no" for gate, passed in named} if decided else {}),
                "decided_on": str(day + timedelta(days=random.randint(5, 30))) if decided else "",
                "decision": ("taken" if all(gates) else random.choice(("later", "declined"))) if decided else "",
            }
        )
    return rows


def _with_ideas(rows: list[Row]) -> list[Row]:
    """The ideas for gatherings in words of their own; of those that passed the first was taken, others want votes."""
    ideas = [row for row in rows if row["about"] == "event"]
    for row, text in zip(ideas, _IDEAS, strict=True):
        row["text"] = text
    for row in [row for row in ideas if row["decision"] == "taken"][1:]:
        row["decision"] = "later"
    return rows


def _votes(buyers: list[Row], random: Random) -> list[Row]:
    """What sixty guests of the house would come to, as the poll at the receiver says it: each a yes or a no."""
    polled = (("G-007", 0.6), ("G-010", 0.75), ("G-011", 0.3), ("G-019", 0.45))
    return [
        {
            "survey": _POLL,
            "customer_id": person["customer_id"],
            "question": number,
            "answer": "yes" if random.random() < chance else "no",
            "answered_on": str(TODAY - timedelta(days=random.randint(2, 20))),
        }
        for person in sorted(random.sample(buyers[2:], 60), key=lambda row: row["customer_id"])
        for number, chance in polled
    ]


def _promises(buyers: list[Row], random: Random) -> list[Row]:
    rows = []
    for number, day in enumerate(sorted(_past(random, 300) for _ in range(60)), start=1):
        person = random.choice(buyers)
        promise, days = random.choice(_PROMISES)
        due = day + timedelta(days=days)
        kept = due - timedelta(days=random.randint(-1, days - 1))
        done = kept <= TODAY and random.random() < 0.93
        rows.append(
            {
                "promise_id": f"V-{number:03}",
                "customer_id": person["customer_id"],
                "adviser_id": person["adviser_id"],
                "promise": promise,
                "made_on": str(day),
                "due_on": str(due),
                "kept_on": str(kept) if done else "",
                "proof": random.choice(("call noted", "letter sent", "parcel sent")) if done else "",
            }
        )
    return rows


def _loans(buyers: list[Row], random: Random) -> list[Row]:
    """Umbrellas, lent on rainy days for five euro."""
    rows = []
    for number, day in enumerate(sorted(_past(random, 500) for _ in range(40)), start=1):
        person = random.choice(buyers)
        back = day + timedelta(days=random.randint(1, 40))
        rows.append(
            {
                "loan_id": f"L-{number:03}",
                "customer_id": person["customer_id"],
                "store_id": person["store_id"],
                "item": "umbrella",
                "deposit": "5.00",
                "lent_on": str(day),
                "returned_on": str(back) if back <= TODAY and random.random() < 0.9 else "",
            }
        )
    return rows


def _past(random: Random, days: int) -> date:
    return TODAY - timedelta(days=random.randint(1, days))
