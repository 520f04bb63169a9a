"""What the sample shop becomes, in a form that reads well in a diff."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

from tests.golden.sample_shop import DAYS, Shop

FOLDER = Path(__file__).parent
RECORD = "sample.txt"
WHOLE = {"about.html": "about/index.html", "feed.xml": "feed.xml", "shell.html": ""}
"""Files that are kept whole, by the path in the site that they have; the shell has as many as there are pages."""


def golden_files(shop: Shop) -> dict[str, bytes]:
    """The golden files of a built shop by their names: the record, and some files of the site as they are."""
    files = shop.files()
    shell = next(path for path in files if path.startswith("m/"))
    whole = {name: files[path or shell] for name, path in WHOLE.items()}
    return {RECORD: _record(shop, files).encode(), **whole}


def _record(shop: Shop, files: dict[str, bytes]) -> str:
    built = json.loads((shop.root / "output/build.json").read_text(encoding="utf-8"))
    plan = shop.plan()
    reached = Counter(f"{row['campaign']} {row['channel']}" for row in plan["planned"])
    left_out = Counter(f"{row['campaign']} {row['channel']} {row['code']}" for row in plan["excluded"])
    parts = {
        f"made on {DAYS}": [f"{number:7} {name}" for name, number in built["made"].items()],
        "left out, by reason": [f"{number:7} {name}" for name, number in built["excluded"].items()],
        "planned, by campaign and channel": [f"{number:7} {name}" for name, number in sorted(reached.items())],
        "left out, by campaign, channel and reason": [
            f"{number:7} {name}" for name, number in sorted(left_out.items())
        ],
        "SHA-256 of what is sent, all files of a folder in one": [
            f"{digest}  {name}, {number} files"
            for name in ("mail", "texts", "work")
            for digest, number in [_folder(shop.root / "output" / name)]
        ],
        "SHA-256 of the site": [f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in files.items()],
    }
    return "\n\n".join("\n".join([f"# {title}", *lines]) for title, lines in parts.items()) + "\n"


def _folder(folder: Path) -> tuple[str, int]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest(), len(files)
