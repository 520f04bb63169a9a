"""The complaint desk, from a customer file to the pages and the list that advisers open."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.desk.complaints.apologies import apology_notices
from sitegen.build.desk.complaints.cases import DeskCases, open_desk
from sitegen.build.desk.complaints.pages import complaint_pages, steps_due
from sitegen.build.desk.complaints.registers import register_pages, registers_there
from sitegen.build.desk.office import open_office
from sitegen.build.people import People, open_people
from sitegen.model.complaint_desk import ComplaintDesk, Step
from sitegen.model.duty import Desk
from sitegen.model.ledger import DeskWord, Form
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource
from sitegen.model.theme import Theme
from sitegen.model.tree import Place
from sitegen.programme.complaints.apologies import Mechanical
from sitegen.programme.desk.steps import StepDue
from tests.plain_shop import SHOP

TODAY = date(2026, 9, 8)
DESK = Desk(date(2026, 8, 1), Place("duties.yaml"), regions={"West": "A-2"}, head_office="A-3")
FILES = {
    "customers": """\
customer_id,first_name,last_name,phone,adviser_id,store_id
C-1,Mei,Lin,+86 129 0000 0100,A-1,bath
C-2,Jonas,Brandt,,,bath
""",
    "stores": "store_id,name,region\nbath,The Bath,West\n",
    "advisers": "adviser_id,first_name\nA-1,Wen\nA-2,Yue\nA-3,Ada\n",
    "complaints": """\
complaint_id,customer_id,opened_on,channel,factor,text,step,solved_on,satisfied,lesson,compensation
B-1,C-1,2026-09-01,mail,attitude,"=Nobody greeted me, Mei Lin.",explain,,,,
B-2,C-2,2026-09-07,call,quality,The seam opened.,,,,,
B-3,C-2,2026-08-02,call,quality,The red ran.,feedback,2026-08-05,no,"Mr Brandt taught us: wash the red first.",a cushion
B-4,C-1,2026-06-01,call,quality,Old.,result,2026-06-09,yes,,
B-5,C-1,2026-06-01,call,quality,Old too.,result,2026-06-09,yes,A label says the day.,
""",
    "complaint_steps": """\
complaint_id,step,done_on,adviser_id,evidence,satisfied,opinion_by,opinion
B-1,listen,2026-09-01,A-1,she stood there for ten minutes,,,
B-1,talk,2026-09-02,A-1,she felt like a ghost in our house,,,
B-1,apologise,2026-09-02,A-1,I am sorry that the red of your throw ran into the white; I chose that dye myself,,,
B-1,explain,2026-09-03,A-1,explained it on the telephone,,,
B-3,listen,2026-08-02,A-1,the red ran into the white,,,
B-3,talk,2026-08-02,A-1,he laughed about it in the end,,,
B-3,apologise,2026-08-02,A-1,I am sorry that the red of your quilt ran into the white; I chose that dye myself,,,
B-3,analyse,2026-08-03,A-1,one bath of dye was too cold,,,
B-3,explain,2026-08-03,A-1,told him of the cold bath,,,
B-3,process,2026-08-04,A-1,a new one by the courier,,,
B-3,compensate,2026-08-04,A-1,a cushion with a line by hand,,,
B-3,result,2026-08-05,A-1,he wanted the money as well,no,A-3,that is more than we can do; thank you
B-3,feedback,2026-08-12,A-1,he still likes the new one,,,
""",
}


@contextmanager
def opened(folder: Path, programme: Programme, files: dict[str, str]) -> Iterator[tuple[Project, People]]:
    (folder / "customers").mkdir()
    for name, text in files.items():
        (folder / "customers" / f"{name}.csv").write_text(text, encoding="utf-8")
    shop = replace(SHOP, source=FolderSource("customers"))
    project = Project(shop, (), (), (), (), programme, Theme("", "", {}, {}, {}, ()), {})
    with open_people(folder, project, TODAY) as people:
        yield project, people


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[DeskCases, dict[str, str]]:
    """What lies on the desk, and the files that are made of it."""
    folder = tmp_path_factory.mktemp("shop")
    programme = Programme(desk=DESK, complaint_desk=ComplaintDesk(head_office=("quality",)))
    with opened(folder, programme, FILES) as (project, people):
        office, desk = open_office(folder, project, TODAY), open_desk(folder, project, people, TODAY)
        dossiers = frozenset({"C-1"})
        pages = complaint_pages(office, desk, dossiers, lambda due: f"https://forms.example/{due.complaint_id}")
        registers = register_pages(office, project, people, TODAY, dossiers)
        return desk, {file.path: file.content.decode() for file in (*pages, *registers)}


def inside(html: str) -> str:
    """The text of a page's content, its blanks evened out."""
    main = re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0])
    return " ".join(main.split())


