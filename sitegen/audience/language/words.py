"""Say a rule in plain English words."""

from __future__ import annotations

from decimal import Decimal

from sitegen.audience.language.events import EVENTS, is_event
from sitegen.model import rule
from sitegen.model.rule import All, Any, Condition, CountOf, None_, Phrase, Rule, SegmentIs, Unit, leaves
from sitegen.model.segment import Segment

EVENTS_BY_WORD = {event.word: event for event in EVENTS}
CUSTOMER = "you are one of our customers"
"""The reason of what is for everybody."""
IN_GROUP = "you belong to our group '{group}'"
"""The reason of a segment without words of its own; {group} is its title."""


def in_words(said: Rule) -> str:
    """The rule as one sentence part: "last order within the last 365 days and not (class is 'staff')".

    Rules with different meanings never have the same words.
    """
    match said:
        case Condition():
            return condition_in_words(said)
        case SegmentIs():
            return f"{'not ' if said.negated else ''}in the segment '{said.segment}'"
        case All():
            return " and ".join(map(_inside, said.parts)) if said.parts else "everybody"
        case Any():
            return " or ".join(map(_inside, said.parts)) if said.parts else "nobody"
        case None_():
            return f"not ({' or '.join(map(_inside, said.parts))})"


def condition_in_words(condition: Condition) -> str:
    """One condition: "orders at least 2", "ordered at least 1 time within the last 8 days"."""
    definition = condition.fact.definition
    if is_event(condition.fact) and isinstance(definition, CountOf):
        return _event(condition, definition)
    return f"{condition.fact.name} {phrase_in_words(condition.phrase)}"


def reason(segment: Segment, segments: tuple[Segment, ...] = ()) -> str:
    """What stands after "because": the segment's own words.

    A rule on the spot borrows them from the first of `segments` that it asks its readers to be in; a segment
    without words is called by its title.
    """
    if segment.why:
        return segment.why
    if segment.named:
        return IN_GROUP.replace("{group}", segment.title)
    words = {named.id: named.why for named in segments}
    asked = (leaf.segment for leaf in leaves(segment.rule) if isinstance(leaf, SegmentIs) and not leaf.negated)
    return next((words[name] for name in asked if words.get(name)), CUSTOMER)


def group_in(reason: str) -> str:
    """The title in a reason that is IN_GROUP, "" in any other."""
    before, _, after = IN_GROUP.partition("{group}")
    is_that = reason.startswith(before) and reason.endswith(after)
    return reason[len(before) : len(reason) - len(after)] if is_that else ""


def phrase_in_words(phrase: Phrase) -> str:
    """The phrase after the name of the fact."""
    match phrase:
        case rule.AtLeast() | rule.MoreThan() | rule.AtMost() | rule.LessThan() | rule.NumberIs() | rule.Between():
            return _number_phrase(phrase)
        case rule.TopPercent() | rule.TopCount() | rule.TopBringing():
            return _rank_phrase(phrase)
        case rule.HasAny() | rule.HasAll() | rule.HasNone():
            return _list_phrase(phrase)
        case rule.WithinLast() | rule.MoreThanAgo() | rule.WithinNext() | rule.IsDay() | rule.ThisMonth():
            return _period_phrase(phrase)
        case rule.Before() | rule.After() | rule.On() | rule.YesNo() | rule.IsKnown() | rule.IsEmpty():
            return _short_phrase(phrase)
        case _:
            return _text_phrase(phrase)


def _inside(part: Rule) -> str:
    """A part of a group; a group inside a group stands in brackets."""
    words = in_words(part)
    return f"({words})" if isinstance(part, All | Any) else words


def _event(condition: Condition, definition: CountOf) -> str:
    """How often, when, and with which properties; what the word itself means of the rows is not said again."""
    fixed = EVENTS_BY_WORD[condition.fact.name].fixed if condition.fact.name in EVENTS_BY_WORD else ()
    parts = [condition.fact.name, _times(condition.phrase)]
    if definition.period:
        parts.append(phrase_in_words(definition.period).removeprefix("is "))
    asked = [condition_in_words(one) for one in definition.where[len(fixed) :]]
    if asked:
        both = " and ".join(asked)
        parts.append(f"with {both}" if len(asked) == 1 else f"with ({both})")
    return " ".join(parts)


