"""What `sitegen segments` tells: counts, rules, reasons, tests and changes, and no name unless somebody asks."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sitegen.cli.main import run
from tests.cli.test_usage import on_a_terminal

SEGMENTS = """segments:
  gold:
    title: Gold friends
    why: you are dear to us
    priority: 10
    jump: 20%
    all:
      - total spent: at least 500
    test:
      on: 2026-09-08
      members: [C-1]
      not members: [C-2, C-3]
  recent:
    title: Bought not long ago
    priority: 20
    unknown: include
    all:
      - last order: within last 112 days
  autumn-children:
    priority: 30
    any:
      - birthday: within next 100 days
  quiet:
    priority: 40
    all:
      - segment: is not gold
      - none:
          - segment: is recent
  best:
    priority: 50
    all:
      - total spent: top 1
"""
DAY = "2026-09-08"
PERSONAL = ("Ada", "Holm", "Ben", "Lind", "Cleo", "Marsh", "1992", "mail.example", "Hamburg", "Gartenweg")


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)


Ask = Callable[..., Told]


@pytest.fixture
def ask(shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command inside this process, in the small shop with segments of every kind."""
    (shop / "content" / "segments" / "friends.yaml").write_text(SEGMENTS)
    monkeypatch.chdir(shop)
    monkeypatch.setenv("COLUMNS", "80")

    def told(*arguments: str) -> Told:
        code = run(["segments", *arguments])
        captured = capsys.readouterr()
        return Told(code, captured.out, captured.err)

    return told


def fitting(text: str, width: int = 80) -> str:
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    return text


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_the_list_says_count_share_primary_and_jump_in_80_columns(ask: Ask) -> None:
    told = ask("list", "--on", DAY)
    assert (told.code, told.err) == (0, "")
    lines = lines_of(fitting(told.out))
    assert lines[:4] == [
        "3 customers on 8 September 2026",
        "segment priority count share primary jump",
        "gold 10 1 33.3 % 1 20%",
        "Gold friends",
    ]
    assert "recent 20 2 66.7 % 2" in lines
    assert "quiet 40 – 0.0 % –" in lines


