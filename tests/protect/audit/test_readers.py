"""Whoever the rules prove to be among others is among them in the customer file too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.protect.audit.readers import Readers

REPOSITORY = Path(__file__).parents[3]


def test_the_rules_of_the_sample_prove_some_and_not_all() -> None:
    project = read_project(REPOSITORY)
    readers = Readers(project.segments)
    assert readers.may(("regulars-in-english",), ("regulars",))
    assert not readers.may(("regulars",), ("regulars-in-english",))
    assert readers.of("vip") == ("gold-medal", "gold")
    assert readers.may(("gold",), readers.of("vip"))
    assert not readers.may(("gold",), ("silver",))
    assert not readers.may(("public",), ("everyone",))
    assert readers.may(("staff",), ("everyone",))
    assert readers.may(("gold",), ("public",))


@pytest.mark.slow
def test_what_the_rules_prove_is_true_of_every_customer() -> None:
    from sitegen.build.people import open_people  # noqa: PLC0415 - it takes long to load
    from sitegen.build.segments import segment_counts  # noqa: PLC0415 - as above

    project = read_project(REPOSITORY)
    readers = Readers(project.segments)
    with open_people(REPOSITORY, project, date(2026, 9, 8), messages=False) as people:
        counts = segment_counts(people, overlap=True)
    pairs = [pair for one, other in counts.both for pair in ((one, other), (other, one))]
    proved = [(one, other) for one, other in pairs if readers.may((one,), (other,))]
    assert 20 < len(proved) < len(pairs) / 4
    shared = {frozenset(pair): number for pair, number in counts.both.items()}
    assert [(one, other) for one, other in proved if shared[frozenset((one, other))] != counts.inside[one]] == []
