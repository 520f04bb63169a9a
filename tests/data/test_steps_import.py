"""Steps of complaints are taken in only one after the other, with their evidence, by people who are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.imports.complaint_steps import Circumstances, steps
from sitegen.data.imports.export_file import read_export
from sitegen.data.imports.house_file import Told
from sitegen.errors import Mistakes
from sitegen.model.ledger import DeskWord, Form
from sitegen.model.table import STANDARD
from tests.plain_shop import SHOP

TODAY = date(2026, 9, 30)
FILES = {
    "customers": "customer_id\nC-1\nC-2\n",
    "advisers": "adviser_id,first_name\nA-1,Ada\nA-5,Ben\n",
    "complaints": "complaint_id,customer_id,opened_on,step\nB-1,C-1,2026-09-10,\nB-2,C-2,2026-09-11,talk\n",
    "complaint_steps": "complaint_id,step,done_on,adviser_id,evidence\n"
    "B-2,listen,2026-09-11,A-1,He told me of the courier.\n"
    "B-2,talk,2026-09-12,A-1,We spoke of the wet parcel.\n",
}
HEAD = "complaint_id,step,done_on,adviser_id,evidence,satisfied,opinion_by,opinion,compensation"
LISTEN = "B-1,listen,2026-09-10,A-1,She told me of the seam.,,,,"
TALK = "B-1,talk,2026-09-11,A-1,We looked at the seam together.,,,,"

UNREADABLE = (
    "'adviser_id' is 'A-9', which is not in advisers; 'opinion_by' is 'A-8', which is not in advisers; "
    "'step' cannot be 'gossip': allowed are listen, talk, apologise, analyse, explain, process, compensate, "
    "result, feedback; 'done_on' is '9/10/2026', not a date like 2026-09-25; "
    "'satisfied' is 'quite', not yes or no"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("steps")
    (root / "customers").mkdir()
    for table, text in FILES.items():
        (root / "customers" / f"{table}.csv").write_text(text)
    with open_customers(root, SHOP) as opened:
        yield opened


def taken(engine: Engine, folder: Path, *lines: str, head: str = HEAD) -> Told:
    path = folder / "steps.csv"
    path.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    about = Circumstances(engine, STANDARD, TODAY, frozenset({"A-5"}))
    return steps(about, read_export(path, path.name))


def reasons(told: Told) -> list[str]:
    return [one.reason for one in told.rejected]


def test_steps_become_words_in_the_order_of_the_nine_whatever_their_order_in_the_file(
    engine: Engine, tmp_path: Path
) -> None:
    told = taken(engine, tmp_path, TALK, LISTEN.replace("2026-09-10", "10.9.2026").replace("listen", "Listen"))
    assert reasons(told) == []
    assert told.words == (
        DeskWord(
            Form.STEP,
            "C-1",
            "B-1",
            {"step": "listen", "done_on": "2026-09-10", "adviser_id": "A-1", "evidence": "She told me of the seam."},
        ),
        DeskWord(
            Form.STEP,
            "C-1",
            "B-1",
            {
                "step": "talk",
                "done_on": "2026-09-11",
                "adviser_id": "A-1",
                "evidence": "We looked at the seam together.",
            },
        ),
    )


def test_what_stands_already_is_known_and_what_is_empty_waits(engine: Engine, tmp_path: Path) -> None:
    told = taken(
        engine,
        tmp_path,
        LISTEN,
        LISTEN,
        "B-2,talk,2026-09-12,A-1,We spoke of the wet parcel.,,,,",
        "B-2,apologise,,A-1,,,,,",
    )
    assert (told.read, len(told.words), told.known, told.waiting, reasons(told)) == (4, 1, 2, 1, [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (TALK, "'listen' comes before 'talk', and no step is skipped"),
        ("B-2,talk,2026-09-13,A-1,We spoke of something else.,,,,", "'talk' was taken already, on 2026-09-12"),
        (
            "B-2,apologise,2026-09-11,A-1,I am sorry for the wet parcel.,,,,",
            "'apologise' can't be done on 2026-09-11: 'talk' was done on 2026-09-12",
        ),
        (
            "B-1,listen,2026-09-09,A-1,She told me of the seam.,,,,",
            "'listen' can't be done on 2026-09-09: the complaint came on 2026-09-10",
        ),
        (
            "B-1,listen,2026-10-01,A-1,She told me of the seam.,,,,",
            "'listen' can't be done on 2026-10-01: that day is still to come",
        ),
        (
            "B-1,listen,2026-09-10,A-1,Done.,,,,",
            "'listen' has no evidence: write down what proves it, in at least 4 words (8 Chinese characters)",
        ),
        ("B-9,listen,2026-09-10,A-1,x,,,,", "'complaint_id' is 'B-9', which is not in complaints"),
        (
            "B-1,gossip,9/10/2026,A-9,x,quite,A-8,,",
            UNREADABLE,
        ),
        (
            ",,,,x,,,,",
            "'complaint_id' is empty; 'step' is empty; 'adviser_id' is empty; 'done_on' is empty: when was it?",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_reason(engine: Engine, tmp_path: Path, line: str, reason: str) -> None:
    told = taken(engine, tmp_path, line)
    assert (told.words, reasons(told)) == ((), [reason])


def test_a_result_that_contents_nobody_needs_the_final_opinion_of_a_manager(engine: Engine, tmp_path: Path) -> None:
    before = ("apologise", "analyse", "explain", "process", "compensate")
    lines = [f"B-2,{step},2026-09-12,A-1,What we did about the parcel.,,,,a cushion" for step in before]
    opinion = "We stand by the courier. Thank you."
    late = f"B-2,result,2026-09-13,A-1,He is still angry with us.,No,A-1,{opinion},"
    assert reasons(taken(engine, tmp_path, *lines, late)) == ["'A-1' gives no final opinions: a manager does (A-5)"]
    told = taken(engine, tmp_path, *lines, late.replace("No,A-1", "nein,A-5"))
    assert reasons(told) == []
    assert told.words[-1].fields == {
        "step": "result",
        "done_on": "2026-09-13",
        "adviser_id": "A-1",
        "evidence": "He is still angry with us.",
        "satisfied": "no",
        "opinion_by": "A-5",
        "opinion": opinion,
    }
    assert told.words[0].fields["compensation"] == "a cushion"


def test_a_file_without_our_columns_is_no_list_of_steps(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        taken(engine, tmp_path, "x", head="complaint_id,step,done_on,adviser_id")
    assert [(one.code, one.message) for one in caught.value.problems] == [
        ("missing-column", "column 'evidence' is missing: the list of steps has it")
    ]
