"""Static files of the theme under names that change with their content."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from sitegen.errors import Mistakes, Problem

TARGET = re.compile(
    rb"""url\(\s*(?P<quote>['"]?)(?!data:)(?P<url>[^'")]+?)(?P=quote)\s*\)"""
    rb"""|@import\s+(?P<mark>['"])(?P<sheet>[^'"]+)(?P=mark)"""
)
"""What a stylesheet points to: `url(...)`, or the sheet that it imports."""
OUTSIDE = ("http:", "https:", "//")


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files of a theme as the site holds them: `names` maps the theme's path to the site's path."""

    theme: str
    names: Mapping[str, str]
    files: Mapping[str, bytes]

    def path(self, name: str) -> str:
        """The site's path of a file, by the theme's path. Raises Mistakes where there is no such file."""
        if name not in self.names:
            near = get_close_matches(name, self.names, 1)
            hint = f"did you mean '{near[0]}'?" if near else "put it below static/ or fonts/"
            message = f"the theme has no file '{name}'"
            raise Mistakes([Problem(f"themes/{self.theme}/{name}", 0, 0, "missing-file", message, hint)])
        return self.names[name]


def static_files(
    theme: str, sources: Mapping[str, bytes], origins: Mapping[str, str] = MappingProxyType({})
) -> StaticFiles:
    """The theme's files with fingerprinted names; stylesheets point to the fingerprinted names too.

    `origins` names the theme in whose folder a path lies, where that is a parent of `theme`.
    Raises Mistakes where a stylesheet points to another server, to nothing, or in a circle to itself.
    """
    made = _Named(theme, sources, origins)
    for path in sorted(sources):
        made.name(path)
    return StaticFiles(theme, made.names, made.files)


def fingerprinted(path: str, content: bytes) -> str:
    """The path with ten characters of its content's SHA-256 before the ending."""
    stem, ending = posixpath.splitext(path)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{ending}"


@dataclass(slots=True)
class _Named:
    """Files that have their name; a stylesheet gets its own after everything that it points to."""

    theme: str
    sources: Mapping[str, bytes]
    origins: Mapping[str, str]
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def name(self, path: str) -> str:
        if path not in self.names:
            self.begun.add(path)
            content = self.sources[path]
            if path.endswith(".css"):
                content = TARGET.sub(lambda found: self.rewrite(path, found), content)
            self.names[path] = fingerprinted(path, content)
            self.files[self.names[path]] = content
        return self.names[path]

    def rewrite(self, path: str, found: re.Match[bytes]) -> bytes:
        said = (found["url"] or found["sheet"]).decode("utf-8", "replace").strip()
        target = re.split("[?#]", said)[0]
        rest = said[len(target) :]
        if not target or (target.startswith("/") and not target.startswith("//")):
            return found[0]
        if target.lower().startswith(OUTSIDE):
            raise self.mistake(
                path, found, "outside-file", f"'{said}' lies on another server", "copy it into the theme"
            )
        folder = posixpath.dirname(path)
        meant = posixpath.normpath(posixpath.join(folder, target))
        if meant not in self.sources:
            message = f"the stylesheet points to '{target}', which the theme has not"
            raise self.mistake(path, found, "missing-file", message, "correct the path")
        if meant in self.begun and meant not in self.names:
            message = f"'{target}' leads back to this stylesheet"
            raise self.mistake(path, found, "circular-import", message, "remove one of the imports")
        url = f"url({posixpath.relpath(self.name(meant), folder)}{rest})"
        return (f"@import {url}" if found["sheet"] else url).encode()

    def mistake(self, path: str, found: re.Match[bytes], code: str, message: str, hint: str) -> Mistakes:
        line = found.string[: found.start()].count(b"\n") + 1
        file = f"themes/{self.origins.get(path, self.theme)}/{path}"
        return Mistakes([Problem(file, line, 0, code, message, hint)])
