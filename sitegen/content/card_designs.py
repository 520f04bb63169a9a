"""Read which card designs a campaign uses, and see to it that they are made for its kind."""

from __future__ import annotations

from collections.abc import Mapping as Names

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.model.channel import Kind
from sitegen.model.tree import Scalar

TOLD = 3
"""Designs that a hint names."""


def read_cards(keys: Keys, kind: Kind, designs: Names[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The designs that a campaign names. `designs` holds the kinds that each of the theme is made for, () for all.

    An unknown design is a mistake, and so is one that is made for other kinds: a thank-you card to a birthday.
    """
    for scalar in keys.scalars("card"):
        if scalar.text not in designs:
            hint = did_you_mean(scalar.text, designs) or "the theme has no card designs"
            keys.problems.append(scalar.place.problem("unknown-design", f"unknown card design '{scalar.text}'", hint))
        elif keys.text("kind") == kind:
            _check_kind(keys, scalar, kind, designs)
    return keys.texts("card")


def _check_kind(keys: Keys, scalar: Scalar, kind: Kind, designs: Names[str, tuple[str, ...]]) -> None:
    made_for = designs[scalar.text]
    if made_for and kind not in made_for:
        fitting = sorted(name for name, kinds in designs.items() if not kinds or kind in kinds)
        other = f"take {_either(fitting[:TOLD])}, or " if fitting else ""
        message = f"the card design '{scalar.text}' is made for the kind {_either(made_for)}, not '{kind}'"
        hint = f"{other}add '{kind}' to 'kinds' in its design.yaml"
        keys.problems.append(scalar.place.problem("design-of-another-kind", message, hint))


def _either(names: tuple[str, ...] | list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))
