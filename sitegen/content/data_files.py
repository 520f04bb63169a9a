"""Read content/data/: files of a shop's own whose values stand in templates as `data`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from sitegen.content.folder import files_below, read_text
from sitegen.content.yaml_tree import read_node
from sitegen.errors import Mistakes, Problem
from sitegen.model.site_data import RESERVED, DataList, DataMap, DataValue
from sitegen.model.tree import Mapping, Node, Place, Scalar

FOLDER = "content/data"
LARGEST = 1_000_000
"""Bytes of one file: all of it is held while pages are made."""


def read_data_files(root: Path, problems: list[Problem]) -> DataMap:
    """Every file under its name, folders as mappings: `data/prices.yaml` is `data.prices`.

    What is wrong is added to `problems`; such a file is left out.
    """
    top: _Folder = {}
    for path in files_below(root / FOLDER):
        place = Place(f"{FOLDER}/{path}")
        try:
            _put(top, PurePosixPath(path), place, _read(root, place))
        except Mistakes as mistakes:
            problems.extend(mistakes.problems)
    return _frozen(top, Place(FOLDER))


def _put(folder: _Folder, path: PurePosixPath, place: Place, value: DataValue) -> None:
    for part in (*path.parts[:-1], path.stem):
        _check_key(part, place)
    for part in path.parts[:-1]:
        inner = folder.setdefault(part, {})
        if not isinstance(inner, dict):
            raise Mistakes([_twice(place, part)])
        folder = inner
    if path.stem in folder:
        raise Mistakes([_twice(place, path.stem)])
    folder[path.stem] = value


def _frozen(folder: _Folder, place: Place) -> DataMap:
    return DataMap(
        {
            name: _frozen(inner, Place(f"{place.file}/{name}")) if isinstance(inner, dict) else inner
            for name, inner in folder.items()
        },
        place,
    )


def _twice(place: Place, name: str) -> Problem:
    return place.problem("same-data", f"another file or folder is called '{name}' too", "rename one of them")


def _read(root: Path, place: Place) -> DataValue:
    ending = PurePosixPath(place.file).suffix
    read = READERS.get(ending)
    if read is None:
        hint = "write YAML, JSON or CSV, and let the name end in .yaml, .json or .csv"
        raise Mistakes([place.problem("wrong-ending", f"a data file that ends in '{ending}' is not read", hint)])
    size = (root / place.file).stat().st_size
    if size > LARGEST:
        message = f"this data file has {size:,} bytes, more than {LARGEST:,}"
        raise Mistakes([place.problem("large-data", message, "split it, or leave out what no page shows")])
    return read(read_text(root / place.file, root).removeprefix("\ufeff"), place)


def _yaml(text: str, place: Place) -> DataValue:
    problems: list[Problem] = []
    value = _value(read_node(text, place.file), problems)
    if problems:
        raise Mistakes(problems)
    return value


def _value(node: Node, problems: list[Problem]) -> DataValue:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        for entry in node.entries:
            problems.extend(_reserved(entry.key.text, entry.key.place))
        return DataMap({entry.key.text: _value(entry.value, problems) for entry in node.entries}, node.place)
    return DataList(tuple(_value(item, problems) for item in node.items))


def _json(text: str, place: Place) -> DataValue:
    def pairs(found: list[tuple[str, object]]) -> DataMap:
        entries: dict[str, DataValue] = {}
        for key, value in found:
            _check_key(key, place)
            if key in entries:
                raise Mistakes([place.problem("duplicate-key", f"'{key}' stands twice", "keep one of them")])
            entries[key] = _from_json(value)
        return DataMap(entries, Place(place.file, 1))

    try:
        return _from_json(json.loads(text, object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=str))
    except json.JSONDecodeError as error:
        at = Place(place.file, error.lineno, error.colno)
        raise Mistakes(
            [at.problem("json-syntax", f"this is not JSON: {error.msg}", "check quotes and commas")]
        ) from None
    except RecursionError:
        raise Mistakes(
            [place.problem("json-syntax", "too many levels stand inside each other", "write it flatter")]
        ) from None


def _from_json(value: object) -> DataValue:
    match value:
        case DataMap() | str():
            return value
        case list():
            return DataList(tuple(_from_json(item) for item in value))
        case bool():
            return "true" if value else "false"
        case _:
            return ""


def _csv(text: str, place: Place) -> DataValue:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[DataValue] = []
    try:
        head = next(reader, [])
        _check_head(head, Place(place.file, 1))
        for cells in reader:
            at = Place(place.file, reader.line_num)
            if cells and len(cells) != len(head):
                message = f"this row has {len(cells)} cells, but the first line names {len(head)} columns"
                raise Mistakes([at.problem("wrong-row", message, "put a cell that holds a comma in quotes")])
            if cells:
                rows.append(DataMap(dict(zip(head, cells, strict=True)), at))
    except csv.Error as error:
        at = Place(place.file, reader.line_num)
        raise Mistakes([at.problem("csv-syntax", f"this is not CSV: {error}", "check the quotes")]) from None
    return DataList(tuple(rows))


def _check_head(head: list[str], place: Place) -> None:
    if not head or not all(head):
        raise Mistakes([place.problem("wrong-row", "a column has no name", "name every column in the first line")])
    for name in head:
        if head.count(name) > 1:
            raise Mistakes([place.problem("duplicate-key", f"two columns are called '{name}'", "rename one of them")])
        if ";" in name:
            hint = "write commas between the cells"
            raise Mistakes([place.problem("wrong-row", "semicolons part the cells of this file", hint)])
        _check_key(name, place)


def _check_key(key: str, place: Place) -> None:
    problems = _reserved(key, place)
    if problems:
        raise Mistakes(problems)


def _reserved(key: str, place: Place) -> list[Problem]:
    if key not in RESERVED:
        return []
    message = f"the key '{key}' means something else in templates"
    return [place.problem("reserved-key", message, "give it another name")]


_Folder: TypeAlias = dict[str, "DataValue | _Folder"]
READERS: dict[str, Callable[[str, Place], DataValue]] = {".yaml": _yaml, ".json": _json, ".csv": _csv}
