"""Keep what the last audit read, so that the next one reads only what is new.

The file holds numbers that tell nothing without the content key, and no words; it is for the owner alone.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sitegen.protect.audit.prints import Prints
from sitegen.publish.atomic import writing

MEMORY = ".sitegen/audit.npz"
NAME_BYTES = 16
COLUMNS = {"runs": np.uint32, "starts": np.uint32, "marks": np.uint64}


def remembered(root: Path) -> dict[bytes, Prints]:
    """What was kept, by its name; empty where there is nothing, or nothing that can be read."""
    try:
        with np.load(root / MEMORY, allow_pickle=False) as kept:
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
    (root / MEMORY).parent.mkdir(mode=0o700, exist_ok=True)
    # As np.savez would, but one column after the other: of ten thousand pages each has tens of megabytes.
    with writing(root / MEMORY, 0o600, durable=False) as file, zipfile.ZipFile(file, "w") as archive:
        for name, column in _columns(sorted(prints.items())):
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, column, allow_pickle=False)


def _columns(ordered: list[tuple[bytes, Prints]]) -> Iterator[tuple[str, NDArray[np.generic]]]:
    yield "names", np.frombuffer(b"".join(name for name, _ in ordered), dtype=np.uint8)
    for column, kind in COLUMNS.items():
        parts = [getattr(one, column) for _, one in ordered]
        yield column, np.concatenate([np.zeros(0, dtype=kind), *parts])
        yield f"{column} end", np.cumsum([len(part) for part in parts], dtype=np.int64)
