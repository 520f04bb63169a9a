"""Check a value against a JSON Schema, by the few words of it that editor_schema uses; any other word is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import unquote

Schema: TypeAlias = dict[str, Any]
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}


def fits(value: Any, schema: Schema | bool, root: Schema) -> bool:
    """Whether a value is valid; `root` holds the definitions."""
    if isinstance(schema, bool):
        return schema
    return all(WORDS[word](value, schema, root) for word in schema if word not in SILENT)


def definition(reference: str, root: Schema) -> Schema:
    """What a `$ref` leads to; KeyError where there is nothing."""
    found: Schema = root["$defs"][unquote(reference.removeprefix("#/$defs/")).replace("~1", "/")]
    return found


def _type(value: Any, schema: Schema, _: Schema) -> bool:
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return any(isinstance(value, TYPES[name]) for name in names)


def _properties(value: Any, schema: Schema, root: Schema) -> bool:
    there = _fields(value)
    return all(fits(there[name], inner, root) for name, inner in schema["properties"].items() if name in there)


def _others(value: Any, schema: Schema, root: Schema) -> bool:
    known = schema.get("properties", {})
    return all(
        fits(inner, schema["additionalProperties"], root) for name, inner in _fields(value).items() if name not in known
    )


def _items(value: Any, schema: Schema, root: Schema) -> bool:
    return not isinstance(value, list) or all(fits(item, schema["items"], root) for item in value)


def _if(value: Any, schema: Schema, root: Schema) -> bool:
    return not fits(value, schema["if"], root) or fits(value, schema["then"], root)


def _fields(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _count(word: str) -> Callable[[Any, Schema, Schema], list[bool]]:
    return lambda value, schema, root: [fits(value, inner, root) for inner in schema[word]]


SILENT = {"then", "description", "examples", "title", "$schema", "$defs"}
WORDS: dict[str, Callable[[Any, Schema, Schema], bool]] = {
    "$ref": lambda value, schema, root: fits(value, definition(schema["$ref"], root), root),
    "type": _type,
    "pattern": lambda value, schema, _: not isinstance(value, str) or bool(re.search(schema["pattern"], value)),
    "enum": lambda value, schema, _: value in schema["enum"],
    "const": lambda value, schema, _: bool(value == schema["const"]),
    "minimum": lambda value, schema, _: not isinstance(value, int) or bool(value >= schema["minimum"]),
    "properties": _properties,
    "additionalProperties": _others,
    "items": _items,
    "minItems": lambda value, schema, _: not isinstance(value, list) or len(value) >= schema["minItems"],
    "minProperties": lambda value, schema, _: not isinstance(value, dict) or len(value) >= schema["minProperties"],
    "maxProperties": lambda value, schema, _: not isinstance(value, dict) or len(value) <= schema["maxProperties"],
    "required": lambda value, schema, _: all(name in _fields(value) for name in schema["required"]),
    "anyOf": lambda *given: any(_count("anyOf")(*given)),
    "allOf": lambda *given: all(_count("allOf")(*given)),
    "oneOf": lambda *given: sum(_count("oneOf")(*given)) == 1,
    "if": _if,
}
