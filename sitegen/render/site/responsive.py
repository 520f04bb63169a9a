"""Give each picture of a public page the files among which a browser chooses; the first one comes at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from markupsafe import escape

from sitegen.model.picture import Packing, Scaled
from sitegen.render.images import name

IMAGE = re.compile(r"<img\b[^<>]*>")
SOURCE = re.compile(r'\ssrc="([^"]*)"')
LAZY = ' loading="lazy"'


def source(packing: Packing, scaled: Iterable[Scaled], base: str, sizes: str) -> str:
    """The element that offers a picture in one packing and several widths."""
    files = ", ".join(f"{base}{quote(name(recipe))} {recipe.width}w" for recipe in scaled)
    return f'<source type="image/{packing}" srcset="{escape(files)}" sizes="{escape(sizes)}">'


def with_sources(html: str, sources: Mapping[str, str]) -> str:
    """The HTML with `sources`, by the addresses of the pictures to which they belong."""
    if "<img" not in html:
        return html
    html = IMAGE.sub(lambda found: _wrapped(found[0], sources), html)
    first = next((found for found in IMAGE.finditer(html) if SOURCE.search(found[0])), None)
    if first is None:
        return html
    eager = first[0].replace(LAZY, ' fetchpriority="high"', 1)
    return html[: first.start()] + eager + html[first.end() :]


def _wrapped(image: str, sources: Mapping[str, str]) -> str:
    address = SOURCE.search(image)
    offered = sources.get(address[1], "") if address else ""
    return f"<picture>{offered}{image}</picture>" if offered else image
