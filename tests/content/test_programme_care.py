"""The sections on care and service: what is written becomes one value, whole."""

from __future__ import annotations

import re
from datetime import time
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.programme.care import EARLIEST, LATEST
from sitegen.content.programme.care_references import check_care
from sitegen.content.programme.read import read_programme
from sitegen.content.schemas.forms import Names, group
from sitegen.content.schemas.programme_care import care_sections
from sitegen.content.schemas.programme_service import service_sections
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.care import AnswerPromise, Care, Coverage, LifeStage, LifeStages, NamedPage, SaleStage
from sitegen.model.programme import Programme
from sitegen.model.service import Complaints, Payer, Returns, Standard, Unit, Within
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence
from tests.content.test_editor_schemas import properties

FILE = "content/programme/care.yaml"


def read(text: str) -> tuple[Programme, list[Problem]]:
    """The programme of one file, and what is wrong with it."""
    problems: list[Problem] = []
    return read_programme({FILE: read_yaml(dedent(text).lstrip("\n"), FILE)}, problems), problems


def at(line: int, column: int) -> Place:
    """A place in the file."""
    return Place(FILE, line, column)


def test_care_is_an_answer_in_time_and_pages_of_groups() -> None:
    programme, problems = read("""
        care:
          answer: {hours: 4, days: [saturday, monday], open: "10:30-18:00", channels: [call, form, call]}
          pages:
            table linen: care/linen.md
    """)
    assert problems == []
    assert programme.care == Care(
        at(2, 3),
        AnswerPromise(4, (0, 5), time(10, 30), time(18), ("call", "form")),
        {"table linen": NamedPage("pages/care/linen.md", at(4, 18))},
    )


def test_an_answer_without_days_and_hours_is_given_from_monday_to_friday_from_nine_to_five() -> None:
    programme, problems = read("care: {answer: {hours: 8}}")
    assert problems == []
    assert programme.care
    assert programme.care.answer == AnswerPromise(8, (0, 1, 2, 3, 4), time(9), time(17), ())


def test_stages_stand_in_the_order_of_their_months() -> None:
    programme, problems = read("""
        life_stages:
          title: Little ones
          months: -2..3
          stages:
            - {months: 0..3, title: Here, say: Welcome., groups: [quilts], products: [P-1, P-2]}
            - {months: -2, title: Soon, page: pages/soon.md}
    """)
    assert problems == []
    assert programme.life_stages == LifeStages(
        "Little ones",
        -2,
        3,
        (
            LifeStage(-2, -2, "Soon", "", at(6, 7), NamedPage("pages/soon.md", at(6, 39))),
            LifeStage(0, 3, "Here", "Welcome.", at(5, 7), None, ("quilts",), ("P-1", "P-2")),
        ),
        at(2, 3),
    )


def test_coverage_is_by_product_by_group_and_for_all_goods() -> None:
    programme, problems = read("""
        coverage:
          every: {after: returns.md}
          groups:
            linen: {before: [a.md, b.md]}
          products:
            P-1: {during: c.md}
    """)
    assert problems == []
    assert programme.coverage == Coverage(
        at(2, 3),
        {SaleStage.AFTER: (NamedPage("pages/returns.md", at(2, 18)),)},
        {"linen": {SaleStage.BEFORE: (NamedPage("pages/a.md", at(4, 22)), NamedPage("pages/b.md", at(4, 28)))}},
        {"P-1": {SaleStage.DURING: (NamedPage("pages/c.md", at(6, 19)),)}},
    )


