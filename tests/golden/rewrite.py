"""Write the golden files anew, after a change that was meant: `python -m tests.golden.rewrite`, then read the diff."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.golden.record import FOLDER, golden_files
from tests.golden.sample_shop import copy_of_the_sample


def main() -> None:
    """Build the sample shop and keep what it became."""
    with tempfile.TemporaryDirectory() as folder:
        shop = copy_of_the_sample(Path(folder) / "shop")
        shop.build()
        for name, content in golden_files(shop).items():
            (FOLDER / name).write_bytes(content)
            sys.stdout.write(f"tests/golden/{name}\n")


if __name__ == "__main__":
    main()
