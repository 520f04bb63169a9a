"""Make a campaign's picture for sharing: the front of its card on a ground of its own colours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PIL import Image

from sitegen.model.card import Axis, CardDesign
from sitegen.render.cards import pictures
from sitegen.render.cards.pictures import Ink, Size
from sitegen.render.cards.press import Press

WIDE: Size = (1200, 630)
SQUARE: Size = (1080, 1080)
MOST = 900_000
"""Bytes of the PNG; what shows previews gives up on larger ones."""
_CONTRAST = 7.0
"""WCAG 2.2, 1.4.6: what text needs to be read by nearly everybody."""
_SHADOW = 16
_LETTER = 0.46
"""Ems of a letter of a title, roughly."""
_LIGHTEST = 0.86
"""Luminance of the lightest ground: white cards want to be seen on it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside the card: the campaign's title and the shop's name, and the language of both."""

    title: str
    shop: str
    language: str


def share_image(pdf: bytes, said: Said, size: Size, press: Press) -> bytes:
    """A PNG of `size` (WIDE or SQUARE) with the first page of `pdf`, cut, on a calm ground made of its colours.

    `pdf` is one card of the design that blanking.public makes: it has no name. pdfium turns inks into colours by a
    table of a usual printing condition. Equal arguments make equal bytes.
    """
    width, height = size
    room = (width * 0.47, height - 110) if width > height else (width - 240, height * 0.62)
    card = _cover(pdf, press.design, room)
    ground, ink = _colours(card)
    picture = pictures.lettered(_words(said, size, card.size), _style(ground, ink, said), size, press)
    pictures.lay(picture, card, _place(size, card.size), _SHADOW)
    return pictures.small_png(picture, MOST)


def _cover(pdf: bytes, design: CardDesign, room: tuple[float, float]) -> Image.Image:
    """What one sees of the card as it lies there: of a folded one the front cover, right of or below the fold."""
    left = design.fold.at if design.fold and design.fold.axis is Axis.VERTICAL else 0
    top = design.fold.at if design.fold and design.fold.axis is Axis.HORIZONTAL else 0
    width, height = design.width - left, design.height - top
    scale = min(room[0] / width, room[1] / height)
    page = pictures.cut(pdf, round(design.height * scale))[0]
    return page.crop((round(left * scale), round(top * scale), page.width, page.height))


def _place(size: Size, card: Size) -> Size:
    width, height = size
    if width > height:
        return width - card[0] - (height - card[1]) // 2 - 15, (height - card[1]) // 2
    return (width - card[0]) // 2, 92


def _words(said: Said, size: Size, card: Size) -> str:
    width, height = size
    if width > height:
        place = f"left: 78px; width: {_place(size, card)[0] - 78 - 60}px; top: 0; height: {height}px; text-align: left"
        rule = "margin-left: 0"
    else:
        below = 92 + card[1] + 30
        place = (
            f"left: 90px; width: {width - 180}px; top: {below}px; height: {height - below - 36}px; text-align: center"
        )
        rule = "margin-left: auto"
    letters = sum(1 if character.isascii() else 2 for character in said.title)
    large = (62 if letters <= 30 else 50 if letters <= 60 else 42) - (0 if width > height else 6)
    text = _balanced(said.title, (_place(size, card)[0] - 138) / large if width > height else 0)
    title = f'<h1 style="font-size: {large}px">{text}</h1>'
    return (
        f'<div class="words" style="{place}"><div class="middle">{title}<hr style="{rule}"><p>{escape(said.shop)}</p>'
        "</div></div>"
    )


def _balanced(title: str, room: float) -> str:
    """HTML of a title that is broken in its middle where two lines do: no word stands alone. `room` in ems."""
    spaces = [place for place, character in enumerate(title) if character == " "]
    middle = min(spaces, key=lambda place: abs(place - len(title) / 2), default=0)
    two = len(title) * _LETTER > room >= max(middle, len(title) - middle) * _LETTER
    return f"{escape(title[:middle])}<br>{escape(title[middle + 1 :])}" if middle and two else escape(title)


def _style(ground: Ink, ink: Ink, said: Said) -> str:
    slanted = "normal" if said.language.startswith("zh") else "italic"
    return f"""
    html {{ background: rgb{ground}; color: rgb{ink} }}
    .words {{ position: absolute; display: flex; flex-direction: column; justify-content: center }}
    h1 {{ margin: 0; font-weight: 400; line-height: 1.16; }}
    hr {{ width: 84px; border: none; border-top: 2px solid rgb{ink}; margin: 26px auto 22px; opacity: 0.5 }}
    p {{ margin: 0; font-size: 30px; font-style: {slanted}; line-height: 1.2 }}
    """


def _colours(card: Image.Image) -> tuple[Ink, Ink]:
    """A light ground in the hue that the card shows most, and a dark ink of it that is easy to read."""
    few = card.resize((96, 96)).quantize(8, Image.Quantize.MEDIANCUT)
    palette, counts = few.getpalette() or [], few.getcolors() or []
    inks = [(number, _ink(palette, place)) for number, place in counts if isinstance(place, int)]
    chief = max(inks, key=lambda one: (one[0] * (0.25 + _colourfulness(one[1])), one[1]))[1]
    ground, ink = _mixed(chief, (255, 255, 255), 0.82), _mixed(chief, (0, 0, 0), 0.45)
    while _luminance(ground) > _LIGHTEST:
        ground = _mixed(ground, ink, 0.04)
    while contrast(ground, ink) < _CONTRAST:
        ink = _mixed(ink, (0, 0, 0), 0.2)
    return ground, ink


def contrast(one: Ink, other: Ink) -> float:
    """WCAG's ratio of contrast, from 1 (equal) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(ink: Ink) -> float:
    shares = [level / 255 for level in ink]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colourfulness(ink: Ink) -> float:
    return (max(ink) - min(ink)) / 255


def _ink(palette: list[int], place: int) -> Ink:
    return palette[3 * place], palette[3 * place + 1], palette[3 * place + 2]


def _mixed(ink: Ink, other: Ink, share: float) -> Ink:
    red, green, blue = (round(own * (1 - share) + far * share) for own, far in zip(ink, other, strict=True))
    return red, green, blue
