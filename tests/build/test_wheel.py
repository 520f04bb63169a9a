"""What `pip install` brings: the package with its themes and its browser half, and nothing else needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SMALL_SHOP = ROOT / "tests" / "broken" / "base"


def made_wheel(folder: Path) -> Path:
    source = folder / "source"
    for part in ("sitegen", "themes"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "ARCHITECTURE.md"):
        shutil.copy(ROOT / part, source / part)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(source)], check=True, capture_output=True)
    return next(folder.glob("sitegen-*.whl"))


def test_an_installed_wheel_builds_a_shop_that_has_no_theme_of_its_own(tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(made_wheel(tmp_path)) as wheel:
        wheel.extractall(installed)
    for part in (
        "themes/hearth/theme.yaml",
        "themes/hearth/cards/moon-rabbit/front.svg",
        "protect/runtime/boot.js",
        "py.typed",
    ):
        assert (installed / "sitegen" / part).is_file(), part
    shop = tmp_path / "shop"
    shutil.copytree(SMALL_SHOP, shop)
    env = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    env["PYTHONPATH"] = str(installed)
    command = [sys.executable, "-m", "sitegen", "build", "--on", "2026-09-08", "--only", "site", "--quiet"]
    done = subprocess.run(command, cwd=shop, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((shop / "output" / "site" / "static").glob("site.*.css"))
    where = [sys.executable, "-c", "import sitegen; print(sitegen.__file__)"]
    found = subprocess.run(where, cwd=shop, env=env, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(installed)
