"""The commands that README and ARCHITECTURE name are the real ones."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from sitegen.cli.main import cli

ROOT = Path(__file__).parents[2]
COMMAND = re.compile(r"(?:^\s*\(?|/|: |start )sitegen ((?:[a-z]+|--?[a-z]|[A-Z]+)[^`\n|#;)]*)")
WRITTEN = re.compile(r"`[^`\n]+`|^ {4,}.*$|^\t.*$", re.MULTILINE)


def commands(document: str) -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    code = WRITTEN.findall(text)
    return [found.strip() for piece in code for found in COMMAND.findall(piece.strip("`@\t "))]


PAGES = (
    "docs/cards.md",
    "docs/check.md",
    "docs/complaints.md",
    "docs/desk.md",
    "docs/duties.md",
    "docs/gatherings.md",
    "docs/languages.md",
    "docs/lists.md",
    "docs/mail.md",
    "docs/members-only.md",
    "docs/offers.md",
    "docs/other-engines.md",
    "docs/points.md",
    "docs/receiver.md",
    "docs/reports.md",
)
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "Makefile", *PAGES)
NAMED = [(document, command) for document in DOCUMENTS for command in commands(document)]


def test_the_documents_name_commands_at_all() -> None:
    assert {document for document, _ in NAMED} == set(DOCUMENTS)
    assert len({command for _, command in NAMED}) >= 8


@pytest.mark.parametrize(("document", "command"), sorted(set(NAMED)))
def test_every_command_in_the_documents_exists_with_its_options(document: str, command: str) -> None:
    words = (
        command.replace("$(SAMPLE_DAYS)", "2026-09-08").replace("$$only", "").replace("$(SAMPLE_MEMBER)", "C").split()
    )
    found: click.Command = cli
    path = ["sitegen"]
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        if words[0].isupper():
            return
        inner = found.commands.get(words[0])
        assert inner is not None, f"{document}: '{' '.join([*path, words[0]])}' is no command"
        path.append(words.pop(0))
        found = inner
    known = {name for option in found.params for name in option.opts} | {"--help", "-h", "--version"}
    strange = [word for word in words if word.startswith("-") and word not in known]
    assert not strange, f"{document}: '{' '.join(path)}' has no {strange}"


def test_every_command_stands_in_the_readme() -> None:
    said = " ".join(commands("README.md"))
    missing = [name for name in cli.commands if not re.search(rf"\b{name}\b", said)]
    assert not missing
