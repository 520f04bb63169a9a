"""Collect the schemas of a shop: one for each kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.catalogue import catalogue_of, with_facts
from sitegen.audience.reading.editor_schema import editor_schema
from sitegen.content.folder import theme_names
from sitegen.content.law_file import built_in_law
from sitegen.content.print_house_files import house_names
from sitegen.content.schemas import front_matter, rest, site, theme
from sitegen.content.schemas.forms import Json, Names
from sitegen.model.project import Project
from sitegen.model.rule import FactSpec
from sitegen.model.segment import Segment
from sitegen.model.table import STANDARD, Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name, where such files lie (globs from the shop's folder), and how its schema is made."""

    name: str
    files: tuple[str, ...]
    describe: Callable[[Names], Json] | None


KINDS = (
    FileKind("site", ("content/site.yaml",), site.site),
    FileKind("segments", ("content/segments/**/*.yaml",), None),
    FileKind("programme", ("content/programme/**/*.yaml",), rest.programme),
    FileKind("law", ("content/law.yaml",), rest.law),
    FileKind("audit", ("content/audit.yaml",), rest.audit),
    FileKind("survey", ("content/surveys/**/*.yaml",), rest.survey),
    FileKind("print-house", ("content/print/*.yaml",), rest.print_house),
    FileKind("theme", ("themes/*/theme.yaml",), theme.theme),
    FileKind("design", ("themes/*/cards/*/design.yaml",), theme.design),
    FileKind("social", ("themes/*/social/card.yaml",), theme.social),
    FileKind("locale", ("themes/*/locale/*.yaml",), theme.locale),
    FileKind("page", ("content/pages/**/*.md",), front_matter.page),
    FileKind("campaign", ("content/campaigns/**/*.md",), front_matter.campaign),
    FileKind("message", ("content/messages/**/*.md",), front_matter.message),
)
"""`segments` has a schema of its own making, with every fact and event; see audience.reading.editor_schema."""


@dataclass(frozen=True, slots=True)
class Known:
    """What schemas know of one shop: its names, and what its rules may ask."""

    names: Names
    catalogue: dict[str, FactSpec]
    segments: tuple[Segment, ...]
    schema: Schema


def schemas(known: Known) -> dict[str, Json]:
    """The schema of each kind of file, by the kind's name."""
    rules = editor_schema(known.catalogue, known.segments, known.schema)
    made: dict[str, Json] = {}
    for kind in KINDS:
        if kind.describe is None:
            made[kind.name] = rules
            continue
        body = kind.describe(known.names)
        definitions = {"$defs": rules["$defs"]} if _refers(body) else {}
        made[kind.name] = {"$schema": DIALECT, "title": f"sitegen: {kind.name}", **body, **definitions}
    return made


def known_of(project: Project, root: Path) -> Known:
    """What there is in a shop."""
    shop = project.shop
    segments = tuple(segment for segment in project.segments if segment.named)
    names = Names(
        segments=tuple(segment.id for segment in segments),
        occasions=Occasions(project.programme.occasions, shop.holiday_countries).names,
        designs=tuple(design.name for design in project.theme.designs),
        messages=tuple(message.id for message in project.messages),
        pages=tuple(page.id.removeprefix("pages/") for page in project.pages),
        themes=theme_names(root),
        print_houses=house_names(root),
        languages=tuple(dict.fromkeys((shop.language, *shop.languages))),
        rules=_law_rules(),
    )
    return Known(names, dict(with_facts(catalogue_of(shop.schema), project.facts)), segments, shop.schema)


def known_anywhere() -> Known:
    """What there is without a shop: what comes with sitegen."""
    nowhere = Path(__file__).parent
    names = Names(themes=theme_names(nowhere), print_houses=house_names(None), rules=_law_rules())
    return Known(names, dict(catalogue_of(STANDARD)), (), STANDARD)


def _law_rules() -> tuple[str, ...]:
    return tuple(rule.id for rule in built_in_law().rules)


def _refers(node: Any) -> bool:
    inner: Iterable[Any] = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return (isinstance(node, dict) and "$ref" in node) or any(map(_refers, inner))
