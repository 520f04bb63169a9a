"""Take the keys from the environment or a key file, else from development keys made once."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.protect.keys import Roots, decode_root, encode_root, generate_roots
from sitegen.publish.key_file import DEV_KEYS, read_keys, write_keys

ROOT_VARIABLES = ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY")
RECEIVER_VARIABLE = "SITEGEN_RECEIVER_KEY"
DATABASE_VARIABLE = "SITEGEN_DATABASE_URL"
KEY_FILE_VARIABLE = "SITEGEN_KEY_FILE"
ABOUT = "Development keys of this folder, made once. Never deploy with them, never commit them."


@dataclass(frozen=True, slots=True)
class Held:
    """The keys of one run. `dev`: they are development keys."""

    roots: Roots
    receiver: bytes | None = field(repr=False)
    dev: bool


def held_keys(root: Path) -> Held:
    """The keys for the shop in `root`. Real keys are taken out of the environment, so that no child inherits them."""
    given = {name: os.environ.pop(name) for name in (*ROOT_VARIABLES, RECEIVER_VARIABLE) if name in os.environ}
    file = os.environ.pop(KEY_FILE_VARIABLE, "")
    if file:
        given = {**_read(Path(file), root), **given}
    if any(name in given for name in ROOT_VARIABLES):
        return _decoded(given, dev=False)
    path = root / DEV_KEYS
    if not path.exists():
        _make_dev_keys(path)
    return _decoded({**read_keys(path), **given}, dev=True)


def database_url() -> str:
    """The address of the customers' PostgreSQL database, "" where none is set; taken out of the environment too."""
    return os.environ.pop(DATABASE_VARIABLE, "")


def _read(path: Path, root: Path) -> dict[str, str]:
    if not path.is_file():
        raise Unusable(f"{KEY_FILE_VARIABLE} names a file that is not there")
    if path.resolve().is_relative_to((root / "content").resolve()):
        raise Unusable("the key file lies inside content/\nhint: keep keys where nothing is ever published from")
    return read_keys(path)


def _decoded(given: dict[str, str], dev: bool) -> Held:
    content, card, sign = (decode_root(given[name], name) if name in given else None for name in ROOT_VARIABLES)
    receiver = decode_root(given[RECEIVER_VARIABLE], RECEIVER_VARIABLE) if RECEIVER_VARIABLE in given else None
    return Held(Roots(content, card, sign), receiver, dev)


def _make_dev_keys(path: Path) -> None:
    roots = generate_roots(secrets.token_bytes)
    made = dict(zip(ROOT_VARIABLES, (roots.content, roots.card, roots.sign), strict=True))
    keys = {name: encode_root(root) for name, root in made.items() if root is not None}
    keys[RECEIVER_VARIABLE] = encode_root(secrets.token_bytes(32))
    write_keys(path, keys, ABOUT)
