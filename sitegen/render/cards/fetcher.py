"""Serve WeasyPrint the files that were handed in, and nothing else."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import unquote

from PIL import Image, UnidentifiedImageError
from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "https://design.invalid/"
"""The address at which a design believes to stand; the name can never resolve (RFC 2606)."""


_RASTERS = ("image/tiff", "image/png", "image/gif")
"""Kinds of files that can hold pixels of one bit."""


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
        content = self._files[path]
        return URLFetcherResponse(url, _in_greys(content) if kind in _RASTERS else content, {"Content-Type": kind})


def _in_greys(content: bytes) -> bytes:
    """A drawing in pure black and white as a picture in greys, which looks the same; any other as it is.

    WeasyPrint turns the former into a picture for screens (RGB), which no press prints in black ink alone.
    """
    try:
        with Image.open(BytesIO(content)) as image:
            if image.mode != "1":
                return content
            grey = BytesIO()
            image.convert("L").save(grey, "PNG")
    except (UnidentifiedImageError, OSError):
        # The typesetter says what is wrong with it.
        return content
    return grey.getvalue()
