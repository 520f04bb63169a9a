"""Care, stages, suggestions, people and service as the default theme shows them, in each of its languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

import pytest
from markupsafe import Markup

from sitegen.model.related import Why
from sitegen.model.service import Payer, Unit, Within
from sitegen.model.theme import Theme
from sitegen.programme.parts.advisers import AdviserView
from sitegen.programme.parts.answer import AnswerView
from sitegen.programme.parts.care import CareView
from sitegen.programme.parts.complaints import ComplaintsView
from sitegen.programme.parts.life_stages import StageView
from sitegen.programme.parts.related import SuggestionView
from sitegen.programme.parts.returns import ReturnsView
from sitegen.programme.parts.standards import StandardView
from sitegen.programme.parts.ways import Way
from sitegen.render.parts import cell_template, template
from sitegen.render.theme import templates, words
from tests.theme.test_templates import Elements

TWO_DAYS = Within(2, Unit.WORKING_DAYS)
WAYS = (Way("call", "+49 40", "tel:+4940"), Way("text"), Way("shop"), Way("form", "", "complaint:"))
ANSWER = AnswerView(8, (("Monday", "Friday"), ("Sunday", "")), time(9), time(18), time(10), 1, WAYS[:1])
OUTER: Mapping[str, object] = {
    "advisers": (
        AdviserView(
            "Shen & Yue",
            "Adviser",
            "Hamburg",
            "/assets/x.png",
            ("Chinese",),
            "+49",
            "tel:+49",
            "a@b.example",
            "advisers/A.vcf",
            "BEGIN",
        ),
    ),
    "answer": ANSWER,
    "care": (CareView("Looking after linen", "/care/linen.md", ("linen", "table linen")),),
    "complaints": ComplaintsView("Tell us.", WAYS, ("We listen.",), TWO_DAYS, "Line", "+49 30", "tel:+4930"),
    "life-stages": "A little one",
    "promises": None,
    "related": None,
    "returns": ReturnsView(Within(1, Unit.WEEKS), "Unwashed.", Payer.SHOP, ("Tell us.",), TWO_DAYS, ("beads", "hats")),
    "standards": (StandardView("An answer", "The same day.", "A person.", Within(1, Unit.HOURS)),),
}
CELLS: Mapping[str, tuple[object, ...]] = {
    "care": (CareView("Silk", "/care/silk.md", ("linen", "hats", "beads"), yours=True), CareView("Silk", "/s.md", ())),
    "life-stages": (
        StageView("Here", "Sleep.", "/care/quilts.md", "Quilts", ("a quilt",)),
        StageView("Here", "Sleep."),
    ),
    "related": tuple(SuggestionView(("A & B", "C"), why, ("D", "E")) for why in Why),
    "promises": (None,),
}
MAILED = ("answer", "care", "life-stages", "related")


def fill(theme: Theme, name: str, language: str = "en", **views: object) -> str:
    """A template with all that parts may call; `file` and fields of records only on the site."""
    channel: dict[str, object] = {"full": False}
    if name.startswith("site/"):
        channel |= {"file": lambda name, _: Markup('href="/{}" download').format(name)}
    functions: dict[str, object] = {
        "t": words(theme, language),
        "link": lambda target: Markup('href="{}"').format(target),
        "picture": lambda source, about: Markup('<img src="{}" alt="{}">').format(source, about),
        "clock": lambda at: f"{at:%H:%M}",
    }
    given = {"id": "p", "title": "", "inner": Markup(""), "cells": (), **functions, **channel, **views}
    return templates(theme, {}).render(name, "the part", given)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&amp;", "&").split())


@pytest.mark.parametrize("language", ["en", "zh", "de"])
@pytest.mark.parametrize("name", OUTER)
def test_every_part_has_a_heading_that_names_it_and_closes_what_it_opens(
    theme: Theme, name: str, language: str
) -> None:
    made = Elements(fill(theme, template("site", name), language, part=OUTER[name]))
    assert (made.misnested, made.open) == ([], [])
    assert made.found[0] == ("section", {"class": made.found[0][1]["class"], "aria-labelledby": "p"})
    assert made.found[1] == ("h2", {"id": "p", "class": "part-title"})
    assert f"part-{name}" in made.found[0][1]["class"].split()


@pytest.mark.parametrize("language", ["en", "zh", "de"])
@pytest.mark.parametrize("name", CELLS)
def test_every_cell_closes_what_it_opens_and_has_its_heading_below_that_of_the_part(
    theme: Theme, name: str, language: str
) -> None:
    for cell in CELLS[name]:
        made = Elements(fill(theme, cell_template("site", name), language, cell=cell))
        assert (made.misnested, made.open) == ([], [])
        assert [tag for tag, _ in made.found if tag[0] == "h" and tag[1:].isdigit()] == ["h3"]


@pytest.mark.parametrize("language", ["en", "zh", "de"])
@pytest.mark.parametrize("name", MAILED)
def test_what_may_stand_in_a_mail_has_a_form_for_it(theme: Theme, name: str, language: str) -> None:
    cells = [fill(theme, cell_template("mail", name), language, cell=cell) for cell in CELLS.get(name, ())]
    made = fill(
        theme, template("mail", name), language, part=OUTER[name], cells=[{"html": Markup(one)} for one in cells]
    )
    assert made.strip()
    assert "data-sg" not in made


def test_a_mail_without_a_cell_for_its_reader_has_no_heading_either(theme: Theme) -> None:
    for name in ("care", "life-stages", "related"):
        assert fill(theme, template("mail", name), part=()).strip() == ""


def test_an_answer_says_by_when_to_ask(theme: Theme) -> None:
    said = text(fill(theme, template("site", "answer"), part=ANSWER))
    assert said.endswith(
        "We are open Monday to Friday, Sunday, 09:00 to 18:00, except on public holidays. Ask before 10:00 on one of "
        "these days, and you have your answer that day. Ask later, and you have it on the next one."
    )


def test_an_answer_that_takes_longer_than_a_day_names_the_days(theme: Theme) -> None:
    slow = AnswerView(20, (("Monday", "Friday"),), time(9), time(18), None, 3, ())
    said = text(fill(theme, template("site", "answer"), part=slow))
    assert said.endswith("except on public holidays. You have your answer after 3 of these days at the latest.")


def test_times_are_said_in_words_and_in_numbers(theme: Theme) -> None:
    said = text(fill(theme, template("site", "returns"), part=OUTER["returns"]))
    assert "You have one week" in said
    assert "is back within 2 working days after the parcel is here" in said
    assert said.endswith("beads and hats")


def test_a_complaint_leads_to_the_telephone_the_form_and_the_third_party(theme: Theme) -> None:
    made = Elements(fill(theme, template("site", "complaints"), part=OUTER["complaints"]))
    assert made.with_attribute("href") == ["tel:+4940", "complaint:", "tel:+4930"]


def test_names_of_goods_are_said_as_a_list_and_escaped_once(theme: Theme) -> None:
    first, *_ = CELLS["care"]
    assert text(fill(theme, cell_template("site", "care"), cell=first)).endswith("of our linen, hats and beads.")
    finer = fill(theme, cell_template("site", "related"), cell=CELLS["related"][0])
    assert "A &amp; B and C" in finer
    assert text(finer).endswith("One finer than your D or E.")


def test_a_record_says_what_was_promised_only_where_it_holds_it(theme: Theme) -> None:
    basic, full = (fill(theme, cell_template("site", "promises"), cell=None, full=full) for full in (False, True))
    assert "data-sg-field" not in basic
    assert Elements(full).with_attribute("data-sg-field") == ["promises", "promises_due|date"]


def test_people_have_a_contact_to_save(theme: Theme) -> None:
    made = fill(theme, template("site", "advisers"), part=OUTER["advisers"])
    assert '<a href="/advisers/A.vcf" download>Save the contact</a>' in made
    assert "Shen &amp; Yue" in made
