"""Every example of what may and may not be said, in English and Chinese."""

from __future__ import annotations

import pytest

from tests.programme.law_shop import Guilty, Innocent, guilty, innocent, told, whole

GUILTY = [*guilty("en"), *guilty("zh")]
INNOCENT = [*innocent("en"), *innocent("zh")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_there_are_more_than_forty_examples_of_either_in_each_language(language: str) -> None:
    assert len(guilty(language)) >= 40
    assert len(innocent(language)) >= 40


@pytest.mark.parametrize("example", GUILTY, ids=lambda example: f"{example.rule}: {example.text}")
def test_these_words_may_not_be_said(example: Guilty) -> None:
    found = told(whole(example.text, example.kind, example.language, example.rule))
    assert [rule for rule, message in found if example.words in message] == [example.rule], found


@pytest.mark.parametrize("example", INNOCENT, ids=lambda example: f"{example.kind}: {example.text}")
def test_these_words_may_be_said(example: Innocent) -> None:
    assert told(whole(example.text, example.kind, example.language)) == []
