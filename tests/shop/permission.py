"""What the customers of the sample shop allowed and refused, and how they answered to campaigns."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from random import Random
from unicodedata import normalize

from tests.shop.people import TODAY
from tests.shop.places import Row

# channel, the field without which nobody can agree to it, the share of a thousand who agreed
_PROMOTION = (("call", "phone", 60), ("card", "street", 220), ("mail", "email", 640), ("text", "phone", 365))
_CAMPAIGNS = (
    ("autumn-colours-2025", "mail", "2025-09-25"), ("members-prices-2025", "mail", "2025-11-12"),
    ("spring-linen-2026", "mail", "2026-03-18"), ("summer-throws-2026", "text", "2026-06-10"),
)  # fmt: skip
_REASONS = {
    "mail": ("unsubscribed", "bounced", "complained"),
    "text": ("unsubscribed",),
    "card": ("moved", "erased"),
}


def permissions(seed: str, people: list[Row]) -> dict[str, list[Row]]:
    """The tables consents, suppressions and responses."""
    random = Random(f"{seed}:permission")
    consents = [row for person in people for row in _consents(person, random)]
    return {
        "consents": consents,
        "suppressions": _suppressions(people, random),
        "responses": _responses(consents, random),
    }


def _consents(person: Row, random: Random) -> list[Row]:
    """The two of the README's walk agreed to letters and cards; one in fifteen consents was withdrawn."""
    fixed = {"C-00001": {"card", "mail", "text"}, "C-00002": {"mail"}}.get(person["customer_id"])
    rows = []
    for channel, field, share in _PROMOTION:
        agreed = channel in fixed if fixed is not None else random.randrange(1000) < share
        if not agreed or not person[field]:
            continue
        since = date.fromisoformat(person["member_since"])
        given = since + timedelta(days=random.randint(0, min(90, (TODAY - since).days)))
        withdrawn = fixed is None and random.random() < 0.065
        rows.append(
            {
                "customer_id": person["customer_id"],
                "channel": channel,
                "purpose": "promotion",
                "status": "withdrawn" if withdrawn else "given",
                "basis": "consent",
                "source": random.choice(("shop", "web", "web", "card", "event")),
                "given_on": str(given),
                "withdrawn_on": str(given + timedelta(days=random.randint(0, (TODAY - given).days)))
                if withdrawn
                else "",
                "wording": "news-and-offers-1" if given < date(2024, 6, 1) else "news-and-offers-2",
            }
        )
    return rows


def _suppressions(people: list[Row], random: Random) -> list[Row]:
    """Eight e-mail addresses, four telephones, three postal addresses; the README's two are not among them."""
    reach = {
        "mail": [address_hash(row["email"].strip().lower()) for row in people[40:] if row["email"]],
        "text": [address_hash(row["phone"].replace(" ", "")) for row in people[40:] if row["phone"]],
        "card": [address_hash(_postal(row)) for row in people[40:] if row["street"]],
    }
    rows = [
        {
            "channel": channel,
            "address_hash": hashed,
            "reason": random.choice(_REASONS[channel]),
            "since": str(TODAY - timedelta(days=random.randint(10, 600))),
        }
        for channel, count in (("card", 3), ("mail", 8), ("text", 4))
        for hashed in random.sample(reach[channel], count)
    ]
    return sorted(rows, key=lambda row: (row["channel"], row["address_hash"]))


def address_hash(address: str) -> str:
    """SHA-256 in hex of an address already normalised as sitegen.model.permission_tables says."""
    return sha256(normalize("NFC", address).encode()).hexdigest()


def _postal(row: Row) -> str:
    return "|".join(" ".join(row[field].lower().split()) for field in ("street", "postcode", "country"))


def _responses(consents: list[Row], random: Random) -> list[Row]:
    """What the past campaigns brought: most letters lie unanswered, a fifth are taken up."""
    rows = []
    for campaign, channel, day in _CAMPAIGNS:
        sent = date.fromisoformat(day)
        asked = [row for row in consents if row["channel"] == channel and row["given_on"] < day]
        for row in asked:
            if row["withdrawn_on"] and row["withdrawn_on"] < day:
                continue
            answer = random.choices(("ignored", "accepted", "refused", "bounced"), (74, 20, 4, 2))[0]
            rows.append(
                {
                    "campaign": campaign,
                    "customer_id": row["customer_id"],
                    "channel": channel,
                    "answer": answer,
                    "day": str(sent + timedelta(days=0 if answer == "bounced" else random.randint(0, 9))),
                }
            )
    return rows
