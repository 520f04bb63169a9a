"""Draw social cards: a title and the shop's name on the theme's ground, in the theme's fonts."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from sitegen.model.picture import Lettering, SocialCard, SocialStyle

COLOURS, SHADES = 208, 24
"""Of a card's palette: of the ground, and of the ink of each text."""
LEADING = 1.1
"""From one line to the next, in type sizes."""
MORE = "…"
_WRITING = ("L", "N", "M")
_CLOSING = frozenset("，。、；：！？）》」』】〉…—·,.;:!?)]}’”»")
_OPENING = frozenset("（《「『【〈([{‘“«")


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text is set: its type size, its lines, and whether its end is missing."""

    size: int
    lines: tuple[str, ...]
    cut: bool = False


def made(style: SocialStyle, cards: Iterable[SocialCard]) -> Iterator[bytes]:
    """The PNG of each card. Equal arguments and versions make equal bytes.

    A title in a script that no font of the theme has makes way for the shop's name.
    """
    ground, palette = _ground(style)
    for card in cards:
        picture = ground.copy()
        lines = [line for line in (card.title, card.shop) if line]
        settable = [text for line in lines if (text := _settable(line, style.title))]
        if len(settable) < len(lines):
            settable = settable[-1:]
        for text, lettering in zip(settable, (style.title, style.name), strict=False):
            _write(picture, text, lettering)
        file = io.BytesIO()
        picture.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG", compress_level=6)
        yield file.getvalue()


def _ground(style: SocialStyle) -> tuple[Image.Image, Image.Image]:
    """The ground, and a picture with the palette that a card needs: its colours, and the edges of letters on it."""
    with Image.open(io.BytesIO(style.ground)) as opened:
        ground = opened.convert("RGB")
    few = ground.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = (few.getpalette() or [])[: 3 * COLOURS]
    for lettering in (style.title, style.name):
        box = (lettering.x, lettering.y, lettering.x + lettering.width, lettering.y + lettering.height)
        inside = ground.crop(box).getcolors(lettering.width * lettering.height) or []
        usual = max(inside)[1]
        assert isinstance(usual, tuple)
        for step in range(1, SHADES + 1):
            share = step / SHADES
            colours += [round(old + (ink - old) * share) for old, ink in zip(usual, lettering.ink, strict=True)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return ground, palette


def fits(text: str, lettering: Lettering) -> bool:
    """Whether a text is set whole, in one of the sizes."""
    return not set_in(text, lettering).cut


def set_in(text: str, lettering: Lettering) -> Setting:
    """The text in the largest size in which it fits its box, its lines about equally long."""
    for size in lettering.sizes:
        case, most = _Case(lettering.fonts, size), _most_lines(lettering, size)
        lines = _wrapped(text, case, lettering.width)
        if lines and len(lines) <= most:
            return Setting(size, _balanced(text, case, lettering.width, lines))
    size = lettering.sizes[-1]
    case, most = _Case(lettering.fonts, size), max(1, _most_lines(lettering, size))
    broken = _cut(text, case, lettering.width, most)
    return Setting(size, broken, cut=broken[-1].endswith(MORE) and not text.endswith(MORE))


@dataclass(slots=True)
class _Case:
    """The fonts of one size."""

    fonts: tuple[bytes, ...]
    size: int
    loaded: dict[int, ImageFont.FreeTypeFont] = field(default_factory=dict)
    lengths: dict[str, float] = field(default_factory=dict)

    def runs(self, text: str) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        """Stretches of a line with the first font that has their letters."""
        begun, number = 0, -1
        for at, letter in enumerate(text):
            wanted = next((n for n, font in enumerate(self.fonts) if ord(letter) in _known(font)), 0)
            # A space or a stop goes with the letters before it, where their font has it.
            if number >= 0 and not letter.isalnum() and ord(letter) in _known(self.fonts[number]):
                wanted = number
            if wanted != number and at > begun:
                yield text[begun:at], self.font(number)
                begun = at
            number = wanted
        if text:
            yield text[begun:], self.font(number)

    def font(self, number: int) -> ImageFont.FreeTypeFont:
        if number not in self.loaded:
            self.loaded[number] = _font(self.fonts[number], self.size)
        return self.loaded[number]

    def length(self, text: str) -> float:
        if text not in self.lengths:
            self.lengths[text] = sum(font.getlength(run) for run, font in self.runs(text))
        return self.lengths[text]


# Opening a large font takes longer than to draw with it, and it is the same for every card.
@lru_cache(maxsize=64)
def _font(content: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(content), size)


@lru_cache(maxsize=16)
def _known(content: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(content), lazy=True).getBestCmap())


def _settable(text: str, lettering: Lettering) -> str:
    """The text without signs that no font has; nothing where a letter is missing."""
    known = [_known(font) for font in lettering.fonts]
    missing = {letter for letter in set(text) if not letter.isspace() and not any(ord(letter) in has for has in known)}
    if any(unicodedata.category(letter).startswith(_WRITING) and not _is_selector(letter) for letter in missing):
        return ""
    return " ".join("".join(letter for letter in text if letter not in missing).split())


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f"


def _write(picture: Image.Image, text: str, lettering: Lettering) -> None:
    setting = set_in(text, lettering)
    case = _Case(lettering.fonts, setting.size)
    draw = ImageDraw.Draw(picture)
    step = setting.size * LEADING
    # The box holds the letters in its middle: from the top of a capital, 0.7 of the size, to the last base line.
    top = lettering.y + (lettering.height - step * (len(setting.lines) - 1) - 0.7 * setting.size) / 2
    for number, line in enumerate(setting.lines):
        x, base = float(lettering.x), top + 0.7 * setting.size + number * step
        for run, font in case.runs(line):
            draw.text((x, base), run, fill=lettering.ink, font=font, anchor="ls")
            x += font.getlength(run)


def _most_lines(lettering: Lettering, size: int) -> int:
    return int((lettering.height - size) / (size * LEADING)) + 1 if lettering.height >= size else 0


def _wrapped(text: str, case: _Case, width: float) -> list[str]:
    """Lines that are filled one by one; none where a single word is wider than all of them."""
    lines: list[str] = []
    for word in _words(text):
        longer = (lines[-1] if lines else "") + word
        if lines and case.length(longer.strip()) <= width:
            lines[-1] = longer
        elif case.length(word.strip()) <= width:
            lines.append(word)
        else:
            return []
    return [line.strip() for line in lines]


def _balanced(text: str, case: _Case, width: float, lines: list[str]) -> tuple[str, ...]:
    """As many lines in the narrowest box that still holds them: no word stands alone below."""
    low, high = 0.5 * width, float(width)
    while len(lines) > 1 and high - low > 4:
        middle = (low + high) / 2
        narrow = _wrapped(text, case, middle)
        if narrow and len(narrow) == len(lines):
            high, lines = middle, narrow
        else:
            low = middle
    return tuple(lines)


def _cut(text: str, case: _Case, width: float, most: int) -> tuple[str, ...]:
    """What fits of a text that is too long, with a sign at its end. Words are broken where nothing else helps."""
    lines = [""]
    for at, letter in enumerate(text):
        last = len(lines) == most and at + 1 < len(text)
        if case.length(lines[-1] + letter + (MORE if last else "")) <= width:
            lines[-1] += letter
        elif len(lines) == most:
            lines[-1] = lines[-1].rstrip(" ,;:") + MORE
            break
        else:
            head, space, rest = lines[-1].rpartition(" ")
            lines[-1:] = [head, rest + letter] if space and letter != " " else [lines[-1], letter.strip()]
    return tuple(line.strip() for line in lines)


def _words(text: str) -> list[str]:
    """Stretches after which a line may end. Chinese needs no spaces, but a stop never begins a line."""
    words: list[str] = []
    for letter in text:
        joined = words and not _may_end(words[-1], letter)
        if joined:
            words[-1] += letter
        else:
            words.append(letter)
    return words


def _may_end(word: str, letter: str) -> bool:
    if letter in _CLOSING or word[-1] in _OPENING or letter == " ":
        return False
    return word[-1] == " " or _is_wide(letter) or _is_wide(word[-1])


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}
