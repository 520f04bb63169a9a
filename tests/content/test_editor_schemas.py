"""The schemas for editors say what the readers read: every key, no other, and all that the sample shop writes."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from sitegen.cli.schema_command import NAMES
from sitegen.content.folder import files_below
from sitegen.content.keys import Keys
from sitegen.content.markdown_file import cut
from sitegen.content.project import examined
from sitegen.content.schemas.whole import KINDS, known_anywhere, known_of, schemas
from sitegen.content.shop_skeleton import LANGUAGES, Wanted, shop_files
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence
from tests.content.every_key import write_shop

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]
INTEGER, NUMBER = re.compile(r"[-+]?[0-9]+"), re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def value(node: Node) -> Any:
    """What a YAML 1.2 reader makes of it, as editors do."""
    if isinstance(node, Mapping):
        return {entry.key.text: value(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [value(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.text.lower() in WORDS:
        return WORDS[node.text.lower()]
    if INTEGER.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if NUMBER.fullmatch(node.text) else node.text


def tree(root: Path, path: str) -> Mapping:
    text = (root / path).read_text(encoding="utf-8")
    return cut(text, path).front if path.endswith(".md") else read_yaml(text, path)


def kind_of(path: str) -> str:
    """The kind whose globs name the file; `**/` may be no folder at all."""
    return next(
        (
            kind.name
            for kind in KINDS
            if any(fnmatch.fnmatch(path, form) for glob in kind.files for form in (glob, glob.replace("**/", "")))
        ),
        "",
    )


def files(root: Path) -> Iterator[tuple[str, str]]:
    for path in (*(f"content/{one}" for one in files_below(root / "content")), *_theme_files(root)):
        kind = kind_of(path)
        if kind and path.endswith((".yaml", ".md")):
            yield kind, path


def _theme_files(root: Path) -> Iterator[str]:
    return (f"themes/{one}" for one in files_below(root / "themes", ".yaml"))


@cache
def sample() -> dict[str, Json]:
    project, _ = examined(ROOT)
    return schemas(known_of(project, ROOT))


@pytest.fixture(scope="module")
def every_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("every") / "shop"
    write_shop(root)
    return root


def mistakes(schema: Json, document: Any) -> list[str]:
    found = jsonschema.Draft202012Validator(schema).iter_errors(document)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in found]


def test_every_schema_is_one() -> None:
    for name, schema in sample().items():
        # The rules of segments stand in the schemas of pages and campaigns too; once is enough.
        own = {key: said for key, said in schema.items() if key != "$defs" or name == "segments"}
        jsonschema.Draft202012Validator.check_schema(own)


def test_the_verb_knows_every_kind_of_file() -> None:
    assert tuple(NAMES) == tuple(kind.name for kind in KINDS)


def test_every_file_of_the_sample_shop_and_of_its_theme_is_valid() -> None:
    looked = list(files(ROOT))
    wrong = {path: found for kind, path in looked if (found := mistakes(sample()[kind], value(tree(ROOT, path))))}
    assert wrong == {}
    assert len(looked) > 150


def test_every_file_with_every_key_is_valid_without_knowing_the_shop(every_key: Path) -> None:
    known = schemas(known_anywhere())
    wrong = {
        path: found for kind, path in files(every_key) if (found := mistakes(known[kind], value(tree(every_key, path))))
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_a_shop_that_begins_is_valid(language: str, tmp_path: Path) -> None:
    for path, content in shop_files(Wanted("Tea", language, "hearth", "kettle", date(2026, 9, 8), "1")).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    known = schemas(known_anywhere())
    looked = list(files(tmp_path))
    wrong = {path: found for kind, path in looked if (found := mistakes(known[kind], value(tree(tmp_path, path))))}
    assert wrong == {}
    assert len(looked) > 15


def test_a_key_that_nobody_knows_is_a_mistake_wherever_it_stands(every_key: Path) -> None:
    known = schemas(known_anywhere())
    tried = 0
    for kind, path in files(every_key):
        whole = tree(every_key, path)
        for place, closed in closed_mappings(whole, known[kind]):
            document = value(with_key(whole, place))
            assert mistakes(known[kind], document), f"{path}:{place.line}"
            tried += closed
    assert tried > 60


def test_every_key_that_is_read_is_described_and_no_other(every_key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = recorded(monkeypatch, lambda: examined(every_key))
    known = schemas(known_anywhere())
    described: dict[str, set[str]] = {}
    read: dict[str, set[str]] = {}
    for kind, schema in known.items():
        if kind != "segments":
            described.update(properties(schema, kind))
    for kind, path in files(every_key):
        if kind != "segments":
            compare(tree(every_key, path), known[kind], kind, asked, read)
    undescribed = {path: sorted(keys - described.get(path, set())) for path, keys in read.items()}
    unread = {path: sorted(keys - read.get(path, set())) for path, keys in described.items()}
    assert {path: keys for path, keys in undescribed.items() if keys} == {}
    assert {path: keys for path, keys in unread.items() if keys} == {}


def test_every_key_has_a_description() -> None:
    silent = [
        f"{path}: {key}"
        for kind, schema in schemas(known_anywhere()).items()
        if kind != "segments"
        for path, inner in objects(schema, kind)
        for key, said in inner["properties"].items()
        if len(said.get("description", "")) < 4
    ]
    assert silent == []


def recorded(monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]) -> dict[Place, set[str]]:
    """The keys that were asked for, by the place of their mapping."""
    asked: dict[Place, set[str]] = {}
    node = Keys.node

    def told(self: Keys, key: str, required: bool = False) -> Node | None:
        asked.setdefault(self.mapping.place, set()).add(key)
        return node(self, key, required)

    with monkeypatch.context() as patch:
        patch.setattr(Keys, "node", told)
        read()
    return asked


def forms(schema: Json) -> Iterator[Json]:
    yield schema
    for inner in schema.get("anyOf", []):
        yield from forms(inner)


def objects(schema: Json, path: str) -> Iterator[tuple[str, Json]]:
    """Every object with keys of its own, but for rules, which another parser reads."""
    for form in forms(schema):
        if "properties" in form and not is_rule(form):
            yield path, form
            for key, inner in form["properties"].items():
                yield from objects(inner, f"{path}.{key}")
        if isinstance(form.get("additionalProperties"), dict):
            yield from objects(form["additionalProperties"], f"{path}.*")
        if "items" in form:
            yield from objects(form["items"], f"{path}[]")


def is_rule(form: Json) -> bool:
    return set(form["properties"]) == {"all", "any", "none"}


def properties(schema: Json, path: str) -> dict[str, set[str]]:
    return {place: set(form["properties"]) for place, form in objects(schema, path)}


def compare(node: Node, schema: Json, path: str, asked: dict[Place, set[str]], read: dict[str, set[str]]) -> None:
    for form in forms(schema):
        if isinstance(node, Sequence) and "items" in form:
            for item in node.items:
                compare(item, form["items"], f"{path}[]", asked, read)
        if isinstance(node, Mapping) and "properties" in form and not is_rule(form):
            read.setdefault(path, set()).update(asked.get(node.place, set()))
            for entry in node.entries:
                inner = form["properties"].get(entry.key.text, {})
                compare(entry.value, inner, f"{path}.{entry.key.text}", asked, read)
        if isinstance(node, Mapping) and isinstance(form.get("additionalProperties"), dict):
            for entry in node.entries:
                compare(entry.value, form["additionalProperties"], f"{path}.*", asked, read)


def closed_mappings(node: Node, schema: Json) -> Iterator[tuple[Place, bool]]:
    """The mappings in which a schema lets no other keys stand."""
    for form in forms(schema):
        if isinstance(node, Sequence) and "items" in form:
            for item in node.items:
                yield from closed_mappings(item, form["items"])
        if isinstance(node, Mapping) and "properties" in form:
            yield node.place, True
            for entry in node.entries:
                yield from closed_mappings(entry.value, form["properties"].get(entry.key.text, {}))
        if isinstance(node, Mapping) and isinstance(form.get("additionalProperties"), dict):
            for entry in node.entries:
                yield from closed_mappings(entry.value, form["additionalProperties"])


def with_key(node: Node, place: Place) -> Node:
    """The tree with a strange key in the mapping at that place."""
    if isinstance(node, Sequence):
        return Sequence(tuple(with_key(item, place) for item in node.items), node.place)
    if not isinstance(node, Mapping):
        return node
    entries = tuple(Entry(entry.key, with_key(entry.value, place)) for entry in node.entries)
    strange = (Entry(Scalar("hullabaloo", place), Scalar("x", place)),) if node.place == place else ()
    return Mapping((*entries, *strange), node.place)
