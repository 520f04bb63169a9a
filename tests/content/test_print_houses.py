"""Print houses: those that come with sitegen, and the shop's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.print_house_files import house_names, is_press_profile, read_print_house
from sitegen.content.project import read_project
from sitegen.errors import Mistakes, Problem
from sitegen.model.print_house import Duplex, Intent, Order, PrintHouse, Sheet
from sitegen.model.tree import Place
from tests.content.shop_folder import SITE, mistakes_of, write_shop

NAMED = Place("content/site.yaml", 7, 14)
OWN = """\
title: The printer round the corner
bleed: 2.5
marks: yes
records: 250
variable: yes
ink: 280
intent: {identifier: FOGRA39, condition: Coated paper, registry: "http://www.color.org", profile: fogra39}
sheet: {paper: SRA3, margin: 7, gutter: 8.5, duplex: short-edge, order: by-sheet, lift: 0, registration: yes}
"""
INTENT = "intent: {identifier: FOGRA39, profile: fogra39}\n"


def _own(tmp_path: Path, text: str, name: str = "corner") -> Path:
    return write_shop(tmp_path, **{"site.yaml": f"{SITE}print_house: {name}\n", "print/corner.yaml": text})


def _built_in(name: str) -> PrintHouse:
    problems: list[Problem] = []
    house = read_print_house(None, name, NAMED, problems)
    assert problems == []
    return house


def test_four_print_houses_come_with_sitegen() -> None:
    assert house_names(None) == ("digital", "eu", "us", "with-marks")
    houses = [_built_in(name) for name in house_names(None)]
    assert [(one.bleed, one.marks, one.records, one.variable) for one in houses] == [
        (3.0, False, 1000, True),
        (3.0, False, 500, False),
        (3.175, False, 500, False),
        (3.0, True, 500, False),
    ]
    assert {one.intent.identifier for one in houses} == {"FOGRA39", "CGATS TR 006"}


@pytest.mark.parametrize("name", ["eu", "us"])
def test_their_profiles_are_those_of_a_press_and_small(name: str) -> None:
    profile = _built_in(name).intent.profile
    assert is_press_profile(profile)
    assert int.from_bytes(profile[:4], "big") == len(profile) < 400_000


def test_a_shop_without_a_word_prints_at_the_house_eu(tmp_path: Path) -> None:
    assert read_project(write_shop(tmp_path)).print_house == _built_in("eu")


def test_a_shop_may_have_a_print_house_of_its_own(tmp_path: Path) -> None:
    assert read_project(_own(tmp_path, OWN)).print_house == PrintHouse(
        name="corner",
        title="The printer round the corner",
        bleed=2.5,
        marks=True,
        records=250,
        variable=True,
        intent=Intent("FOGRA39", "Coated paper", "http://www.color.org", _built_in("eu").intent.profile),
        ink=280.0,
        sheet=Sheet("SRA3", 320.0, 450.0, 7.0, 8.5, Duplex.SHORT_EDGE, Order.BY_SHEET, 0, registration=True),
    )


def test_its_own_hides_one_of_the_same_name(tmp_path: Path) -> None:
    shop = write_shop(tmp_path, **{"print/eu.yaml": "title: Ours\n" + INTENT})
    assert read_project(shop).print_house.title == "Ours"


def test_a_profile_of_its_own_lies_among_the_assets(tmp_path: Path) -> None:
    shop = _own(tmp_path, "intent: {identifier: PSO, profile: paper.icc}\n")
    profile = _built_in("us").intent.profile
    (shop / "content/assets/paper.icc").write_bytes(profile)
    assert read_project(shop).print_house.intent == Intent("PSO", "PSO", "http://www.color.org", profile)


def test_an_unknown_print_house_is_told_where_it_is_named(tmp_path: Path) -> None:
    (problem,) = mistakes_of(write_shop(tmp_path, **{"site.yaml": f"{SITE}print_house: digitl\n"})).values()
    assert problem == Problem(
        "content/site.yaml", 7, 14, "missing-print-house", "there is no print house 'digitl'", "did you mean 'digital'?"
    )


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        (
            INTENT + "bleeds: 3\n",
            "unknown-key",
            "unknown key 'bleeds' in the print house 'corner'",
            "did you mean 'bleed'?",
        ),
        (INTENT + "bleed: 60\n", "wrong-value", "'bleed' can't be '60'", "write a number from 0 to 25"),
        (INTENT + "ink: 40\n", "wrong-value", "'ink' can't be '40'", "write a number from 100 to 400"),
        (INTENT + "records: 0\n", "wrong-value", "'records' can't be '0'", "write a whole number from 1 to 10000"),
        (INTENT + "marks: maybe\n", "wrong-value", "'marks' can't be 'maybe'", "write yes or no"),
        ("bleed: 3\n", "missing-key", "the print house 'corner' has no 'intent'", "add a line 'intent: ...'"),
        (
            "intent: {identifier: FOGRA39, profile: fogra93}\n",
            "missing-profile",
            "there is no colour profile 'fogra93'",
            "did you mean 'fogra39'?",
        ),
        (
            "intent: {identifier: FOGRA39, profile: cloth.svg}\n",
            "wrong-profile",
            "'cloth.svg' is no colour profile of a press",
            "take an ICC profile for CMYK, of the class 'prtr'",
        ),
        (
            INTENT + "sheet: {paper: SRA33}\n",
            "unknown-sheet",
            "unknown sheet 'SRA33'",
            "did you mean 'SRA3'?",
        ),
        (
            INTENT + "sheet: {paper: A3, duplex: long-side}\n",
            "unknown-word",
            "unknown duplex 'long-side'",
            "did you mean 'long-edge'?",
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_told_with_its_place(text: str, code: str, message: str, hint: str, tmp_path: Path) -> None:
    problem = mistakes_of(_own(tmp_path, text))[code]
    assert (problem.file, problem.message, problem.hint) == ("content/print/corner.yaml", message, hint)
    assert problem.line >= 1


def test_a_profile_outside_the_assets_is_not_read(tmp_path: Path) -> None:
    shop = _own(tmp_path, "intent: {identifier: PSO, profile: ../../../paper.icc}\n")
    (tmp_path.parent / "paper.icc").write_bytes(_built_in("us").intent.profile)
    assert mistakes_of(shop)["missing-profile"].file == "content/print/corner.yaml"


def test_without_a_shop_only_those_of_sitegen_are_known() -> None:
    with pytest.raises(Mistakes) as caught:
        read_print_house(None, "corner", Place(""), [])
    assert str(caught.value) == "there is no print house 'corner'\nhint: known are: digital, eu, us, with-marks"
