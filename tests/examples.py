"""How many examples a property looks at: all of them with the slow tests, fewer in each quick run."""

from __future__ import annotations

from hypothesis import settings

ALL = 100
"""What Hypothesis takes by itself; tests/conftest.py takes fewer where the slow tests stay away."""


def examples(number: int) -> settings:
    """So many examples with the slow tests, and in a quick run as many fewer as everywhere."""
    return settings(max_examples=max(2, number * settings().max_examples // ALL))
