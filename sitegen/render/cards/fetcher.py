"""Serve WeasyPrint the files that were handed in, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://design.invalid/"
"""The address at which a design believes to stand; the name can never resolve (RFC 2606)."""


class MissingFile(Exception):
    """A design names a file that was not handed in."""


class DesignFetcher(URLFetcher):  # type: ignore[misc]
    """Reads from memory. Any other address, `file:` and `data:` too, stops the rendering."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allow_redirects=False, fail_on_errors=True)
        self._files = files
        self.missing: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """The file of that address; MissingFile where there is none."""
        path = unquote(url.removeprefix(BASE)).partition("?")[0]
        if not url.startswith(BASE) or path not in self._files:
            self.missing.append(path)
            raise MissingFile(path)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._files[path], {"Content-Type": kind})
