"""Charts: the same bytes anywhere, read by everybody, true to their numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sitegen.build.desk.owners.chart_library import at_hand
from sitegen.model.report import Chart, ChartKind, Measure, Series
from sitegen.render.desk.chart_plan import apart
from sitegen.render.desk.charts import drawn
from tests.render.desk.a_report import CHARTS, LYING, MONTHS, PARETO, STACKED, amounts

SVG = "{http://www.w3.org/2000/svg}"
PRINT_IT = """
from hashlib import sha256
from sitegen.build.desk.owners.chart_library import at_hand
from sitegen.render.desk.charts import drawn
from tests.render.desk.a_report import CHARTS, amounts
at_hand()
print(sha256("".join(drawn(chart, amounts()) for chart in CHARTS).encode()).hexdigest())
"""


@pytest.fixture(autouse=True, scope="module")
def library() -> None:
    at_hand()


def pictures(chart: Chart) -> list[ET.Element]:
    return ET.fromstring(f"<all>{drawn(chart, amounts())}</all>").findall(f".//{SVG}svg")


def texts(chart: Chart) -> list[str]:
    return [one.text or "" for one in pictures(chart)[0].iter(f"{SVG}text")]


def test_charts_have_the_same_bytes_again_and_under_another_hash_seed() -> None:
    once = sha256("".join(drawn(chart, amounts()) for chart in CHARTS).encode()).hexdigest()
    again = sha256("".join(drawn(chart, amounts()) for chart in CHARTS).encode()).hexdigest()
    # Whoever draws elsewhere, on another day, in a folder with wishes of its own, draws the same.
    env = {**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}
    run = [sys.executable, "-c", PRINT_IT]
    other = subprocess.run(run, env=env, capture_output=True, text=True, check=True).stdout.strip()
    assert {once, again, other} == {once}


def test_drawing_leaves_no_trace_in_a_home_folder_and_warns_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "matplotlibrc").write_text("axes.facecolor: red\nsvg.fonttype: path\n", encoding="utf-8")
    path = str(Path(__file__).parents[3])
    env = {**os.environ, "HOME": str(tmp_path / "home"), "PYTHONPATH": path, "PYTHONWARNINGS": "error"}
    env = {name: value for name, value in env.items() if not name.startswith(("XDG_", "MPL"))}
    run = [sys.executable, "-c", PRINT_IT]
    done = subprocess.run(run, env=env, cwd=tmp_path / "here", capture_output=True, text=True, check=True)
    mine = sha256("".join(drawn(chart, amounts()) for chart in CHARTS).encode()).hexdigest()
    assert (done.stdout.strip(), done.stderr) == (mine, "")
    assert not (tmp_path / "home").exists()


def test_having_the_library_at_hand_changes_no_environment() -> None:
    code = (
        "import os; before = dict(os.environ); from sitegen.build.desk.owners.chart_library import at_hand; at_hand();"
        "import sys; assert dict(os.environ) == before; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_chart_is_an_image_with_a_title_and_a_sentence(chart: Chart) -> None:
    wide, narrow = pictures(chart)
    for one in (wide, narrow):
        title, says = one.find(f"{SVG}title"), one.find(f"{SVG}desc")
        assert title is not None
        assert says is not None
        assert (one.get("role"), title.text, says.text) == ("img", chart.title, chart.says)
        assert one.get("aria-labelledby") == f"{title.get('id')} {says.get('id')}"


def test_no_id_stands_twice_and_all_that_is_referred_to_is_there() -> None:
    whole = "".join(drawn(chart, amounts(), f"a-{chart.name}") for chart in CHARTS)
    ids = re.findall(r'\bid="([^"]+)"', whole)
    assert len(ids) == len(set(ids))
    referred = {*re.findall(r'href="#([^"]+)"', whole), *re.findall(r"url\(#([^)]+)\)", whole)}
    assert referred
    assert referred <= set(ids)


def test_charts_carry_no_styles_of_their_own_which_a_strict_site_forbids() -> None:
    whole = "".join(drawn(chart, amounts()) for chart in CHARTS)
    assert not re.search(r"style=|<style|<script|<metadata|xlink|clip-path", whole)


def test_axes_say_what_they_count_in() -> None:
    assert "Profit (%)" in texts(PARETO)
    assert "Customers" in texts(PARETO)
    assert "Customers" in texts(MONTHS)
    assert "Lost (EUR)" in texts(LYING)


def test_words_stay_words_in_any_script_and_no_dollar_becomes_mathematics() -> None:
    assert "came $5" in texts(MONTHS)
    assert "上海的老顾客" in texts(LYING)
    assert "gold: 80%" in texts(PARETO)


def test_a_benchmark_says_its_number_once() -> None:
    named = replace(PARETO, marks=(("usual: 80 %", Decimal(80)),))
    assert "usual: 80 %" in texts(named)


def test_few_values_stand_in_the_picture() -> None:
    assert {"50%", "80%", "100%"} <= set(texts(PARETO))
    assert {"-121", "80"} <= set(texts(LYING))
    assert {"10", "20"} <= set(texts(STACKED))


def test_months_are_named() -> None:
    assert " ".join(texts(MONTHS)).count("Sept") == 1


def test_series_differ_by_more_than_colour() -> None:
    lines = replace(PARETO, series=tuple(Series(f"s{at}", PARETO.series[0].values) for at in range(6)))
    drawing = pictures(lines)[0]
    dashes = {one.get("stroke-dasharray", "") for one in drawing.iter(f"{SVG}path") if one.get("stroke-width") == "2.4"}
    markers = {one.get("href") for one in drawing.iter(f"{SVG}use")}
    assert len(dashes) == len(markers) == 6
    hatches = list(pictures(STACKED)[0].iter(f"{SVG}pattern"))
    assert len(hatches) == 3


def test_a_gap_is_no_nothing() -> None:
    without = replace(PARETO, series=(Series("All", (Decimal(50), None, None, None)),))
    assert "80%" in texts(PARETO)
    assert [one for one in texts(without) if one == "50%"] == ["50%"]


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("values", [(), (0, 0), (None, None), (Decimal("0.1"), Decimal("0.3")), (-5, -3)])
def test_whatever_the_numbers_are_there_is_a_picture(kind: ChartKind, values: tuple[Decimal | int | None, ...]) -> None:
    labels = tuple(f"label {at}" for at, _ in enumerate(values))
    chart = replace(PARETO, kind=kind, labels=labels, series=(Series("All", values),), marks=())
    assert len(pictures(chart)) == 2


def test_per_cent_from_nothing_to_all_have_round_numbers_and_the_marks_stand_above_them() -> None:
    values = tuple(Decimal(at) for at in range(101))
    labels = tuple(str(at) for at in range(101))
    chart = replace(PARETO, labels=labels, series=(Series("All", values), Series("Even", values[::-1])), marks=())
    for drawing, step in zip(pictures(chart), (10, 20), strict=True):
        found = {one.text: one.get("x") for one in drawing.iter(f"{SVG}text") if one.text in labels}
        assert [*found] == [str(number) for number in range(0, 101, step)]
        marks = [one.get("x") for one in drawing.iter(f"{SVG}use")]
        assert marks[: len(found)] == marks[len(found) : 2 * len(found)]
        assert len(set(marks[: len(found)])) == len(found)


def test_lines_that_end_in_one_place_say_its_value_once_and_others_each_their_own() -> None:
    labels = tuple(f"Q{at}" for at in range(1, 10))
    up, down = tuple(Decimal(at) for at in range(1, 10)), tuple(Decimal(9) for _ in range(9))
    early = (Decimal("8.5"), *[None] * 8)
    chart = replace(PARETO, labels=labels, series=tuple(map(Series, "abc", (up, down, early))), marks=())
    labelled = [one for one in pictures(chart)[0].iter(f"{SVG}text") if "halo" in one.get("class", "")]
    (end,) = [one for one in labelled if one.text == "9%"]
    (alone,) = [one for one in labelled if one.text == "8.5%"]
    # What ends far to the left stands at its own height, however near it is to another one's.
    assert 0 < float(alone.get("y", 0)) - float(end.get("y", 0)) < 15


def test_labels_are_moved_apart_only_where_they_meet() -> None:
    assert apart([(0, 10.0), (0, 12.0), (5, 11.0)], 2.0, 8.0) == [10.0, 18.0, 11.0]
    assert apart([(0, 10.0), (1, 12.0), (2, 13.0)], 2.0, 8.0) == [10.0, 18.0, 26.0]


def test_marks_take_their_colours_from_where_they_are_used_since_rules_do_not_reach_into_them() -> None:
    defined = [one for one in pictures(PARETO)[0].iter(f"{SVG}path") if one.get("id")]
    used = list(pictures(PARETO)[0].iter(f"{SVG}use"))
    assert defined
    assert [{"class", "fill", "stroke"} & set(one.keys()) for one in defined] == [set() for _ in defined]
    assert {one.get("class") for one in used} == {"fill-1 stroke-ground"}


def test_scores_are_shown_on_the_whole_scale_that_they_belong_to() -> None:
    chart = replace(LYING, measure=Measure.SCORE, across="Score", series=(Series("All", (Decimal("3.9"), Decimal(2))),))
    assert {"0", "5", "Score (points of 5)"} <= set(texts(chart))


def test_a_year_of_weeks_shows_labels_that_do_not_touch() -> None:
    weeks = tuple(f"2026-W{at:02}" for at in range(1, 53))
    chart = replace(MONTHS, labels=weeks, series=(Series("came", tuple(range(52))),))
    shown = [
        [one for one in drawing.iter(f"{SVG}text") if (one.text or "").startswith("2026-")]
        for drawing in pictures(chart)
    ]
    for found, least in zip(shown, (60, 60), strict=True):
        places = [float(one.get("x", 0)) for one in found]
        assert 3 <= len(places) < 15
        assert all(after - before > least for before, after in pairwise(places))