def test_service_is_standards_returns_and_complaints() -> None:
    programme, problems = read("""
        standards:
          - {title: An answer, expect: Soon., minimum: A word., within: 1 working day, measure: the clock}
        returns:
          within: 2 weeks
          condition: unwashed
          pays: customer
          steps: [Call., Send.]
          refund: 5 working days
          exceptions: blessed beads
          page: returns.md
        complaints:
          channels: [call, shop]
          answer: 36 hours
          invite: Tell us.
          steps: [We listen.]
          page: wrong.md
    """)
    assert problems == []
    assert programme.standards == (
        Standard("An answer", "Soon.", "A word.", "the clock", at(2, 5), Within(1, Unit.WORKING_DAYS)),
    )
    assert programme.returns == Returns(
        at(4, 3),
        Within(2, Unit.WEEKS),
        "unwashed",
        Payer.CUSTOMER,
        ("Call.", "Send."),
        Within(5, Unit.WORKING_DAYS),
        ("blessed beads",),
        NamedPage("pages/returns.md", at(10, 9)),
    )
    page = NamedPage("pages/wrong.md", at(16, 9))
    answer = Within(36, Unit.HOURS)
    assert programme.complaints == Complaints(at(12, 3), ("call", "shop"), answer, "Tell us.", ("We listen.",), page)


def test_a_programme_without_these_sections_has_none_of_them() -> None:
    assert read("tiers: [{name: Friend, threshold: 0}]")[0].care is None


@given(st.integers(-99, 99), st.integers(-99, 99))
def test_months_are_read_or_refused_and_never_changed(first: int, last: int) -> None:
    text = f"life_stages: {{title: T, stages: [{{months: {first}..{last}, title: A, say: B}}]}}"
    programme, problems = read(text)
    assert programme.life_stages
    if EARLIEST <= first <= last <= LATEST:
        assert [(one.first, one.last) for one in programme.life_stages.stages] == [(first, last)]
        assert problems == []
    else:
        assert programme.life_stages.stages == ()
        assert [one.code for one in problems] == ["wrong-value"]


@given(st.from_regex(re.compile(r"[0-9]{1,3} ?(hour|day|working day|week|month|min)s?"), fullmatch=True))
def test_a_promised_time_is_read_or_refused(text: str) -> None:
    programme, problems = read(f"returns: {{refund: {text}}}")
    assert programme.returns
    refund = programme.returns.refund
    if refund is None:
        assert [(one.code, one.line, one.column) for one in problems] == [("wrong-value", 1, 19)]
    else:
        assert problems == []
        assert text.startswith(f"{refund.number} ")
        assert str(refund).rstrip("s") == text.rstrip("s")


DESCRIBED = group("the programme", {**care_sections(Names()), **service_sections(Names())})
KEYS = sorted({key for keys in properties(DESCRIBED, "programme").values() for key in keys})
SECTIONS = ("care", "life_stages", "coverage", "standards", "returns", "complaints")
WORDS = ("", "call", "monday", "09:00-17:00", "-3..2", "8", "5 working days", "shop", "a.md", "-", "月", "0x1", "1e9")
SCALARS = st.builds(Scalar, st.sampled_from(WORDS) | st.text(max_size=5), st.just(at(2, 3)), st.booleans())


def grown(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Lists and mappings of such nodes."""
    entries = st.dictionaries(st.sampled_from(KEYS), children, max_size=6)
    mappings = entries.map(
        lambda keys: Mapping(tuple(Entry(Scalar(key, at(2, 3)), node) for key, node in keys.items()), at(2, 3))
    )
    return mappings | st.lists(children, max_size=4).map(lambda items: Sequence(tuple(items), at(2, 3)))


TREES = st.recursive(SCALARS, grown, max_leaves=25)


@given(st.dictionaries(st.sampled_from(SECTIONS), TREES, min_size=1))
def test_whatever_stands_there_is_read_or_told_and_never_a_bug(sections: dict[str, Node]) -> None:
    entries = tuple(Entry(Scalar(name, at(1, 1)), node) for name, node in sections.items())
    problems: list[Problem] = []
    programme = read_programme({FILE: Mapping(entries, at(1, 1))}, problems)
    check_care(programme, {"pages/a.md"}, problems)
    assert isinstance(programme, Programme)
    assert {(one.file, bool(one.message)) for one in problems} <= {(FILE, True)}
