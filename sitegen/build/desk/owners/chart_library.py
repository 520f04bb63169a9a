"""Have the library that draws charts at hand without a trace: no fonts of this machine, nothing in a home folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

_FOLDER, _NO_FONTS = "MPLCONFIGDIR", "MPL_IGNORE_SYSTEM_FONTS"


def at_hand() -> None:
    """Import matplotlib where nobody has: it lists fonts and keeps that list once, when it is imported.

    Charts place letters by the face that comes with it, so that they are the same on every machine.
    """
    if "matplotlib.font_manager" in sys.modules:
        return
    with TemporaryDirectory() as folder, _environment({_FOLDER: folder, _NO_FONTS: "1"}):
        import matplotlib.font_manager  # noqa: PLC0415 - half a second, for charts alone
        import matplotlib.style  # noqa: F401, PLC0415 - it asks for the folder, too


@contextmanager
def _environment(wanted: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
