"""Read what PostgreSQL copies out as if it were a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psycopg import Copy
    from typing_extensions import Buffer


class CopyStream(io.RawIOBase):
    """The bytes of a copy, of which the server sends one row at a time."""

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self._copy = copy
        self._rest = memoryview(copy.read())

    def empty(self) -> bool:
        """Whether nothing is left."""
        return not self._rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Fill the buffer, with many rows where they are short; 0 at the end."""
        room = memoryview(buffer).cast("B")
        filled = 0
        while self._rest and filled < len(room):
            part = self._rest[: len(room) - filled]
            room[filled : filled + len(part)] = part
            filled += len(part)
            self._rest = self._rest[len(part) :] or memoryview(self._copy.read())
        return filled
