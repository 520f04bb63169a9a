"""Hold the words of one shop's rules: its facts, its events, and the tables behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.audience.language.events import Event, events_of
from sitegen.model.rule import FactSpec
from sitegen.model.table import STANDARD, Schema


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a condition may begin with: facts and events by their names in words."""

    facts: Mapping[str, FactSpec]
    events: Mapping[str, Event]
    schema: Schema


def vocabulary(facts: Mapping[str, FactSpec], schema: Schema = STANDARD) -> Vocabulary:
    """The words of a shop with these facts and tables."""
    return Vocabulary(facts, events_of(schema), schema)
