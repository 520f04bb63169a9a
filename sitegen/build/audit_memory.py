"""Keep what the last audit read, so that the next one reads only what is new.

The file holds numbers that tell nothing without the content key, and no words; it is for the owner alone.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sitegen.protect.audit.prints import Prints
from sitegen.publish.atomic import write_file

MEMORY = ".sitegen/audit.npz"
NAME_BYTES = 16
COLUMNS = ("runs", "starts", "marks")


def remembered(root: Path) -> dict[bytes, Prints]:
    """What was kept, by its name; empty where there is nothing, or nothing that can be read."""
    try:
        with np.load(io.BytesIO((root / MEMORY).read_bytes()), allow_pickle=False) as kept:
            names = kept["names"].tobytes()
            cuts = [np.split(kept[column], kept[f"{column} end"][:-1]) for column in COLUMNS]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    keys = [names[start : start + NAME_BYTES] for start in range(0, len(names), NAME_BYTES)]
    if any(len(cut) != len(keys) for cut in cuts):
        return {}
    return {key: Prints(*parts) for key, *parts in zip(keys, *cuts, strict=True)}


def remember(root: Path, prints: Mapping[bytes, Prints]) -> None:
    """Keep it for the next time."""
    ordered = sorted(prints.items())
    columns: dict[str, object] = {"names": np.frombuffer(b"".join(name for name, _ in ordered), dtype=np.uint8)}
    for column in COLUMNS:
        parts = [getattr(one, column) for _, one in ordered]
        columns[column] = np.concatenate([np.zeros(0, dtype=np.uint64), *parts])
        columns[f"{column} end"] = np.cumsum([len(part) for part in parts], dtype=np.int64)
    file = io.BytesIO()
    # The stubs of numpy take a name among the columns for its own switch.
    np.savez(file, **columns)  # type: ignore[arg-type]
    (root / MEMORY).parent.mkdir(mode=0o700, exist_ok=True)
    write_file(root / MEMORY, file.getvalue(), 0o600)
