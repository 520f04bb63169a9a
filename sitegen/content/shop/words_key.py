"""Read what the shop's own words are in its other languages: `words:` of site.yaml."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys


def read_words(keys: Keys, languages: Collection[str]) -> Mapping[str, Mapping[str, str]]:
    """By language, what stands on pages for a word of the shop's or of its data: {"zh": {"Silver": "银卡"}}.

    What is wrong is added to the keys' problems.
    """
    outer = keys.keys("words")
    if outer is None:
        return {}
    found: dict[str, dict[str, str]] = {}
    for entry in outer.rest():
        language = entry.key.text
        if language not in languages:
            message = f"the shop does not speak '{language}'"
            outer.problems.append(entry.key.place.problem("bad-language", message, did_you_mean(language, languages)))
        inner = outer.keys(language)
        if inner is not None:
            found[language] = {word.key.text: inner.text(word.key.text) for word in inner.rest()}
    return found