def test_a_wide_list_has_a_column_for_titles(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "gold Gold friends 10 1 33.3 % 1 20%" in lines_of(fitting(ask("list", "--on", DAY).out, 120))


def test_the_list_tells_what_changed_since_the_last_build(ask: Ask, shop: Path) -> None:
    (shop / ".sitegen").mkdir()
    (shop / ".sitegen" / "segments.json").write_text('{"gold": 1, "recent": 7, "quiet": 0, "best": 0}')
    lines = lines_of(fitting(ask("list", "--on", DAY).out))
    assert lines[1] == "segment priority count share primary change jump"
    assert "gold 10 1 33.3 % 1 = 20%" in lines
    assert "recent 20 2 66.7 % 2 -5" in lines
    assert "autumn-children 30 1 33.3 % – new" in lines
    assert "best 50 1 33.3 % – +1" in lines
    rows = {row["id"]: row["last_build"] for row in ask("list", "--on", DAY, "--json").value["segments"]}
    assert rows == {"gold": 1, "recent": 7, "autumn-children": None, "quiet": 0, "best": 0}


def test_the_list_as_json_holds_the_counts_and_the_jump(ask: Ask) -> None:
    value = ask("list", "--on", DAY, "--json").value
    assert (value["on"], value["customers"]) == (DAY, 3)
    assert value["segments"][0] == {
        "id": "gold",
        "title": "Gold friends",
        "priority": 10,
        "count": 1,
        "primary": 1,
        "jump": "20",
        "last_build": None,
    }
    assert "overlap" not in value


def test_a_list_of_a_few_segments_holds_no_other(ask: Ask) -> None:
    value = ask("list", "gold", "best", "--overlap", "--json", "--on", DAY).value
    assert [segment["id"] for segment in value["segments"]] == ["gold", "best"]
    assert [pair["segments"] for pair in value["overlap"]] == [["gold", "best"]]


def test_a_list_of_a_segment_that_is_not_there_says_which_was_meant(ask: Ask) -> None:
    told = ask("list", "golf", "--on", DAY)
    assert (told.code, told.err) == (1, "there is no segment 'golf'\nhint: did you mean 'gold'?\n")


def test_many_segments_show_only_their_largest_overlaps(ask: Ask, shop: Path) -> None:
    path = shop / "content" / "segments" / "friends.yaml"
    more = (f"  circle-{number}: {{any: [{{segment: is gold}}, {{segment: is recent}}]}}\n" for number in range(20))
    path.write_text(SEGMENTS + "".join(more), encoding="utf-8")
    told = ask("list", "--overlap", "--on", DAY)
    assert told.code == 0
    assert "The 30 largest overlaps" in told.out
    assert told.out.count("\n") < 100


def test_the_overlap_counts_who_is_in_both_and_their_share_of_the_row(ask: Ask) -> None:
    told = ask("list", "--on", DAY, "--overlap")
    lines = lines_of(fitting(told.out))
    start = lines.index("In both: customers, and how many per cent of the row they are")
    assert lines[start + 1] == "1 2 3 4 5"
    assert lines[start + 2 : start + 7] == [
        "1 gold · – – – 1 100%",
        "2 recent – · 1 50% – –",
        "3 autumn-children – 1 100% · – –",
        "4 quiet – – – · –",
        "5 best 1 100% – – – ·",
    ]
    overlap = ask("list", "--on", DAY, "--overlap", "--json").value["overlap"]
    counts = {tuple(pair["segments"]): pair["count"] for pair in overlap}
    assert len(counts) == 10
    assert {pair for pair, count in counts.items() if count} == {("gold", "best"), ("recent", "autumn-children")}


def test_a_segment_is_shown_with_rule_place_count_members_and_sql(ask: Ask) -> None:
    told = ask("show", "gold", "--on", DAY)
    lines = lines_of(told.out)
    assert lines[0] == "gold · Gold friends"
    for line in (
        "rule total spent at least 500",
        "because you are dear to us",
        "place content/segments/friends.yaml:2",
        "priority 10",
        "jump 20%",
        "members 1 customer, 33.3 % of all",
        "such as C-1",
        "SELECT",
    ):
        assert line in lines
    assert '"memory"' not in told.out, "where the engine keeps its tables is nobody's business"


def test_a_segment_as_json_is_one_document(ask: Ask) -> None:
    value = ask("show", "recent", "--on", DAY, "--json").value
    assert value.pop("sql").startswith("SELECT")
    assert "veiled" not in value
    assert value == {
        "id": "recent",
        "title": "Bought not long ago",
        "why": "",
        "priority": 20,
        "unknown": "include",
        "jump": None,
        "rule": "last order within the last 112 days",
        "place": "content/segments/friends.yaml:13",
        "count": 2,
        "customers": 3,
        "sample": ["C-2", "C-3"],
    }


def test_names_come_only_to_those_who_ask(ask: Ask) -> None:
    assert "C-1 Ada Holm" not in " ".join(ask("show", "gold", "--on", DAY).out.split())
    assert "such as C-1 Ada Holm" in lines_of(ask("show", "gold", "--on", DAY, "--personal").out)
    assert ask("show", "gold", "--on", DAY, "--personal", "--json").value["names"] == {"C-1": "Ada Holm"}


@pytest.mark.parametrize(
    ("dialect", "quoted"),
    [
        ("duckdb", '"facts"'),
        ("postgres", '"facts"'),
        ("pyspark", "`facts`"),
        ("bigquery", "`facts`"),
        ("trino", '"facts"'),
    ],
)
def test_the_rule_is_printed_for_any_engine(ask: Ask, dialect: str, quoted: str) -> None:
    sql = ask("show", "quiet", "--on", DAY, "--dialect", dialect, "--json").value["sql"]
    assert f"FROM {quoted}" in sql
    assert "total_spent" in sql


def test_the_grammar_and_the_schema_need_no_segment(ask: Ask, shop: Path) -> None:
    grammar = ask("show", "--grammar")
    assert (grammar.code, grammar.err) == (0, "")
    assert "within last" in grammar.out
    assert ask("show", "--grammar", "--json").value == {"grammar": grammar.out.removesuffix("\n")}
    assert ask("show", "--schema").value["$schema"].endswith("2020-12/schema")
    (shop / "content" / "segments" / "friends.yaml").write_text("segments: {gold: {all: [{ordrs: 1}]}}")
    assert ask("show", "--grammar").code == 0, "who mends a rule wants to see what it may say"


def test_show_without_a_segment_is_a_usage_error(ask: Ask) -> None:
    assert ask("show").code == 2
    assert ask("show", "--grammar", "--schema").code == 2
    assert ask("show", "gold", "--dialect", "cobol").code == 2


def test_an_explanation_is_a_tree_with_answers_values_and_places(ask: Ask) -> None:
    told = ask("explain", "C-2", "quiet", "--on", DAY)
    assert (told.code, told.err) == (0, "")
    assert [line.strip("├└│─ ") for line in fitting(told.out).splitlines() if line.strip()] == [
        "C-2 is not in quiet · Quiet",
        "8 September 2026 · content/segments/friends.yaml:23",
        "no   all of these",
        "yes  not in the segment 'gold'",
        "content/segments/friends.yaml:26",
        "no   total spent at least 500",
        "45.50",
        "content/segments/friends.yaml:8",
        "no   none of these",
        "yes  in the segment 'recent'",
        "content/segments/friends.yaml:28",
        "yes  last order within the last 112 days",
        "2026-05-20",
        "content/segments/friends.yaml:18",
    ]


def test_an_explanation_says_what_is_not_known_and_what_that_came_to(ask: Ask) -> None:
    told = ask("explain", "C-3", "recent", "--on", DAY)
    assert "C-3 is in recent" in told.out
    assert "not known, so the answer is yes (unknown: include)" in told.out
    told = ask("explain", "C-3", "best", "--on", DAY)
    assert "the cut is 620.00" in told.out


def test_a_ranking_is_explained_by_the_place_and_the_cut(ask: Ask) -> None:
    assert "45.50, 2nd of 3; the cut is 620.00, and 1 is in" in ask("explain", "C-2", "best", "--on", DAY).out
    (leaf,) = ask("explain", "C-2", "best", "--on", DAY, "--json").value["rule"]["all"]
    assert (leaf["value"], leaf["rank"]) == ("45.50", 2)
    assert leaf["cut"] == {"value": "620.00", "inside": 1, "known": 3}


def test_an_event_is_explained_by_how_often_it_happened(ask: Ask, shop: Path) -> None:
    (shop / "content" / "segments" / "friends.yaml").write_text(
        "segments: {gold: {all: [{ordered: {at least: 1, within last: 112 days, with: {amount: more than 40}}}]}}"
    )
    for customer, member, count in (("C-1", "is not in", "0"), ("C-2", "is in", "1")):
        lines = lines_of(ask("explain", customer, "gold", "--on", DAY).out)
        assert lines[0] == f"{customer} {member} gold · Gold"
        assert "ordered" in lines[2]
        assert lines[-2] == count


def test_a_personal_value_is_hidden_until_somebody_asks(ask: Ask) -> None:
    hidden = ask("explain", "C-3", "autumn-children", "--on", DAY)
    assert "(hidden; --personal shows it)" in hidden.out
    assert "1992-11-02" in ask("explain", "C-3", "autumn-children", "--on", DAY, "--personal").out
    (leaf,) = ask("explain", "C-3", "autumn-children", "--on", DAY, "--json").value["rule"]["any"]
    assert (leaf["holds"], leaf["known"], leaf["value"], leaf["hidden"]) == (True, True, None, True)
    told = ask("explain", "C-3", "autumn-children", "--on", DAY, "--json", "--personal")
    assert told.value["rule"]["any"][0]["value"] == "1992-11-02"


def test_without_a_segment_each_says_what_decided(ask: Ask) -> None:
    told = ask("explain", "C-2", "--on", DAY)
    text = " ".join(fitting(told.out).split())
    assert text.startswith("C-2 is in 1 of 5 segments on 8 September 2026 segment in because")
    assert "gold no total spent at least 500: no · 45.50" in text
    assert "recent yes last order within the last 112 days: yes · 2026-05-20" in text
    assert "quiet no in the segment 'recent': yes" in text
    value = ask("explain", "C-2", "--on", DAY, "--json").value
    assert (value["customer"], value["on"]) == ("C-2", DAY)
    assert {one["segment"]: one["member"] for one in value["segments"]} == {
        "gold": False,
        "recent": True,
        "autumn-children": False,
        "quiet": False,
        "best": False,
    }


def test_an_unknown_customer_is_told(ask: Ask) -> None:
    assert ask("explain", "c-1", "gold", "--on", DAY) == (
        *(1, "", "there is no customer 'c-1' in the customer file\nhint: ids are case-sensitive\n"),
    )


def test_expectations_that_hold_are_counted(ask: Ask) -> None:
    assert ask("test") == (0, "3 expectations of 1 segment hold.\n", "")
    assert ask("test", "--json").value == {"expectations": 3, "failed": []}


def test_an_expectation_that_does_not_hold_is_told_at_its_place_with_the_reason(ask: Ask, shop: Path) -> None:
    text = SEGMENTS.replace("members: [C-1]\n", "members: [C-1, C-2]\n").replace("[C-2, C-3]", "[C-3]")
    (shop / "content" / "segments" / "friends.yaml").write_text(text)
    told = ask("test")
    assert (told.code, told.err) == (1, "")
    assert lines_of(fitting(told.out)) == [
        "content/segments/friends.yaml:11:22",
        "'C-2' should be in 'gold' on 2026-09-08, and is not:",
        "no total spent at least 500",
        "45.50",
        "content/segments/friends.yaml:8",
        "1 of 3 expectations of 1 segment does not hold.",
    ]
    told = ask("test", "--json")
    assert told.code == 1
    (failed,) = json.loads(told.out)["failed"]
    assert (failed["file"], failed["line"], failed["column"]) == ("content/segments/friends.yaml", 11, 22)
    assert (failed["customer"], failed["expected"], failed["on"]) == ("C-2", True, DAY)
    assert failed["explanation"]["member"] is False


def test_an_expectation_holds_on_its_own_day_and_without_one_on_the_day_of_the_run(ask: Ask, shop: Path) -> None:
    text = SEGMENTS.replace("on: 2026-09-08", "on: 2026-02-02")
    (shop / "content" / "segments" / "friends.yaml").write_text(text)
    told = ask("test", "--on", DAY)
    assert (told.code, told.err) == (1, "")
    assert "'C-1' should be in 'gold' on 2026-02-02, and is not:" in told.out
    text = SEGMENTS.replace("      on: 2026-09-08\n", "")
    (shop / "content" / "segments" / "friends.yaml").write_text(text)
    assert ask("test", "--on", DAY).code == 0
    assert ask("test", "--on", "2026-02-02").code == 1


def test_an_expectation_about_an_unknown_customer_is_a_mistake(ask: Ask, shop: Path) -> None:
    (shop / "content" / "segments" / "friends.yaml").write_text(SEGMENTS.replace("[C-2, C-3]", "[C-2, C-33]"))
    assert ask("test") == (
        1,
        "",
        (
            "content/segments/friends.yaml:12:26: there is no customer 'C-33' in the customer file\n"
            "hint: ids are case-sensitive\n\n1 mistake; nothing was written\n"
            "`sitegen explain unknown-customer` tells more\n"
        ),
    )


def test_without_any_expectation_it_says_how_to_write_one(ask: Ask, shop: Path) -> None:
    (shop / "content" / "segments" / "friends.yaml").write_text("segments: {gold: {all: [{orders: at least 1}]}}")
    told = ask("test")
    assert (told.code, told.err) == (0, "")
    assert "not members: [C-00002]" in told.out
    assert ask("test", "--json").value == {"expectations": 0, "failed": []}


def test_a_comparison_names_who_came_and_left_and_since_when(ask: Ask) -> None:
    # Ada bought on 3 February, Ben on 20 May; 112 days later Ben is no longer recent.
    told = ask("diff", "--from", "2026-09-07", "--on", "2026-09-11")
    assert told.code == 0
    lines = lines_of(fitting(told.out))
    assert lines == [
        "From 7 September 2026 to 11 September 2026",
        "recent 2 → 1 · Bought not long ago",
        "1 left C-2 since 2026-09-10",
        "quiet 0 → 1 · Quiet",
        "1 came C-2 since 2026-09-10",
        "2 segments changed; the other 3 are as they were. Looked at every day.",
    ]


def test_a_comparison_as_json_and_with_names(ask: Ask) -> None:
    value = ask("diff", "--from", "2026-09-07", "--on", "2026-09-11", "recent", "--json", "--personal").value
    assert value == {
        "from": "2026-09-07",
        "on": "2026-09-11",
        "segments": [
            {
                "id": "recent",
                "before": 2,
                "now": 1,
                "entered": {"count": 0, "customers": []},
                "left": {"count": 1, "customers": [{"customer": "C-2", "since": "2026-09-10", "name": "Ben Lind"}]},
            }
        ],
    }


def test_since_is_the_first_day_of_the_present_state_however_often_it_changed(ask: Ask, shop: Path) -> None:
    orders = shop / "content" / "customers" / "orders.csv"
    with orders.open("a") as file:
        # Cleo comes twice, and the second time she stays; Ben is there on both days that are compared.
        file.write(
            "O-3,C-3,2026-09-02,5.00\nO-4,C-3,2026-09-06,5.00\nO-5,C-2,2026-09-01,5.00\nO-6,C-2,2026-09-07,5.00\n"
        )
    text = SEGMENTS.replace("within last 112 days", "within last 1 days").replace("    unknown: include\n", "")
    (shop / "content" / "segments" / "friends.yaml").write_text(text)
    value = ask("diff", "--from", "2026-09-01", "--on", "2026-09-07", "recent", "--json").value
    (change,) = value["segments"]
    assert (change["before"], change["now"]) == (1, 2)
    assert change["entered"] == {"count": 1, "customers": [{"customer": "C-3", "since": "2026-09-06"}]}
    assert change["left"] == {"count": 0, "customers": []}


def test_five_customers_are_named_on_each_side_unless_all_are_asked_for(ask: Ask, shop: Path) -> None:
    customers, orders = (shop / "content" / "customers" / name for name in ("customers.csv", "orders.csv"))
    with customers.open("a") as file, orders.open("a") as bought:
        for number in range(10, 17):
            file.write(f"C-{number},Dora,Ness,dora.{number}@mail.example.com,,Steinweg {number},Bremen,28195,DE,\n")
            bought.write(f"O-{number},C-{number},2026-09-03,700.00\n")
    days = ("--from", "2026-09-01", "--on", "2026-09-05", "gold")
    told = ask("diff", *days)
    assert lines_of(told.out)[2:8] == [
        "7 came C-10 since 2026-09-03",
        *(f"C-{number} since 2026-09-03" for number in range(11, 15)),
        "… and 2 more",
    ]
    assert len(ask("diff", *days, "--json").value["segments"][0]["entered"]["customers"]) == 5
    told = ask("diff", *days, "--all")
    assert lines_of(told.out)[8] == "C-16 since 2026-09-03"
    assert len(ask("diff", *days, "--json", "--all").value["segments"][0]["entered"]["customers"]) == 7


def test_the_cut_of_a_personal_ranking_is_hidden_in_its_sql(ask: Ask, shop: Path) -> None:
    customers = shop / "content" / "customers" / "customers.csv"
    header, *rows = customers.read_text().splitlines()
    incomes = (f"{row},{income}" for row, income in zip(rows, ("51234", "43210", "38765"), strict=True))
    customers.write_text("\n".join((f"{header},income", *incomes, "")))
    (shop / "content" / "segments" / "friends.yaml").write_text(
        "segments: {gold: {all: [{total spent: at least 500}]}, rich: {all: [{income: top 2}]}}"
    )
    told = ask("show", "rich", "--on", DAY)
    assert "43210" not in told.out
    assert "The cut of a personal value stands as 0 here; --personal shows it." in told.out
    assert ask("show", "rich", "--on", DAY, "--json").value["veiled"] is True
    assert "43210" in ask("show", "rich", "--on", DAY, "--personal").out
    for hidden in (ask("explain", "C-3", "rich", "--on", DAY), ask("explain", "C-3", "rich", "--on", DAY, "--json")):
        assert "43" not in hidden.out
        assert "38" not in hidden.out
    assert (
        "3rd of 3; the cut is 43,210.00, and 2 are in" in ask("explain", "C-3", "rich", "--on", DAY, "--personal").out
    )


def test_a_terminal_of_80_columns_shows_colours_unless_they_are_not_wanted(
    ask: Ask, shop: Path, environment: Callable[..., dict[str, str]]
) -> None:
    command = [sys.executable, "-m", "sitegen", "segments", "explain", "C-2", "quiet", "--on", DAY]
    colour = re.compile(r"\x1b\[(?:\d+;)*3[0-8]m")
    assert colour.search(on_a_terminal(command, shop, environment(TERM="xterm-256color")))
    plain = on_a_terminal(command, shop, environment(TERM="xterm-256color", NO_COLOR="1"))
    assert not colour.search(plain)
    fitting(re.sub(r"\x1b\[[0-9;]*m", "", plain))


def test_a_long_time_is_looked_at_week_by_week_and_says_so(ask: Ask) -> None:
    told = ask("diff", "--from", "2026-01-01", "--on", DAY, "gold")
    assert "1 came C-1 since 2026-02-03" in lines_of(told.out)
    assert "Looked at every 7 days, so 'since' may be up to 6 days late." in " ".join(told.out.split())


def test_days_without_a_change_are_told(ask: Ask) -> None:
    told = ask("diff", "--from", "2026-09-07", "--on", DAY)
    assert "Nobody came or left: all 5 segments are as they were." in told.out


@pytest.mark.parametrize("start", ["2026-09-08", "2026-10-01", "the other day", "2026-09-01..2026-09-03"])
def test_a_day_to_compare_with_lies_before_the_other(ask: Ask, start: str) -> None:
    told = ask("diff", "--from", start, "--on", DAY)
    assert (told.code, told.out) == (2, "")
    assert start in told.err


@pytest.mark.parametrize("verb", [["list"], ["show", "gold"], ["explain", "C-1"], ["test"]])
def test_segments_are_looked_at_from_one_day(ask: Ask, verb: list[str]) -> None:
    told = ask(*verb, "--on", "2026-09-08..2026-09-09")
    assert (told.code, told.out) == (2, "")
    assert "'2026-09-08..2026-09-09' are several days; write one, like 2026-09-25" in told.err


@pytest.mark.parametrize(
    "verb", [["show", "glod"], ["explain", "C-1", "glod"], ["diff", "glod", "--from", "2026-01-01"]]
)
def test_an_unknown_segment_is_told_with_the_nearest_name(ask: Ask, verb: list[str]) -> None:
    assert ask(*verb, "--on", DAY) == (1, "", "there is no segment 'glod'\nhint: did you mean 'gold'?\n")


@pytest.mark.parametrize(
    "verb", [["list"], ["show", "gold"], ["explain", "C-1"], ["test"], ["diff", "--from", "2026-01-01"]]
)
def test_a_shop_without_segments_is_told_how_to_begin(ask: Ask, shop: Path, verb: list[str]) -> None:
    (shop / "content" / "segments" / "friends.yaml").unlink()
    for page in (shop / "content").rglob("*.md"):
        page.write_text(
            page.read_text().replace("audience: gold", "audience: everyone").replace(" gold\n", " everyone\n")
        )
    told = ask(*verb, "--on", DAY)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("there are no segments yet\nhint: write one into content/segments/")


@pytest.mark.parametrize(
    "verb",
    [
        ["list", "--overlap"],
        ["list", "--overlap", "--json"],
        ["show", "autumn-children"],
        ["show", "autumn-children", "--json"],
        ["explain", "C-3"],
        ["explain", "C-3", "--json"],
        ["explain", "C-3", "autumn-children"],
        ["test", "--json"],
        ["diff", "--from", "2026-01-01"],
        ["diff", "--from", "2026-01-01", "--all", "--json"],
    ],
)
def test_nothing_personal_is_said_unless_somebody_asks(ask: Ask, verb: list[str]) -> None:
    told = ask(*verb, "--on", DAY)
    assert told.code == 0
    assert [word for word in PERSONAL if word in told.out] == []


def test_a_plan_as_json_names_customers_by_their_ids_alone(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", "--on", DAY, "--json"]) == 0
    out = capsys.readouterr().out
    assert "C-1" in out
    assert [word for word in PERSONAL if word in out] == []
