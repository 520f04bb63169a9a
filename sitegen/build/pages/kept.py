"""Keep values of the last build in a file of .sitegen/, and read them back without trusting the file."""

from __future__ import annotations

import io
import pickle
from enum import Enum
from hashlib import blake2b
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
    body = pickle.dumps(value, protocol=5)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(path, blake2b(body, digest_size=DIGEST).digest() + body, 0o600, durable=False)


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
