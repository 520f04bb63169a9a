"""The nine steps of the sample shop's complaints: when each was taken, by whom, and what proves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from sitegen.model.desk_tables import STEPS
from tests.shop.apologies import (
    ASKED_AGAIN,
    CAUSES,
    CHINESE,
    CLOSING,
    CONTENT,
    DRIVER,
    DRIVER_AGAIN,
    EXPLAINED,
    LESSONS,
    MECHANICAL,
    MENDED,
    NOT_CONTENT,
    OLD_LESSONS,
    OPINIONS,
    SORRY,
    TALKED,
    TOLD,
)
from tests.shop.people import TODAY
from tests.shop.places import Row

_PACE = (0, 1, 1, 3, 4, 7, 9, 12)
"""Days after the beginning by which the first eight steps are taken where there is time: 12 days at most."""
_HEADS = {"shanghai": "A-01", "suzhou": "A-01", "hamburg": "A-05", "rotterdam": "A-07"}
_CLOSED_BY = str(TODAY - timedelta(days=20))
_STALLED = {"B-057": 2}
"""Days after the beginning of the last step that was taken: this one has waited ever since."""
_WORDS = {"B-056": DRIVER, "B-060": CHINESE, "B-063": MECHANICAL, "B-064": DRIVER_AGAIN}
"""Apologies that are not drawn: two that are nearly the same, a Chinese one, and one that nobody meant."""
_WITHOUT_STEPS = frozenset({"B-061", "B-065"})
"""One has just come; of the other the file claims more than anybody can show."""
_EVIDENCE_SINCE = "2026-04-01"
"""Before that day nobody wrote down what proves a step."""
_NAMES = ("complaint_id", "customer_id", "order_id", "adviser_id", "opened_on", "channel", "factor", "text", "step",
          "compensation", "solved_on", "satisfied")  # fmt: skip
_LATEST = """
B-061|C-00619|O-08860|A-08|2026-09-08|mail|quality|One corner is lighter than the rest, as if the sun had seen it.||||
B-062|C-00586|O-08735|A-08|2026-09-07|call|delivery-speed|Promised for Tuesday, and it came on Friday.|talk|||
B-063|C-00107|O-08810|A-01|2026-09-06|text|added-value|礼盒里没有卡片，我不知道怎么送人。|apologise|||
B-064|C-01012|O-08670|A-05|2026-08-27|call|courier-attitude|He shouted up the stairs he had no time for old people.\
|result|lavender sachets|2026-09-05|no
B-065|C-00144|O-08755|A-05|2026-09-02|mail|slow-response|Two letters, and no answer to either.|analyse|||
B-066|C-00685|O-08430|A-02|2026-08-03|shop|quality|洗了一次，被角就开线了。|feedback|a new cushion|2026-08-08|no
"""


def complaint_desk(seed: str, people: Sequence[Row], complaints: Sequence[Row]) -> dict[str, list[Row]]:
    """The tables complaints, now with lessons and nothing old left unasked, and complaint_steps."""
    random = Random(f"{seed}:complaint desk")
    stores = {row["customer_id"]: row["store_id"] for row in people}
    latest = [dict(zip(_NAMES, line.split("|"), strict=True)) for line in _LATEST.strip().splitlines()]
    told = [_asked_again(row) for row in [*complaints, *latest]]
    for row, lesson in _cases(told):
        row["lesson"] = lesson
    steps = [
        step
        for number, row in enumerate(told)
        if row["opened_on"] >= _EVIDENCE_SINCE and row["complaint_id"] not in _WITHOUT_STEPS
        for step in _steps(row, number, _HEADS[stores[row["customer_id"]]], random)
    ]
    return {"complaints": told, "complaint_steps": steps}


def _asked_again(row: Row) -> Row:
    """Of what was solved three weeks ago and before, customers were asked how it went on."""
    return row | {"step": "feedback"} if row["solved_on"] and row["solved_on"] <= _CLOSED_BY else dict(row)


def _cases(complaints: Sequence[Row]) -> list[tuple[Row, str]]:
    """For each factor the latest complaint that is closed, and the first ones of all, with what was learnt."""
    latest = {row["factor"]: row for row in complaints if row["step"] == "feedback"}
    return [*zip(complaints, OLD_LESSONS, strict=False), *((row, LESSONS[row["factor"]]) for row in latest.values())]


def _steps(complaint: Row, number: int, head: str, random: Random) -> list[Row]:
    """Those up to the last one done; who is not content hears the final opinion of the head of the region."""
    rows = []
    for step in STEPS[: STEPS.index(complaint["step"]) + 1]:
        row = {
            "complaint_id": complaint["complaint_id"],
            "step": step,
            "done_on": str(_day(step, complaint, random)),
            "adviser_id": complaint["adviser_id"],
            "evidence": _evidence(step, complaint, number),
        }
        if step == "result":
            row["satisfied"] = complaint["satisfied"]
            if complaint["satisfied"] == "no":
                row |= {"opinion_by": head, "opinion": OPINIONS[number % len(OPINIONS)]}
        rows.append(row)
    return rows


def _day(step: str, complaint: Row, random: Random) -> date:
    opened = date.fromisoformat(complaint["opened_on"])
    if step == "feedback":
        asked = date.fromisoformat(complaint["solved_on"]) + timedelta(days=random.randint(3, 8))
        return min(asked, TODAY)
    last = date.fromisoformat(complaint["solved_on"]) if complaint["solved_on"] else TODAY
    most = _STALLED.get(complaint["complaint_id"], (last - opened).days)
    pace = _PACE[STEPS.index(step)]
    return opened + timedelta(days=min(pace, most) if not complaint["solved_on"] else pace * most // _PACE[-1])


def _evidence(step: str, complaint: Row, number: int) -> str:
    factor = complaint["factor"]
    content = CONTENT[number % len(CONTENT)] if complaint["satisfied"] == "yes" else NOT_CONTENT
    return {
        "listen": TOLD[factor],
        "talk": TALKED[number % len(TALKED)],
        "apologise": _WORDS.get(complaint["complaint_id"]) or _apology(factor, number),
        "analyse": CAUSES[factor],
        "explain": EXPLAINED[number % len(EXPLAINED)],
        "process": MENDED[factor],
        "compensate": f"{complaint['compensation'].capitalize()}, with a line by hand.",
        "result": content,
        "feedback": ASKED_AGAIN[number % len(ASKED_AGAIN)],
    }[step]


def _apology(factor: str, number: int) -> str:
    variants = SORRY[factor]
    return f"{variants[number % len(variants)]} {CLOSING[number // len(variants) % len(CLOSING)]}"
