"""Name a file to the engine so that no sign in its path counts as a pattern."""

from __future__ import annotations

import re
from pathlib import Path


def literal_path(path: Path) -> str:
    """The path with *, ? and [ in brackets: the engine takes paths for patterns."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))
