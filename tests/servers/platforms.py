"""Read the files for Netlify and Cloudflare Pages as strictly as their documentation says, and match paths."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass

LINE = 2000
RULES = 100
HEADER = re.compile(r"  ([A-Za-z][A-Za-z-]*): (\S.*\S|\S)")
PATH = re.compile(r"/[^\s*]*\*?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A path pattern and its headers."""

    path: str
    headers: tuple[tuple[str, str], ...]

    def fits(self, path: str) -> bool:
        """`*` is anything, `:name` anything without a slash; all else is itself."""
        parts = re.split(r"(\*|:[A-Za-z]\w*)", self.path)
        spelled = [".*" if part == "*" else "[^/]+" if part.startswith(":") else re.escape(part) for part in parts]
        return re.fullmatch("".join(spelled), path, re.DOTALL) is not None


def header_file(text: str) -> list[Rule]:
    """The rules of a _headers file; an assertion says what is wrong with it."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        assert len(line) <= LINE, line
        if not line.strip() or line.startswith("#"):
            continue
        header = HEADER.fullmatch(line)
        if header:
            found[-1][1].append((header[1], header[2]))
        else:
            assert PATH.fullmatch(line), line
            found.append((line, []))
    assert 0 < len(found) <= RULES
    assert all(headers for _, headers in found)
    return [Rule(path, tuple(headers)) for path, headers in found]


def toml_file(text: str) -> list[Rule]:
    """The header rules of a netlify.toml."""
    value = tomllib.loads(text)
    assert set(value) == {"build", "headers", "redirects"}
    assert value["build"] == {"publish": "output/site"}
    assert 0 < len(value["redirects"]) <= 2000
    assert all(set(one) == {"from", "to", "status", "force"} for one in value["redirects"])
    assert all(set(one) == {"for", "values"} for one in value["headers"])
    return [Rule(one["for"], tuple(one["values"].items())) for one in value["headers"]]


def headers_of(rules: list[Rule], path: str) -> dict[str, str]:
    """The headers of a path. What two rules say of one header is joined by a comma, as Cloudflare does."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.fits(path):
            for name, value in rule.headers:
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def routes_file(text: str) -> tuple[list[str], list[str]]:
    """What _routes.json includes and excludes."""
    value = json.loads(text)
    assert set(value) == {"version", "include", "exclude"}
    assert value["version"] == 1
    rules = [*value["include"], *value["exclude"]]
    assert value["include"]
    assert len(rules) <= RULES
    assert all(len(rule) <= 100 and PATH.fullmatch(rule) for rule in rules)
    return value["include"], value["exclude"]


def is_routed(routes: tuple[list[str], list[str]], path: str) -> bool:
    """Whether a function sees a path: exclusion wins."""
    include, exclude = ([Rule(rule, ()) for rule in rules] for rules in routes)
    return any(rule.fits(path) for rule in include) and not any(rule.fits(path) for rule in exclude)
