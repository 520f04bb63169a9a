"""Read the mails of a Maildir, an mbox, a file or standard input, and leave them as they are."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from sitegen.errors import Unusable

LARGEST = 2 * 1024 * 1024
"""Bytes of a mail that are looked at: what it says about itself stands at its beginning."""
STANDARD_INPUT = Path("-")


def mails(place: Path, standard_input: IO[bytes]) -> Iterator[bytes]:
    """The mails of a place in a stable order. Raises Unusable where there is no mailbox."""
    try:
        if place == STANDARD_INPUT:
            yield standard_input.read(LARGEST)
        elif place.is_dir():
            yield from _of_folder(place)
        else:
            yield from _of_file(place)
    except OSError as error:
        raise Unusable(f"the mailbox '{place.name}' cannot be read: {error.strerror}") from error


def _of_folder(folder: Path) -> Iterator[bytes]:
    """A Maildir's new and read mails; a folder of another kind may hold .eml files."""
    maildir = [path for part in ("cur", "new") for path in (folder / part).glob("[!.]*")]
    for path in sorted(maildir or folder.glob("*.eml")):
        if path.is_file():
            yield _beginning(path)


def _of_file(path: Path) -> Iterator[bytes]:
    beginning = _beginning(path)
    if not beginning.startswith(b"From "):
        yield beginning
        return
    with closing(mailbox.mbox(path, create=False)) as box:
        for key in box.iterkeys():
            yield box.get_bytes(key)[:LARGEST]


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST)
