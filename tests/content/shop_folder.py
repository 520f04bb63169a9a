"""A shop of a few files, for the tests that read a whole folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.errors import Mistakes, Problem

SITE = """\
name: The Small Loom
url: https://members.smallloom.example/shop
timezone: Europe/Berlin
currency: EUR
address: {street: Weberstrasse 3, postcode: "22767", city: Hamburg, country: DE}
sender: {name: The Small Loom, address: letters@smallloom.example}
"""
SEGMENTS = """\
segments:
  gold: {why: half of our living, all: [{total spent: at least 1000}]}
  silver: {why: they come again, all: [{total spent: at least 100}]}
"""
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h30v20H0z"/></svg>'
FILES = {
    "site.yaml": SITE,
    "segments/all.yaml": SEGMENTS,
    "pages/index.md": "---\ntitle: The Small Loom\naudience: public\nlayout: home\n---\nWelcome.\n",
    "pages/welcome.md": "---\ntitle: Your page\nlayout: member-home\n---\nDear {{ first_name or 'friend' }},\n",
}


TEMPLATES = ("404", "home", "journal", "list", "page", "sealed/campaign", "sealed/member-home", "sealed/page", "shell")
BASE = """\
<!doctype html><html lang="{{ site.language }}"><title>{{ page.title }}</title>
<ul>{% for link in menu %}<li><a href="{{ link.url }}">{{ link.title }}</a>{% endfor %}</ul>
<main>{{ page.html }}</main>
{% for item in items %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}
{% for teaser in teasers %}<a href="{{ teaser.url }}">{{ teaser.text }}</a>{% endfor %}
</html>
"""
THEME = {f"site/{name}.html": '{% extends "site/base.html" %}' for name in (*TEMPLATES, "tag")} | {
    "theme.yaml": 'name: hearth\ntitle: A small hearth\nsitegen: ">=0.1,<99"\n',
    "locale/en.yaml": "hello: Welcome\n",
    "site/base.html": BASE,
    "mail/plain.html": "{{ body }}",
    "mail/care.html": "{{ body }}",
    "mail/promotion.html": "{{ body }}",
}
"""A theme that is read quickly; it hides the real one of the same name."""


def write_shop(root: Path, **changed: str) -> Path:
    """The small shop in `root`, with files added or changed; "__" stands for "/" and every name ends in .md."""
    added = {name.replace("__", "/") + ("" if "." in name else ".md"): text for name, text in changed.items()}
    files = {f"themes/hearth/{path}": text for path, text in THEME.items()}
    for path, text in (FILES | added).items():
        files[path if path.startswith("themes/") else f"content/{path}"] = text
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (root / "content/assets").mkdir(exist_ok=True)
    (root / "content/assets/cloth.svg").write_bytes(PICTURE)
    return root


def page(front: str, text: str = "Words.") -> str:
    """A Markdown file."""
    return f"---\n{front}\n---\n{text}\n"


def mistakes_of(root: Path) -> dict[str, Problem]:
    """The problems of a shop by their codes, each of which stands once."""
    with pytest.raises(Mistakes) as caught:
        read_project(root)
    problems = caught.value.problems
    found = {problem.code: problem for problem in problems}
    assert len(found) == len(problems), str(caught.value)
    return found
