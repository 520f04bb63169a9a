"""Read and write sitegen.lock."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from pathlib import Path

from sitegen.errors import Mistakes, Problem
from sitegen.model.lock import Lock
from sitegen.publish.atomic import write_file

LOCK_FILE = "sitegen.lock"
SITE_ID = re.compile("[0-9a-f]{32}")


def read_lock(root: Path) -> Lock | None:
    """The shop's lock, None where there is none yet. Raises Mistakes where the file is damaged."""
    path = root / LOCK_FILE
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        raise _damaged(error.lineno, error.colno, f"this is not JSON: {error.msg}") from None
    except UnicodeDecodeError:
        raise _damaged(0, 0, "this is not JSON: it is not UTF-8") from None
    names = {field.name for field in fields(Lock)}
    if not isinstance(value, dict) or not {"site_id"} <= value.keys() <= names:
        raise _damaged(0, 0, "the lock has unknown or missing keys")
    wrong = next((name for name in sorted(value) if not _sound(name, value[name])), None)
    if wrong:
        raise _damaged(0, 0, f"the lock's '{wrong}' can't be right")
    return Lock(**value)


def _sound(name: str, value: object) -> bool:
    match name:
        case "site_id":
            return isinstance(value, str) and bool(SITE_ID.fullmatch(value))
        case "checks":
            return isinstance(value, dict) and all(isinstance(check, str) for check in value.values())
        case "serials":
            return isinstance(value, dict) and all(type(serial) is int and serial > 0 for serial in value.values())
        case "epoch":
            return type(value) is int and value > 0
        case _:
            return type(value) is int and value >= 0


def write_lock(root: Path, lock: Lock) -> None:
    """Write the lock, whole or not at all."""
    text = json.dumps(asdict(lock), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    write_file(root / LOCK_FILE, text.encode())


def _damaged(line: int, column: int, message: str) -> Mistakes:
    hint = "restore it from git: a new site id would make every printed card useless"
    return Mistakes([Problem(LOCK_FILE, line, column, "damaged-lock", message, hint)])
