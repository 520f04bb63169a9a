"""Show segments to people: the list, who is in two of them, one of them whole, and who came and went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sitegen.audience.language.words import in_words
from sitegen.build.segment_changes import EVERY_DAY, WEEK, Change, Move
from sitegen.build.segments import Counts, Shown
from sitegen.cli.console import console
from sitegen.model.segment import Segment

WIDE = 110
"""Columns from which on a title has a column of its own."""
FEW = 20
"""Segments of which every overlap with every other can still be looked through."""
LARGEST = 30
"""Overlaps that are shown of more segments than that."""


def list_table(segments: Sequence[Segment], counts: Counts, before: Mapping[str, int], on: date) -> None:
    """The segments by priority. `before` holds the counts of the last build."""
    out = console()
    _heading(out, f"{people(counts.customers)} on {spoken(on)}")
    table = _table()
    table.add_column("segment", overflow="fold")
    if out.width >= WIDE:
        table.add_column("title")
    for name in ("priority", "count", "share", "primary"):
        table.add_column(name, justify="right", no_wrap=True)
    if before:
        table.add_column("change", justify="right", no_wrap=True)
    jumps = any(segment.jump is not None for segment in segments)
    if jumps:
        table.add_column("jump", justify="right", no_wrap=True)
    for segment in segments:
        cells = [*_called(segment, out.width >= WIDE), *_counted(segment, counts)]
        if before:
            cells.append(_difference(counts.inside[segment.id], before.get(segment.id)))
        if jumps:
            cells.append(Text(f"{segment.jump:f}%" if segment.jump is not None else "", "dim"))
        table.add_row(*cells)
    out.print(table)
    if before:
        out.print(Text("\nchange: since the last build", "dim"))


def overlap_tables(segments: Sequence[Segment], counts: Counts) -> None:
    """How many are in two segments at once, and how many per cent of the row's members that is.

    As many tables below each other as it takes for every column to fit; a column is named by its row's number.
    """
    out = console()
    _heading(out, "\nIn both: customers, and how many per cent of the row they are")
    label = max((len(segment.id) for segment in segments), default=0)
    for across in _blocks(segments, counts, out.width - label - 6):
        table = _table()
        table.add_column("", justify="right", style="dim", no_wrap=True)
        table.add_column("", style="bold", overflow="fold")
        for segment in across:
            table.add_column(str(segments.index(segment) + 1), justify="right", no_wrap=True)
        for number, segment in enumerate(segments, 1):
            cells = (_both(counts, segment.id, other.id) for other in across)
            table.add_row(str(number), segment.id, *cells)
        out.print(table)
        out.print()


def largest_overlaps(segments: Sequence[Segment], counts: Counts) -> None:
    """The pairs of segments that most customers share."""
    out = console()
    pairs = sorted(counts.both.items(), key=lambda pair: (-pair[1], pair[0]))[:LARGEST]
    _heading(out, f"\nThe {len(pairs)} largest overlaps, and how many per cent of each they are")
    table = _table()
    for name in ("both", "", "of", "", "and of"):
        table.add_column(name, justify="left" if name.endswith("of") else "right", overflow="fold")
    for (one, other), both in pairs:
        shares = (f"{100 * both / max(counts.inside[name], 1):.0f}%" for name in (one, other))
        table.add_row(f"{both:,}", Text(next(shares), "dim"), one, Text(next(shares), "dim"), other)
    out.print(table)
    names = " ".join(segment.id for segment in segments[:3])
    out.print(Text(f"\nAll overlaps of a few: sitegen segments list --overlap {names}", "dim"))


def shown_segment(segment: Segment, found: Shown) -> None:
    """One segment whole: its rule in words, its members, and what it becomes in SQL."""
    out = console()
    _heading(out, Text.assemble((segment.id, "bold"), f" · {segment.title}"))
    table = _table(header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in _facts_about(segment, found):
        table.add_row(name, value)
    out.print(table)
    out.print()
    # Not wrapped: whoever takes it along wants it as it is.
    out.print(Text(found.sql), soft_wrap=True)
    if found.veiled:
        out.print(Text("\nThe cut of a personal value stands as 0 here; --personal shows it.", "dim"))


def changes_table(changes: Sequence[Change], names: Mapping[str, str], first: date, last: date) -> None:
    """Who came and who left each segment between two days, and how many are there."""
    out = console()
    _heading(out, f"From {spoken(first)} to {spoken(last)}")
    moved = [change for change in changes if change.entered or change.left]
    for change in moved:
        out.print(
            Text.assemble((change.segment.id, "bold"), (f"  {change.before:,} → {change.now:,}", "dim")),
            Text(f"· {change.segment.title}"),
        )
        for word, sign, number, who in (
            ("came", "green", change.entered, change.came),
            ("left", "yellow", change.left, change.went),
        ):
            if number:
                out.print(_side(word, sign, number, who, names))
        out.print()
    still = len(changes) - len(moved)
    out.print(Text(_closing(len(moved), still, (last - first).days), "dim"))


def people(number: int) -> str:
    """ "1 customer", "1,200 customers"."""
    return f"{number:,} customer{'' if number == 1 else 's'}"


def spoken(day: date) -> str:
    """ "8 September 2026"."""
    return f"{day:%-d %B %Y}"


def _heading(out: Console, text: str | Text) -> None:
    out.print(Text(text, "bold") if isinstance(text, str) else text)
    out.print()


def _table(header: bool = True) -> Table:
    return Table(box=None, pad_edge=False, show_header=header, header_style="dim", padding=(0, 2, 0, 0))


def _called(segment: Segment, wide: bool) -> Iterator[Text]:
    if wide:
        yield Text(segment.id, "bold")
        yield Text(segment.title)
    else:
        yield Text.assemble((segment.id, "bold"), ("\n" + segment.title, "dim"))


def _counted(segment: Segment, counts: Counts) -> Iterator[Text]:
    count = counts.inside[segment.id]
    yield Text(str(segment.priority), "dim")
    yield _number(count)
    yield Text(f"{100 * count / counts.customers:.1f} %" if counts.customers else "", "dim")
    yield _number(counts.primary[segment.id])


def _number(number: int) -> Text:
    return Text(f"{number:,}") if number else Text("–", "dim")


def _difference(count: int, before: int | None) -> Text:
    if before is None:
        return Text("new", "cyan")
    change = count - before
    return Text(f"{change:+,}", "green" if change > 0 else "yellow") if change else Text("=", "dim")


def _blocks(segments: Sequence[Segment], counts: Counts, width: int) -> Iterator[tuple[Segment, ...]]:
    """The columns of each table."""
    block: list[Segment] = []
    left = width
    for segment in segments:
        needed = max(_both(counts, other.id, segment.id).cell_len for other in segments) + 2
        if block and needed > left:
            yield tuple(block)
            block, left = [], width
        block.append(segment)
        left -= needed
    if block:
        yield tuple(block)


def _both(counts: Counts, row: str, column: str) -> Text:
    if row == column:
        return Text("·    ", "dim")
    both = counts.both[(row, column) if (row, column) in counts.both else (column, row)]
    if not both:
        return Text("–    ", "dim")
    return Text.assemble(f"{both:,}", (f"{100 * both / counts.inside[row]:>4.0f}%", "dim"))


def _facts_about(segment: Segment, found: Shown) -> Iterator[tuple[str, str]]:
    yield "rule", in_words(segment.rule)
    if segment.why:
        yield "because", segment.why
    yield "place", f"{segment.place.file}:{segment.place.line}"
    yield "priority", str(segment.priority)
    if segment.unknown != "leave out":
        yield "unknown", segment.unknown
    if segment.jump is not None:
        yield "jump", f"{segment.jump:f}%"
    share = f", {100 * found.count / found.customers:.1f} % of all" if found.customers else ""
    yield "members", people(found.count) + share
    if found.sample:
        yield "such as", "\n".join(f"{id_}  {found.names.get(id_, '')}".rstrip() for id_ in found.sample)


def _side(word: str, style: str, number: int, who: Sequence[Move], names: Mapping[str, str]) -> Padding:
    table = _table(header=False)
    table.add_column(style=style, no_wrap=True, min_width=10)
    table.add_column(no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    if names:
        table.add_column(overflow="fold")
    for index, move in enumerate(who):
        said = f"{number:,} {word}" if index == 0 else ""
        name = [names.get(move.customer_id, "")] if names else []
        table.add_row(said, move.customer_id, f"since {move.since}", *name)
    if number > len(who):
        table.add_row("", Text("…", "dim"), f"and {number - len(who):,} more")
    return Padding(table, (0, 0, 0, 2))


def _closing(moved: int, still: int, days: int) -> str:
    how = "every day" if days <= EVERY_DAY else f"every {WEEK} days, so 'since' may be up to {WEEK - 1} days late"
    if not moved:
        return f"Nobody came or left: all {still} segments are as they were."
    same = f"; the other {still} are as they were" if still else ""
    return f"{moved} segment{'' if moved == 1 else 's'} changed{same}. Looked at {how}."
