"""Charts as pictures that everybody can read: one for wide pages and paper, one for telephones, in any colours."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from sitegen.model.report import Chart
from sitegen.render.desk.amounts import Amounts
from sitegen.render.desk.chart_drawing import draw
from sitegen.render.desk.chart_paint import Told, painted
from sitegen.render.desk.chart_plan import NARROW, WIDE, Size

SIZES = (WIDE, NARROW)


def drawn(chart: Chart, amounts: Amounts, key: str = "") -> Markup:
    """The chart as inline SVG, once for each of SIZES; a stylesheet shows the one that fits (`chart-wide`, -`narrow`).

    Each is an image with a title and a sentence of its own. Colours are those of paper as attributes, and classes
    (`fill-1`, `stroke-ink` ...) by which a stylesheet puts others in their place. `key` begins all ids, so that several
    charts can stand on one page; without it, the chart's name does. Needs matplotlib at hand (`build.desk`).
    """
    said = replace(chart, labels=tuple(amounts.step(label) for label in chart.labels))
    return Markup("\n").join(_picture(said, size, amounts, key or chart.name) for size in SIZES)


def _picture(chart: Chart, size: Size, amounts: Amounts, key: str) -> Markup:
    svg, words = draw(chart, size, amounts)
    picture = painted(svg, Told(f"chart-{key}-{size.name}", chart.title, chart.says), words)
    whole = f'<div class="chart-{size.name}">{picture}</div>'
    return Markup(whole)  # noqa: S704 - an XML writer made it, and escaped every word
