"""Measure a shown string: how far it goes, and where its ink is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeAlias

import pikepdf
from pikepdf import Array

from sitegen.render.cards.preflight.events import State
from sitegen.render.cards.preflight.faces import Face
from sitegen.render.cards.preflight.finding import Edges

_REMEMBERED = 20_000
_PIECE = re.compile(r"<([^>]*)>|([-.0-9]+)")

Shown: TypeAlias = str | pikepdf.Object
"""A string, or an array of strings and shifts; as it is written (in hexadecimal), or as pikepdf reads it."""


@dataclass(frozen=True, slots=True)
class Run:
    """A string as text space sees it: its whole advance, its ink (None without any), and codes without a glyph."""

    advance: float
    ink: Edges | None
    count: int
    missing: tuple[int, ...]


def measured(face: Face, shown: Shown, state: State) -> Run:
    """The run of what Tj or TJ is given: a string, or strings and shifts; the matrix plays no part.

    The same words stand on card after card, so runs are remembered by their face.
    """
    text = (state.size, state.scale, state.character, state.word, state.rise)
    key = (shown if isinstance(shown, str) else shown.unparse(), text)
    known = face.runs.get(key)
    if not isinstance(known, Run):
        if len(face.runs) > _REMEMBERED:
            face.runs.clear()
        known = face.runs[key] = _run(face, shown, state)
    return known


def _pieces(face: Face, shown: Shown) -> Iterator[Sequence[int] | float]:
    """The codes of the strings, and the shifts between them."""
    if isinstance(shown, str):
        for string, shift in _PIECE.findall(shown):
            yield float(shift) if shift else face.codes(bytes.fromhex(string))
        return
    for piece in shown if isinstance(shown, Array) else (shown,):
        yield face.codes(bytes(piece)) if isinstance(piece, pikepdf.String) else float(piece)


def _run(face: Face, shown: Shown, state: State) -> Run:
    size, scale, character = state.size, state.scale, face.character
    word = state.word if face.step == 1 else 0.0
    x, count, missing = 0.0, 0, set()
    left = bottom = inf
    right = top = -inf
    for piece in _pieces(face, shown):
        if isinstance(piece, float):
            x -= piece / 1000 * size * scale
            continue
        count += len(piece)
        for code in piece:
            # One look-up and plain comparisons: a print file shows a million characters.
            advance, ink, is_missing = character(code)
            if is_missing:
                missing.add(code)
            if ink is not None:
                start, low, end, high = ink
                left, right = min(left, x + start * size * scale), max(right, x + end * size * scale)
                bottom, top = min(bottom, low), max(top, high)
            x += (advance * size + state.character + (word if code == 32 else 0.0)) * scale
    box = (left, bottom * size + state.rise, right, top * size + state.rise) if right > left else None
    return Run(x, box, count, tuple(sorted(missing)))
