"""The sample shop's own words: nothing of what is for members stands where anybody can read it."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from sitegen.render.site.search import words as folded
from tests.golden.sample_shop import Shop

pytestmark = pytest.mark.xdist_group("sample")
LONG = 8
"""So many words in the same order are no coincidence."""
WORD = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:['’][^\W_]+)*")
MARK = "<!-- more -->"
BLOCK = re.compile(r"^::: *audience +(?!public\b).*?^:::$", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"\]\([^)]*\)|\{\{.*?\}\}")
TEXT = (".html", ".xml", ".txt", ".json", ".js", ".css", ".svg")


@dataclass(frozen=True, slots=True)
class Source:
    """What a file of content/ keeps for its readers: its titles, and the rest of its words."""

    path: str
    titles: tuple[str, ...]
    texts: tuple[str, ...]


def gated_sources(root: Path) -> Iterator[Source]:
    """Every page and campaign of the shop with all that only some may read, found without sitegen's own reader."""
    files = [*(root / "content/pages").rglob("*.md"), *(root / "content/campaigns").rglob("*.md")]
    for file in sorted(files):
        _, front_text, body = file.read_text(encoding="utf-8").split("---\n", 2)
        front = yaml.safe_load(front_text)
        name = file.relative_to(root).as_posix()
        is_campaign = name.startswith("content/campaigns/")
        words = tuple(str(front.get(key, "")) for key in ("title", "subject", "preheader", "description"))
        if front.get("audience", "everyone") != "public" and (is_campaign or MARK not in body):
            yield Source(name, words[:2], (*words, body))
        elif MARK in body:
            yield Source(name, (), (body.partition(MARK)[2],))
        else:
            yield Source(name, (), tuple(BLOCK.findall(body)))


def words_of(text: str) -> list[str]:
    """The words of a text; each Chinese character is one."""
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


@cache
def public_words(shop: Shop) -> dict[str, list[str]]:
    """The words of each file that says anything in the open."""
    found = {}
    for path, content in shop.files().items():
        if path.endswith(TEXT):
            # Attributes count as words too: descriptions and titles stand in them.
            text = html.unescape(re.sub(r"[<>=\"/]", " ", content.decode()))
            found[path] = words_of(text)
    return found


def test_no_title_of_a_gated_source_is_public(sample: Shop) -> None:
    titles = [
        (source.path, tuple(words_of(title)))
        for source in gated_sources(sample.root)
        for title in source.titles
        if len(words_of(title)) >= 3
    ]
    assert len(titles) > 30
    leaks = []
    for path, words in public_words(sample).items():
        line = f" {' '.join(words)} "
        leaks += [
            f"{source}: '{' '.join(title)}' in {path}" for source, title in titles if f" {' '.join(title)} " in line
        ]
    assert leaks == []


def test_no_long_run_of_words_of_a_gated_source_is_public(sample: Shop) -> None:
    secret = {
        run: source.path
        for source in gated_sources(sample.root)
        for text in source.texts
        for run in runs(words_of(TARGET.sub(" ", text)), LONG)
    }
    assert len(secret) > 3000
    leaks = []
    for path, words in public_words(sample).items():
        leaks += [f"{secret[run]}: '{' '.join(run)}' in {path}" for run in runs(words, LONG) if run in secret]
    assert leaks == []


def test_the_search_for_runs_finds_a_public_sentence(sample: Shop) -> None:
    sentence = words_of("The lantern came first. It hung over a door in Suzhou")[:LONG]
    assert tuple(sentence) in runs(public_words(sample)["about/index.html"], LONG)


