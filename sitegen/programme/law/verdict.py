"""Judge all messages of a shop together: what stops it, what is only told, which exceptions nothing needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.errors import LAW, Problem
from sitegen.model.channel import Kind, MessageClass
from sitegen.model.law import Excuse, Law, Level, Piece, Writing
from sitegen.programme.law.judge import Finding, Selling, findings, pictures
from sitegen.programme.law.likeness import alike
from sitegen.programme.law.prose import folded

SELLING = frozenset({Kind.PROMOTION, Kind.NEWS})
NAMES = {
    Kind.APOLOGY: "apology",
    Kind.BUSINESS_CARD: "business card",
    Kind.GIFT: "gift's card",
    Kind.LETTER: "letter",
    Kind.MEMBERSHIP: "membership card",
    Kind.SURVEY: "survey",
    Kind.THANKS: "word of thanks",
}
"""Kinds whose messages have a name of their own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may not be sent, and what somebody should know, each with its place."""

    mistakes: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def judge(writings: Iterable[Writing], law: Law) -> Verdict:
    """The verdict on all writings of a shop."""
    everything = tuple(writings)
    known = dict(law.characters)
    found = [*_all(everything, law, known), *alike(everything, law)]
    excuses = {finding: _excuse(finding, law.excuses, known) for finding in found}
    told = tuple(_told([finding for finding, excuse in excuses.items() if excuse is None]))
    stops = {_problem(finding) for finding in told if _stops(finding)}
    warned = {_problem(finding) for finding in told} - stops
    used = set(excuses.values())
    unused = {_unused(excuse) for excuse in law.excuses if excuse not in used}
    return Verdict(tuple(sorted(stops)), tuple(sorted(warned | unused | set(_lawless(everything, law)))))


def _all(writings: tuple[Writing, ...], law: Law, known: Mapping[str, str]) -> Iterator[Finding]:
    sell = [one for one in writings if one.kind in SELLING]
    selling = Selling(
        campaigns=frozenset(one.id for one in writings if one.message_class is MessageClass.PROMOTION),
        pictures=frozenset(picture for one in sell for picture in pictures(one, known)),
    )
    for writing in writings:
        yield from findings(writing, law, selling)


def _excuse(finding: Finding, excuses: tuple[Excuse, ...], known: Mapping[str, str]) -> Excuse | None:
    return next((excuse for excuse in excuses if _excused(finding, excuse, known)), None)


def _excused(finding: Finding, excuse: Excuse, known: Mapping[str, str]) -> bool:
    """Whether the words lie inside the phrase that may be said, as it stands in the text."""
    if excuse.rule != finding.rule.id or excuse.file not in {
        "",
        finding.writing.id,
        finding.place.file.removeprefix("content/"),
    }:
        return False
    if not excuse.phrase:
        return True
    return folded(" ".join(finding.words.split()), known) in folded(excuse.phrase, known) and _stands(
        finding, excuse, known
    )


def _stands(finding: Finding, excuse: Excuse, known: Mapping[str, str]) -> bool:
    if finding.piece is None:
        return True
    around = finding.piece.text[max(0, finding.start - len(excuse.phrase)) : finding.end + len(excuse.phrase)]
    return _even(excuse.phrase, known) in _even(around, known)


def _even(text: str, known: Mapping[str, str]) -> str:
    return "".join(folded(text, known).replace("*", "").replace("_", "").split())


def _told(found: list[Finding]) -> Iterator[Finding]:
    """Each of the findings, but of several about the same words only the one that says most."""
    near: defaultdict[Piece | None, list[Finding]] = defaultdict(list)
    for finding in found:
        near[finding.piece].append(finding)
    for piece, all_here in near.items():
        yield from (one for one in all_here if piece is None or not _said_already(one, all_here))


def _said_already(finding: Finding, found: list[Finding]) -> bool:
    """Whether another finding in the same piece says more; of two about the same words, the first one is told."""
    near = [one for one in found if _stops(one) or not _stops(finding)]
    around = [one for one in near if one.start <= finding.start and finding.end <= one.end]
    return any((one.start, one.end) != (finding.start, finding.end) for one in around) or around[0] is not finding


def _stops(finding: Finding) -> bool:
    return finding.rule.level is Level.ERROR and not finding.writing.draft


def _problem(finding: Finding) -> Problem:
    rule = finding.rule
    said = {"{words}": finding.words, "{message}": _named(finding.writing)}
    message, hint = rule.message, rule.hint
    for key, value in said.items():
        message, hint = message.replace(key, value), hint.replace(key, value)
    return finding.place.problem(LAW + rule.id, message, hint)


def _named(writing: Writing) -> str:
    """The kind of message with its article: "a birthday message", "an apology"."""
    free = " that does not sell" if writing.kind is Kind.EVENT and writing.message_class is MessageClass.CARE else ""
    article = "an" if writing.kind in {Kind.EVENT, Kind.APOLOGY} else "a"
    return f"{article} {NAMES.get(writing.kind, f'{writing.kind} message')}{free}"


def _unused(excuse: Excuse) -> Problem:
    return excuse.place.problem(
        "unused-exception", "nothing needs this exception to the message law any more", "remove it"
    )


def _lawless(writings: tuple[Writing, ...], law: Law) -> Iterator[Problem]:
    """Languages that nobody wrote phrases for: told once each, where the first such message is."""
    known = {tongue.language for tongue in law.tongues}
    if any(tongue.own for tongue in law.tongues):
        return
    first: dict[str, Writing] = {}
    for writing in writings:
        base = writing.language.partition("-")[0]
        if base not in known:
            first.setdefault(base, writing)
    for language, writing in first.items():
        message = f"no phrases of the message law are in '{language}': only figures, links and pictures are looked at"
        yield writing.place.problem("no-law", message, "write your own below 'add' in content/law.yaml")
