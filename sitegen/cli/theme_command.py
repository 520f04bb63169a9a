"""`sitegen theme`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit

if TYPE_CHECKING:
    from sitegen.build.themes.catalogue import Listed
    from sitegen.build.themes.differences import Difference
    from sitegen.build.themes.finding import Finding

STYLES = {"+": "green", "-": "red", "@": "cyan"}
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")


@click.group("theme", short_help="Begin a theme, compare it with its parent, look it through.")
def theme_group() -> None:
    """Look after the shop's themes: templates, styles, words and card designs in themes/NAME/.

    A theme with `parent: hearth` in its theme.yaml takes from there every file that it lacks.
    """


@theme_group.command("list", short_help="The themes that there are.", epilog="Example: sitegen theme list --json")
@JSON
def list_command(as_json: bool) -> None:
    """List the themes of the shop and those that come along; a star marks the one that the shop has taken."""
    from sitegen.build.themes.catalogue import themes

    found = themes(_shop())
    if as_json:
        click.echo(json.dumps({"themes": [_listed(one) for one in found]}, indent=1, ensure_ascii=False))
        return
    width = max(len(one.name) for one in found)
    for one in found:
        where = "themes/ of the shop" if one.own else "comes with sitegen"
        parent = f", child of {one.parent}" if one.parent else ""
        click.echo(f"{'*' if one.taken else ' '} {one.name:<{width}}  {one.title} ({where}{parent})")


@theme_group.command("new", short_help="Begin a theme of your own.", epilog="Example: sitegen theme new winter-garden")
@click.argument("name")
@click.option("--parent", default="hearth", show_default=True, help="The theme that it is a child of.")
def new_command(name: str, parent: str) -> None:
    """Begin themes/NAME: a theme.yaml, a stylesheet with colours to change, and one block of its own."""
    from sitegen.build.themes.begin import new_theme

    for file in new_theme(_shop(), name, parent):
        click.echo(file)
    click.echo(f"next: write 'theme: {name}' into content/site.yaml, change its colours, then: sitegen theme doctor")


@theme_group.command(
    "copy", short_help="Copy a file of the parent.", epilog="Example: sitegen theme copy site/partials/footer.html"
)
@click.argument("file")
@click.option("--theme", "name", default="", metavar="NAME", help="Into which theme; by itself, the shop's.")
def copy_command(file: str, name: str) -> None:
    """Copy FILE, or all of a folder, from the parent, to be changed; theme.yaml remembers what it was like.

    Once the parent's file changes, `sitegen theme doctor` says so. Where one block is enough, extend instead of
    copying: {% extends "hearth/site/page.html" %}.
    """
    from sitegen.build.themes.begin import copy_file

    for written in copy_file(_shop(), file, name):
        click.echo(written)


@theme_group.command(
    "diff", short_help="What differs from the parent.", epilog="Example: sitegen theme diff winter-garden --stat"
)
@click.argument("name", default="")
@click.option("--stat", is_flag=True, help="One line a file.")
def diff_command(name: str, stat: bool) -> None:
    """Show what each file of the theme NAME (by itself, the shop's) does otherwise than its parent's."""
    from sitegen.build.themes.catalogue import folder_of
    from sitegen.build.themes.differences import differences

    root = _shop()
    found = differences(folder_of(root, name), root)
    for one in found:
        click.echo(_line(one))
        if not stat:
            _print(one.lines)
    stale = sum(one.stale for one in found)
    changed = f", {stale} of them changed there since they were copied" if stale else ""
    files = "1 file takes" if len(found) == 1 else f"{len(found) or 'no'} files take"
    click.echo(f"{files} the place of the parent's{changed}")


@theme_group.command(
    "doctor", short_help="What is wrong with a theme.", epilog="Example: sitegen theme doctor winter-garden"
)
@click.argument("name", default="")
@JSON
def doctor_command(name: str, as_json: bool) -> int:
    """Look the theme NAME (by itself, the shop's) through; exit code 1 where there is a problem, a warning is none.

    Missing templates, overrides and blocks that override nothing, words by language, contrast of the colours, fonts
    without a licence, files that nothing loads, copies that the parent's file has outgrown, version bounds.
    """
    from sitegen.build.themes.catalogue import folder_of
    from sitegen.build.themes.doctor import examine
    from sitegen.build.themes.finding import Level

    root = _shop()
    folder = folder_of(root, name)
    found = examine(folder, root)
    problems = sum(one.level is Level.PROBLEM for one in found)
    warnings = len(found) - problems
    if as_json:
        value = {
            "theme": folder.name,
            "findings": [_finding(one) for one in found],
            "problems": problems,
            "warnings": warnings,
        }
        click.echo(json.dumps(value, indent=1, ensure_ascii=False))
    else:
        for one in found:
            where = f"{one.problem.file}:{one.problem.line}" if one.problem.line else one.problem.file
            click.echo(f"{one.level.value:<8} {where}: {one.problem.message}")
            if one.problem.hint:
                click.echo(f"{'':<8}   to do: {one.problem.hint}")
        click.echo(f"{folder.name}: {_count(problems, 'problem')}, {_count(warnings, 'warning')}.")
    return Exit.MISTAKE if problems else Exit.DONE


def _shop() -> Path:
    from sitegen.content.folder import find_shop

    return find_shop(Path.cwd())


def _line(one: Difference) -> str:
    stale = f"; the file of '{one.parent}' changed since it was copied" if one.stale else ""
    if one.extends:
        blocks = f", blocks {', '.join(one.blocks)}" if one.blocks else ""
        return f"{one.path}: extends that of '{one.parent}'{blocks}{stale}"
    if one.same:
        return f"{one.path}: the same as that of '{one.parent}'{stale}"
    unit = " bytes" if one.binary else ""
    return f"{one.path}: +{one.added} -{one.removed}{unit}{stale}"


def _print(lines: tuple[str, ...]) -> None:
    from rich.text import Text

    from sitegen.cli.console import console

    out = console()
    for line in lines:
        out.print(Text(line, STYLES.get(line[:1], "")), soft_wrap=True)


def _listed(one: Listed) -> dict[str, object]:
    return {"name": one.name, "title": one.title, "own": one.own, "parent": one.parent, "taken": one.taken}


def _finding(one: Finding) -> dict[str, object]:
    said = one.problem
    return {
        "level": one.level.value,
        "file": said.file,
        "line": said.line,
        "code": said.code,
        "message": said.message,
        "hint": said.hint,
    }


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
