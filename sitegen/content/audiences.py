"""Read who a thing is for: the name of a segment, a reserved word, or a rule on the spot."""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass, field, replace

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.audience.reading.rules import parse_rule
from sitegen.audience.selection.access import anonymous_segment
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.body import Block, Body
from sitegen.model.rule import All, FactSpec, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC, RESERVED, Segment
from sitegen.model.table import STANDARD, Schema
from sitegen.model.tree import Mapping, Place, Scalar


@dataclass(slots=True)
class Audiences:
    """The audiences that may be named, and the rules that were written on the spot, which become segments."""

    catalogue: Names[str, FactSpec]
    named: frozenset[str]
    problems: list[Problem]
    made: dict[str, Segment] = field(default_factory=dict)
    schema: Schema = STANDARD

    def read(self, keys: Keys, default: str) -> str:
        """The audience id that the key `audience` means."""
        node = keys.node("audience")
        if node is None:
            return default
        if isinstance(node, Scalar):
            return self.known(node.text, node.place)
        if isinstance(node, Mapping):
            return self.meant(node, node.place) or default
        hint = "name a segment, or write a rule with all:, any: or none:"
        self.problems.append(node.place.problem("wrong-form", "an audience can't be a list", hint))
        return default

    def meant(self, node: Mapping, place: Place) -> str:
        """The audience that a rule means, "" for one with mistakes, which are reported."""
        rule, problems = parse_rule(node, self.catalogue, self.schema)
        self.problems.extend(problems)
        if rule is None:
            return ""
        segment = anonymous_segment(rule, place)
        return self.made.setdefault(segment.id, segment).id

    def known(self, name: str, place: Place) -> str:
        """The name itself, once it is known to be an audience."""
        if name not in self.named and name not in RESERVED:
            hint = did_you_mean(name, (*self.named, *RESERVED))
            self.problems.append(place.problem("unknown-segment", f"unknown segment '{name}'", hint))
        return name

    def narrow(self, body: Body, audience: str) -> Body:
        """The body of a thing for `audience`, its blocks for those who are in the block's audience and in that one.

        Unknown audiences of blocks are reported.
        """
        return replace(body, blocks=tuple(self._narrow(body, block, audience) for block in body.blocks))

    def _narrow(self, body: Body, block: Block, audience: str) -> Block:
        if not block.audience:
            return block
        place = Place(body.file, block.audience_line, 1)
        self.known(block.audience, place)
        if audience in {"", PUBLIC, block.audience}:
            return block
        # Sealed for everyone, the block of a gold page would open to whoever finds it, and sealed for the public
        # to nobody at all.
        if block.audience == PUBLIC:
            return replace(block, audience="")
        if EVERYONE in {audience, block.audience}:
            return replace(block, audience=audience if block.audience == EVERYONE else block.audience)
        both = All((SegmentIs(audience, place), SegmentIs(block.audience, place)))
        segment = replace(anonymous_segment(both, place), title=f"{block.audience} in {audience}")
        return replace(block, audience=self.made.setdefault(segment.id, segment).id)
