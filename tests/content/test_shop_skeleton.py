"""A new shop's files: its name in every place, its days counted from the day on which it begins."""

from __future__ import annotations

import re
from datetime import date, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cli.main import cli
from sitegen.content.shop_skeleton import LANGUAGES, TEXTS, Wanted, shop_files
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.tree import Scalar
from tests.examples import examples

DAY = date(2026, 11, 22)
HIDDEN_LEFT = re.compile(r"(?<!\{)\{[a-z]+([+-]\d+)?\}")


def wanted(name: str = "My shop", language: str = "en", today: date = DAY, card: str = "thank-you-thread") -> Wanted:
    return Wanted(name, language, "hearth", card, today, "1.2.3")


def text(path: str, of: Wanted) -> str:
    return shop_files(of)[path].decode()


def birthdays(of: Wanted) -> list[date]:
    rows = text("content/customers/customers.csv", of).splitlines()
    column = rows[0].split(",").index("birthday")
    return [date.fromisoformat(row.split(",")[column]) for row in rows[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_to_fill_in(language: str) -> None:
    for path, content in shop_files(wanted(language=language)).items():
        assert "YEAR" not in path
        assert "dot-" not in path
        if path.endswith(TEXTS):
            assert not HIDDEN_LEFT.search(content.decode()), path


def test_both_languages_have_the_same_files_but_for_the_faces() -> None:
    english, chinese = ({path for path in shop_files(wanted(language=one)) if ".png" not in path} for one in LANGUAGES)
    assert english == chinese
    assert {".gitignore", ".github/workflows/site.yml", "content/site.yaml", "README.md"} <= english
    assert "content/campaigns/2026/birthday.md" in english


def test_a_shop_whose_theme_has_no_card_for_thanks_has_no_such_campaign() -> None:
    assert "content/campaigns/2026/thank-you-card.md" not in shop_files(wanted(card=""))


def test_somebody_has_a_birthday_on_the_first_day_and_most_in_its_month() -> None:
    days = birthdays(wanted())
    assert (days[0].month, days[0].day) == (DAY.month, DAY.day)
    near = {(DAY + timedelta(days=number)).strftime("%m-%d") for number in range(31)}
    assert sum(day.strftime("%m-%d") in near for day in days) >= 8


@examples(100)
@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_day_can_be_the_first_one(today: date) -> None:
    assert len(birthdays(wanted(today=today))) == 12
    occasion = text("content/programme/occasions.yaml", wanted(today=today))
    found = re.search(r"month: (\d+), day: (\d+)", occasion)
    assert found
    # No day that only leap years have.
    date(2027, int(found[1]), int(found[2]))


@examples(100)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=80))
def test_any_name_is_read_back_as_it_was_given(name: str) -> None:
    tree = read_yaml(text("content/site.yaml", wanted(name)), "content/site.yaml")
    found = tree.get("name")
    assert isinstance(found, Scalar)
    assert found.text == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_it_names_is_a_real_one(language: str) -> None:
    texts = [
        content.decode() for path, content in shop_files(wanted(language=language)).items() if path.endswith(TEXTS)
    ]
    named = {tuple(found) for text in texts for found in re.findall(r"\bsitegen ([a-z]+)(?: ([a-z]+)\b)?", text)}
    assert {"serve", "build", "import", "new", "keys", "deploy", "verify", "doctor"} <= {verb for verb, _ in named}
    for verb, inner in named:
        command = cli.commands.get(verb)
        assert command is not None, verb
        assert not isinstance(command, click.Group) or inner in command.commands, f"{verb} {inner}"
