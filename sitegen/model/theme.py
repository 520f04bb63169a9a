"""A theme as values: template sources, files and card designs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model.card import CardDesign


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, read whole. Paths are relative to the theme's folder, with forward slashes.

    `templates`: sources below site/, mail/ and receiver/ by path ("site/page.html"); `static`: files below static/
    and fonts/ that are copied to the site ("static/site.css"); `strings`: words of the theme by language and key.
    """

    name: str
    title: str
    templates: Mapping[str, str]
    static: Mapping[str, bytes]
    strings: Mapping[str, Mapping[str, str]]
    designs: tuple[CardDesign, ...]

    def design(self, name: str) -> CardDesign | None:
        """The card design of that name, or None."""
        return next((design for design in self.designs if design.name == name), None)
