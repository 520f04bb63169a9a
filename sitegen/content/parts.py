"""Find the parts of the programme that texts show, and make segments of the rules of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sitegen.content.audiences import Audiences
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.body import Body, ShortcodeUse
from sitegen.model.campaign import Campaign
from sitegen.model.message import Message
from sitegen.model.page import Page
from sitegen.model.part import BadArgument, Terms
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Mapping, Place
from sitegen.programme.parts.registry import maker
from sitegen.render.parts import is_part, refused

WHOEVER = re.compile(r"all:\s+- customer id: is known\s*")
"""The rule of all customers, which needs no key of its own."""
Written = TypeVar("Written", Page, Campaign, Message)


@dataclass(slots=True)
class Offered:
    """The audiences that rules of parts mean, by their YAML, as far as texts were looked through."""

    terms: Terms
    audiences: Audiences
    problems: list[Problem]
    rules: dict[str, str] = field(default_factory=dict)

    def in_texts(self, things: Iterable[Written]) -> tuple[Written, ...]:
        """The things, each with the audiences of its text's parts."""
        return tuple(self._in_text(thing) for thing in things)

    def _in_text(self, thing: Written) -> Written:
        uses = tuple(parts_of(thing.body))
        if not uses:
            return thing
        found = (self._audience(rule, use.place) for use in uses for rule in self._rules(use) if rule)
        body = replace(thing.body, offered=tuple(dict.fromkeys(who for who in found if who not in {"", EVERYONE})))
        return replace(thing, body=body)

    def _rules(self, use: ShortcodeUse) -> tuple[str, ...]:
        made = maker(use.directive.name)
        if made.section and not getattr(self.terms.programme, made.section):
            return ()  # `content.shortcodes` says so
        try:
            return made.rules(self.terms, {one.name: one.value for one in use.directive.arguments})
        except BadArgument as wrong:
            self.problems.append(refused(use, wrong))
            return ()

    def _audience(self, rule: str, place: Place) -> str:
        if rule not in self.rules and WHOEVER.fullmatch(rule):
            self.rules[rule] = EVERYONE
        if rule not in self.rules:
            tree = read_yaml(rule, place.file)
            assert isinstance(tree, Mapping)
            self.rules[rule] = self.audiences.meant(tree, place)
        return self.rules[rule]


def parts_of(body: Body) -> Iterator[ShortcodeUse]:
    """The parts of the programme that a text shows."""
    return (use for use in body.shortcodes if is_part(use.directive.name))
