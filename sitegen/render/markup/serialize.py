"""Write a tree as HTML, byte for byte as Python-Markdown does, with less ado for trees of plain elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import serializers
from markdown.serializers import RE_AMP, to_html_string

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# The library's types leave these two out, and other releases may too.
BOOLEAN: frozenset[str] = getattr(serializers, "BOOLEAN_ATTRIBUTES", {}).get("html", frozenset())
EMPTY: frozenset[str] = frozenset(getattr(serializers, "HTML_EMPTY", ()))
UNESCAPED = ("script", "style")


def serialized(root: Element) -> str:
    """The tree as a string of HTML5."""
    parts: list[str] = []
    write = parts.append
    stack: list[Element | str] = [root]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            write(one)
            continue
        tag: Any = one.tag
        if not isinstance(tag, str):
            # A comment, an instruction, a name with a namespace: nothing that Markdown makes.
            return to_html_string(root)
        lower = tag.lower()
        write(f"<{tag}{_attributes(one)}>" if one.attrib else f"<{tag}>")
        if one.text:
            write(one.text if lower in UNESCAPED else _escaped(one.text))
        end = "" if lower in EMPTY else f"</{tag}>"
        tail = end + _escaped(one.tail) if one.tail else end
        if len(one):
            stack.append(tail)
            stack += one[::-1]
        else:
            write(tail)
    return "".join(parts)


def _attributes(element: Element) -> str:
    written = ""
    items: list[tuple[str, Any]] = sorted(element.items())
    for name, value in items:
        if value is None:
            # An attribute without a value is written as it was.
            written += f" {name}"
        elif name == value and name in BOOLEAN:
            written += f" {value}"
        else:
            quoted = _escaped(value)
            written += f' {name}="{quoted.replace(chr(34), "&quot;") if chr(34) in quoted else quoted}"'
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
