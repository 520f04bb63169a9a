"""Fixtures of the theme's tests."""

from __future__ import annotations

import pytest

from sitegen.model.theme import Theme
from tests.theme import sample


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The theme as the loader reads it."""
    return sample.hearth()


@pytest.fixture(scope="session")
def render(theme: Theme) -> sample.Render:
    """`render("site/page.html", page=...)`: a template of the theme with the sample views."""
    return sample.renderer(theme)
