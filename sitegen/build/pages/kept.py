"""Keep values of the last build in a file of .sitegen/, and read them back without trusting the file."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from enum import Enum
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

from sitegen.publish.atomic import write_file

ROOMS = ("sitegen.model.", "sitegen.render.", "sitegen.build.pages.", "sitegen.content.")
"""Whose classes may stand in such a file, as far as they are plain values."""
PLAIN = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("decimal", "Decimal"),
        ("markupsafe", "Markup"),
    }
)
DIGEST = 16
WRONG = (pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError, EOFError, KeyError, IndexError)
"""What comes of bytes that are torn, or of another program."""


def keep(path: Path, value: object) -> None:
    """Write a value of frozen dataclasses, enums and plain things; for the owner's eyes only."""
    body = packed(value)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(path, blake2b(body, digest_size=DIGEST).digest() + body, 0o600, durable=False)


def packed(value: object) -> bytes:
    """A value as bytes."""
    file = io.BytesIO()
    _Quick(file).dump(value)
    return file.getvalue()


class _Quick(pickle.Pickler):
    """Has values made again by their own classes: to set one field after the other takes three times as long."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self._readers: dict[type, Callable[[object], tuple[object, ...]] | None] = {}

    def reducer_override(self, value: object) -> Any:
        """How to make it again, where its class only takes its fields as they are."""
        kind = type(value)
        if kind not in self._readers:
            self._readers[kind] = _fields(kind)
        read = self._readers[kind]
        return (kind, read(value)) if read else NotImplemented


def _fields(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    known = getattr(kind, "__dataclass_fields__", None)
    if not known or hasattr(kind, "__post_init__") or not all(one.init and not one.kw_only for one in known.values()):
        return None
    names = tuple(known)
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def unpacked(body: bytes) -> object:
    """A value from its bytes, made of nothing but plain classes. Raises ValueError where it is anything else."""
    try:
        return _Careful(io.BytesIO(body)).load()
    except WRONG as error:
        raise ValueError("these bytes hold no value that may be kept") from error


def kept(path: Path) -> Any:
    """The value that a file holds; None where there is none, or none that can be read."""
    try:
        content = path.read_bytes()
        if blake2b(content[DIGEST:], digest_size=DIGEST).digest() != content[:DIGEST]:
            return None
        return unpacked(content[DIGEST:])
    except (OSError, ValueError):
        return None


class _Careful(pickle.Unpickler):
    """A folder that came from elsewhere may bring such a file along, so that only plain values are made of it."""

    def find_class(self, module: str, name: str) -> Any:
        """A class that is allowed. Raises UnpicklingError for anything else."""
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(ROOMS) and "." not in name else None
        if isinstance(found, type) and found.__module__ == module and _is_plain(found):
            return found
        raise pickle.UnpicklingError(f"'{module}.{name}' has no place here")


def _is_plain(found: type) -> bool:
    return hasattr(found, "__dataclass_fields__") or issubclass(found, Enum)
