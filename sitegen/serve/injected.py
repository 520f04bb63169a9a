"""Put the preview's own script into a page on its way out. What lies on the disk stays as it was built."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

HEAD_END = b"</head>"


def with_script(page: bytes, address: str, said: Mapping[str, str]) -> bytes:
    """The page with the script at the end of its head, after the browser half, which comes first; `said` is what the
    script should know. A page without a head is left as it is.
    """
    values = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items())
    tag = f'<script src="{escape(address)}"{values} defer></script>\n'.encode()
    before, end, after = page.partition(HEAD_END)
    return before + tag + end + after if end else page


def nothing_yet(failed: int) -> bytes:
    """The page that stands for all until a build is good. The overlay says what is wrong."""
    what = "The first build has failed" if failed else "The shop is being built"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{what}</title>\n</head>\n<body>\n<h1>{what}.</h1>\n"
        "<p>This page goes to the shop by itself as soon as a build is good. The terminal says what to mend.</p>\n"
        "</body>\n</html>\n"
    ).encode()
