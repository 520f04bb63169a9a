"""Static files of the theme under names that change with their content."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.errors import Mistakes, Problem

URL = re.compile(rb"""url\(\s*(['"]?)(?!data:|https?:|/)([^'")]+)\1\s*\)""")
IMPORT = re.compile(rb"""@import\s""")


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


def static_files(theme: str, sources: Mapping[str, bytes]) -> StaticFiles:
    """The theme's files with fingerprinted names; stylesheets point to the fingerprinted names too."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    # Stylesheets last: what they point to must have its name by then.
    for path in sorted(sources, key=lambda path: (path.endswith(".css"), path)):
        content = sources[path]
        if path.endswith(".css"):
            content = _rewrite(theme, path, content, names)
        names[path] = fingerprinted(path, content)
        files[names[path]] = content
    return StaticFiles(theme, names, files)


def fingerprinted(path: str, content: bytes) -> str:
    """The path with ten characters of its content's SHA-256 before the ending."""
    stem, dot, ending = path.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return f"{stem}.{digest}{dot}{ending}" if dot else f"{path}.{digest}"


def _rewrite(theme: str, path: str, content: bytes, names: Mapping[str, str]) -> bytes:
    folder = posixpath.dirname(path)

    def fingerprint(found: re.Match[bytes]) -> bytes:
        target, mark, rest = found[2].decode().partition("#")
        named = names.get(posixpath.normpath(posixpath.join(folder, target)))
        if named is None:
            line = content[: found.start()].count(b"\n") + 1
            message = f"the stylesheet points to '{target}', which the theme has not"
            raise Mistakes([Problem(f"themes/{theme}/{path}", line, 0, "missing-file", message, "correct the path")])
        return f"url({posixpath.relpath(named, folder)}{mark}{rest})".encode()

    return URL.sub(fingerprint, content)