def _times(phrase: Phrase) -> str:
    match phrase:
        case rule.NumberIs(number):
            words = f"exactly {_number(number)}" if number else "not once"
        case _:
            words = phrase_in_words(phrase)
    if words == "not once":
        return words
    return f"{words} {'time' if words.endswith(' 1') else 'times'}"


def _number_phrase(phrase: rule.NumberPhrase) -> str:
    match phrase:
        case rule.AtLeast():
            return f"at least {_number(phrase.number)}"
        case rule.MoreThan():
            return f"more than {_number(phrase.number)}"
        case rule.AtMost():
            return f"at most {_number(phrase.number)}"
        case rule.LessThan():
            return f"less than {_number(phrase.number)}"
        case rule.Between():
            return f"between {_number(phrase.low)} and {_number(phrase.high)}"
        case rule.NumberIs():
            return f"is {_number(phrase.number)}"


def _rank_phrase(phrase: rule.RankPhrase) -> str:
    match phrase:
        case rule.TopPercent():
            return f"among the top {_number(phrase.percent)}%"
        case rule.TopCount():
            return f"among the top {phrase.count} customers"
        case rule.TopBringing():
            return f"among the top customers bringing {_number(phrase.percent)}%"


def _period_phrase(phrase: rule.PeriodPhrase) -> str:
    match phrase:
        case rule.WithinLast():
            return f"within the last {_span(phrase.count, phrase.unit)}"
        case rule.MoreThanAgo():
            return f"more than {_span(phrase.count, phrase.unit)} ago"
        case rule.WithinNext():
            return f"within the next {_span(phrase.count, phrase.unit)}"
        case rule.IsDay():
            return f"is {('yesterday', 'today', 'tomorrow')[phrase.offset + 1]}"
        case rule.ThisMonth():
            return "this month"


def _short_phrase(phrase: rule.DayPhrase | rule.YesNo | rule.KnownPhrase) -> str:
    match phrase:
        case rule.Before():
            return f"before {phrase.day.isoformat()}"
        case rule.After():
            return f"after {phrase.day.isoformat()}"
        case rule.On():
            return f"on {phrase.day.isoformat()}"
        case rule.YesNo():
            return "yes" if phrase.value else "no"
        case rule.IsKnown():
            return "is known"
        case rule.IsEmpty():
            return "is not known"


def _text_phrase(phrase: rule.TextPhrase) -> str:
    match phrase:
        case rule.TextIs():
            return f"is {'not ' if phrase.negated else ''}{_quoted(phrase.text)}"
        case rule.OneOf():
            return f"is one of {_texts(phrase.texts)}"
        case rule.Contains():
            return f"contains {_quoted(phrase.text)}"
        case rule.StartsWith():
            return f"starts with {_quoted(phrase.text)}"
        case rule.EndsWith():
            return f"ends with {_quoted(phrase.text)}"
        case rule.MatchesDomain():
            return f"is at the domain {_quoted(phrase.domain)}"


def _list_phrase(phrase: rule.ListPhrase) -> str:
    match phrase:
        case rule.HasAny():
            return f"has any of {_texts(phrase.texts)}"
        case rule.HasAll():
            return f"has all of {_texts(phrase.texts)}"
        case rule.HasNone():
            return f"has none of {_texts(phrase.texts)}"


def _number(number: Decimal) -> str:
    """Without zeros at the end: 3000, 2.5."""
    return f"{number.normalize():f}"


def _span(count: int, unit: Unit) -> str:
    return f"{count} {unit.value.removesuffix('s') if count == 1 else unit.value}"


def _texts(texts: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, texts))


def _quoted(text: str) -> str:
    """In quotes; a quote inside is doubled, so that the end of the text is never in doubt."""
    return "'" + text.replace("'", "''") + "'"
