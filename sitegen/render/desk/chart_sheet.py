"""The sheet of a chart: its axes with what they count in, its labels and its legend, before any value is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sitegen.model.report import Chart, ChartKind
from sitegen.render.desk.amounts import Amounts
from sitegen.render.desk.chart_paint import EDGE, GRID, GROUND, INK, ON_TOP, SERIES, SOFT
from sitegen.render.desk.chart_plan import (
    Size,
    ends_labelled,
    highest,
    in_order,
    lies,
    shown_labels,
    text_width,
    wrapped,
)
from sitegen.render.desk.chart_plan import ticks as ticks_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("solid", (0, (7, 3)), (0, (2, 2)), (0, (9, 3, 2, 3)), (0, (5, 5)), (0, (1, 3)))
HATCHES = ("", "////", "---", "xxxx", "|||", "\\\\\\\\")
GAP = 8
"""A distance in units of the view box."""
LEADING, ROW, FOOT = 1.2, 1.7, 3.4
"""A line's height, that of a row of the legend and of the foot, in letters."""
SIDE = 0.36
"""The part of the width that names of lying bars may take."""


@dataclass(slots=True)
class Sheet:
    """A picture that is being drawn. Letters are drawn as "t3" and `words` has what they say: so matplotlib needs no
    face that has them, and takes no dollar for mathematics.
    """

    chart: Chart
    size: Size
    amounts: Amounts
    figure: Figure
    axes: Axes
    lying: bool
    ticks: tuple[Decimal, ...]
    words: list[str] = field(default_factory=list)

    def token(self, text: str, letter: str = "t") -> str:
        """What stands for a text of one line; matplotlib forgets how lines of several are set."""
        self.words.append(text)
        return f"{letter}{len(self.words) - 1}"

    def write(self, at: tuple[float, float], text: str, colour: str = SOFT, **how: Any) -> None:
        """Write at a place in units of the view box, counted from the lower left corner."""
        x, y = at[0] / self.size.width, at[1] / self.size.height
        self.figure.text(x, y, self.token(text), color=colour, fontsize=self.size.text, **how)

    def label(self, at: tuple[float, float], text: str, shift: tuple[float, float], **how: Any) -> None:
        """Write upon the values, `shift` away from a place among them; several lines go downwards."""
        how = {"color": INK, "fontsize": self.size.text, "annotation_clip": False, **how}
        for number, line in enumerate(text.split("\n")):
            lower = (shift[0], shift[1] - number * LEADING * self.size.text)
            self.axes.annotate(self.token(line, ON_TOP), at, xytext=lower, textcoords="offset points", **how)

    def spelled(self, value: Decimal | int | None) -> str:
        """A value as it stands beside what shows it."""
        return "" if value is None else self.amounts.label(value, self.chart.measure)

    def widest(self) -> float:
        """How wide the widest value is."""
        values = (value for one in self.chart.series for value in one.values)
        return max((text_width(self.spelled(value), self.size.text) for value in values), default=0.0)

    def room(self) -> tuple[float, float]:
        """Width and height of the part in which values are drawn, in units of the view box."""
        box = self.axes.get_position()
        return box.width * self.size.width, box.height * self.size.height


