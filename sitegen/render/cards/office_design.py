"""Make the design of pages of the house: A4, in black ink and the fonts that the theme has for cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sitegen.model.card import CardDesign

_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FAMILY = re.compile(r"font-family:\s*([^;}]+)")
_WIDTH, _HEIGHT = 210.0, 297.0


def office_design(designs: Sequence[CardDesign], style: str) -> CardDesign:
    """What pages with this style sheet are printed with: the faces of the design whose fonts have the most signs.

    Raises ValueError without any design.
    """
    if not designs:
        raise ValueError("a theme without card designs has no fonts for paper")
    design = max(designs, key=lambda one: (_signs(one), one.name))
    faces = _FACE.findall(design.style)
    families = dict.fromkeys(found[1].strip() for face in faces if (found := _FAMILY.search(face)))
    rules = f"html {{ font-family: {', '.join(families) or 'serif'} }} {style}"
    bare = replace(design, width=_WIDTH, height=_HEIGHT, bleed=0.0, safe=0.0, slots=(), art={}, qr=None, fold=None)
    return replace(bare, template="", style="".join(faces) + rules)


def _signs(design: CardDesign) -> int:
    """How much its fonts weigh: who has all Chinese characters has the most, and counting them takes a second."""
    loaded = _FACE.findall(design.style)
    names = {path: content for path, content in design.files.items() if any(path in face for face in loaded)}
    return sum(map(len, names.values()))
