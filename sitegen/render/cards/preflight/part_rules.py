"""Judge the document parts of PDF/VT-1: every page in one record, in order."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from sitegen.model.print_house import PrintHouse
from sitegen.render.cards.preflight.finding import Finding, error, warning

_DEEPEST = 8
_BUILD = "build the cards again"


def part_findings(pdf: pikepdf.Pdf, house: PrintHouse | None) -> Iterator[Finding]:
    """What is wrong with the tree of document parts (ISO 16612-2)."""
    root = pdf.Root.get("/DPartRoot")
    if not isinstance(root, pikepdf.Dictionary):
        if house is not None and house.variable:
            message = f"the file has no document parts, and '{house.name}' sorts by them"
            yield error("parts", message, "build the cards for this print house")
        return
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    expected = 1
    for leaf in _leaves(root.DPartRootNode, 0):
        first = numbers.get(leaf.Start.objgen, 0)
        last = numbers.get(leaf.End.objgen, 0) if "/End" in leaf else first
        if first != expected or last < first:
            message = f"a document part has the pages {first} to {last}, and page {expected} comes next"
            yield error("parts", message, _BUILD, expected)
            return
        strangers = [number for number in range(first, last + 1) if not _belongs(pdf.pages[number - 1], leaf)]
        for number in strangers[:1]:
            yield error("parts", "the page does not name the document part that it is in", _BUILD, number)
        if "/DPM" not in leaf:
            yield warning("parts", "a document part does not say which record it is", _BUILD, first)
        expected = last + 1
    if expected != len(numbers) + 1:
        yield error("parts", "the page is in no document part", _BUILD, expected)


def _leaves(node: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    if "/Start" in node:
        yield node
    elif depth < _DEEPEST:
        for group in node.get("/DParts", ()):
            for inner in group:
                yield from _leaves(inner, depth + 1)


def _belongs(page: pikepdf.Page, leaf: pikepdf.Object) -> bool:
    part = page.obj.get("/DPart")
    return part is not None and bool(part.objgen == leaf.objgen)