def rows(shop: Shop, table: str) -> list[dict[str, str]]:
    """The rows of a customer table."""
    with (shop.root / f"content/customers/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def occurring(shop: Shop, texts: set[str]) -> list[str]:
    """The texts that occur in the site, in any file or name, in small letters or capitals."""
    files = shop.files()
    everything = "\n".join([*files, *(content.decode("utf-8", "replace") for content in files.values())])
    everything = (everything + html.unescape(everything)).casefold()
    # Whole words first, since to look for thousands of texts in megabytes takes long.
    present = set(WORD.findall(everything))
    likely = [text for text in texts if set(WORD.findall(text.casefold())) <= present]
    return sorted(text for text in likely if text.casefold() in everything)


def test_what_occurs_is_found(sample: Shop) -> None:
    texts = {"Lantern & Loom", "+49 40 66969 001", "O-99999", "nobody.at.all@box.example.org"}
    assert occurring(sample, texts) == ["+49 40 66969 001", "Lantern & Loom"]


def test_no_customer_occurs_in_the_site(sample: Shop) -> None:
    texts: set[str] = set()
    for row in rows(sample, "customers"):
        full, chinese = f"{row['first_name']} {row['last_name']}", f"{row['last_name']}{row['first_name']}"
        texts |= {row["customer_id"], row["email"], row["phone"], row["street"], full, chinese}
    assert len(texts) > 5000
    assert occurring(sample, {text for text in texts if len(text) > 1}) == []


def test_no_order_no_contact_and_no_adviser_is_named_by_the_site(sample: Shop) -> None:
    texts = {row["order_id"] for row in rows(sample, "orders")} | {
        row["contact_id"] for row in rows(sample, "contacts")
    }
    for row in rows(sample, "advisers"):
        texts |= {row["email"], row["phone"], row["title"], row["signature"], row["adviser_id"]}
    assert len(texts) > 10_000
    assert occurring(sample, texts) == []


def test_no_segment_is_named_by_the_site(sample: Shop) -> None:
    ids: set[str] = set()
    titles: set[str] = set()
    for file in (sample.root / "content/segments").glob("*.yaml"):
        for name, segment in yaml.safe_load(file.read_text(encoding="utf-8"))["segments"].items():
            ids.add(name)
            titles |= {segment["title"], segment["why"]}
    assert len(ids) > 20
    leaks = []
    for path, content in sample.files().items():
        # Every word of the open index is a value of its own; the test below looks where they come from.
        if not path.endswith(TEXT) or path == "search.json":
            continue
        text = content.decode()
        leaks += [f"{name} in {path}" for name in ids if "-" in name and name in text]
        leaks += [f"{title} in {path}" for title in titles if len(words_of(title)) >= 3 and title in text]
        # A segment may have the name of a plain word; no attribute, no path and no value of JSON may be it.
        values = set(re.findall(r'"([^"]*)"', text)) | set(path.split("/"))
        leaks += [f"{name} as a value in {path}" for name in ids & {one for value in values for one in value.split()}]
    assert leaks == []


def test_the_open_index_holds_no_word_that_no_public_page_says(sample: Shop) -> None:
    index = json.loads(sample.files()["search.json"])
    pages = [content.decode() for path, content in sample.files().items() if path.endswith(".html")]
    # A tag inside a line parts no word, an attribute does.
    texts = [re.sub(pattern, put, page) for page in pages for pattern, put in ((r"[<>=\"/]", " "), ("<[^>]*>", ""))]
    said = {word for text in texts for word in folded(html.unescape(text))}
    assert len(index["words"]) > 500
    assert index["words"].keys() - said == set()
    assert {word for document in index["documents"] for text in document for word in folded(text)} - said == set()


def test_pictures_that_only_members_see_are_not_in_the_open(sample: Shop) -> None:
    shown: dict[str, set[bool]] = {}
    mailed: set[str] = set()
    for folder in ("content/pages", "content/campaigns"):
        for file in (sample.root / folder).rglob("*.md"):
            whole = file.read_text(encoding="utf-8")
            is_public = "audience: public" in whole
            opened = BLOCK.sub("", whole) if is_public else whole.partition(MARK)[0] if MARK in whole else ""
            for name in re.findall(r"/assets/([^)\s\"]+)", whole):
                shown.setdefault(name, set()).add(f"/assets/{name}" in opened)
                # A picture in a mail is for anybody: no mail program has a key.
                mailed |= {name} if re.search(r"^channels:.*\bmail\b", whole, re.MULTILINE) else set()
    hidden = {name for name, places in shown.items() if True not in places} - mailed
    assert len(hidden) >= 2
    site = set(sample.files().values())
    assert [name for name in hidden if (sample.root / "content/assets" / name).read_bytes() in site] == []
    assert [name for name in hidden if any(Path(name).stem in path for path in sample.files())] == []


def test_every_file_and_folder_has_the_same_time(sample: Shop) -> None:
    assert len({path.stat().st_mtime_ns for path in sample.site.rglob("*")} | {sample.site.stat().st_mtime_ns}) == 1


def test_locked_files_tell_nothing_by_their_names(sample: Shop) -> None:
    paths = [path for path in sample.files() if path.startswith(("sg/", "m/"))]
    opaque = r"m/[0-9a-z]{26}/index\.html|sg/1/o/2026-09/[0-9a-z]{2}/[0-9a-z]{26}\.bin|sg/1/k/\d+/[0-9a-f]{4}\.bin"
    known = re.compile(rf"{opaque}|sg/site\.json|sg/(?:rt|search)-[0-9a-f]{{12}}\.js")
    assert [path for path in paths if not known.fullmatch(path)] == []
