"""`sitegen audit`, and the audit at the end of every build, as somebody at the command line meets them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import DAY, Sitegen

SECRET = "The brass key hangs behind the third loom, wrapped in a strip of red linen."
FOLDED = "the brass key hangs behind the third loom wrapped in a strip of red linen"
PAGE = "---\ntitle: {}\naudience: {}\n---\n{}\n"
TOLD = f"content/pages/drawer.md:5 -> content/pages/leaky.md:5: anybody can read '{FOLDED}'"


def write(shop: Path, name: str, audience: str) -> None:
    (shop / f"content/pages/{name}.md").write_text(PAGE.format(name, audience, SECRET), encoding="utf-8")


def output(shop: Path) -> dict[str, tuple[bytes, int]]:
    found = (path for path in (shop / "output").rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_a_build_with_a_leak_fails_and_leaves_the_output_as_it_was(shop: Path, inside: Sitegen) -> None:
    write(shop, "drawer", "everyone")
    build = ("build", "--on", DAY, "--only", "pages", "--quiet")
    assert inside(*build, at=shop).returncode == 0
    before = output(shop)
    write(shop, "leaky", "public")
    done = inside(*build, at=shop)
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr.splitlines()[0] == TOLD
    assert done.stderr.splitlines()[-1] == "1 leak; output/ is as it was"
    assert output(shop) == before

    (shop / "content/audit.yaml").write_text(f'allow:\n  - phrase: "{SECRET}"\n    reason: it hangs there for all\n')
    assert inside(*build, at=shop).returncode == 0
    (shop / "content/pages/leaky.md").unlink()
    told = inside("build", "--on", DAY, "--only", "pages", at=shop)
    assert "note: content/audit.yaml:2: nothing needs this exception any more\n" in told.stdout


def test_an_audit_by_itself_looks_at_what_lies_there_and_writes_nothing(shop: Path, inside: Sitegen) -> None:
    none = inside("audit", at=shop)
    assert (none.returncode, none.stderr.splitlines()[-2:]) == (
        1, ["there is no output to look at", "hint: run `sitegen build` first"],
    )  # fmt: skip
    write(shop, "drawer", "everyone")
    assert inside("build", "--on", DAY, "--only", "pages", "--quiet", at=shop).returncode == 0
    clean = inside("audit", at=shop)
    assert (clean.returncode, clean.stdout.endswith("nothing leaks.\n")) == (0, True)

    (shop / "output/site/laid.txt").write_text(f"Look:\n{SECRET}\n")
    everything = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    done = inside("audit", "--json", at=shop)
    assert (done.returncode, json.loads(done.stdout)["leaks"]) == (
        5,
        [
            {
                "gated": {"file": "content/pages/drawer.md", "line": 5},
                "leaking": {"file": "output/site/laid.txt", "line": 2},
                "phrase": FOLDED,
                "readers": ["public"],
                "others": 0,
            }
        ],
    )
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == everything


def test_at_most_twenty_leaks_are_told_and_then_a_number(shop: Path, inside: Sitegen) -> None:
    for number in range(23):
        words = " ".join(f"w{number}x{word}" for word in range(9))
        page = shop / f"content/pages/p{number:02}.md"
        page.write_text(f"---\ntitle: P\naudience: everyone\n---\n{words}\n", encoding="utf-8")
    assert inside("build", "--on", DAY, "--only", "pages", "--quiet", at=shop).returncode == 0
    texts = [page.read_text(encoding="utf-8") for page in sorted((shop / "content/pages").glob("p*.md"))]
    (shop / "output/site/laid.txt").write_text("\n".join(texts))
    lines = inside("audit", at=shop).stderr.splitlines()
    assert sum(" -> " in line for line in lines) == 20
    assert "and 3 more" in lines
    assert lines[-1] == "23 leaks; they lie in output/site"
