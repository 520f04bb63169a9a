"""Read and write sitegen.lock."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from sitegen.errors import Mistakes, Problem
from sitegen.model.lock import Lock
from sitegen.publish.atomic import write_file

LOCK_FILE = "sitegen.lock"
HEX_DIGITS = 32


def read_lock(root: Path) -> Lock | None:
    """The shop's lock, None where there is none yet. Raises Mistakes where the file is damaged."""
    path = root / LOCK_FILE
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        lock = Lock(**value)
        bytes.fromhex(lock.site_id)
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        raise _damaged(error.lineno, error.colno, f"this is not JSON: {error.msg}") from None
    except (TypeError, ValueError, UnicodeDecodeError):
        raise _damaged(0, 0, "the lock has unknown or missing keys") from None
    if len(lock.site_id) != HEX_DIGITS or lock.epoch < 1:
        raise _damaged(0, 0, "the lock's site id or epoch is wrong")
    return lock


def write_lock(root: Path, lock: Lock) -> None:
    """Write the lock, whole or not at all."""
    text = json.dumps(asdict(lock), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    write_file(root / LOCK_FILE, text.encode())


def _damaged(line: int, column: int, message: str) -> Mistakes:
    hint = "restore it from git: a new site id would make every printed card useless"
    return Mistakes([Problem(LOCK_FILE, line, column, "damaged-lock", message, hint)])
