"""Know at a glance that nothing changed since the last build of the site: then there is nothing to do."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sitegen
from sitegen.build.pages.program import code_print
from sitegen.content.stamps import Stamp, is_firm, stamp_beside, stamp_of
from sitegen.publish.atomic import write_file

if TYPE_CHECKING:
    from sitegen.build.order import Order, Summary

FOLDER = ".sitegen/pages"
INPUTS = ("content", "themes")
FILES = ("sitegen.lock", ".sitegen/dev-lock", ".sitegen/dev-keys")
SECOND = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Glance:
    """What a build depends on: what was asked for, and each file with its length, its times (ns) and its inode."""

    wish: str
    inputs: dict[str, Stamp]


def glance(root: Path, order: Order, others: Iterable[str] = ()) -> Glance:
    """What the build that is ordered would depend on; `others` are files beside content and themes."""
    package = Path(sitegen.__file__).parent
    found = dict(_below(root, INPUTS))
    found |= {f"theme {path}": said for path, said in _below(package, ("themes",))}
    found |= {f"theme {path}": said for path, said in _below(package.parent, ("themes",))}
    for name in (*FILES, *others):
        said = stamp_beside(root / name)
        if said:
            found[name] = said
    return Glance(_wish(order), found)


def stands_still(root: Path, order: Order) -> dict[str, Any] | None:
    """What the last build said, if nothing that it hung on changed and its output stands; else None."""
    try:
        kept = json.loads(_path(root, order).read_bytes())
        now = glance(root, order, kept["others"])
        inputs = {path: tuple(said) for path, said in kept["inputs"].items()}
        same = kept["wish"] == now.wish and inputs == now.inputs
        stands = same and _stands(root / order.folder, kept["files"], kept["folders"], kept["instant"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(kept["said"]) if stands else None


def keep_glance(root: Path, order: Order, seen: Glance, summary: Summary, others: Iterable[str]) -> None:
    """Remember a build that has just ended; `seen` is what it hung on before anything was read."""
    output = root / order.folder
    files = {path: said[0] for path, said in _below(output, ("site", "host"))}
    folders = sorted({path.rpartition("/")[0] for path in files} | {"site", "host"})
    folders = sorted({above for folder in folders for above in _with_above(folder)})
    value = {
        "wish": seen.wish,
        "inputs": seen.inputs,
        "others": list(others),
        "files": files,
        "folders": folders,
        "instant": order.instant,
        "said": {
            "made": [[count.name, count.number] for count in summary.made],
            "notices": list(summary.notices),
            "pages": summary.rendered + summary.unchanged,
        },
    }
    said = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    write_file(_path(root, order), said.encode(), 0o600, durable=False)


def is_settled(seen: Glance, begun: int) -> bool:
    """Whether no file that changes after `begun` (ns) can have the same stamp as when it was seen."""
    return all(is_firm(said, begun) for said in seen.inputs.values())


def _wish(order: Order) -> str:
    keys = [blake2b(key or b"", digest_size=8).hexdigest() for key in _keys(order)]
    said = [
        code_print(),
        order.first.isoformat(),
        *sorted(order.parts),
        *keys,
        *sorted(order.confirmed),
        str((order.dev, order.drafts, order.strict, order.audit)),
        blake2b(order.database.encode(), digest_size=8).hexdigest(),
    ]
    return blake2b("\0".join(said).encode(), digest_size=16).hexdigest()


def _keys(order: Order) -> Iterator[bytes | None]:
    yield from (order.roots.content, order.roots.card, order.roots.sign, order.receiver)


def _path(root: Path, order: Order) -> Path:
    return root / FOLDER / f"{order.folder.strip('./').replace('/', '-')}.json"


def _below(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, Stamp]]:
    """Every file below these folders, by its path."""
    waiting = list(folders)
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(root / folder))
        except OSError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.is_dir():
                waiting.append(path)
            else:
                yield path, stamp_of(entry.stat())


def _with_above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _stands(output: Path, files: dict[str, int], folders: Iterable[str], instant: int) -> bool:
    """Whether these files and no others stand there as they were written: at that time, and of that length."""
    top, time = str(output), instant * SECOND
    for path, length in files.items():
        found = os.stat(f"{top}/{path}")  # noqa: PTH116 - asked for ten thousand files, where a Path costs more
        if found.st_size != length or found.st_mtime_ns != time:
            return False
    # A folder's time changes with what is put into it or taken out.
    return all(os.stat(f"{top}/{path}").st_mtime_ns == time for path in folders)  # noqa: PTH116 - as above
