"""One build at a time: a lock that ends with the process that holds it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.publish.key_file import private_folder


@contextmanager
def hold(root: Path) -> Iterator[None]:
    """Hold the shop's build lock. Raises Unusable where another build holds it."""
    private_folder(root / ".sitegen")
    with (root / ".sitegen" / "build.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable("another build of this shop is running\nhint: wait until it has ended") from None
        yield
