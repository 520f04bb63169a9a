"""Draw a chart with matplotlib: lines or bars, their values where they are few, benchmarks with their words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from math import nan

from sitegen.model.report import Chart, ChartKind
from sitegen.render.desk.amounts import Amounts
from sitegen.render.desk.chart_paint import INK
from sitegen.render.desk.chart_plan import (
    FEW_BARS,
    FEW_POINTS,
    Size,
    apart,
    ends_labelled,
    highest,
    shown_labels,
    text_width,
)
from sitegen.render.desk.chart_sheet import LEADING, Sheet, fill, sheet, stroke

THICK, THICKEST = 0.74, 24
"""How much of its place a group of bars takes; the most units of the view box that a lying bar takes."""
BESIDE = 9.0
"""How far from the end of a line its value stands."""


def draw(chart: Chart, size: Size, amounts: Amounts) -> tuple[str, Sequence[str]]:
    """The chart as matplotlib's SVG, and what its texts "t0", "h1" ... say, by their numbers."""
    # Half a second to import, for builds with reports alone; never pyplot, which holds a state for all.
    import matplotlib as mpl  # noqa: PLC0415

    with mpl.rc_context():
        # A file in the folder where somebody works can't change how charts look.
        mpl.rcdefaults()
        mpl.rc("svg", fonttype="none", hashsalt="sitegen")
        mpl.rc("hatch", linewidth=1.1)
        mpl.rc("path", simplify=False)
        made = sheet(chart, size, amounts)
        if chart.labels:
            (_lines if chart.kind is ChartKind.LINE else _bars)(made)
            _marks(made)
        svg = io.StringIO()
        made.figure.savefig(svg, format="svg", dpi=72, metadata={"Date": None}, transparent=True)
    return svg.getvalue(), made.words


def _lines(made: Sheet) -> None:
    chart = made.chart
    number = len(chart.labels)
    # Where there are many, those have a mark whose label is written.
    every = list(shown_labels(chart.labels, made.room()[0], made.size.text)) if number > FEW_POINTS else 1
    for at, one in enumerate(chart.series):
        values = [nan if value is None else float(value) for value in one.values]
        alone = len(chart.series) == 1 and number > FEW_POINTS
        made.axes.plot(range(number), values, **stroke(at, alone), markevery=every)
    if ends_labelled(chart):
        _ends(made)
        return
    for one in chart.series:
        for at, value in enumerate(one.values):
            if value is not None:
                made.label((at, float(value)), made.spelled(value), (0, 8), ha="center", va="bottom")


def _ends(made: Sheet) -> None:
    """The last known value of each line, beside it."""
    known = [[(at, value) for at, value in enumerate(one.values) if value is not None] for one in made.chart.series]
    # Lines that end in one place need its value once.
    ends = {(points[-1][0], made.spelled(points[-1][1])): points[-1] for points in known if points}
    wide, high = made.room()
    unit = high / float(made.ticks[-1] - made.ticks[0])
    reach = (made.widest() + BESIDE) * len(made.chart.labels) / wide
    heights = apart([(at, float(value) * unit) for at, value in ends.values()], reach, made.size.text * LEADING)
    for (at, value), height in zip(ends.values(), heights, strict=True):
        shift = (BESIDE, height - float(value) * unit)
        made.label((at, float(value)), made.spelled(value), shift, ha="left", va="center")


def _bars(made: Sheet) -> None:
    chart = made.chart
    stacked = chart.kind is ChartKind.STACKED
    number, abreast = len(chart.labels), 1 if stacked else max(1, len(chart.series))
    thick = min(THICK / abreast, THICKEST * number / made.room()[1]) if made.lying else THICK / abreast
    base = [0.0] * number
    labelled = _labelled(made, number * abreast)
    for at, one in enumerate(chart.series):
        values = [float(value or 0) for value in one.values]
        places = [place + (0 if stacked else (at - (abreast - 1) / 2) * thick) for place in range(number)]
        if made.lying:
            made.axes.barh(places, values, height=thick * 0.94, left=base, clip_on=False, **fill(at))
        else:
            made.axes.bar(places, values, width=thick * 0.94, bottom=base, clip_on=False, **fill(at))
        if stacked:
            base = [below + value for below, value in zip(base, values, strict=True)]
        elif labelled:
            _at_bars(made, places, one.values)
    if stacked and labelled:
        _at_bars(made, range(number), highest(chart)[:number])


def _labelled(made: Sheet, bars: int) -> bool:
    """Whether each bar says its value: lying ones have room, upright ones where they are few and broad."""
    if made.lying:
        return True
    place = made.room()[0] * THICK / max(1, bars)
    return bars <= FEW_BARS and made.widest() <= place * 1.25


def _at_bars(made: Sheet, places: Sequence[float], values: Sequence[Decimal | int | None]) -> None:
    for place, value in zip(places, values, strict=True):
        if value is None:
            continue
        text, below = made.spelled(value), value < 0
        if made.lying:
            shift, side = ((-5, 0), "right") if below else ((5, 0), "left")
            made.label((float(value), place), text, shift, ha=side, va="center")
        else:
            shift, side = ((0, -4), "top") if below else ((0, 4), "bottom")
            made.label((place, float(value)), text, shift, ha="center", va=side)


def _marks(made: Sheet) -> None:
    """Benchmarks: dotted lines with their words, above the line where it is level, else at its upper end."""
    for text, value in made.chart.marks:
        line = made.axes.axvline if made.lying else made.axes.axhline
        line(float(value), color=INK, linewidth=1.3, linestyle=(0, (1, 2.5)), clip_on=False)
        spelled = made.spelled(value)
        # Whoever wrote the words may have named the number.
        words = text if spelled.rstrip("% \xa0") in text.split() else f"{text}: {spelled}"
        if made.lying:
            _at_upright_mark(made, words, value)
            continue
        right = _free_at_right(made.chart, value)
        at = ((len(made.chart.labels) if right else 0) - 0.5, float(value))
        made.label(at, words, (0, 3), ha="right" if right else "left", va="bottom")


def _at_upright_mark(made: Sheet, words: str, value: Decimal) -> None:
    """The words begin at the line, further left where they would not fit, so that none is cut off."""
    first, last = made.ticks[0], made.ticks[-1]
    place = float((value - first) / (last - first)) * made.room()[0]
    left = made.axes.get_position().x0 * made.size.width
    too_long = left + place + text_width(words, made.size.text) - made.size.width
    made.label((float(value), -0.5), words, (-max(0.0, too_long), 4), ha="left", va="bottom")


def _free_at_right(chart: Chart, mark: Decimal) -> bool:
    """Whether the words of a mark have at least as much room at the right end as at the left one."""
    third = max(1, len(chart.labels) // 3)

    def room(values: Sequence[Decimal | int | None]) -> Decimal:
        known = [Decimal(value) for value in values if value is not None]
        if chart.kind is ChartKind.LINE:
            return min((abs(value - mark) for value in known), default=mark)
        return mark - max(known, default=Decimal(0))

    left = min((room(one.values[:third]) for one in chart.series), default=mark)
    right = min((room(one.values[-third:]) for one in chart.series), default=mark)
    return right >= left
