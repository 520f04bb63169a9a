"""A page's HTML as feed readers may have it: absolute links, and nothing that only works on the page."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

from markupsafe import escape

LEFT_OUT = frozenset(
    {"audio", "button", "embed", "form", "iframe", "input", "link", "object", "script", "select", "style", "template"}
    | {"textarea", "video"}
)
"""Elements that go with all that is in them."""
UNWRAPPED = frozenset({"picture", "source"})
"""Elements of which only the inside stays: few readers know a picture's sources."""
VOID = frozenset({"br", "col", "embed", "hr", "img", "input", "link", "source", "track", "wbr"})
ADDRESSES = frozenset({"cite", "href", "src"})
KEPT = frozenset(
    {"abbr", "align", "alt", "colspan", "dir", "height", "id", "lang", "rowspan", "scope", "start", "title", "width"}
    | {"datetime", "headers", "open", "reversed", "type", "value"}
)
PLACEHOLDER, FIELD = "data-sg-object", "data-sg-field"
WRITTEN, INSIDE, NOTHING = "written", "inside", "nothing"
SCHEMES = ("https:", "http:", "mailto:", "tel:")


def feed_html(html: str, address: str) -> str:
    """The HTML of a body. `address` is the absolute one of its page.

    Placeholders of locked parts go; a merge field leaves its words for anybody. Only known attributes stay.
    """
    cleaner = _Cleaner(address)
    cleaner.feed(html)
    cleaner.close()
    return "".join(cleaner.pieces).strip()


class _Cleaner(HTMLParser):
    """Writes what it reads, but for what may not go out."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.pieces: list[str] = []
        self.silences = 0
        self.open: list[tuple[str, str]] = []
        """Open elements, each with WRITTEN, INSIDE (of which only the inside is written) or NOTHING."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the element's beginning, or take note of what is left out."""
        names = [name for name, _ in attrs]
        fate = WRITTEN
        if self.silences or tag in LEFT_OUT or PLACEHOLDER in names:
            fate = NOTHING
        elif tag in UNWRAPPED or FIELD in names:
            fate = INSIDE
        if fate == WRITTEN:
            self.pieces.append(f"<{tag}{self._attributes(attrs)}>")
        if tag not in VOID:
            self.open.append((tag, fate))
            self.silences += fate == NOTHING

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and what was left open inside it."""
        while any(name == tag for name, _ in self.open):
            name, fate = self.open.pop()
            self.silences -= fate == NOTHING
            self.pieces += [f"</{name}>"] if fate == WRITTEN else []
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Write text, escaped again."""
        if not self.silences:
            self.pieces.append(data.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> str:
        kept: list[tuple[str, str]] = []
        for name, value in attrs:
            if name in ADDRESSES:
                target = urljoin(self.address, value or "")
                kept += [(name, target)] if target.startswith(SCHEMES) else []
            elif name in KEPT:
                kept.append((name, value or ""))
        return "".join(f' {name}="{escape(value)}"' for name, value in kept)
