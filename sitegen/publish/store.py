"""Keep what was made, under the hash of what it was made of, so that a run that was killed goes on where it was."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from sitegen.publish.atomic import write_file

_KEY = re.compile(r"[0-9a-f]{64}(\.[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Store:
    """Files below `folder`, which nobody else may read: they hold what members will read."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """What stands under a key (SHA-256 in hexadecimal, and an ending where there are several), or None."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def __contains__(self, key: str) -> bool:
        return self._path(key).is_file()

    def put(self, key: str, content: bytes) -> None:
        """Keep `content`, whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(self._path(key), content, 0o600)

    def only(self, keys: frozenset[str]) -> None:
        """Forget all but these."""
        for path in self.folder.glob("*"):
            if path.name not in keys:
                path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, key: str) -> Path:
        assert _KEY.fullmatch(key), key
        return self.folder / key
