"""Take the secrets out of the environment, and the keys from there, from a key file or from development keys."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Unusable
from sitegen.model.smtp import DKIM_VARIABLE, PASSWORD_VARIABLE
from sitegen.protect.keys import Roots, decode_root, encode_root, generate_roots
from sitegen.publish.key_file import DEV_KEYS, read_keys, write_keys

if TYPE_CHECKING:
    from sitegen.build.keys import KeptLock

ROOT_VARIABLES = ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY")
RECEIVER_VARIABLE = "SITEGEN_RECEIVER_KEY"
DATABASE_VARIABLE = "SITEGEN_DATABASE_URL"
KEY_FILE_VARIABLE = "SITEGEN_KEY_FILE"
OURS = "SITEGEN_"
ENVIRONMENT, KEY_FILE, DEVELOPMENT = "environment", "key file", "development"
ABOUT = "Development keys of this folder, made once. Never deploy with them, never commit them."


@dataclass(frozen=True, slots=True)
class Given:
    """What the environment gave this run: the variables that are sitegen's own, by name."""

    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spelled:
    """The keys of one run as they are written, by the names of their variables, and where each comes from."""

    keys: Mapping[str, str] = field(repr=False)
    sources: Mapping[str, str]

    @property
    def dev(self) -> bool:
        """Whether they are development keys."""
        return not any(self.sources.get(name, DEVELOPMENT) != DEVELOPMENT for name in ROOT_VARIABLES)


@dataclass(frozen=True, slots=True)
class Held:
    """The keys of one run. `dev`: they are development keys."""

    roots: Roots
    receiver: bytes | None = field(repr=False)
    dev: bool


def take(environment: MutableMapping[str, str]) -> Given:
    """Take sitegen's own variables out of the environment, so that no process that is started inherits them."""
    return Given({name: environment.pop(name) for name in [*environment] if name.startswith(OURS)})


def held_keys(root: Path) -> Held:
    """The keys for the shop in `root`; development keys are made where no others are held."""
    path = root / DEV_KEYS
    spelled = spelled_keys(root)
    if spelled.dev and not path.exists():
        _make_dev_keys(path)
        spelled = spelled_keys(root)
    return decoded(spelled)


def spelled_keys(root: Path) -> Spelled:
    """The keys that are held, and where each comes from: the environment, the key file, or development keys."""
    given = _given()
    found = {name: given[name] for name in (*ROOT_VARIABLES, RECEIVER_VARIABLE) if name in given}
    file = given.get(KEY_FILE_VARIABLE, "")
    filed = _read(Path(file), root) if file else {}
    sources = dict.fromkeys(filed, KEY_FILE) | dict.fromkeys(found, ENVIRONMENT)
    found = {**filed, **found}
    path = root / DEV_KEYS
    if any(name in found for name in ROOT_VARIABLES) or not path.exists():
        return Spelled(found, sources)
    made = read_keys(path)
    return Spelled({**made, **found}, dict.fromkeys(made, DEVELOPMENT) | sources)


def decoded(spelled: Spelled) -> Held:
    """The keys themselves. Raises Mistakes where one is not spelled right."""
    keys = {
        name: decode_root(spelled.keys[name], name)
        for name in (*ROOT_VARIABLES, RECEIVER_VARIABLE)
        if name in spelled.keys
    }
    content, card, sign = (keys.get(name) for name in ROOT_VARIABLES)
    return Held(Roots(content, card, sign), keys.get(RECEIVER_VARIABLE), spelled.dev)


def lock_of(root: Path, keys: Held) -> KeptLock:
    """The lock that these keys belong to: the one decision about it."""
    # Verbs that look at no lock do not pay for what it needs.
    from sitegen.build.keys import open_lock

    return open_lock(root, keys.roots, keys.dev, secrets.token_bytes)


def key_file() -> Path | None:
    """The key file that was named, None where none was."""
    named = _given().get(KEY_FILE_VARIABLE, "")
    return Path(named) if named else None


def database_url() -> str:
    """The address of the customers' PostgreSQL database, "" where none is set."""
    return _given().get(DATABASE_VARIABLE, "")


def smtp_password() -> str:
    """The password of the mail server's user, "" where none is set."""
    return _given().get(PASSWORD_VARIABLE, "")


def dkim_key() -> str:
    """The private key that signs mails, in PEM, "" where none is set."""
    return _given().get(DKIM_VARIABLE, "")


def _given() -> Mapping[str, str]:
    context = click.get_current_context(silent=True)
    found = context.find_object(Given) if context else None
    return found.values if found else os.environ


def _read(path: Path, root: Path) -> dict[str, str]:
    if not path.is_file():
        raise Unusable(f"{KEY_FILE_VARIABLE} names a file that is not there")
    for folder in ("content", "output"):
        if path.resolve().is_relative_to((root / folder).resolve()):
            raise Unusable(f"the key file lies inside {folder}/\nhint: keep keys where nothing is ever published from")
    return read_keys(path)


def _make_dev_keys(path: Path) -> None:
    roots = generate_roots(secrets.token_bytes)
    write_keys(path, spelled_roots(roots, secrets.token_bytes(32)), ABOUT)


def spelled_roots(roots: Roots, receiver: bytes | None) -> dict[str, str]:
    """The lines of a key file: the keys that there are, by the names of their variables."""
    keys = (roots.content, roots.card, roots.sign, receiver)
    names = (*ROOT_VARIABLES, RECEIVER_VARIABLE)
    return {name: encode_root(key) for name, key in zip(names, keys, strict=True) if key is not None}
