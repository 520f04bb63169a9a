"""Find the segments that nobody can be in, without looking at any customer. Only certain cases are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.language.references import in_order
from sitegen.audience.language.words import in_words
from sitegen.audience.reading.exclusions import excludes, implies, never
from sitegen.errors import Problem
from sitegen.model.rule import All, Any, Condition, None_, Rule, SegmentIs, TextIs
from sitegen.model.segment import EVERYONE, OWNER, STAFF, Segment


@dataclass(frozen=True, slots=True)
class Claim:
    """A condition that must hold, or must not (`holds` False), for whoever is in the segment.

    `strict`: a missing value makes it false, because its segment does not let in those of whom nothing is known.
    """

    leaf: Condition | SegmentIs
    holds: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that can't both be true of a customer; the same one twice where it alone can't be true."""

    first: Claim
    second: Claim


@dataclass(frozen=True, slots=True)
class _Claims:
    """What must hold: single claims, and choices of which one rule each must hold."""

    single: tuple[Claim, ...] = ()
    choices: tuple[tuple[Rule, ...], ...] = ()

    def and_(self, other: _Claims) -> _Claims:
        return _Claims(self.single + other.single, self.choices + other.choices)


def check_reachable(segments: tuple[Segment, ...]) -> tuple[Problem, ...]:
    """A problem for each segment that nobody can be in; the segments have passed check_references."""
    by_id = {segment.id: segment for segment in segments}
    empty: dict[str, Clash] = {}
    for layer in in_order(segments):
        for segment in layer:
            strict = segment.unknown != "include"
            clash = _clash(_claims(segment.rule, strict), strict, _Others(by_id, frozenset(empty)))
            if clash is not None:
                empty[segment.id] = clash
    return tuple(_problem(by_id[name], clash) for name, clash in empty.items())


@dataclass(frozen=True, slots=True)
class _Others:
    """The other segments, and the names of those in which nobody can be."""

    by_id: Mapping[str, Segment]
    empty: frozenset[str]


def _clash(claims: _Claims, strict: bool, others: _Others) -> Clash | None:
    """Two claims that exclude each other; where no way of a choice is open, those that close its first way."""
    single = _followed(claims.single, others)
    clash = _between(single, others)
    if clash is not None:
        return clash
    for ways in claims.choices:
        clashes = [_clash(_Claims(single).and_(_claims(way, strict)), strict, others) for way in ways]
        if clashes and all(clash is not None for clash in clashes):
            return clashes[0]
    return None


def _claims(rule: Rule, strict: bool, holds: bool = True) -> _Claims:
    """What must hold so that the rule holds, or (`holds` False) so that it does not."""
    match rule:
        case Condition():
            return _Claims((Claim(rule, holds, strict),))
        case SegmentIs():
            plain = SegmentIs(rule.segment, rule.place)
            return _Claims((Claim(plain, holds != rule.negated, strict),))
        case Any():
            return _Claims(choices=(rule.parts,)) if holds else _each(rule.parts, strict, holds=False)
        case None_():
            return _each(rule.parts, strict, holds=False) if holds else _Claims(choices=(rule.parts,))
        case All():
            # That not all of them hold is a choice between the parts not holding; nobody writes that.
            return _each(rule.parts, strict, holds=True) if holds else _Claims()


def _each(parts: tuple[Rule, ...], strict: bool, holds: bool) -> _Claims:
    claims = _Claims()
    for part in parts:
        claims = claims.and_(_claims(part, strict, holds))
    return claims


def _followed(claims: tuple[Claim, ...], others: _Others) -> tuple[Claim, ...]:
    """The claims, and those that follow from them because of the segments that they name, each once."""
    known: dict[Claim, None] = {}
    waiting = list(claims)
    for claim in waiting:
        if claim not in known:
            known[claim] = None
            waiting += _following(claim, others)
    return tuple(known)


def _following(claim: Claim, others: _Others) -> tuple[Claim, ...]:
    match claim.leaf:
        case SegmentIs(segment=name, place=place) if name in (STAFF, OWNER):
            return (Claim(Condition(CATALOGUE["class"], TextIs(name), place), claim.holds, True),)
        case SegmentIs(segment=name) if claim.holds and name in others.by_id and name not in others.empty:
            segment = others.by_id[name]
            return _claims(segment.rule, segment.unknown != "include").single
    return ()


def _between(claims: tuple[Claim, ...], others: _Others) -> Clash | None:
    """The first claim that can't be true, or the first two that can't be true together."""
    about: dict[str, list[Claim]] = {}
    for claim in claims:
        if _is_false(claim, others):
            return Clash(claim, claim)
        same = about.setdefault(_subject(claim), [])
        for earlier in same:
            if _exclude(earlier, claim):
                return Clash(earlier, claim)
        same.append(claim)
    return None


def _subject(claim: Claim) -> str:
    leaf = claim.leaf
    return f"segment {leaf.segment}" if isinstance(leaf, SegmentIs) else f"fact {leaf.fact.column}"


def _is_false(claim: Claim, others: _Others) -> bool:
    match claim.leaf:
        case SegmentIs(segment=name):
            return name in others.empty if claim.holds else name == EVERYONE
        case Condition(fact=fact, phrase=phrase):
            return claim.holds and claim.strict and never(fact, phrase)


def _exclude(one: Claim, other: Claim) -> bool:
    """Whether two claims about the same fact, or the same segment, can't both be true."""
    if not (isinstance(one.leaf, Condition) and isinstance(other.leaf, Condition)):
        return one.holds != other.holds
    fact, first, second = one.leaf.fact, one.leaf.phrase, other.leaf.phrase
    if one.holds and other.holds:
        return excludes(fact, first, second, one.strict and other.strict)
    if one.holds == other.holds:
        return False
    if first == second and one.strict == other.strict:
        return True
    return one.strict and implies(fact, first, second) if one.holds else other.strict and implies(fact, second, first)


def _problem(segment: Segment, clash: Clash) -> Problem:
    who = f"nobody can be in '{segment.id}'" if segment.named else "nobody can be among these readers"
    places = dict.fromkeys(_where(segment, claim) for claim in (clash.first, clash.second))
    message, hint = f"{who}: {_reason(clash)}", f"look at {' and '.join(places)}"
    if clash.first is not clash.second:
        hint += "; where one of them is enough, write them below 'any:'"
    return segment.place.problem("unreachable-segment", message, hint)


def _reason(clash: Clash) -> str:
    leaf = clash.first.leaf
    if clash.first is not clash.second:
        return f"these exclude each other: {_words(clash.first)}; {_words(clash.second)}"
    if isinstance(leaf, Condition):
        return f"this is never true: {_words(clash.first)}"
    return f"nobody can be in '{leaf.segment}'" if clash.first.holds else f"everybody is in '{leaf.segment}'"


def _words(claim: Claim) -> str:
    return in_words(claim.leaf if claim.holds else None_((claim.leaf,)))


def _where(segment: Segment, claim: Claim) -> str:
    place = claim.leaf.place
    return f"line {place.line}" if place.file == segment.place.file else f"{place.file}:{place.line}"
