"""Read the forms that several sections of the programme share: pages, promised times, lists of mappings, months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.care import NamedPage
from sitegen.model.service import Unit, Within
from sitegen.model.tree import Mapping, Node, Place, Scalar, Sequence

E = TypeVar("E", bound=StrEnum)
WITHIN = re.compile(r"([1-9][0-9]{0,2}) (hour|working day|day|week)s?")
CHANNELS = ("call", "mail", "text", "card", "shop", "form")
"""How customers reach the shop: as the contacts of the customer file say it, and by the receiver's forms."""


def section_keys(node: Node, problems: list[Problem], name: str) -> Keys | None:
    """The keys of a section, None where it holds something else."""
    if isinstance(node, Mapping):
        return Keys(node, problems, f"'{name}'")
    problems.append(node.place.problem("wrong-form", f"'{name}' must hold keys and values", "indent them below it"))
    return None


def mappings(node: Node | None, problems: list[Problem], name: str, one: str) -> Iterator[Keys]:
    """The mappings of a list, each as keys; `one` says what one of them is called."""
    if node is None:
        return
    if not isinstance(node, Sequence):
        message = f"'{name}' must be a list"
        problems.append(node.place.problem("wrong-form", message, f"begin each {one} with a hyphen"))
        return
    for item in node.items:
        if isinstance(item, Mapping):
            yield Keys(item, problems, f"this {one}")
        else:
            problems.append(item.place.problem("wrong-form", f"a {one} must hold keys and values", "indent them"))


def named_page(keys: Keys, key: str) -> NamedPage | None:
    """The page that a key names, by its file below content/pages/."""
    path = keys.text(key)
    return _page(path, keys.place(key)) if path else None


def named_pages(keys: Keys, key: str) -> tuple[NamedPage, ...]:
    """The pages that a key names, one or a list of them."""
    return tuple(_page(scalar.text, scalar.place) for scalar in keys.scalars(key))


def within(keys: Keys, key: str) -> Within | None:
    """A promised time, such as `5 working days`."""
    text = keys.text(key)
    if not text:
        return None
    found = WITHIN.fullmatch(" ".join(text.split()))
    if found is None:
        hint = "write a number and hours, days, working days or weeks, like 5 working days"
        keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
        return None
    return Within(int(found[1]), Unit(f"{found[2]}s"))


def channels(keys: Keys) -> tuple[str, ...]:
    """The ways of `channels` by which customers reach the shop, each once."""
    return words(keys, "channels", CHANNELS)


def one_word(keys: Keys, key: str, allowed: type[E], default: E, required: bool = False) -> E:
    """One word of an enumeration; of another one it is said in which key it stands."""
    text = keys.text(key, required=required)
    if not text:
        return default
    if text in set(allowed):
        return allowed(text)
    hint = did_you_mean(text, allowed)
    keys.problems.append(keys.place(key).problem("unknown-word", f"unknown word '{text}' in '{key}'", hint))
    return default


def words(keys: Keys, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """A list of words of which only some are allowed, each once."""
    found: list[str] = []
    for scalar in keys.scalars(key):
        if scalar.text in allowed:
            found.append(scalar.text)
        else:
            keys.problems.append(_unknown(scalar, key, allowed))
    return tuple(dict.fromkeys(found))


def _unknown(scalar: Scalar, key: str, allowed: tuple[str, ...]) -> Problem:
    message = f"unknown word '{scalar.text}' in '{key}'"
    return scalar.place.problem("unknown-word", message, did_you_mean(scalar.text, allowed))


def _page(path: str, place: Place) -> NamedPage:
    return NamedPage(f"pages/{path.removeprefix('/').removeprefix('pages/')}", place)
