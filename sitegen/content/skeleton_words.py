"""Read the words with which a new campaign or page begins."""

from __future__ import annotations

from pathlib import Path
from string import Template

from sitegen.content.yaml_tree import read_yaml
from sitegen.model.tree import Scalar

FOLDER = Path(__file__).parent / "skeletons"
LANGUAGES = ("en", "zh")


def skeleton(name: str, language: str, currency: str) -> str:
    """The words for a kind of campaign, or for a `page`; English where there are none in the language."""
    file = FOLDER / f"{language if language in LANGUAGES else 'en'}.yaml"
    found = read_yaml(file.read_text(encoding="utf-8"), file.name).get(name)
    assert isinstance(found, Scalar), name
    return Template(found.text).substitute(currency=currency)
