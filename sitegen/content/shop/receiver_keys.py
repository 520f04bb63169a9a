"""Read where the shop hears back, and what one may choose there: `receiver:` and `topics:` of site.yaml."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.shop import Topic
from sitegen.model.tree import Scalar

ADDRESS = re.compile(r"https://[^\s/?#@]+(/[^\s?#]*)?")


def read_receiver(keys: Keys) -> str:
    """The receiver's address without a slash at its end, "" where the shop has none."""
    address = keys.text("receiver")
    if address and not ADDRESS.fullmatch(address):
        hint = "write its final address with https://; mail programs unsubscribe with one click over https only"
        message = f"'{address}' is not an https address"
        keys.problems.append(keys.place("receiver").problem("bad-receiver", message, hint))
    return address.rstrip("/")


def read_topics(keys: Keys, languages: Collection[str]) -> tuple[Topic, ...]:
    """The topics in the order in which they are written; what is wrong is added to the keys' problems."""
    outer = keys.keys("topics")
    if outer is None:
        return ()
    tags = [entry.key.text for entry in outer.rest()]
    return tuple(Topic(tag, by_language(outer, tag, languages)) for tag in tags)


def by_language(keys: Keys, key: str, languages: Collection[str]) -> Mapping[str, str]:
    """Words for people, by language: `key: words` are for all of them, `key: {en: words, zh: words}` one for each."""
    node = keys.node(key, required=True)
    if node is None or isinstance(node, Scalar):
        return dict.fromkeys(languages, node.text) if isinstance(node, Scalar) else {}
    inner = keys.keys(key)
    if inner is None:
        return {}
    words = {language: inner.text(language) for language in languages}
    for entry in inner.rest():
        message = f"the shop does not speak '{entry.key.text}'"
        inner.problems.append(entry.key.place.problem("bad-language", message, did_you_mean(entry.key.text, languages)))
    return {language: text for language, text in words.items() if text}
