"""Look for messages whose fate is unknown: in a mail server's log, and in mailboxes."""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.send.replies import told

HEAD = 65536
"""Bytes of a message in which its headers must end."""

_LINE = re.compile(
    r"postfix[\w-]*(?:/[\w-]+)*/(?P<part>cleanup|qmgr|smtp|lmtp|local|virtual|pipe)\[\d+\]: (?P<id>\w+): (?P<said>.*)"
)
_MESSAGE_ID = re.compile(r"^message-id=<([a-z0-9]+)@")
_HEADER = re.compile(rb"^message-id:\s*<([a-z0-9]+)@", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"status=(\w+)(?: \((.*)\))?$")


def in_log(path: Path, tokens: Collection[str]) -> Mapping[str, str]:
    """Which of these messages a Postfix has taken over, by its log (mail.log, or one that is gzipped), and how we know.

    The message's name alone is no evidence: it is logged while the message still arrives. Only what the queue then
    had counts. Raises Unusable where the file can't be read.
    """
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for part, queue_id, said in _lines(path):
        if part == "cleanup":
            match = _MESSAGE_ID.match(said)
            if match and match[1] in tokens:
                names[queue_id] = match[1]
            else:
                # A queue id may be used again, for another message.
                names.pop(queue_id, None)
        elif queue_id in names:
            token = names[queue_id]
            if part == "qmgr" and "(queue active)" in said:
                found.setdefault(token, f"{path.name}: {queue_id} was queued")
            elif status := _STATUS.search(said):
                words = told(status[2] or "")
                found[token] = f"{path.name}: {queue_id} status={status[1]} {words}".rstrip()
    return found


def in_maildir(folder: Path, tokens: Collection[str]) -> Mapping[str, str]:
    """Which of these messages lie in a maildir or below it, and where. Raises Unusable where there is none."""
    if not folder.is_dir():
        raise Unusable(f"there is no folder '{folder}'")
    found: dict[str, str] = {}
    try:
        for path in sorted(folder.rglob("*")):
            if path.parent.name in {"new", "cur"} and path.is_file():
                with path.open("rb") as file:
                    head = file.read(HEAD).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
                match = _HEADER.search(re.sub(rb"\n[ \t]+", b" ", head))
                token = match[1].decode() if match else ""
                if token in tokens:
                    found.setdefault(token, f"{folder.name}: it lies in {path.parent.name}/")
    except OSError as error:
        raise Unusable(f"'{folder}' can't be read: {error.strerror}") from error
    return found


def _lines(path: Path) -> Iterator[tuple[str, str, str]]:
    """Part of Postfix, queue id and words of each line that has them."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if match := _LINE.search(str(line).rstrip("\n")):
                    yield match["part"], match["id"], match["said"]
    except (OSError, EOFError) as error:
        raise Unusable(f"the log '{path}' can't be read: {error}") from error
