"""Write a file whole or not at all; exchange two folders at one instant."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

AT_FDCWD = -100
RENAME_EXCHANGE = 2
ASIDE = ".aside"
UNKNOWN_CALL = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})
"""What systems and file systems answer that can't exchange; some sandboxes refuse what they do not know."""


def write_file(path: Path, content: bytes, mode: int = 0o644, durable: bool = True) -> None:
    """Write a whole file, as `writing` does."""
    with writing(path, mode, durable) as file:
        file.write(content)


@contextmanager
def writing(path: Path, mode: int = 0o644, durable: bool = True) -> Iterator[BinaryIO]:
    """A file that gets a temporary name beside `path`; what was written is flushed to the disk, and renamed.

    What is not `durable` may be torn or gone after a power cut: whoever reads it must see that, and make it again.
    """
    # A preview and a build of the same shop may write the same memory at the same time.
    temporary = path.with_name(f".{path.name}{'' if durable else f'.{os.getpid()}'}.new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def exchange(first: Path, second: Path) -> None:
    """Swap two folders that both exist. On Linux at one instant, elsewhere by three renames.

    A process that ends between the renames leaves the old folder beside `first`, with the ending ASIDE.
    """
    if not exchange_at_once(first, second):
        aside = first.with_name(second.name + ASIDE)
        second.rename(aside)
        first.rename(second)
        aside.rename(first)


def exchange_at_once(first: Path, second: Path) -> bool:
    """Swap two folders at one instant; False, and nothing is changed, where this system can't."""
    # Python's os.rename can't exchange; the call is Linux's own (3.15) and glibc has it since 2.28.
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    names = (os.fsencode(first), os.fsencode(second))
    done: int = call(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in UNKNOWN_CALL:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))
