"""Measure a shown string: how far it goes, and where its ink is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

import pikepdf
from pikepdf import Array

from sitegen.render.cards.preflight.events import State
from sitegen.render.cards.preflight.faces import Face
from sitegen.render.cards.preflight.finding import Edges

_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Run:
    """A string as text space sees it: its whole advance, its ink (None without any), and codes without a glyph."""

    advance: float
    ink: Edges | None
    count: int
    missing: tuple[int, ...]


def measured(face: Face, shown: pikepdf.Object, state: State) -> Run:
    """The run of what Tj or TJ is given: a string, or strings and shifts; the matrix plays no part.

    The same words stand on card after card, so runs are remembered by their face.
    """
    text = (state.size, state.scale, state.character, state.word, state.rise)
    key = (shown.unparse(), text)
    known = face.runs.get(key)
    if not isinstance(known, Run):
        if len(face.runs) > _REMEMBERED:
            face.runs.clear()
        known = face.runs[key] = _run(face, shown if isinstance(shown, Array) else (shown,), state)
    return known


def _run(face: Face, pieces: Iterable[Any], state: State) -> Run:
    size, scale = state.size, state.scale
    x, count, missing = 0.0, 0, set()
    left = bottom = inf
    right = top = -inf
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            x -= float(piece) / 1000 * size * scale
            continue
        for code in face.codes(bytes(piece)):
            # One look-up and plain comparisons: a print file shows a million characters.
            advance, ink, is_missing = face.character(code)
            count += 1
            if is_missing:
                missing.add(code)
            if ink is not None:
                left, right = min(left, x + ink[0] * size * scale), max(right, x + ink[2] * size * scale)
                bottom, top = min(bottom, ink[1]), max(top, ink[3])
            x += (advance * size + state.character + (state.word if code == 32 and face.step == 1 else 0.0)) * scale
    box = (left, bottom * size + state.rise, right, top * size + state.rise) if right > left else None
    return Run(x, box, count, tuple(sorted(missing)))
