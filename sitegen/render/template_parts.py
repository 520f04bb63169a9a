"""Know what a template refers to: other templates, and the variables that it asks for. Each source is parsed once."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import TypeAlias

from jinja2 import Environment, meta

Parts: TypeAlias = tuple[tuple[str | None, ...], tuple[str, ...]]
"""The names of templates (None: one that is known only at run time), and the variables."""
_KNOWN: dict[str, Parts] = {}


def digest(source: str) -> str:
    """What stands for a template's source."""
    return blake2b(source.encode(), digest_size=16).hexdigest()


def parts(environment: Environment, source: str) -> Parts:
    """What a source refers to. Parsing all of a theme takes longer than to render ten pages."""
    key = digest(source)
    if key not in _KNOWN:
        tree = environment.parse(source)
        asked = tuple(sorted(meta.find_undeclared_variables(tree)))
        _KNOWN[key] = (tuple(meta.find_referenced_templates(tree)), asked)
    return _KNOWN[key]


def known_parts() -> Mapping[str, Parts]:
    """What was parsed so far, by the digest of the source."""
    return dict(_KNOWN)


def learn_parts(known: Mapping[str, Parts]) -> None:
    """Take what an earlier run parsed."""
    _KNOWN.update(known)