def test_each_complaint_lies_where_it_belongs(made: tuple[DeskCases, dict[str, str]]) -> None:
    desk, _ = made

    def ids(*places: object) -> list[list[str]]:
        return [[one.case.complaint.id for one in place] for place in places]  # type: ignore[attr-defined]

    assert ids(desk.opened, desk.again, desk.closed, desk.studies) == [["B-1", "B-2"], ["B-3"], ["B-3"], ["B-3", "B-5"]]
    assert (desk.settled, desk.there) == (2, True)


def test_what_waits_goes_to_each_advisers_day(made: tuple[DeskCases, dict[str, str]]) -> None:
    desk, _ = made
    one = StepDue("B-1", "C-1", "A-1", Step.ANALYSE, date(2026, 9, 4), 4, "desk/complaints.html#B-1")
    two = StepDue("B-3", "C-2", "A-3", Step.FEEDBACK, date(2026, 9, 4), 4, "desk/complaints.html#B-3", again=True)
    three = StepDue("B-2", "C-2", "A-3", Step.LISTEN, date(2026, 9, 7), 1, "desk/complaints.html#B-2")

    found = steps_due(desk, ahead=7)

    assert [replace(due, about="") for due in found] == [one, two, three]
    assert [due.about for due in found] == ["=Nobody greeted me, Mei Lin.", "The red ran.", "The seam opened."]


def test_an_apology_that_somebody_else_got_already_is_shown_as_mechanical(
    made: tuple[DeskCases, dict[str, str]],
) -> None:
    desk, files = made

    assert [one.mechanical for one in desk.opened] == [Mechanical(like="B-3", share=87), None]
    assert "87% of its words are those of the apology to B-3." in inside(files["work/desk/complaints.html"])


def test_the_page_shows_where_each_complaint_stands_and_what_comes_next(
    made: tuple[DeskCases, dict[str, str]],
) -> None:
    page = made[1]["work/desk/complaints.html"]
    card = page.partition('id="B-1"')[2].partition("</article>")[0]
    steps = re.findall(r"<li class=\"([a-z ]+)\"([^>]*)><b>(\w+)</b> <span>([^<]*)</span>", card)

    assert [(name, state) for state, _, name, _ in steps] == [
        ("Listen", "done"),
        ("Talk", "done"),
        ("Apologise", "done"),
        ("Analyse", "next late"),
        *((name, "ahead") for name in ("Explain", "Process", "Compensate", "Result", "Feedback")),
    ]
    assert [words for *_, words in steps[2:5]] == ["done Wed 2 Sept", "was due Fri 4 Sept", "to come"]
    assert [attributes for _, attributes, _, _ in steps if attributes] == [' aria-current="step"']
    assert 'href="https://forms.example/B-1"' in card
    assert 'href="customers/C-1.html"' in card
    assert "'analyse' comes before 'explain', and no step is skipped" in inside(
        card.join(("<main>", "</main>"))
    ).replace("&#39;", "'")
    assert "The file says &#39;Explain&#39; was done." in card
    assert "2 more complaints were over" in inside(page)


