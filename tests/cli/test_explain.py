"""`sitegen explain`, and that every code of a mistake in the house is explained."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import click
import pytest

import sitegen
from sitegen.cli.main import cli
from sitegen.content.error_codes import explained, explanations
from sitegen.content.law_file import built_in_law
from sitegen.errors import LAW
from tests.cli.conftest import Sitegen

SOURCE = Path(sitegen.__file__).parent
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
GIVEN_ON = {
    "data/checking/findings.py": {"nul", "bad-value", "missing-value", "not-allowed", "no-such-row"},
    "data/checking/checks.py": {"bad-code", "wrong-order", "no-such-day"},
    "data/checking/points_ledger.py": {
        "points-wrong-sign",
        "points-out-of-order",
        "points-overdrawn",
        "points-over-pending",
    },
    "data/imports/duplicates.py": {"shared-email", "shared-phone", "bad-email", "bad-phone", "no-address"},
}
"""Codes that reach a Problem by a way that the walk below does not see, and the module that names them."""


@cache
def trees() -> Mapping[str, ast.Module]:
    """Every module of the product by its path."""
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def parameters(tree: ast.AST) -> dict[str, int]:
    """Functions and classes that take a `code` that is text, with its position among what a caller gives."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            taken = [one for one in node.args.args if one.arg not in {"self", "cls"}]
        elif isinstance(node, ast.ClassDef):
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
            taken = [ast.arg(one.target.id, one.annotation) for one in fields if isinstance(one.target, ast.Name)]
        else:
            continue
        for number, one in enumerate(taken):
            if one.arg == "code" and one.annotation is not None and ast.unparse(one.annotation) == "str":
                found[node.name] = number
    return found


def spelled(node: ast.expr, constants: Mapping[str, str]) -> Iterator[str]:
    """The codes that an expression can be; a part that is computed is a star."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in constants:
            yield constants[name]
        case ast.IfExp(body=one, orelse=other):
            yield from spelled(one, constants)
            yield from spelled(other, constants)
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)


@cache
def used() -> frozenset[str]:
    """Every code that the product can say, found in its source."""
    everywhere = {name: at for tree in trees().values() for name, at in parameters(tree).items() if name[0] != "_"}
    found = {f"{LAW}{rule.id}" for rule in built_in_law().rules} | set().union(*GIVEN_ON.values())
    for path, tree in trees().items():
        if path.startswith("build/doctor/"):
            # Its findings are of this machine; they have names and no codes.
            continue
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        own = parameters(tree)
        brought = {one.name for node in tree.body if isinstance(node, ast.ImportFrom) for one in node.names}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            method = isinstance(node.func, ast.Attribute)
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = own.get(name, everywhere.get(name) if method or name in brought else None)
            if at is not None:
                given = [*node.args[at : at + 1], *(one.value for one in node.keywords if one.arg == "code")]
                found.update(code for one in given for code in spelled(one, constants) if code and " " not in code)
    return frozenset(found)


def is_used(code: str) -> bool:
    return code in used() or any(re.fullmatch(re.escape(one).replace(r"\*", "[a-z-]+"), code) for one in used())


def test_the_walk_finds_codes_however_they_are_given() -> None:
    tree = ast.parse(
        "class P:\n    file: str\n    code: str\ndef _say(place, code: str): ...\ndef other(code: bytes): ..."
    )
    assert parameters(tree) == {"P": 1, "_say": 1}
    given = ast.parse('f(A if b else "c-d", f"unknown-{kind}")').body[0]
    assert isinstance(given, ast.Expr)
    assert isinstance(given.value, ast.Call)
    assert [list(spelled(one, {"A": "a-b"})) for one in given.value.args] == [["a-b", "c-d"], ["unknown-*"]]
    assert len(used()) > 200


@pytest.mark.parametrize(("module", "codes"), sorted((path, tuple(codes)) for path, codes in GIVEN_ON.items()))
def test_a_module_still_names_the_codes_that_the_walk_does_not_see(module: str, codes: tuple[str, ...]) -> None:
    said = {node.value for node in ast.walk(trees()[module]) if isinstance(node, ast.Constant)}
    assert said >= set(codes)


def test_every_code_is_explained() -> None:
    known = {one.code for one in explanations()}
    assert [code for code in sorted(used()) if "*" not in code and code not in known] == []
    patterns = [re.escape(code).replace(r"\*", "[a-z-]+") for code in used() if "*" in code]
    assert [one for one in patterns if not any(re.fullmatch(one, code) for code in known)] == []


def test_nothing_is_explained_that_no_longer_exists() -> None:
    assert [one.code for one in explanations() if not is_used(one.code)] == []


def test_every_explanation_says_enough_and_only_once() -> None:
    codes = [one.code for one in explanations()]
    assert len(set(codes)) == len(codes)
    for one in explanations():
        assert CODE.fullmatch(one.code)
        assert len(one.meaning.split()) >= 12, f"{one.code}: too little is said"
        assert one.example.strip()
        assert one.mend.rstrip().endswith((".", "`")), f"{one.code}: not a sentence"


def test_a_code_is_told_with_what_it_means_an_example_and_how_it_is_mended(inside: Sitegen, tmp_path: Path) -> None:
    known = explained("broken-link")
    assert known is not None
    done = inside("explain", "broken-link", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert said.startswith(f"broken-link {known.room} {known.meaning} {known.example}")
    assert said.endswith(f"To mend it: {known.mend}")


def test_json_holds_one_code_or_all_of_them(inside: Sitegen, tmp_path: Path) -> None:
    one = json.loads(inside("explain", "Unknown-Key", "--json", at=tmp_path).stdout)
    assert set(one) == {"code", "room", "meaning", "example", "mend"}
    everything = json.loads(inside("explain", "--json", at=tmp_path).stdout)
    assert one in everything
    assert [entry["code"] for entry in everything] == [entry.code for entry in explanations()]


def test_without_a_code_all_are_listed_by_room(inside: Sitegen, tmp_path: Path) -> None:
    lines = inside("explain", at=tmp_path).stdout.splitlines()
    rooms = list(dict.fromkeys(one.room for one in explanations()))
    assert [line for line in lines if line in rooms] == rooms
    first = {line.split("  ")[0] for line in lines}
    assert {one.code for one in explanations()} <= first
    assert lines[-1].startswith(f"{len(explanations())} codes; ")


def test_an_unknown_code_is_told_with_the_nearest_one(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("explain", "brokn-link", at=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "there is no code 'brokn-link'\nhint: did you mean 'broken-link'?\n"
    assert "lists them all" in inside("explain", "qqq", at=tmp_path).stderr


def test_every_command_that_an_explanation_names_exists_with_its_options() -> None:
    named = {
        command
        for one in explanations()
        for text in (one.meaning, one.example, one.mend)
        for command in re.findall(r"sitegen ((?:[a-z]+(?: |$|`|\)))[^`\n]*)", text)
        if f"`sitegen {command}" in text or text.startswith("sitegen ")
    }
    assert len(named) >= 10
    for command in named:
        words = command.replace("`", " ").partition(",")[0].split()
        found: click.Command = cli
        while isinstance(found, click.Group) and words and not words[0].startswith("-"):
            assert words[0] in found.commands, command
            found = found.commands[words.pop(0)]
        known = {name for option in found.params for name in option.opts}
        assert [word for word in words if word.startswith("--") and word not in known] == [], command
