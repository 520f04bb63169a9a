"""Pages to measure site generators with: the same 500 words, tags, table and code for each of them."""

from __future__ import annotations

import random
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
TAGS = tuple(f"tag-{number:02d}" for number in range(50))
CATEGORIES = tuple(f"cat-{number}" for number in range(8))
FIRST = datetime(2021, 1, 1, 8, 0, 0, tzinfo=UTC)
BETWEEN = timedelta(hours=5)
PICTURES = 10
SEED = 1000003 * 7


@dataclass(frozen=True, slots=True)
class Post:
    """A page before any generator's front matter. Links lead to /posts/SLUG/, pictures to /img/NAME."""

    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    category: str
    body: str


def posts(number: int) -> list[Post]:
    """The pages of a site with so many of them."""
    return [_post(index, number) for index in range(number)]


def pictures() -> dict[str, bytes]:
    """The pictures that the pages show: small PNGs of noise."""
    return {f"pic-{number:02d}.png": _png(number) for number in range(PICTURES)}


def style() -> str:
    """A stylesheet."""
    rules = (
        "body{font:16px/1.5 serif;max-width:44rem;margin:auto}",
        "header,footer{padding:1rem 0}",
        "nav a{margin-right:1rem}",
        "table{border-collapse:collapse}",
        "td,th{border:1px solid #ccc;padding:.2rem .5rem}",
        "pre{background:#f6f6f6;padding:1rem;overflow:auto}",
    )
    return "".join(rules) * 6


def _post(index: int, number: int) -> Post:
    chance = random.Random(SEED + index)
    title = " ".join(chance.choices(WORDS, k=chance.randint(3, 7))).capitalize() + f" {index}"
    tags = tuple(sorted(chance.sample(TAGS, 3)))
    category = chance.choice(CATEGORIES)
    return Post(_slug(index), title, FIRST + BETWEEN * index, tags, category, _body(chance, index, number))


def _slug(index: int) -> str:
    return f"page-{index:05d}"


def _body(chance: random.Random, index: int, number: int) -> str:
    def word() -> str:
        return chance.choice(WORDS)

    def heading(marks: str, words: int) -> list[str]:
        return ["", f"{marks} {' '.join(word() for _ in range(words)).capitalize()}", ""]

    opening = _sentences(chance, 45)
    link = f"[{word()} {word()}](/posts/{_slug(chance.randrange(number))}/)"
    opening.insert(1, f"See {link} and [the project](https://example.org/{word()}/{index}).")
    lines = [" ".join(opening)]
    lines += [*heading("##", 3), " ".join(_sentences(chance, 50)), "", " ".join(_sentences(chance, 35)), ""]
    for item in range(4):
        lines.append(f"- {_sentence(chance, 7)}")
        if item == 1:
            lines += [f"    - {_sentence(chance, 5)}", f"    - {_sentence(chance, 5)}"]
    lines += [*heading("###", 2), " ".join(_sentences(chance, 30)), ""]
    lines += [f'![{word()} {word()}](/img/pic-{chance.randrange(PICTURES):02d}.png "{word()}")']
    lines += [*heading("##", 2), " ".join(_sentences(chance, 30)), ""]
    lines += ["| Name | Kind | Count | Note |", "|:-----|:----:|------:|------|"]
    lines += [f"| {word()} | {word()} | {chance.randrange(1000)} | {word()} {word()} |" for _ in range(5)]
    lines += ["", f"> {_sentence(chance, 14)}", f"> {_sentence(chance, 10)}"]
    lines += [*heading("##", 3), " ".join(_sentences(chance, 30)), "", *_code(chance, index), ""]
    lines += [f"{item + 1}. {_sentence(chance, 6)}" for item in range(4)]
    last = f'[{word()}](/posts/{_slug(chance.randrange(number))}/ "{word()}")'
    lines += [
        *heading("###", 2),
        f"Last, {last} and <https://example.com/{index}>. " + " ".join(_sentences(chance, 25)),
    ]
    return "\n".join(lines) + "\n"


def _code(chance: random.Random, index: int) -> list[str]:
    return [
        "```python",
        f"import {chance.choice(['os', 'sys', 'json', 're'])}",
        "",
        "",
        f"def {chance.choice(['load', 'save', 'merge', 'visit'])}_{index}(path, limit={chance.randrange(100)}):",
        f'    """Return the {chance.choice(["first", "last"])} rows."""',
        "    rows = []",
        "    with open(path, encoding='utf-8') as fh:",
        "        for n, line in enumerate(fh):",
        "            if n >= limit:",
        "                break",
        "            rows.append(line.strip().split(','))",
        f"    return [x for x in rows if len(x) > {chance.randrange(9)}]",
        "```",
    ]


def _sentences(chance: random.Random, words: int) -> list[str]:
    said: list[str] = []
    count = 0
    while count < words:
        said.append(_sentence(chance, chance.randint(8, 17)))
        count += len(said[-1].split())
    return said


def _sentence(chance: random.Random, length: int) -> str:
    words = chance.choices(WORDS, k=length)
    words[0] = words[0].capitalize()
    marks = ("**{}**", "*{}*", "`{}()`", '"{}"', "{}'s", "{} --")
    kind = chance.random()
    for mark, up_to in zip(marks, (0.12, 0.24, 0.32, 0.38, 0.44, 0.50), strict=True):
        if kind < up_to:
            words[length // 2] = mark.format(words[length // 2])
            break
    return " ".join(words) + chance.choice("........!?")


def _png(seed: int) -> bytes:
    chance = random.Random(seed)
    side = 32
    rows = b"".join(b"\0" + chance.randbytes(side * 3) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
