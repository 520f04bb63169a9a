"""Help that a newcomer can act on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest

from sitegen.cli.main import cli, run


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


VERBS = tuple(commands(cli))


def found(verb: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in verb:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def example(verb: tuple[str, ...]) -> list[str]:
    said = found(verb).epilog or ""
    assert said.startswith("Example: sitegen "), verb
    return shlex.split(said.removeprefix("Example: sitegen "))


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_explains_itself_with_an_example(verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*verb, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"Usage: sitegen {' '.join(verb)}" in said
    assert "Example: sitegen" in said


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_example_is_one_that_the_verb_understands(verb: tuple[str, ...]) -> None:
    words = example(verb)
    assert tuple(words[: len(verb)]) == verb
    context = found(verb).make_context(verb[-1], words[len(verb) :])
    # `keys rotate` takes nothing, so its example shows nothing more.
    assert (len(words) > len(verb)) == bool(context.params) == bool(found(verb).params)


def test_help_without_a_verb_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n  {verb[0]} " in said for verb in VERBS)
    assert "Exit codes: 0 done" in said


def test_help_says_what_the_tool_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])
    assert "Keep a shop's old customers" in capsys.readouterr().out
