"""What the sample's files call things in a language: goods, gifts, pages, and words of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.members.model import Shop


@dataclass(frozen=True)
class Written:
    """The words of one language."""

    shop: Shop
    language: str

    def said(self, text: str) -> str:
        """A word of the house, as site.yaml has it."""
        words: Mapping[str, str] = self.site.get("words", {}).get(self.language, {})
        return words.get(text, text)

    def product(self, id_: str) -> str:
        """The name of a product."""
        row = self.products[id_]
        return row["name_zh"] if self.language == "zh" else row["name"]

    def gift(self, title: str) -> str:
        """The title of a gift for points, by its English one."""
        gifts = self.shop.programme["points"]["gifts"]
        return next((str(one["title"][self.language]) for one in gifts if one["title"]["en"] == title), "")

    def page(self, slug: str) -> str:
        """The title of a page: of its translation, else as a word of the house."""
        pages = self.shop.root / "content" / "pages"
        own = pages / f"{slug}.{self.language}.md"
        return front_matter(own)["title"] if own.is_file() else self.said(front_matter(pages / f"{slug}.md")["title"])

    def titled(self, title: str) -> str:
        """The title in this language of the page that has this one in English; itself where there is none."""
        same = (path for path in self._pages() if front_matter(path)["title"] == title)
        translated = (path.with_name(f"{path.stem}.{self.language}.md") for path in same)
        return next((str(front_matter(own)["title"]) for own in translated if own.is_file()), title)

    def campaign(self, name: str) -> str:
        """The title of a campaign of 2026, of its translation where there is one."""
        campaigns = self.shop.root / "content" / "campaigns" / "2026"
        own = campaigns / f"{name}.{self.language}.md"
        return str(front_matter(own if own.is_file() else campaigns / f"{name}.md")["title"])

    def event(self, id_: str) -> str:
        """The title of the page of a gathering, else that of its row."""
        for path in self._pages():
            matter = front_matter(path)
            if isinstance(matter.get("event"), dict) and matter["event"].get("id") == id_:
                return self.titled(matter["title"])
        return self.said(self.events[id_]["title"])

    def _pages(self) -> Iterator[Path]:
        """The files of all pages in English."""
        pages = sorted((self.shop.root / "content" / "pages").rglob("*.md"))
        return (path for path in pages if not path.stem.endswith(".zh"))

    @cached_property
    def site(self) -> Mapping[str, Any]:
        """What site.yaml says."""
        text = (self.shop.root / "content" / "site.yaml").read_text(encoding="utf-8")
        found: Mapping[str, Any] = yaml.safe_load(text)
        return found

    @cached_property
    def products(self) -> Mapping[str, Mapping[str, str]]:
        """The rows of goods by their numbers."""
        return {row["product_id"]: row for row in self.shop.rows("products")}

    @cached_property
    def events(self) -> Mapping[str, Mapping[str, str]]:
        """The rows of gatherings by their numbers."""
        return {row["event_id"]: row for row in self.shop.rows("events")}


def front_matter(path: Path) -> dict[str, Any]:
    """What stands at the head of a Markdown file."""
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    found: dict[str, Any] = yaml.safe_load(head)
    return found
