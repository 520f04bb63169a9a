"""Say what the rules of service lack: what returns leave open, vague standards, a complaint that nobody hears."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.errors import Problem
from sitegen.model.page import Page
from sitegen.model.service import Complaints, Returns, Standard
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.programme.law.prose import prose
from sitegen.programme.service.readability import PLAIN, reading

MOST_STEPS = 6
"""Steps of the way back; more are tough: "If ... obscure or tough ... move elsewhere"."""
NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|every|each|always|never|nobody|everybody|all|no)\b"
    r"|[一二两三四五六七八九十每全]|(从不|总是|始终|绝不|任何)"
)
"""What makes a minimum clear: a number, or a word that leaves no exception."""


def returns_findings(returns: Returns) -> Iterator[Problem]:
    """What customers would have to ask about sending something back, each a finding."""
    open_questions = {
        "within": (returns.within, "until when something may come back"),
        "condition": (returns.condition, "in which state it may come back"),
        "pays": (returns.pays, "who pays the way back"),
        "steps": (returns.steps, "what to do, step by step"),
        "refund": (returns.refund, "when the money is back"),
        "page": (returns.page, "which page tells customers"),
    }
    for key, (said, question) in open_questions.items():
        if not said:
            yield returns.place.problem("open-return", f"'returns' does not say {question}", f"add '{key}'")
    if len(returns.steps) > MOST_STEPS:
        message = f"sending something back takes {len(returns.steps)} steps"
        yield returns.place.problem(
            "long-return", message, f"make it {MOST_STEPS} at most: who finds it hard goes away"
        )


def standard_findings(standards: Iterable[Standard]) -> Iterator[Problem]:
    """Standards that nobody could hold anybody to, or of which nobody will know whether they hold."""
    for standard in standards:
        if standard.within is None and not NUMBER.search(standard.minimum.casefold()):
            message = f"the least of the standard '{standard.title}' names no number and no time"
            hint = "add 'within', or say how much: standards must be clear and specific"
            yield standard.place.problem("vague-standard", message, hint)
        if not standard.measure:
            message = f"nobody finds out whether the standard '{standard.title}' holds"
            yield standard.place.problem("unmeasured-standard", message, "add 'measure': how the house finds out")


def complaint_findings(complaints: Complaints, shop: Shop) -> Iterator[Problem]:
    """What makes it hard to complain."""
    lacking = {
        "channels": (complaints.channels, "'complaints' names no way by which one may complain", "add 'channels'"),
        "answer": (complaints.answer, "'complaints' does not say by when a person answers", "add 'answer'"),
        "page": (complaints.page, "'complaints' does not say which page tells customers", "add 'page'"),
        "hotline": (
            shop.hotline.name and shop.hotline.phone,
            "no third party stands by those who complain",
            "name a consumer complaint line as 'hotline' in site.yaml",
        ),
    }
    for said, message, hint in lacking.values():
        if not said:
            yield complaints.place.problem("hard-complaint", message, hint)
    if "call" in complaints.channels and not shop.phone:
        message = "one may complain by call, and site.yaml names no telephone"
        yield complaints.place.problem("hard-complaint", message, "add 'phone' to site.yaml")


def page_findings(pages: Iterable[Page], wanted: Iterable[str], shop: Shop) -> Iterator[Problem]:
    """Pages of rules, and their translations, that are hard to read; `wanted` are their ids."""
    ids = frozenset(wanted)
    for page in pages:
        if page.id in ids or page.original in ids:
            text = "\n".join(prose(block.markdown, {}).text for block in page.body.blocks)
            yield from text_findings(text, page.language or shop.language, page.place)


def text_findings(text: str, language: str, place: Place) -> Iterator[Problem]:
    """What is hard to read in a text without markup."""
    found = reading(text, language)
    hint = "make two of it, or more" if len(found.long) == 1 else "make two of each, or more"
    if found.long:
        first = found.long[0]
        shown = first if len(first) <= 40 else first[:40].rsplit(" ", 1)[0] + " ..."
        many = "a sentence is too long" if len(found.long) == 1 else f"{len(found.long)} sentences are too long"
        yield place.problem("hard-reading", f"{many} for rules: '{shown}'", hint)
    if found.ease is not None and found.ease < PLAIN:
        message = f"this is hard to read: its reading ease is {found.ease:.0f}, and {PLAIN} is the least for rules"
        yield place.problem("hard-reading", message, "write shorter sentences and shorter words")


def service_text(returns: Returns | None, complaints: Complaints | None) -> str:
    """All that the rules say in words of their own, a line each."""
    lines: list[str] = []
    if returns:
        lines += [returns.condition, *returns.steps, *returns.exceptions]
    if complaints:
        lines += [complaints.invite, *complaints.steps]
    return "\n".join(line for line in lines if line)
