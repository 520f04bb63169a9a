"""Show why a customer is in a segment, or why not, as a tree and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from sitegen.audience.language.words import condition_in_words, in_words
from sitegen.audience.selection.explain import Answer, Explanation, Followed, Group, Known, Part, Standing, deciding
from sitegen.build.segment_tests import Tested
from sitegen.cli.console import console
from sitegen.cli.segment_tables import spoken
from sitegen.model.column import Kind
from sitegen.model.tree import Place

HIDDEN = "(hidden; --personal shows it)"
EXAMPLE = """    test:
      on: 2026-09-08
      members: [C-00001]
      not members: [C-00002]
"""
GROUPS = {"all": "all of these", "any": "any of these", "none": "none of these"}


def explanation_tree(explanation: Explanation, personal: bool) -> Tree:
    """The rule with every condition's answer, value and place. Green helps the customer in, red keeps them out."""
    tree = Tree("", hide_root=True, guide_style="dim")
    _Grower(personal, {explanation.segment.id}).grow(tree, explanation.rule, wanted=True)
    return tree


def overview_table(explanations: Iterable[Explanation], personal: bool) -> Table:
    """Every segment, whether the customer is in it, and the condition that decided."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("segment", overflow="fold", style="bold", ratio=2)
    table.add_column("in", no_wrap=True)
    table.add_column("because", ratio=4)
    for one in explanations:
        table.add_row(one.segment.id, _mark(one.member, good=one.member), _because(deciding(one.rule), personal))
    return table


def print_explanation(customer: str, explanation: Explanation, on: date, personal: bool) -> None:
    """Why a customer is in one segment, or not."""
    out = console()
    segment = explanation.segment
    verb = "is in" if explanation.member else "is not in"
    out.print(Text.assemble((f"{customer} {verb} {segment.id}", "bold"), f" · {segment.title}"))
    out.print(Text(f"{spoken(on)} · {_where(segment.place)}\n", "dim"))
    out.print(explanation_tree(explanation, personal))


def print_overview(customer: str, explanations: Sequence[Explanation], on: date, personal: bool) -> None:
    """Which segments a customer is in, and which not."""
    out = console()
    inside = sum(one.member for one in explanations)
    title = f"{customer} is in {inside} of {len(explanations)} segments"
    out.print(Text.assemble((title, "bold"), f" on {spoken(on)}\n"))
    out.print(overview_table(explanations, personal))
    if not personal and any(_is_hidden(leaf) for one in explanations for leaf in deciding(one.rule)[:1]):
        out.print(Text("\nhidden: a personal value; --personal shows it", "dim"))


def print_tested(tested: Tested, personal: bool) -> None:
    """What was expected and does not hold, with the reason, and how many expectations there are."""
    out = console()
    if not tested.number:
        out.print("No segment says yet whom it expects. Write below one, with ids of your customers:\n")
        out.print(Text(EXAMPLE, "cyan"))
        return
    for failure in tested.failures:
        place, segment = failure.expected.place, failure.explanation.segment
        out.print(Text(f"{place.file}:{place.line}:{place.column}", "bold"), soft_wrap=True)
        expected = "should be in" if failure.expected.member else "should not be in"
        verdict = "is not" if failure.expected.member else "is"
        out.print(f"'{failure.expected.customer_id}' {expected} '{segment.id}' on {failure.on}, and {verdict}:")
        out.print(explanation_tree(failure.explanation, personal))
        out.print()
    every = f"{tested.number} expectation{'' if tested.number == 1 else 's'}"
    of = f"of {tested.segments} segment{'' if tested.segments == 1 else 's'}"
    failed = len(tested.failures)
    if failed:
        out.print(Text(f"{failed} of {every} {of} {'does' if failed == 1 else 'do'} not hold.", "bold red"))
    else:
        out.print(Text(f"{every} {of} hold{'s' if tested.number == 1 else ''}.", "bold green"))


def value_in_words(answer: Answer, personal: bool) -> str:
    """What is known of the customer, as people write it: "1,204.50", "beads, linen", "not known"."""
    if answer.value is None:
        return "not known"
    if not personal and _is_hidden(answer):
        return HIDDEN
    said = _spelled(answer.value, answer.condition.fact.kind)
    return f"{said}, {_standing(answer.standing, answer.condition.fact.kind)}" if answer.standing else said


def _because(leaves: Sequence[Answer | Followed], personal: bool) -> Text:
    if not leaves:
        return Text("the rule asks for nothing", "dim")
    first, rest = leaves[0], len(leaves) - 1
    text = Text()
    match first:
        case Answer():
            text.append(f"{condition_in_words(first.condition)}: {_word(first.holds)}")
            value = "hidden" if not personal and _is_hidden(first) else value_in_words(first, personal)
            text.append(f" · {value}", "dim")
        case Followed():
            text.append(f"{in_words(first.leaf)}: {_word(first.holds)}")
    if rest:
        text.append(f" · and {rest} more", "dim")
    return text


def _is_hidden(leaf: Answer | Followed) -> bool:
    """Whether a value is there that only those see who ask for it."""
    return isinstance(leaf, Answer) and leaf.condition.fact.personal and leaf.value is not None


class _Grower:
    """Grows the branches of one tree; a segment that was followed once is not followed again."""

    def __init__(self, personal: bool, followed: set[str]) -> None:
        self.personal = personal
        self.followed = followed

    def grow(self, tree: Tree, part: Part, wanted: bool) -> None:
        """`wanted`: the customer gets in where this part holds."""
        match part:
            case Group("all" | "any", _, (only,)):
                self.grow(tree, only, wanted)
            case Group():
                branch = tree.add(_line(part.holds, wanted, [Text(GROUPS[part.word], "italic")]))
                for inner in part.parts:
                    self.grow(branch, inner, wanted is not (part.word == "none"))
            case Answer():
                tree.add(_line(part.holds, wanted, [Text(condition_in_words(part.condition)), *self.below(part)]))
            case Followed():
                self.follow(tree, part, wanted)

    def below(self, answer: Answer) -> Iterator[Text]:
        said = value_in_words(answer, self.personal)
        if answer.assumed:
            policy = "include" if answer.holds else "leave out"
            said += f", so the answer is {_word(answer.holds)} (unknown: {policy})"
        yield Text(said, "yellow" if answer.value is None else "cyan")
        yield Text(_where(answer.condition.place), "dim")

    def follow(self, tree: Tree, part: Followed, wanted: bool) -> None:
        inside = part.inside
        seen = inside is not None and inside.segment.id in self.followed
        place = Text(_where(part.leaf.place) + (" · as above" if seen else ""), "dim")
        branch = tree.add(_line(part.holds, wanted, [Text(in_words(part.leaf)), place]))
        if inside is not None and not seen:
            self.followed.add(inside.segment.id)
            self.grow(branch, inside.rule, wanted is not part.leaf.negated)


def _line(holds: bool, wanted: bool, lines: Sequence[Text]) -> Table:
    """The answer, and beside it what was asked: a long line goes on below its own beginning."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, width=3)
    table.add_column()
    table.add_row(_mark(holds, good=holds is wanted), Text("\n").join(lines))
    return table


def _mark(holds: bool, good: bool) -> Text:
    return Text(_word(holds), "bold green" if good else "bold red")


def _word(holds: bool) -> str:
    return "yes" if holds else "no"


def _where(place: Place) -> str:
    return f"{place.file}:{place.line}"


def _standing(standing: Standing, kind: Kind) -> str:
    place = f"{_ordinal(standing.place)}"
    if standing.cut is None:
        return f"{place}; nobody is in"
    cut = _spelled(standing.cut.value, kind)
    verb = "is" if standing.cut.inside == 1 else "are"
    return f"{place} of {standing.cut.known:,}; the cut is {cut}, and {standing.cut.inside:,} {verb} in"


def _ordinal(number: int) -> str:
    """ "1st", "12th", "1,203rd"."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def _spelled(value: Known, kind: Kind) -> str:
    match value:
        case bool():
            return _word(value)
        case int() | Decimal():
            return f"{value:,.2f}" if kind is Kind.MONEY else f"{value:,}"
        case tuple():
            return ", ".join(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case str():
            return value
