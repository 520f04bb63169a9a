"""Read and write sitegen.lock, and the lock of development builds beside it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from sitegen.errors import Mistakes, Problem
from sitegen.model.lock import Lock
from sitegen.publish.atomic import write_file

LOCK_FILE = "sitegen.lock"
DEV_LOCK = ".sitegen/dev-lock"
"""The same facts for development keys: a trial never touches what the printed cards hang on."""
SITE_ID = re.compile("[0-9a-f]{32}")
HINTS = {
    LOCK_FILE: "restore it from git: a new site id would make every printed card useless",
    DEV_LOCK: "remove it: only development builds look at it",
}


def read_lock(root: Path, file: str = LOCK_FILE) -> Lock | None:
    """The shop's lock, None where there is none yet. Raises Mistakes where the file is damaged."""
    path = root / file
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        raise _damaged(file, f"this is not JSON: {error.msg}", error.lineno, error.colno) from None
    except UnicodeDecodeError:
        raise _damaged(file, "this is not JSON: it is not UTF-8") from None
    names = {field.name for field in fields(Lock)}
    if not isinstance(value, dict) or not {"site_id"} <= value.keys() <= names:
        raise _damaged(file, "the lock has unknown or missing keys")
    wrong = next((name for name in sorted(value) if not _sound(name, value[name])), None)
    if wrong:
        raise _damaged(file, f"the lock's '{wrong}' can't be right")
    return Lock(**{**value, "revoked": frozenset(value.get("revoked", ()))})


def _sound(name: str, value: object) -> bool:
    match name:
        case "site_id":
            return isinstance(value, str) and bool(SITE_ID.fullmatch(value))
        case "checks":
            return isinstance(value, dict) and all(isinstance(check, str) for check in value.values())
        case "serials":
            return isinstance(value, dict) and all(type(serial) is int and serial > 0 for serial in value.values())
        case "revoked":
            return isinstance(value, list) and all(isinstance(member, str) for member in value)
        case "epoch":
            return type(value) is int and value > 0
        case _:
            return type(value) is int and value >= 0


def write_lock(root: Path, lock: Lock, file: str = LOCK_FILE) -> None:
    """Write the lock, whole or not at all."""
    value: dict[str, Any] = {**asdict(lock), "revoked": sorted(lock.revoked)}
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    write_file(root / file, text.encode())


def _damaged(file: str, message: str, line: int = 0, column: int = 0) -> Mistakes:
    return Mistakes([Problem(file, line, column, "damaged-lock", message, HINTS[file])])