def test_the_list_waits_for_what_is_done_next(made: tuple[DeskCases, dict[str, str]]) -> None:
    rows = list(csv.DictReader(made[1]["work/desk/complaints.csv"].splitlines()))

    assert [
        (row["complaint_id"], row["step"], row["adviser_id"], row["due"], row["route"], row["with"]) for row in rows
    ] == [
        ("B-1", "analyse", "A-1", "2026-09-04", "region", "Wen"),
        ("B-2", "listen", "A-3", "2026-09-07", "head-office", "Ada"),
    ]
    assert {
        row[column] for row in rows for column in ("done_on", "evidence", "satisfied", "opinion_by", "opinion")
    } == {""}
    assert rows[0]["text"] == "'=Nobody greeted me, Mei Lin."


def test_a_case_to_study_tells_what_happened_and_nobodys_name(made: tuple[DeskCases, dict[str, str]]) -> None:
    text = inside(made[1]["work/desk/cases.html"])

    assert "The red ran." in text
    assert "Mr … taught us: wash the red first." in text
    assert "1 more" not in text
    assert re.findall(r"(\w+) day (\d+)", text) == [
        ("Listen", "0"), ("Talk", "0"), ("Apologise", "0"), ("Analyse", "1"), ("Explain", "1"),
        ("Process", "2"), ("Compensate", "2"), ("Result", "3"), ("Feedback", "10"),
    ]  # fmt: skip
    assert "A label says the day." in text
    assert not re.search(r"Brandt|Jonas|Wen\b|C-2|B-3", text)


def test_a_register_is_made_where_the_shop_has_anything_of_it(made: tuple[DeskCases, dict[str, str]]) -> None:
    assert [path for path in made[1] if "registers" in path] == []


def test_a_shop_without_complaints_has_no_complaint_desk(tmp_path: Path) -> None:
    files = {"customers": FILES["customers"], "promises": PROMISES, "suggestions": SUGGESTIONS}
    with opened(tmp_path, Programme(), files) as (project, people):
        office, desk = open_office(tmp_path, project, TODAY), open_desk(tmp_path, project, people, TODAY)
        pages = [file.path for file in complaint_pages(office, desk, ())]
        there = registers_there(people)
        registers = {file.path: file.content.decode() for file in register_pages(office, project, people, TODAY, ())}

    assert (pages, there) == ([], ("promises", "suggestions"))
    assert sorted(registers) == [
        f"work/desk/registers/{name}.{ending}" for name in ("promises", "suggestions") for ending in ("csv", "html")
    ]
    assert "V-1,mend the seam" in registers["work/desk/registers/promises.csv"].replace('"', "")
    text = inside(registers["work/desk/registers/promises.html"])
    assert "mend the seam V-1" in text
    assert "8 days late" in text
    text = inside(registers["work/desk/registers/suggestions.html"])
    assert "fits the brand: yes feasible: no no conflict: nobody looked" in text


PROMISES = "promise_id,customer_id,promise,made_on,due_on\nV-1,C-1,mend the seam,2026-08-01,2026-08-31\n"
SUGGESTIONS = "suggestion_id,customer_id,given_on,text,fits_brand,feasible\nG-1,C-1,2026-08-01,open earlier,yes,no\n"


def test_whoever_brings_a_mechanical_apology_in_is_told(tmp_path: Path) -> None:
    def word(complaint: str, evidence: str) -> DeskWord:
        return DeskWord(
            Form.STEP, "C-1", complaint, {"step": "apologise", "done_on": "2026-09-08", "evidence": evidence}
        )

    words = [
        word("B-2", "I am sorry that the red of your coat ran into the white; I chose that dye myself"),
        word("B-7", "Rest assured that we are sorry"),
        word("B-8", "The lamp was out, and nobody lit it; I should have"),
        DeskWord(Form.STEP, "C-1", "B-9", {"step": "talk", "done_on": "2026-09-08", "evidence": "rest assured"}),
    ]
    with opened(tmp_path, Programme(), FILES) as (project, people):
        notices = apology_notices(tmp_path, project, people.engine, words, TODAY)

    assert notices == (
        "the apology to B-2 is mechanical: it has 87 % of its words from the apology to B-3",
        "the apology to B-7 is mechanical: it says what everybody writes: 'Rest assured'",
    )
