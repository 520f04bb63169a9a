"""A theme as values: template sources, files and card designs, with what it inherits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.errors import Problem
from sitegen.model.card import CardDesign
from sitegen.model.picture import SocialStyle


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, read whole. Paths are relative to the theme's folder, with forward slashes.

    `templates`: sources below site/, mail/, receiver/ and work/ by path ("site/page.html"); `static`: files below
    static/ and fonts/ that are copied to the site ("static/site.css"); `strings`: words of the theme by language and
    key. What the theme lacks comes from its `parents`, the nearest first; `origins` says of each path in which theme's
    folder it lies (where a path is missing: the theme's own). `inherited` holds each parent's templates under its
    name ("hearth/site/page.html"), for templates that extend one of the same path. `social` is the manner of pictures
    for sharing, where it has one; `picture_sizes` says how wide a page shows its pictures (HTML's `sizes`).
    """

    name: str
    title: str
    templates: Mapping[str, str]
    static: Mapping[str, bytes]
    strings: Mapping[str, Mapping[str, str]]
    designs: tuple[CardDesign, ...]
    parents: tuple[str, ...] = ()
    inherited: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    social: SocialStyle | None = None
    picture_sizes: str = "100vw"

    def design(self, name: str) -> CardDesign | None:
        """The card design of that name, or None."""
        return next((design for design in self.designs if design.name == name), None)

    def source(self, template: str) -> str | None:
        """The source of a template, by its path or by a parent's name and the path; None where there is none."""
        return self.templates.get(template, self.inherited.get(template))

    def reached(self) -> Mapping[str, str]:
        """The templates that pages and messages can be made of, by the names by which they are asked for."""
        every = (*self.templates.values(), *self.inherited.values())
        named = {name for name in self.inherited if any(name in source for source in every)}
        return {**self.templates, **{name: self.inherited[name] for name in sorted(named)}}

    def file(self, path: str) -> str:
        """Where a path of this theme really lies, for messages: "themes/hearth/site/page.html"."""
        if path in self.inherited:
            return f"themes/{self.origins.get(path, '')}/{path.partition('/')[2]}"
        return f"themes/{self.origins.get(path, self.name)}/{path}"
