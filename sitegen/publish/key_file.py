"""Key files: three roots, one on a line, readable by their owner alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.publish.atomic import write_file

KEYS = ".sitegen/keys"
DEV_KEYS = ".sitegen/dev-keys"
OWNER_ONLY = 0o600
OTHERS = 0o077


def read_keys(path: Path) -> dict[str, str]:
    """The lines `NAME=value` of a key file. Raises Mistakes where others may read it, and where a line has no name."""
    if path.stat().st_mode & OTHERS:
        hint = f"run `chmod 600 {path.name}` and, if the file was ever shared, make new keys"
        raise Mistakes([Problem(path.name, 0, 0, "open-key-file", "others than its owner may read the key file", hint)])
    keys: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        hint = "write NAME=value, one on a line"
        raise Mistakes([Problem(path.name, 0, 0, "key-file", "this is no key file", hint)]) from None
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            name, equals, value = line.partition("=")
            if not equals:
                hint = "write NAME=value, one on a line"
                raise Mistakes([Problem(path.name, number, 1, "key-file", "this line names no key", hint)])
            keys[name.strip()] = value.strip()
    return keys


def write_keys(path: Path, keys: Mapping[str, str], about: str) -> None:
    """Write a new key file with mode 600, whole or not at all. Never replaces one.

    Folders that are missing are made with mode 700. Raises Unusable where the file is there already.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = f"# {about}\n" + "".join(f"{name}={value}\n" for name, value in keys.items())
    temporary = path.with_name(f".{path.name}.new")
    write_file(temporary, text.encode(), OWNER_ONLY)
    try:
        # A rename would replace a file that somebody made meanwhile; a link refuses.
        path.hardlink_to(temporary)
    except FileExistsError:
        raise Unusable(f"there is a key file '{path.name}' already; it was left as it is") from None
    finally:
        temporary.unlink()


def private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
