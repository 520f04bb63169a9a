"""The words of the theme that comes along: every language has every word, with the same blanks in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.content.yaml_tree import read_yaml
from sitegen.model.tree import Scalar

LOCALE = Path(__file__).parents[2] / "themes" / "hearth" / "locale"
FILES = sorted(path.name.removesuffix("en.yaml") for path in LOCALE.glob("*en.yaml"))
OTHERS = ("zh", "de")
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")


def words(name: str) -> dict[str, str]:
    entries = read_yaml((LOCALE / name).read_text("utf-8"), name).entries
    return {entry.key.text: entry.value.text for entry in entries if isinstance(entry.value, Scalar)}


def stems(said: dict[str, str]) -> set[str]:
    # How many forms a counted word has hangs on the language, and a word for one need not say the number.
    counted = {PLURAL.sub("", key) for key, word in said.items() if "{count}" in word}
    return {stem if (stem := PLURAL.sub("", key)) in counted else key for key in said}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", FILES)
def test_every_language_has_every_word_of_every_file(part: str, language: str) -> None:
    assert stems(words(f"{part}{language}.yaml")) == stems(words(f"{part}en.yaml"))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", FILES)
def test_no_word_loses_a_blank_that_is_filled_later(part: str, language: str) -> None:
    english, other = words(f"{part}en.yaml"), words(f"{part}{language}.yaml")
    # A signature is a first name in one language and a whole name in another; "an hour" needs no number.
    both = [key for key in english if key in other and not key.startswith("text.signature") and key[-4:] != ".one"]
    blanks = {key: (set(re.findall(r"{\w+}", english[key])), set(re.findall(r"{\w+}", other[key]))) for key in both}
    assert {key: pair for key, pair in blanks.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("part", FILES)
def test_nothing_is_left_in_english(part: str, language: str) -> None:
    english, other = words(f"{part}en.yaml"), words(f"{part}{language}.yaml")
    alike = {key for key, word in other.items() if len(word) > 12 and word == english.get(key)}
    assert {key for key in alike if not key.startswith("text.signature")} == set()


@pytest.mark.parametrize("part", FILES)
def test_chinese_is_written_with_chinese_signs(part: str) -> None:
    said = words(f"{part}zh.yaml")
    half = {key for key, word in said.items() if re.search(r"[\u4e00-\u9fff] ?[,;:?!](?!\w)|[\u4e00-\u9fff]\.$", word)}
    assert half == set()
    assert {key for key, word in said.items() if re.search(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", word)} == set()
