"""Rules mean the same on Spark as to the oracle: the documented way for a shop that outgrows one machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings

from tests.audience.agreement import members_agree, one_of_each_form_agrees, own_facts_agree
from tests.audience.drawn_facts import Trade, trades
from tests.audience.drawn_rules import EDGE_DAYS, Case, cases
from tests.audience.engines import Engine

pytestmark = [
    pytest.mark.slow,
    # Py4J leaves its sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
# The same few each time: Spark takes a second for a question.
few = settings(max_examples=8, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def spark() -> Iterator[Sequence[Engine]]:
    """A Spark of this test's own."""
    from tests.servers.spark import running  # noqa: PLC0415 - only the slow tests have pyspark

    with running() as session:
        yield (session,)


def test_every_form_means_the_same_on_spark(spark: Sequence[Engine]) -> None:
    one_of_each_form_agrees(spark, EDGE_DAYS[0])


@few
@given(cases())
def test_segments_have_the_same_members_on_spark(spark: Sequence[Engine], case: Case) -> None:
    members_agree(spark, case)


@few
@given(trades())
def test_own_facts_are_the_same_on_spark(spark: Sequence[Engine], trade: Trade) -> None:
    own_facts_agree(spark, trade)