def sheet(chart: Chart, size: Size, amounts: Amounts) -> Sheet:
    """An empty sheet for the chart; as high as its bars want where they lie."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second, for builds with reports alone

    lying = lies(chart, size)
    more = max(0, len(_legend_rows(chart, size)) - 1) * ROW * size.text
    size = Size(size.name, size.width, _height(chart, size) if lying else int(size.height + more), size.text)
    figure = Figure(figsize=(size.width / 72, size.height / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    made = Sheet(chart, size, amounts, figure, axes, lying, ticks_of(highest(chart), 4 if size.narrow else 5))
    _place(made)
    _measure(made)
    (_lying_labels if lying else _upright_labels)(made)
    _say_axes(made)
    _legend(made)
    return made


def stroke(number: int, alone: bool = False) -> dict[str, Any]:
    """How the line of a series looks; one that is `alone` needs no marks to be known by."""
    colour, marker = SERIES[number % len(SERIES)], "" if alone else MARKERS[number % len(MARKERS)]
    edge = {"marker": marker, "markersize": 6, "markeredgecolor": GROUND, "markeredgewidth": 1}
    return {"color": colour, "linewidth": 2.4, "linestyle": DASHES[number % len(DASHES)], "clip_on": False, **edge}


def fill(number: int) -> dict[str, Any]:
    """How the bars of a series look."""
    colour, hatch = SERIES[number % len(SERIES)], HATCHES[number % len(HATCHES)]
    if not hatch:
        return {"facecolor": colour, "edgecolor": colour, "linewidth": 1}
    return {"facecolor": GROUND, "edgecolor": colour, "linewidth": 1.4, "hatch": hatch}


def _height(chart: Chart, size: Size) -> int:
    bars = 1 if chart.kind is ChartKind.STACKED else max(1, len(chart.series))
    names = max((_side(label, size).count("\n") + 1 for label in chart.labels), default=1)
    each = max(bars * (size.text + 6), names * LEADING * size.text) + 12
    return int(len(chart.labels) * each + _head(chart, size) + FOOT * size.text)


def _head(chart: Chart, size: Size) -> float:
    marks = LEADING * size.text if chart.marks and lies(chart, size) else 0.0
    return (2.8 + ROW * len(_legend_rows(chart, size))) * size.text + marks


def _place(made: Sheet) -> None:
    chart, size = made.chart, made.size
    foot = FOOT * size.text
    if made.lying:
        left = max((text_width(_side(label, size), size.text) for label in chart.labels), default=0.0) + 1.5 * GAP
        right = made.widest() + GAP
    else:
        left = max(text_width(made.amounts.tick(one, chart.measure), size.text) for one in made.ticks) + GAP
        right = 2.0 * GAP + (made.widest() if ends_labelled(chart) else 0)
        if not in_order(chart):
            step = (size.width - left - right) / max(1, len(chart.labels))
            lines = (wrapped(label, step - 4, size.text).count("\n") for label in chart.labels)
            foot += max(lines, default=0) * LEADING * size.text
    width, height = size.width, size.height
    wide, high = (width - left - right) / width, (height - foot - _head(chart, size)) / height
    made.axes.set_position((left / width, foot / height, wide, high))


def _side(label: str, size: Size) -> str:
    return wrapped(label, size.width * SIDE, size.text)


def _measure(made: Sheet) -> None:
    """The measured axis: its ticks, thin lines behind the values, a line at nothing."""
    axes, texts = made.axes, [made.token(made.amounts.tick(one, made.chart.measure)) for one in made.ticks]
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, pad=5, labelsize=made.size.text, labelcolor=SOFT)
    places = [float(one) for one in made.ticks]
    (axes.xaxis if made.lying else axes.yaxis).set_ticks(places, texts)
    (axes.yaxis if made.lying else axes.xaxis).set_ticks([])
    (axes.set_xlim if made.lying else axes.set_ylim)(places[0], places[-1])
    (axes.xaxis if made.lying else axes.yaxis).grid(visible=True, color=GRID, linewidth=1)
    axes.set_axisbelow(True)
    (axes.axvline if made.lying else axes.axhline)(0, color=EDGE, linewidth=1.2, clip_on=False)
    axes.patch.set_visible(False)
    made.figure.patch.set_visible(False)


def _lying_labels(made: Sheet) -> None:
    made.axes.set_ylim(max(1, len(made.chart.labels)) - 0.5, -0.5)
    for at, label in enumerate(made.chart.labels):
        lines = _side(label, made.size)
        up = lines.count("\n") * LEADING * made.size.text / 2
        made.label((float(made.ticks[0]), at), lines, (-GAP, up), ha="right", va="center", color=SOFT)


def _upright_labels(made: Sheet) -> None:
    chart, size = made.chart, made.size
    room, _ = made.room()
    made.axes.set_xlim(-0.5, max(1, len(chart.labels)) - 0.5)
    step = room / max(1, len(chart.labels))
    scale = in_order(chart)
    for at in shown_labels(chart.labels, room, size.text) if scale else range(len(chart.labels)):
        lines = chart.labels[at] if scale else wrapped(chart.labels[at], step - 4, size.text)
        aside = _kept_inside(made, (at + 0.5) * step, text_width(lines, size.text) / 2)
        made.label((at, float(made.ticks[0])), lines, (aside, -8), ha="center", va="top", color=SOFT)


def _kept_inside(made: Sheet, place: float, half: float) -> float:
    """How far a label at a place of the axis moves aside, so that the picture's edge cuts nothing off it."""
    middle = float(made.axes.get_position().x0) * made.size.width + place
    return max(0.0, half - middle) - max(0.0, middle + half - made.size.width)


def _say_axes(made: Sheet) -> None:
    size, measured, named = made.size, made.amounts.axis(made.chart), made.chart.named
    below = size.height - (0.3 + ROW * len(_legend_rows(made.chart, size))) * size.text
    made.write((0, below), named if made.lying else measured, va="top", ha="left")
    end = size.width - GAP, 0.35 * size.text
    made.write(end, measured if made.lying else named, va="bottom", ha="right")


def _legend_rows(chart: Chart, size: Size) -> list[list[int]]:
    """The series of each row of the legend; a single one needs none."""
    rows: list[list[int]] = []
    used = 0.0
    for number, one in enumerate(chart.series if len(chart.series) > 1 else ()):
        width = _legend_width(one.title, size)
        if not rows or used + width > size.width:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += width
    return rows


def _legend_width(title: str, size: Size) -> float:
    return 30 + text_width(title, size.text) + 18


def _legend(made: Sheet) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - as above
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

    size = made.size
    for line, row in enumerate(_legend_rows(made.chart, size)):
        x, y = 0.0, size.height - (0.3 + line * ROW) * size.text
        for number in row:
            middle = y - 0.6 * size.text
            if made.chart.kind is ChartKind.LINE:
                across, up = [(x + 2) / size.width, (x + 24) / size.width], [middle / size.height] * 2
                made.figure.add_artist(Line2D(across, up, **stroke(number), markevery=[1]))
            else:
                corner = ((x + 2) / size.width, (middle - 6) / size.height)
                made.figure.add_artist(Rectangle(corner, 22 / size.width, 12 / size.height, **fill(number)))
            title = made.chart.series[number].title
            made.write((x + 32, y), title, INK, va="top", ha="left")
            x += _legend_width(title, size)
