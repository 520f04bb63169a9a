"""Read how a theme's pictures for sharing look: social/card.yaml and the ground beside it."""

from __future__ import annotations

import re
import struct
from hashlib import sha256

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.theme_folders import Laid
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes, Problem
from sitegen.model.picture import SOCIAL_SIZE, Lettering, SocialStyle

ABOUT = "social/card.yaml"
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
FONTS = (".ttf", ".otf")
LARGEST = 400
PNG = b"\x89PNG\r\n\x1a\n"


def read_social(laid: Laid, problems: list[Problem]) -> SocialStyle | None:
    """The style, None where the theme has none; mistakes are added to `problems`."""
    if ABOUT not in laid.top:
        return None
    known = len(problems)
    try:
        source = laid.text(ABOUT)
        keys = Keys(read_yaml(source, laid.label(ABOUT)), problems, ABOUT)
    except Mistakes as mistakes:
        problems.extend(mistakes.problems)
        return None
    ground = _file(laid, keys, "ground", laid.below("social/"))
    title, name = _lettering(laid, keys, "title"), _lettering(laid, keys, "name")
    keys.finish()
    if len(problems) > known or title is None or name is None:
        return None
    digest = sha256(source.encode())
    for content in (ground, *title.fonts, *name.fonts):
        digest.update(sha256(content).digest())
    return SocialStyle(ground, title, name, digest.hexdigest())


def _lettering(laid: Laid, outer: Keys, key: str) -> Lettering | None:
    keys = outer.keys(key, required=True)
    if keys is None:
        return None
    width, height = SOCIAL_SIZE
    x, y = keys.integer("x", 0, 0, width - 1), keys.integer("y", 0, 0, height - 1)
    lettering = Lettering(
        x=x,
        y=y,
        width=keys.integer("width", width - x, 1, width - x),
        height=keys.integer("height", height - y, 1, height - y),
        sizes=_sizes(keys),
        ink=_ink(keys),
        fonts=_fonts(laid, keys),
    )
    keys.finish()
    return lettering


def _sizes(keys: Keys) -> tuple[int, ...]:
    sizes: list[int] = []
    for scalar in keys.scalars("sizes"):
        size = int(scalar.text) if scalar.text.isascii() and scalar.text.isdigit() and len(scalar.text) < 4 else 0
        if 0 < size <= LARGEST:
            sizes.append(size)
        else:
            hint = "write pixels, like [88, 72, 60]"
            keys.problems.append(scalar.place.problem("wrong-value", f"'{scalar.text}' is no type size", hint))
    if not sizes:
        keys.node("sizes", required=True)
    return tuple(sorted(sizes, reverse=True))


def _ink(keys: Keys) -> tuple[int, int, int]:
    ink = keys.text("ink", required=True)
    if not COLOUR.fullmatch(ink):
        if ink:
            hint = 'write six digits in quotes, like "#2F3E63"'
            keys.problems.append(keys.place("ink").problem("wrong-value", f"'{ink}' is no colour", hint))
        return (0, 0, 0)
    red, green, blue = bytes.fromhex(ink[1:])
    return (red, green, blue)


def _fonts(laid: Laid, keys: Keys) -> tuple[bytes, ...]:
    keys.node("fonts", required=True)
    known = tuple(path for path in laid.below("fonts/") if path.endswith(FONTS))
    fonts: list[bytes] = []
    for scalar in keys.scalars("fonts"):
        if scalar.text in known:
            fonts.append(laid.content(scalar.text))
        else:
            message = f"the theme has no font '{scalar.text}'"
            hint = did_you_mean(scalar.text, known) or "name a .ttf or .otf below fonts/"
            keys.problems.append(scalar.place.problem("missing-file", message, hint))
    return tuple(fonts)


def _file(laid: Laid, keys: Keys, key: str, known: tuple[str, ...]) -> bytes:
    path = keys.text(key, required=True)
    if not path:
        return b""
    if path not in known:
        hint = did_you_mean(path, known) or f"put it below social/: a PNG of {SOCIAL_SIZE[0]} x {SOCIAL_SIZE[1]} pixels"
        keys.problems.append(keys.place(key).problem("missing-file", f"the theme has no file '{path}'", hint))
        return b""
    content = laid.content(path)
    # A PNG says its size right behind its name (PNG 3rd edition, 11.2.1).
    if not content.startswith(PNG) or struct.unpack_from(">II", content.ljust(24, b"\0"), 16) != SOCIAL_SIZE:
        message = f"'{path}' is no PNG of {SOCIAL_SIZE[0]} x {SOCIAL_SIZE[1]} pixels"
        keys.problems.append(keys.place(key).problem("bad-picture", message, "save it in that size"))
    return content
