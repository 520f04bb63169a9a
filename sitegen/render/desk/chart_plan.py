"""Decide how a chart is laid out before it is drawn: sizes, ticks, which labels fit, and when bars should lie."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from sitegen.model.report import Chart, ChartKind, Measure

LETTER = 0.55
"""Width of a usual letter in ems; Chinese ones take a whole em."""
LINES, SHORT = 2, 24
"""Names of upright bars have one line more than so many; only so many bars lie that should stand."""
MARGINS = 60
STEPS_FROM, NUMBER, WHOLE = 8, re.compile(r"\d"), re.compile(r"\d+")
FEW_BARS, FEW_POINTS = 13, 8
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
BEST_SCORE = Decimal(5)
ROUND = (1, 2, 5, 10, 20, 25, 50, 100)
"""By one of these the numbers of a scale can be divided that are written."""


@dataclass(frozen=True, slots=True)
class Size:
    """A drawing's width and height and the size of its letters, all in the units of its view box."""

    name: str
    width: int
    height: int
    text: int

    @property
    def narrow(self) -> bool:
        """Whether it is for a telephone."""
        return self.width < 500


WIDE, NARROW = Size("wide", 560, 300, 15), Size("narrow", 340, 300, 14)


def text_width(text: str, size: int) -> float:
    """About how wide the longest line of a text is."""
    return max(sum(_ems(letter) for letter in line) for line in text.split("\n")) * size


def _ems(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else LETTER


def highest(chart: Chart) -> list[Decimal]:
    """The values that the measured axis must reach: those of the series (stacked: their sums) and of the marks."""
    marks = [value for _, value in chart.marks]
    if chart.measure is Measure.SCORE:
        marks.append(BEST_SCORE)
    if chart.kind is ChartKind.STACKED:
        columns = zip(*(one.values for one in chart.series), strict=True)
        return [*(sum((Decimal(value or 0) for value in column), Decimal(0)) for column in columns), *marks]
    return [*(Decimal(value) for one in chart.series for value in one.values if value is not None), *marks]


def ticks(values: Sequence[Decimal], most: int = 5) -> tuple[Decimal, ...]:
    """Round numbers from 0 (or below the least) to above the highest, `most` steps at most."""
    low, high = min((*values, Decimal(0))), max((*values, Decimal(0)))
    if low == high:
        return Decimal(0), Decimal(1)
    rough = (high - low) / most
    power = Decimal(10) ** rough.adjusted()
    whole = all(value == value.to_integral_value() for value in values)
    for step in (power * one for one in (*STEPS, *(ten * 10 for ten in STEPS))):
        if whole and step != step.to_integral_value():
            continue
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first <= most:
            return tuple(_plain(number * step) for number in range(int(first), int(last) + 1))
    raise AssertionError(values)


def _plain(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def wrapped(label: str, room: float, size: int) -> str:
    """A label in lines that are `room` wide, where its words allow."""
    return "\n".join(textwrap.wrap(label, max(4, int(room / (LETTER * size))), break_long_words=False)) or label


def lies(chart: Chart, size: Size) -> bool:
    """Whether bars lie: those that should, and those whose names don't fit below upright ones."""
    if chart.kind in (ChartKind.LINE, ChartKind.LYING):
        return chart.kind is ChartKind.LYING
    step = (size.width - MARGINS) / max(1, len(chart.labels))
    lines = [wrapped(label, step - 4, size.text) for label in chart.labels]
    fit = all(text_width(one, size.text) <= step - 4 and one.count("\n") <= LINES for one in lines)
    return not fit and len(chart.labels) <= SHORT and not in_order(chart)


def ends_labelled(chart: Chart) -> bool:
    """Whether lines say their last value only: there are several, or many values."""
    return chart.kind is ChartKind.LINE and (len(chart.labels) > FEW_POINTS or len(chart.series) > 1)


def in_order(chart: Chart) -> bool:
    """Whether the labels are steps of one scale (days, weeks, numbers), so that some of them tell the others."""
    return chart.kind is ChartKind.LINE or (len(chart.labels) > STEPS_FROM and all(map(NUMBER.search, chart.labels)))


def shown_labels(labels: Sequence[str], room: float, size: int) -> tuple[int, ...]:
    """Which labels of a scale are written so that none touches another: round numbers, else every so many."""
    if not labels:
        return ()
    step = room / len(labels)
    for found in _choices(labels):
        gaps = [(after - before) * step - size * 0.6 for before, after in pairwise(found)]
        widths = [text_width(labels[at], size) for at in found]
        if all((left + right) / 2 <= gap for (left, right), gap in zip(pairwise(widths), gaps, strict=True)):
            return tuple(found)
    return (0,)


def _choices(labels: Sequence[str]) -> Iterator[Sequence[int]]:
    """What might be written of a scale, most of it first."""
    if all(map(WHOLE.fullmatch, labels)):
        numbers = [int(label) for label in labels]
        for round_number in ROUND:
            found = [at for at, number in enumerate(numbers) if number % round_number == 0]
            if len(found) > 1:
                yield found
    for stride in range(1, len(labels) + 1):
        yield range(0, len(labels), stride)


def apart(places: Sequence[tuple[float, float]], reach: float, least: float) -> list[float]:
    """How high labels stand that begin at these places (across, up), each as wide as `reach`.

    They are moved upwards as little as it takes for none to be nearer to one that it meets than `least`.
    """
    moved = [up for _, up in places]
    order = sorted(range(len(places)), key=lambda at: moved[at])
    for number, at in enumerate(order):
        met = (other for other in order[:number] if abs(places[other][0] - places[at][0]) < reach)
        moved[at] = max((moved[at], *(moved[other] + least for other in met)))
    return moved
