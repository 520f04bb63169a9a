"""Print the rule language, for people and for their editors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import SitegenError

if TYPE_CHECKING:
    from sitegen.model.project import Project
    from sitegen.model.rule import FactSpec


def show_grammar(as_json: bool) -> None:
    """Print the grammar with what this shop adds to it."""
    import json

    from sitegen.audience.reading.grammar import grammar

    try:
        catalogue, project = _catalogue()
        text = grammar(catalogue, project.shop.schema)
    except SitegenError:
        # Who looks up the grammar may be mending a mistake, or have no shop yet.
        text = grammar()
    click.echo(json.dumps({"grammar": text}, ensure_ascii=False) if as_json else text)


def show_schema() -> None:
    """Print the JSON Schema of this shop's segment files. Raises Mistakes where the shop can't be read."""
    import json

    from sitegen.audience.reading.editor_schema import editor_schema

    catalogue, project = _catalogue()
    schema = editor_schema(catalogue, project.segments, project.shop.schema)
    click.echo(json.dumps(schema, indent=1, ensure_ascii=False))


def _catalogue() -> tuple[Mapping[str, FactSpec], Project]:
    """What a rule may ask in this shop, and the shop."""
    from sitegen.audience.language.catalogue import catalogue_of, with_facts
    from sitegen.content.folder import find_shop
    from sitegen.content.project import read_project

    project = read_project(find_shop(Path.cwd()))
    return with_facts(catalogue_of(project.shop.schema), project.facts), project
